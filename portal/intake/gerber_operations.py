"""From the words of the stream to operations: one row for each flash and each drawn segment, in millimetres.

All the standard's modal state (coordinates, D code, interpolation, region, polarity, aperture) is looked up by
statement number for all rows at once.
"""

import numpy as np
from numpy.typing import NDArray

from portal.board.design import Severity
from portal.intake.gerber_arcs import centres_and_sweeps
from portal.intake.gerber_plot import PLOT_AGAIN, GerberRefused, NumberFormat, Plot
from portal.intake.modal import Events, events, pairs, standing
from portal.intake.words import Words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

LARGEST_MM = 2_000.0

# contour is -1 outside of regions; turn is the index in Plot.turns, -1 before any; aperture is the index in
# Plot.apertures, 0 where the file never defined it
ROW = np.dtype(
    [
        ("x0", "f8"),
        ("y0", "f8"),
        ("x1", "f8"),
        ("y1", "f8"),
        ("cx", "f8"),
        ("cy", "f8"),
        ("sweep", "f8"),
        ("aperture", "i4"),
        ("contour", "i4"),
        ("statement", "i4"),
        ("turn", "i4"),
        ("flash", "?"),
        ("clear", "?"),
    ]
)
Rows = NDArray[np.void]

DRAW, MOVE, FLASH = 1, 2, 3


def operations(words: Words, plot: Plot) -> Rows:
    """Every flash and segment of the stream, before step-repeat and block apertures."""
    has = _has_coordinates(words)
    x, y = _positions(words, plot, "X"), _positions(words, plot, "Y")
    codes = events(words, "D", (DRAW, MOVE, FLASH))
    has[codes.statement[codes.value == FLASH]] = True
    at = np.flatnonzero(has)
    code = codes.at(at, MOVE)
    contour, in_region = _contours(words, at, code)
    before = np.maximum(at - 1, 0)
    start = np.column_stack((np.where(at > 0, x[before], 0.0), np.where(at > 0, y[before], 0.0)))
    end = np.column_stack((x[at], y[at]))
    keep = np.where(in_region, code == DRAW, code != MOVE)
    at, start, end, code, contour = at[keep], start[keep], end[keep], code[keep], contour[keep]
    _refuse_beyond(start, end)
    rows = np.zeros(len(at), dtype=ROW)
    rows["x0"], rows["y0"] = start.T
    rows["x1"], rows["y1"] = end.T
    rows["contour"], rows["statement"], rows["flash"] = contour, at, code == FLASH
    _curve(rows, words, plot)
    rows["turn"] = np.searchsorted([statement for statement, _ in plot.turns], at, side="right") - 1
    rows["aperture"] = turned_apertures(_apertures(words, plot, at), rows["turn"], plot)
    rows["clear"] = pairs(list(plot.clear)).at(at, 0.0)
    return rows


def _has_coordinates(words: Words) -> NDArray[np.bool_]:
    has = np.zeros(words.statements, dtype=np.bool_)
    has[words.statement[np.isin(words.letter, [ord(letter) for letter in "XYIJ"])]] = True
    return has


def _refuse_beyond(*points: Floats) -> None:
    if any(len(p) and np.abs(p).max() > LARGEST_MM for p in points):
        raise GerberRefused("gerber-coordinates", "This layer has coordinates beyond two metres.", PLOT_AGAIN)


def _millimetres(words: Words, plot: Plot, index: Ints, *, letter: str) -> Floats:
    """The written numbers: the format statement says where the point is that nobody wrote."""
    form = plot.format or NumberFormat((2, 4), (2, 4))
    whole, decimals = form.digits_x if letter in "XI" else form.digits_y
    value = words.value[index]
    scale = 10.0 ** (whole - words.digits[index]) if form.trailing_omitted else 10.0**-decimals
    scale = np.where(words.dotted[index], 1.0, scale)
    first_unit = plot.units[0][1] if plot.units else plot.fallback_unit
    return value * scale * pairs(plot.units).at(words.statement[index], first_unit)


def _positions(words: Words, plot: Plot, letter: str) -> Floats:
    """Where the plotter stands on this axis after each statement."""
    index = words.where(letter)
    written = np.full(words.statements, np.nan)
    written[words.statement[index]] = _millimetres(words, plot, index, letter=letter)
    notation = events(words, "G", (90, 91))
    incremental = notation.at(np.arange(words.statements), 91 if plot.format and plot.format.incremental else 90) == 91
    return standing(written, incremental)


def _contours(words: Words, at: Ints, code: Floats) -> tuple[Ints, NDArray[np.bool_]]:
    """The contour of each row, -1 outside: a move starts one, and so does a region."""
    switch = events(words, "G", (36, 37))
    index = np.searchsorted(switch.statement, at, side="right") - 1
    inside = np.append(switch.value, 37)[index] == 36
    new = inside & ((code == MOVE) | np.concatenate(([True], index[1:] != index[:-1]))[: len(at)])
    return np.where(inside, np.cumsum(new) - 1, -1), inside


def _curve(rows: Rows, words: Words, plot: Plot) -> None:
    """Fill in centre and sweep of the rows that were drawn in G02 or G03."""
    interpolation = events(words, "G", (1, 2, 3, 10, 11, 12)).at(rows["statement"], 1)
    curved = np.flatnonzero(np.isin(interpolation, (2, 3)) & ~rows["flash"])
    if not len(curved):
        return
    at = rows["statement"][curved]
    to_centre = np.column_stack([_offsets(words, plot, letter)[at] for letter in "IJ"])
    quadrant = events(words, "G", (74, 75)).at(at, 0)
    ends = np.column_stack([rows[name][curved] for name in ("x0", "y0", "x1", "y1")])
    centres, sweep, odd = centres_and_sweeps(ends, to_centre, clockwise=interpolation[curved] == 2, quadrant=quadrant)
    rows["cx"][curved], rows["cy"][curved] = centres.T
    rows["sweep"][curved] = sweep
    if odd:
        plot.note(Severity.ASK, "gerber-arc", f"has {odd} arcs that do not fit their centre; drawn as straight lines.")


def _offsets(words: Words, plot: Plot, letter: str) -> Floats:
    index = words.where(letter)
    offsets = np.zeros(words.statements)
    offsets[words.statement[index]] = _millimetres(words, plot, index, letter=letter)
    return offsets


def _apertures(words: Words, plot: Plot, at: Ints) -> Ints:
    """The aperture in force."""
    index = words.where("D")
    index = index[words.value[index] >= 10]
    statements, codes = words.statement[index], words.value[index].astype(np.int64)
    chosen = [
        plot.aperture_at(code, statement) for code, statement in zip(codes.tolist(), statements.tolist(), strict=True)
    ]
    return Events(statements, np.array(chosen, dtype=np.float64)).at(at, 0.0).astype(np.int64)


def turned_apertures(apertures: Ints, turns: Ints, plot: Plot) -> Ints:
    """Each as LM, LR and LS left it."""
    if not plot.turns:
        return apertures
    pairs, row = np.unique(np.column_stack((apertures, turns)), axis=0, return_inverse=True)
    return np.array([plot.turned(*pair) for pair in pairs.tolist()], dtype=np.int64)[row.ravel()]
