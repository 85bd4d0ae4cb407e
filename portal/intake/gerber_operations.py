"""From the words of the stream to operations: one row for each flash and each drawn segment, in millimetres.

All the standard's modal state (coordinates, D code, interpolation, region, polarity, aperture) is worked out for
all statements at once, and only then are the statements that draw something taken out.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from portal.board.design import Severity
from portal.intake.gerber_arcs import centres_and_sweeps
from portal.intake.gerber_plot import PLOT_AGAIN, GerberRefused, NumberFormat, Plot
from portal.intake.gerber_rows import Rows
from portal.intake.modal import Events, events, pairs, standing
from portal.intake.words import Words

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

LARGEST_MM = 2_000.0

DRAW, MOVE, FLASH = 1, 2, 3
LINEAR, CLOCKWISE, COUNTER_CLOCKWISE = 1, 2, 3
INTERPOLATIONS = (LINEAR, CLOCKWISE, COUNTER_CLOCKWISE, 10, 11, 12)  # the last three are old straight lines


def operations(words: Words, plot: Plot) -> Rows:
    """Every flash and segment of the stream, before step-repeat and block apertures."""
    codes = events(words, "D", (DRAW, MOVE, FLASH))
    at = _operating(words, codes)
    code = codes.everywhere(words.statements, MOVE)[at]
    contour = _contours(words, at, code)
    keep = np.flatnonzero(code != MOVE if contour is None else np.where(contour >= 0, code == DRAW, code != MOVE))
    at, code = at[keep], code[keep]
    incremental = _incremental(words, plot)
    x, y = (_positions(words, plot, letter, incremental=incremental) for letter in "XY")
    rows = Rows(
        {
            "x0": x[at],
            "y0": y[at],
            "x1": x[at + 1],
            "y1": y[at + 1],
            "contour": np.full(len(at), -1) if contour is None else contour[keep],
            "statement": at,
            "flash": code == FLASH,
            "clear": _clear(plot, at),
        }
    )
    if max(x.max(), y.max(), -x.min(), -y.min()) > LARGEST_MM:  # only what is drawn must lie within
        _refuse_beyond(rows)
    _curve(rows, words, plot)
    rows["turn"] = _turns(plot, at)
    rows["aperture"] = turned_apertures(_apertures(words, plot)[at], rows["turn"], plot)
    return rows


def _clear(plot: Plot, at: Ints) -> Flags:
    if not any(is_clear for _, is_clear in plot.clear):
        return np.zeros(len(at), dtype=np.bool_)
    return np.asarray(pairs(list(plot.clear)).at(at, 0.0) == 1)


def _turns(plot: Plot, at: Ints) -> Ints:
    turns = np.array([statement for statement, _ in plot.turns], dtype=np.int64)
    return np.asarray(Events(turns, np.arange(len(turns))).at(at, -1))


def _operating(words: Words, codes: Events) -> Ints:
    """Those with coordinates, D03, which flashes again where it stands, and D02, which begins a contour there."""
    has = np.zeros(words.statements, dtype=np.bool_)
    for letter in "XYIJ":
        has[words.statements_with(letter)] = True
    has[codes.statement[codes.value != DRAW]] = True
    return np.flatnonzero(has)


def _refuse_beyond(rows: Rows) -> None:
    if len(rows) and max(np.abs(rows[name]).max() for name in ("x0", "y0", "x1", "y1")) > LARGEST_MM:
        raise GerberRefused("gerber-coordinates", "This layer has coordinates beyond two metres.", PLOT_AGAIN)


def _millimetres(words: Words, plot: Plot, index: Ints, *, letter: str) -> Floats:
    """The written numbers: the format statement says where the point is that nobody wrote."""
    form = plot.format or NumberFormat((2, 4), (2, 4))
    whole, decimals = form.digits_x if letter in "XI" else form.digits_y
    scale: NDArray[Any] | float = 10.0 ** (whole - words.digits[index]) if form.trailing_omitted else 10.0**-decimals
    if words.writes_points:
        scale = np.where(words.dotted[index], 1.0, scale)
    first_unit = plot.units[0][1] if plot.units else plot.fallback_unit
    plain = words.value[index] * scale
    if len(plot.units) > 1:
        return np.asarray(plain * pairs(plot.units).at(words.statement[index], first_unit))
    return np.asarray(plain if first_unit == 1.0 else plain * first_unit)


def _incremental(words: Words, plot: Plot) -> Flags | None:
    """Where coordinates are steps (G91, FSLI); None where they nowhere are."""
    notation = events(words, "G", (90, 91))
    first = 91 if plot.format and plot.format.incremental else 90
    if first == 90 and not (notation.value == 91).any():
        return None
    return np.asarray(notation.everywhere(words.statements, first) == 91)


def _positions(words: Words, plot: Plot, letter: str, *, incremental: Flags | None) -> Floats:
    """Where the plotter stands on this axis before each statement, and last after all of them."""
    statement, written = words.statements_with(letter), _millimetres(words, plot, words.where(letter), letter=letter)
    if incremental is None:
        return Events(statement + 1, written).everywhere(words.statements + 1, 0.0)
    each = np.full(words.statements, np.nan)
    each[statement] = written
    return np.concatenate(([0.0], standing(each, incremental)))


def _contours(words: Words, at: Ints, code: Floats) -> Ints | None:
    """The contour of each row, -1 outside: a move starts one, and so does a region. None where there is no region."""
    switch = events(words, "G", (36, 37))
    if not len(switch.value):
        return None
    index = Events(switch.statement, np.arange(len(switch.value))).everywhere(words.statements, -1)[at]
    inside = np.append(switch.value, 37)[index] == 36
    new = code == MOVE
    new[:1] = True
    new[1:] |= index[1:] != index[:-1]
    return np.where(inside, np.cumsum(new & inside) - 1, -1)


def _curve(rows: Rows, words: Words, plot: Plot) -> None:
    """Give centre and sweep to the rows that were drawn in G02 or G03."""
    rows["cx"], rows["cy"], rows["sweep"] = (np.zeros(len(rows)) for _ in range(3))
    modes = events(words, "G", INTERPOLATIONS)
    if not (modes.value != LINEAR).any():
        return
    mode = modes.everywhere(words.statements, LINEAR)[rows["statement"]]
    curved = np.flatnonzero(((mode == CLOCKWISE) | (mode == COUNTER_CLOCKWISE)) & ~rows["flash"])
    if not len(curved):
        return
    at = rows["statement"][curved]
    to_centre = np.column_stack([_offsets(words, plot, letter)[at] for letter in "IJ"])
    quadrant = events(words, "G", (74, 75)).at(at, 0)
    ends = np.column_stack([rows[name][curved] for name in ("x0", "y0", "x1", "y1")])
    clockwise = mode[curved] == CLOCKWISE
    centres, sweep, odd = centres_and_sweeps(ends, to_centre, clockwise=clockwise, quadrant=quadrant)
    rows["cx"][curved], rows["cy"][curved] = centres.T
    rows["sweep"][curved] = sweep
    if odd:
        plot.note(Severity.ASK, "gerber-arc", f"has {odd} arcs that do not fit their centre; drawn as straight lines.")


def _offsets(words: Words, plot: Plot, letter: str) -> Floats:
    index = words.where(letter)
    offsets = np.zeros(words.statements)
    offsets[words.statement[index]] = _millimetres(words, plot, index, letter=letter)
    return offsets


def _apertures(words: Words, plot: Plot) -> Ints:
    """The aperture in force at every statement."""
    values = words.value[words.where("D")]
    chooses = np.flatnonzero(values >= 10)
    statements, codes = words.statements_with("D")[chooses], values[chooses].astype(np.int64)
    known = np.array([-1, *sorted(plot.definitions)])
    place = np.searchsorted(known, codes, side="right") - 1
    first = np.array([0, *(plot.definitions[code][0][1] for code in known[1:].tolist())])
    chosen = np.where(known[place] == codes, first[place], 0)
    for code in (code for code, definitions in plot.definitions.items() if len(definitions) > 1):
        for row in np.flatnonzero(codes == code).tolist():
            chosen[row] = plot.aperture_at(code, int(statements[row]))
    return Events(statements, chosen).everywhere(words.statements, 0)


def turned_apertures(apertures: Ints, turns: Ints, plot: Plot) -> Ints:
    """Each as LM, LR and LS left it."""
    if not plot.turns:
        return apertures
    pairs, row = np.unique(np.column_stack((apertures, turns)), axis=0, return_inverse=True)
    return np.array([plot.turned(*pair) for pair in pairs.tolist()], dtype=np.int64)[row.ravel()]
