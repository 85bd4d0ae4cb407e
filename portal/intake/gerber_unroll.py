"""Step-repeat (SR) and block apertures (AB): what the file says once and means many times.

Every size is added up before anything is copied, so that a file of 300 bytes cannot ask for a billion flashes.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from portal.intake.gerber_operations import turned_apertures
from portal.intake.gerber_plot import PLOT_AGAIN, GerberRefused, Plot, Repeat
from portal.intake.gerber_rows import Rows, joined

MOST_ROWS = 2_000_000
MOST_DEPTH = 16


@dataclass(frozen=True)
class Span:
    """Statements first ≤ s < last that belong to a block (its code) or a repeat."""

    first: int
    last: int
    code: int | None = None
    repeat: Repeat | None = None


def unrolled(rows: Rows, plot: Plot, *, statements: int) -> Rows:
    """All rows of the image, repeats and blocks written out. Contours of each copy stay apart."""
    if not plot.blocks and not plot.repeats:
        return rows
    spans = _block_spans(plot, statements)
    owner = np.full(len(rows), -1)
    for number in sorted(range(len(spans)), key=lambda n: spans[n].first):  # inner blocks start later, and win
        owner[(rows["statement"] >= spans[number].first) & (rows["statement"] < spans[number].last)] = number
    repeats = _repeat_spans(plot, statements)
    content: dict[int, Rows] = {}  # aperture index: its rows
    for number, span in sorted(enumerate(spans), key=lambda item: item[1].last):
        own = _repeated(_with_blocks(rows.taken(owner == number), content, plot), repeats)
        content[plot.aperture_at(span.code or 0, span.first)] = own
    return _repeated(_with_blocks(rows.taken(owner == -1), content, plot), repeats)


def _block_spans(plot: Plot, statements: int) -> list[Span]:
    spans: list[Span] = []
    open_blocks: list[tuple[int, int]] = []
    for statement, code in plot.blocks:
        if code is not None:
            open_blocks.append((statement, code))
        elif open_blocks:
            first, opened = open_blocks.pop()
            spans.append(Span(first, statement, code=opened))
        if len(open_blocks) > MOST_DEPTH:
            raise GerberRefused("gerber-too-large", "This layer nests aperture blocks too deep.", PLOT_AGAIN)
    return spans + [Span(first, statements, code=code) for first, code in open_blocks]


def _repeat_spans(plot: Plot, statements: int) -> list[Span]:
    """Each repeat lasts until the next SR command, `SRX1Y1` being the old way to end one."""
    marks = [*plot.repeats, (statements, None)]
    return [Span(first, last, repeat=repeat) for (first, repeat), (last, _) in pairwise(marks) if repeat]


def _with_blocks(rows: Rows, content: dict[int, Rows], plot: Plot) -> Rows:
    """Each flash of a block replaced by the block's rows, turned and moved there."""
    if not content:
        return rows
    at = np.flatnonzero(rows["flash"] & np.isin(rows["aperture"], list(content)))
    _refuse_above(len(rows) + sum(len(content[int(a)]) for a in rows["aperture"][at]))
    pieces: list[Rows] = []
    done = 0
    for index in at.tolist():
        block = _turned(content[int(rows["aperture"][index])], int(rows["turn"][index]), plot)
        pieces += [rows.taken(slice(done, index)), _flashed(block, rows.taken(index))]
        done = index + 1
    return joined([*pieces, rows.taken(slice(done, None))])


def _turned(rows: Rows, turn: int, plot: Plot) -> Rows:
    """A block flashed under LM, LR or LS is mirrored, rotated and scaled as a whole, about its origin."""
    if turn < 0 or not len(rows):
        return rows
    matrix = plot.turns[turn][1]
    places = {}
    for x, y in (("x0", "y0"), ("x1", "y1"), ("cx", "cy")):
        places[x], places[y] = matrix @ np.stack((rows[x], rows[y]))
    sweep = rows["sweep"] * np.sign(np.linalg.det(matrix))
    aperture = turned_apertures(rows["aperture"], np.full(len(rows), turn), plot)
    return rows.changed(**places, sweep=sweep, aperture=aperture)


def _repeated(rows: Rows, repeats: list[Span]) -> Rows:
    pieces: list[Rows] = []
    done = 0
    total = len(rows)
    for span in repeats:
        first, last = np.searchsorted(rows["statement"], (span.first, span.last))
        if span.repeat is None or first == last:
            continue
        total += (last - first) * (span.repeat.columns * span.repeat.rows - 1)
        _refuse_above(total)
        pieces += [rows.taken(slice(done, first)), *_copies(rows.taken(slice(first, last)), span.repeat)]
        done = last
    return joined([*pieces, rows.taken(slice(done, None))])


def _copies(rows: Rows, repeat: Repeat) -> list[Rows]:
    return [
        _moved(rows, column * repeat.step_x, row * repeat.step_y)
        for column in range(repeat.columns)
        for row in range(repeat.rows)
    ]


def _moved(rows: Rows, dx: float, dy: float) -> Rows:
    along = {name: rows[name] + dx for name in ("x0", "x1", "cx")}
    return rows.changed(**along, **{name: rows[name] + dy for name in ("y0", "y1", "cy")})


def _flashed(block: Rows, flash: Rows) -> Rows:
    """A block where it is flashed. One flashed in clear polarity has its own polarities exchanged."""
    moved = _moved(block, float(flash["x1"]), float(flash["y1"]))
    statement = np.full(len(block), flash["statement"])
    return moved.changed(clear=block["clear"] ^ flash["clear"], statement=statement)


def _refuse_above(count: int) -> None:
    if count > MOST_ROWS:
        raise GerberRefused("gerber-too-large", f"This layer would draw {count} things by repetition.", PLOT_AGAIN)
