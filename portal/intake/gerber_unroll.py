"""Step-repeat (SR) and block apertures (AB): what the file says once and means many times.

Every size is added up before anything is copied, so that a file of 300 bytes cannot ask for a billion flashes.
"""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from portal.intake.gerber_operations import Rows, turned_apertures
from portal.intake.gerber_plot import PLOT_AGAIN, GerberRefused, Plot, Repeat

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
        own = _repeated(_with_blocks(rows[owner == number], content, plot), repeats)
        content[plot.aperture_at(span.code or 0, span.first)] = own
    return _repeated(_with_blocks(rows[owner == -1], content, plot), repeats)


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
        flash = rows[index]
        block = _turned(content[int(flash["aperture"])], int(flash["turn"]), plot)
        pieces += [rows[done:index], _moved(block, flash["x1"], flash["y1"], flash=flash)]
        done = index + 1
    return _joined([*pieces, rows[done:]])


def _turned(rows: Rows, turn: int, plot: Plot) -> Rows:
    """A block flashed under LM, LR or LS is mirrored, rotated and scaled as a whole, about its origin."""
    if turn < 0 or not len(rows):
        return rows
    matrix = plot.turns[turn][1]
    copy = rows.copy()
    for x, y in (("x0", "y0"), ("x1", "y1"), ("cx", "cy")):
        copy[x], copy[y] = matrix @ np.stack((rows[x], rows[y]))
    copy["sweep"] *= np.sign(np.linalg.det(matrix))
    copy["aperture"] = turned_apertures(rows["aperture"], np.full(len(rows), turn), plot)
    return copy


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
        pieces += [rows[done:first], *_copies(rows[first:last], span.repeat)]
        done = last
    return _joined([*pieces, rows[done:]])


def _copies(rows: Rows, repeat: Repeat) -> list[Rows]:
    return [
        _moved(rows, column * repeat.step_x, row * repeat.step_y)
        for column in range(repeat.columns)
        for row in range(repeat.rows)
    ]


def _moved(rows: Rows, dx: float, dy: float, *, flash: np.void | None = None) -> Rows:
    """A copy elsewhere. A block flashed in clear polarity has its own polarities exchanged."""
    copy = rows.copy()
    for name in ("x0", "x1", "cx"):
        copy[name] += dx
    for name in ("y0", "y1", "cy"):
        copy[name] += dy
    if flash is not None:
        copy["clear"] ^= flash["clear"]
        copy["statement"] = flash["statement"]
    return copy


def _joined(pieces: list[Rows]) -> Rows:
    """One after the other; contour numbers are given anew, or two copies would be one contour."""
    next_contour = 0
    for piece in pieces:
        inside = piece["contour"] >= 0
        if inside.any():
            numbers = piece["contour"][inside]
            piece["contour"][inside] = numbers - numbers.min() + next_contour
            next_contour = int(piece["contour"].max()) + 1
    return np.concatenate(pieces)


def _refuse_above(count: int) -> None:
    if count > MOST_ROWS:
        raise GerberRefused("gerber-too-large", f"This layer would draw {count} things by repetition.", PLOT_AGAIN)
