"""A Gerber file (RS-274X to X3, of whatever tool) as arrays in millimetres.

The whole file is read at once with NumPy; a megabyte takes about 25 ms. What cannot be read is refused with a
sentence, what is odd is a finding on the artwork, and no limit is tested after the memory was taken.
"""

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from portal.board.arcs import flattened
from portal.board.artwork import Artwork, Draws, Flashes, Regions
from portal.board.design import Finding, Severity
from portal.intake.gerber_marks import marks, unescaped
from portal.intake.gerber_operations import operations
from portal.intake.gerber_plot import MM_PER_INCH, PLOT_AGAIN, GerberRefused, Plot, obey
from portal.intake.gerber_rows import Rows
from portal.intake.gerber_text import MOST_BYTES, MOST_COMMANDS, Script, is_gerber, split
from portal.intake.gerber_unroll import unrolled
from portal.intake.words import TooManyDigits, Words, words

__all__ = ["GerberRefused", "is_gerber", "read_gerber"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

MOST_STATEMENTS = 3_000_000
LARGEST_PLAUSIBLE_MM = 700.0  # beyond any panel: the unit must have been the other one

_MM_CODE, _INCH_CODE = 71, 70


def read_gerber(data: bytes) -> Artwork:
    """Raises GerberRefused for what is no Gerber, lacks what is needed to place it, or would cost too much."""
    if len(data) > MOST_BYTES or (len(data) > 2 * MOST_COMMANDS < data.count(b"%")):
        raise GerberRefused("gerber-too-large", "This layer is larger than any real one.", PLOT_AGAIN)
    if not data or data.isspace():
        return Artwork(findings=(_finding(Severity.NOTE, "gerber-empty", "is an empty file."),))
    if not is_gerber(data):
        raise GerberRefused("gerber-not-gerber", "This is not a Gerber file.", PLOT_AGAIN)
    script = split(data)
    if script.statements > MOST_STATEMENTS:
        raise GerberRefused("gerber-too-large", "This layer is larger than any real one.", PLOT_AGAIN)
    try:
        stream = words(script.stream, end=b"*")
    except TooManyDigits as fault:
        raise GerberRefused("gerber-coordinates", "This layer has numbers of too many digits.", PLOT_AGAIN) from fault
    return _artwork(script, stream)


def _artwork(script: Script, stream: Words) -> Artwork:
    unit = _stated_unit(script, stream)
    plot, drawn = _plotted(script, stream, unit) if unit else _likely(script, stream)
    _remark(plot, script, stream)
    findings = tuple(plot.findings.values())
    return replace(drawn, attributes=_frozen(plot), negative=plot.negative, findings=findings)


def _plotted(script: Script, stream: Words, unit: float) -> tuple[Plot, Artwork]:
    plot = obey(script.commands, fallback_unit=unit)
    _refuse_without_format(plot, stream)
    return plot, _drawn(stream, plot)


def _likely(script: Script, stream: Words) -> tuple[Plot, Artwork]:
    """A file that says no unit is in inch, as old ones are, unless that makes it larger than any panel."""
    name, (plot, drawn) = "millimetre", _plotted(script, stream, 1.0)
    bounds = drawn.bounds_mm()
    if bounds is None:
        return plot, drawn
    if max(bounds[2] - bounds[0], bounds[3] - bounds[1]) * MM_PER_INCH <= LARGEST_PLAUSIBLE_MM:
        name, (plot, drawn) = "inch", _plotted(script, stream, MM_PER_INCH)
    plot.note(Severity.ASK, "gerber-no-units", f"does not say its unit; {name} was taken, as the size suggests.")
    return plot, drawn


def _frozen(plot: Plot) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType(dict(plot.attributes))


def _stated_unit(script: Script, stream: Words) -> float | None:
    """The old G70 and G71 count only where there is no MO."""
    if any(command.text[:4] in ("MOIN", "MOMM") for command in script.commands):
        return MM_PER_INCH
    index = stream.where("G")
    codes = stream.value[index]
    codes = codes[(codes == _MM_CODE) | (codes == _INCH_CODE)]
    return {_MM_CODE: 1.0, _INCH_CODE: MM_PER_INCH}[int(codes[0])] if len(codes) else None


def _refuse_without_format(plot: Plot, stream: Words) -> None:
    if plot.format or all(stream.dotted[stream.where(letter)].all() for letter in "XY"):
        return
    if not plot.definitions:
        raise GerberRefused(
            "gerber-rs274d",
            "This layer is RS-274D: its apertures are in another file.",
            "Export it as RS-274X or Gerber X2, with embedded apertures.",
        )
    raise GerberRefused("gerber-no-format", "This layer does not say its number format (FS).", PLOT_AGAIN)


def _drawn(stream: Words, plot: Plot) -> Artwork:
    rows = unrolled(operations(stream, plot), plot, statements=stream.statements)
    missing = np.flatnonzero(rows["aperture"] == 0)
    missing = missing[rows["contour"][missing] < 0]
    if len(missing):
        text = f"draws {len(missing)} things with an aperture that it does not define; they are left out."
        plot.note(Severity.ASK, "gerber-missing-aperture", text)
        rows = rows.taken(np.delete(np.arange(len(rows)), missing))
    _place(rows, plot)
    rows["level"] = _levels(rows["clear"])
    flash, region = rows["flash"], rows["contour"] >= 0
    at = np.flatnonzero(flash)
    return Artwork(
        tuple(plot.apertures),
        Flashes(rows["x1"][at], rows["y1"][at], rows["aperture"][at], rows["level"][at]),
        _draws(rows, np.flatnonzero(~(flash | region))),
        _regions(rows, np.flatnonzero(region)),
        nets=marks(plot.nets, rows),
        pins=marks(plot.pins, rows),
        components=frozenset(map(unescaped, plot.components)),
    )


def _place(rows: Rows, plot: Plot) -> None:
    """Image offset, scale and mirror of old files; a mirror turns arcs the other way round."""
    for axis, names in enumerate((("x0", "x1", "cx"), ("y0", "y1", "cy"))):
        if (plot.factor[axis], plot.offset[axis]) != (1.0, 0.0):
            for name in names:
                rows[name] = rows[name] * plot.factor[axis] + plot.offset[axis]
    if plot.factor[0] * plot.factor[1] < 0:
        rows["sweep"] = -rows["sweep"]


def _levels(clear: Flags) -> Ints:
    """Polarity and order in one number: up by one with every change, odd is clear."""
    if not clear.any():
        return np.zeros(len(clear), dtype=np.int64)
    changes = clear.copy()
    changes[1:] ^= clear[:-1]
    return np.cumsum(changes, dtype=np.int64)


def _columns(rows: Rows, which: Ints, *names: str) -> Floats:
    found = np.empty((len(which), len(names)))
    for at, name in enumerate(names):
        found[:, at] = rows[name][which]
    return found


def _segments(rows: Rows, which: Ints) -> tuple[Floats, Floats, Floats]:
    """Ends, centres and sweeps."""
    ends = _columns(rows, which, "x0", "y0", "x1", "y1")
    if not rows["sweep"].any():
        return ends, np.zeros((len(which), 2)), np.zeros(len(which))
    return ends, _columns(rows, which, "cx", "cy"), rows["sweep"][which]


def _draws(rows: Rows, which: Ints) -> Draws:
    return Draws(*_segments(rows, which), rows["aperture"][which], rows["level"][which])


def _regions(rows: Rows, which: Ints) -> Regions:
    """Each contour is its start and the end of every segment; arcs become chords."""
    if not len(which):
        return Regions()
    ends, centres, sweep = _segments(rows, which)
    x, y, row = flattened(ends, centres, sweep)
    contour = rows["contour"][which[row]]
    is_first = np.concatenate(([True], contour[1:] != contour[:-1]))
    first = np.flatnonzero(is_first)
    begins = row[first]
    starts = np.append(first + np.arange(len(first)), len(x) + len(first))
    points = np.empty((len(x) + len(first), 2))
    points[starts[:-1]] = ends[begins, :2]
    others = np.arange(len(x)) + np.cumsum(is_first)
    points[others, 0], points[others, 1] = x, y
    return Regions(points, starts, rows["level"][which[begins]])


def _finding(severity: Severity, code: str, message: str) -> Finding:
    return Finding(severity, code, "", message, PLOT_AGAIN)


def _remark(plot: Plot, script: Script, stream: Words) -> None:
    if not script.has_end:
        plot.note(Severity.NOTE, "gerber-no-end", "has no end mark (M02); it may have been cut off.")
    if stream.unread:
        text = f"has {stream.unread} statements that are no Gerber; they were left out."
        plot.note(Severity.ASK, "gerber-unread", text)
    regions = stream.value[stream.where("G")]
    if (regions == 36).sum() > (regions == 37).sum():
        plot.note(Severity.ASK, "gerber-open-region", "has a filled area that is not ended; it was closed.")
