"""Small packages as customers send them: a board of two tracks and four holes, its tables, and zips of any kind."""

import io
import struct
import tarfile
import zipfile
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

from portal.intake.archives import Member, open_package
from portal.intake.reading import Reading, read_package

HEAD = "%FSLAX46Y46*%\n%MOMM*%\n"
BOM = b"Designator,Qty,Value,Package,MPN\nR1,1,10k,0603,RC0603FR-0710KL\nU1,1,LM358,SOIC-8,LM358DR\n"
CENTROID = b"Designator,Mid X,Mid Y,Rotation,Layer\nR1,5.0mm,5.0mm,0,Top\nU1,15.0mm,10.0mm,90,Top\n"
DRILL = b"M48\nMETRIC\nT1C0.300\nT2C1.000\n%\nT1\nX5.0Y5.0\nX10.0Y5.0\nT2\nX5.0Y10.0\nX10.0Y10.0\nM30\n"


def gerber_of(*lines: tuple[float, float, float, float], function: str = "", pen_mm: float = 0.2) -> bytes:
    """Lines x0, y0, x1, y1 in millimetres (a point is flashed), and what the file says of itself."""
    strokes = "".join(map(_stroke, lines))
    said = f"%TF.FileFunction,{function}*%\n" if function else ""
    return f"{said}{HEAD}%ADD10C,{pen_mm}*%\nD10*\n{strokes}M02*\n".encode()


def _stroke(line: tuple[float, float, float, float]) -> str:
    start, end = _at(*line[:2]), _at(*line[2:])
    return f"{start}D03*\n" if start == end else f"{start}D02*\n{end}D01*\n"


def _at(x: float, y: float) -> str:
    return f"X{round(x * 1e6)}Y{round(y * 1e6)}"


def outline_of(width: float, height: float, function: str = "", frame_mm: float = 0) -> bytes:
    """A rectangle from the origin, and another one around it so far away."""
    boxes = [(0, 0, width, height)]
    boxes += [(-frame_mm, -frame_mm, width + frame_mm, height + frame_mm)] if frame_mm else []
    rings = [[(x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0)] for x0, y0, x1, y1 in boxes]
    lines = [(*a, *b) for ring in rings for a, b in pairwise(ring)]
    return gerber_of(*lines, function=function, pen_mm=0.1)


# Of R1 and U1.
PADS = tuple((x, y, x, y) for x, y in ((4.2, 5), (5.8, 5), (14, 8.5), (16, 8.5), (14, 11.5), (16, 11.5)))


def copper_of(width: float = 20, height: float = 15, function: str = "") -> bytes:
    return gerber_of((2, 5, width - 2, 5), (2, 10, width - 2, height - 2), *PADS, function=function)


def board_files(stem: str = "board", width: float = 20, height: float = 15) -> dict[str, bytes]:
    """Two layers and what goes with them, named by KiCad."""
    return {
        f"{stem}-F_Cu.gbr": copper_of(width, height),
        f"{stem}-B_Cu.gbr": gerber_of((2, 3, width - 2, 3)),
        f"{stem}-F_Mask.gbr": gerber_of((5, 5, 6, 5), *PADS),
        f"{stem}-F_Paste.gbr": gerber_of((5, 5, 5, 5)),
        f"{stem}-F_Silkscreen.gbr": gerber_of((4, 8, 8, 8)),
        f"{stem}-Edge_Cuts.gbr": outline_of(width, height),
        f"{stem}-PTH.drl": DRILL,
    }


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


def zipped_pairs(*pairs: tuple[str, bytes]) -> bytes:
    """Names may come twice, as no well-behaved tool writes them."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, data in pairs:
            archive.NameToInfo.clear()
            archive.writestr(name, data)
    return held.getvalue()


def zipped_link(name: str, target: str, more: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        link = zipfile.ZipInfo(name)
        link.create_system, link.external_attr = 3, 0o120777 << 16
        archive.writestr(link, target)
        for other, data in more.items():
            archive.writestr(other, data)
    return held.getvalue()


def raw_named(raw: bytes, data: bytes) -> bytes:
    """A stored zip with one entry whose name is these bytes, without the UTF-8 flag."""
    made = zipped({"x" * len(raw): data}, zipfile.ZIP_STORED)
    return made.replace(b"x" * len(raw), raw)


def patched_directory(made: bytes, offset: int, form: str, value: int) -> bytes:
    """The first record of the central directory with one field changed."""
    at = made.index(b"PK\x01\x02") + offset
    size = struct.calcsize(form)
    return made[:at] + struct.pack(form, value) + made[at + size :]


def listed_twice(made: bytes) -> bytes:
    """A zip of one entry whose directory has that entry twice: the same bytes are to be unpacked again."""
    at, end = made.index(b"PK\x01\x02"), made.index(b"PK\x05\x06")
    record, tail = made[at:end], bytearray(made[end:])
    struct.pack_into("<HHL", tail, 8, 2, 2, 2 * len(record))
    return made[:at] + 2 * record + bytes(tail)


def tarred(files: Mapping[str, bytes], mode: str = "w:gz") -> bytes:
    held = io.BytesIO()
    with tarfile.open(fileobj=held, mode=mode) as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return held.getvalue()


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


def folder_of(path: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return path


def opened(path: Path, data: bytes) -> dict[str, bytes]:
    members, _ = open_package(written(path / "package.zip", data))
    return {member.name: member.data for member in members}


def members_of(files: Mapping[str, bytes]) -> list[Member]:
    return [Member(name, data) for name, data in files.items()]


def read_of(path: Path, files: Mapping[str, bytes], take: str | None = None) -> Reading:
    return read_package(written(path / "package.zip", zipped(files)), name="package", take=take)


def found_codes(reading: Reading) -> set[str]:
    return {finding.code for finding in reading.design.findings}
