"""Our picture of every Gerber file of the corpus beside gerbv's, pixel by pixel.

python benchmarks/gerber_raster.py [--every N] [--keep FOLDER]

Both draw the same frame FINER times as fine and without smoothing, which would leave seams between strokes that
touch; reduced, its longer edge is PIXELS long. A pixel agrees where the shares of it that the two cover differ by
no more than half. What agrees less than AGREE is listed; --keep writes both pictures of those (ours red, gerbv's
green, both yellow) into a folder. Needs gerbv: apt-get install gerbv.
"""

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import cairocffi
import numpy as np
from gerber_corpus import files
from numpy.typing import NDArray

from portal.board.artwork import Artwork, Box
from portal.board.raster import Canvas, View, drawn, pixels
from portal.errors import PackageRefused
from portal.intake.gerber import is_gerber, read_gerber

PIXELS, FINER = 1000, 3
AGREE = 0.997
MM_PER_INCH = 25.4
HANGS_S = 120
CLEARED = "[macro flashed clear] "
# Files of the corpus on which the two differ, by their digest; the specification says who is right. Beside them
# those in which a macro is flashed clear: such a flash erases, gerbv paints it dark, ours is right.
REASONS = {
    "85d45eb5": "ours is right: letters of rectangles thinner than a pixel, which gerbv leaves out",
    "a3567b64": "neither is wrong: very many tracks of half a pixel, whose width the two round differently",
}

Dark = NDArray[np.bool_]
Share = NDArray[np.float64]


def view_of(box: Box) -> View:
    """The layer with a margin of five in a hundred, in which anything that one of the two draws too far is seen.

    Whole pixels in both directions, or the two would place what they draw by different parts of a pixel.
    """
    longer = max(box[2] - box[0], box[3] - box[1], 0.1)
    margin = 0.05 * longer
    fine_mm = (longer + 2 * margin) / (PIXELS * FINER)
    wide, high = (
        FINER * max(1, round((to - since + 2 * margin) / fine_mm / FINER))
        for since, to in zip(box, box[2:], strict=False)
    )
    x0, y0 = box[0] - margin, box[1] - margin
    return View((x0, y0, x0 + wide * fine_mm, y0 + high * fine_mm), wide)


def ours(artwork: Artwork, view: View) -> Dark:
    canvas = Canvas(view)
    canvas.context.set_antialias(cairocffi.ANTIALIAS_NONE)
    return pixels(drawn(artwork, canvas)) > 127


def gerbvs(path: Path, view: View, folder: Path) -> Dark | None:
    """None where gerbv does not answer."""
    x0, y0, x1, y1 = (value / MM_PER_INCH for value in view.box)
    target = folder / "gerbv.png"
    target.unlink(missing_ok=True)
    command = [
        *("gerbv", "--export=png", f"--output={target}", "--border=0"),
        *("--background=#000000", "--foreground=#FFFFFFFF", f"--dpi={view.scale * MM_PER_INCH:.6f}"),
        *(f"--origin={x0:.6f}x{y0:.6f}", f"--window_inch={x1 - x0:.6f}x{y1 - y0:.6f}", str(path)),
    ]
    try:
        subprocess.run(command, capture_output=True, timeout=HANGS_S, check=False)
    except subprocess.TimeoutExpired:
        return None
    if not target.exists():
        return None
    surface = cairocffi.ImageSurface.create_from_png(str(target))
    rows = np.frombuffer(surface.get_data(), np.uint8).reshape(surface.get_height(), -1, 4)
    return rows[:, : surface.get_width(), 1] > 127


def covered(one: Dark, other: Dark) -> list[Share]:
    """The two may round a size differently. Both have their origin at the lower left."""
    high, wide = (min(sizes) // FINER for sizes in zip(one.shape, other.shape, strict=True))
    cut = (dark[len(dark) - high * FINER :, : wide * FINER] for dark in (one, other))
    return [dark.reshape(high, FINER, wide, FINER).mean(axis=(1, 3)) for dark in cut]


def clears_by_macro(artwork: Artwork) -> bool:
    """Such a flash erases what lies below, says the specification; gerbv paints it dark."""
    clear = artwork.flashes.aperture[artwork.flashes.level % 2 == 1]
    return any(artwork.apertures[number].kind == "macro" for number in np.unique(clear).tolist())


def keep(one: Share, other: Share, path: Path) -> None:
    shown = np.zeros((*one.shape, 4), np.uint8)
    shown[..., 2], shown[..., 1], shown[..., 3] = one * 255, other * 255, 255
    surface = cairocffi.ImageSurface.create_for_data(
        bytearray(shown.tobytes()), cairocffi.FORMAT_ARGB32, one.shape[1], one.shape[0]
    )
    surface.write_to_png(str(path))


def compared(folder: Path, every: int) -> Iterator[tuple[str, float, str]]:
    """Name, agreement, and the digest under which a kept picture is found."""
    path = folder / "layer.gbr"
    kept = Path(sys.argv[sys.argv.index("--keep") + 1]) if "--keep" in sys.argv else None
    for name, data in [file for file in files() if is_gerber(file[1])][::every]:
        try:
            artwork = read_gerber(data)
        except PackageRefused as refused:
            print(f"  refused: {refused.code} {name}")
            continue
        box = artwork.bounds_mm()
        if box is None:
            continue
        path.write_bytes(data)
        view = view_of(box)
        theirs = gerbvs(path, view, folder)
        if theirs is None:
            print(f"  gerbv gives no picture: {name}")
            continue
        one, other = covered(ours(artwork, view), theirs)
        note = CLEARED if clears_by_macro(artwork) else ""
        agreement, digest = float((np.abs(one - other) <= 0.5).mean()), sha256(data).hexdigest()[:8]
        if kept and agreement < AGREE:
            keep(one, other, kept / f"{digest}.png")
        yield note + name, agreement, digest


def main() -> None:
    every = int(sys.argv[sys.argv.index("--every") + 1]) if "--every" in sys.argv else 1
    with tempfile.TemporaryDirectory() as folder:
        rows = sorted(compared(Path(folder), every), key=lambda row: row[1])
    low = [row for row in rows if row[1] < AGREE]
    for name, agreement, digest in low:
        reason = "" if name.startswith(CLEARED) else REASONS.get(digest, "NEW: find out who is right")
        print(f"  {agreement:8.3%} {digest} {name} {reason}")
    plain = [row for row in rows if not row[0].startswith(CLEARED)]
    agree = sum(row[1] >= AGREE for row in plain)
    print(f"without those where a macro is flashed clear: {agree} of {len(plain)}: {agree / len(plain):.2%}")
    share, values = 1 - len(low) / len(rows), [row[1] for row in rows]
    print(f"{len(rows)} files, {len(rows) - len(low)} agree in {AGREE:.1%} of the pixels: {share:.2%}")
    print(f"median {values[len(values) // 2]:.3%}, worst of 98 in 100 {values[len(values) // 50]:.3%}")


if __name__ == "__main__":
    main()
