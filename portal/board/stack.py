"""The layers and holes of one board together: what the measures and the pictures are made of."""

from dataclasses import dataclass

from portal.board.artwork import Artwork, Box, DrillHits
from portal.board.design import FileRole, Side


@dataclass(frozen=True, eq=False)
class Layer:
    """`number` counts copper from 1 (top). `file` is the customer's name for it, so that a finding can say where."""

    role: FileRole
    artwork: Artwork
    file: str
    side: Side | None = None
    number: int | None = None


@dataclass(frozen=True, eq=False)
class Stack:
    """`edge_box` is the box of the contour that its owner has said to be the edge."""

    layers: tuple[Layer, ...]
    drills: tuple[DrillHits, ...] = ()
    edge_box: Box | None = None

    def of(self, role: FileRole, side: Side | None = None) -> tuple[Layer, ...]:
        """The layers with something on them in this role, on this side where one is asked for."""
        return tuple(
            layer
            for layer in self.layers
            if layer.role is role and (side is None or layer.side is side) and not layer.artwork.is_empty
        )

    def masks(self, side: Side) -> tuple[Layer, ...]:
        """The solder mask of a side. A film with nothing on it is one too: it has no openings."""
        return tuple(layer for layer in self.layers if layer.role is FileRole.MASK and layer.side is side)

    def outer_copper(self, side: Side) -> tuple[Layer, ...]:
        """The copper that one sees: of this side, or of the first or last number where no side is said."""
        numbers = [layer.number for layer in self.of(FileRole.COPPER) if layer.number is not None]
        outermost = 1 if side is Side.TOP else max((*numbers, 2))
        numbered = [layer for layer in self.of(FileRole.COPPER) if layer.side is None and layer.number == outermost]
        return (*self.of(FileRole.COPPER, side), *numbered)


def extent(boxes: list[Box]) -> Box | None:
    """The box around all boxes; None where there are none."""
    if not boxes:
        return None
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def extent_of(layers: tuple[Layer, ...]) -> Box | None:
    return extent([box for layer in layers if (box := layer.artwork.bounds_mm())])
