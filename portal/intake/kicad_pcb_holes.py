"""The holes of a KiCad board, in the same heaps as its drill files: plated, not plated, and one for each via span."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from portal.board.artwork import DrillHits
from portal.intake.kicad_pcb_board import Board
from portal.intake.kicad_pcb_copper import via_span
from portal.intake.kicad_pcb_ways import point
from portal.intake.s_expressions import Node

Span = tuple[int, int] | None


@dataclass(slots=True)
class Holes:
    """Rows of x, y, diameter; and of x0, y0, x1, y1, width."""

    round: list[tuple[float, float, float]] = field(default_factory=list)
    long: list[tuple[float, float, float, float, float]] = field(default_factory=list)

    def hits(self, *, plated: bool, span: Span = None) -> DrillHits:
        rows = np.array(self.round, dtype=np.float64).reshape(-1, 3)
        slots = np.array(self.long, dtype=np.float64).reshape(-1, 5)
        return DrillHits(rows[:, 0], rows[:, 1], rows[:, 2], slots, plated=plated, span=span)


@dataclass(slots=True)
class Drilled:
    """`vias` are blind and buried ones by their first and last layer, from 1; the through ones are plated holes."""

    plated: Holes = field(default_factory=Holes)
    not_plated: Holes = field(default_factory=Holes)
    vias: dict[tuple[int, int], Holes] = field(default_factory=dict)

    def hits(self) -> Iterator[DrillHits]:
        yield self.plated.hits(plated=True)
        if self.not_plated.round or self.not_plated.long:
            yield self.not_plated.hits(plated=False)
        for span, holes in sorted(self.vias.items()):
            yield holes.hits(plated=True, span=span)


def add_via_holes(board: Board, drilled: Drilled) -> None:
    for node in board.node.every("via"):
        at = board.frame.at(*point(node, "at"))
        layers = via_span(board, node)
        diameter = _diameter(board, node)
        if layers == board.layers.copper:
            holes = drilled.plated
        else:
            numbers = board.layers.copper.index(layers[0]) + 1, board.layers.copper.index(layers[-1]) + 1
            holes = drilled.vias.setdefault(numbers, Holes())
        holes.round.append((*at, diameter))


def _diameter(board: Board, node: Node) -> float:
    """Up to 5 a via says its drill only where it is not that of its net's class. NaN where nobody says it."""
    name = "uvia_drill" if "micro" in node.words else "via_drill"
    of_class = board.classes.get(board.net_of(node))
    said = node.number("drill") or (of_class.number(name) if of_class else None) or board.setup.number(name)
    return said or float("nan")
