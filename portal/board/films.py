"""Each layer of a board alone, as the maker gets it: a picture in one colour, with a name that says what it is."""

from collections.abc import Iterator

from portal.board.colours import FILMS
from portal.board.design import FileRole, Side
from portal.board.film import Film
from portal.board.picture import things_in
from portal.board.png import MOST_THINGS, holes_png, layer_png
from portal.board.stack import Layer, Stack

MOST_FILMS = 80  # more layers than any board has; what comes after is not drawn
NAMES = {
    FileRole.COPPER: "Copper",
    FileRole.MASK: "Solder mask",
    FileRole.PASTE: "Paste",
    FileRole.LEGEND: "Legend",
    FileRole.OUTLINE: "Outline",
}


def films(stack: Stack, *, width_px: int = 1000) -> tuple[Film, ...]:
    """From the top of the board to its bottom, the edge last."""
    return tuple(_films(stack, width_px))


def _films(stack: Stack, width_px: int) -> Iterator[Film]:
    shown = [layer for role in NAMES for layer in sorted(stack.of(role), key=_from_the_top)]
    for layer in shown[:MOST_FILMS]:
        if things_in(layer.artwork) > MOST_THINGS:
            continue
        png = layer_png(stack, layer, width_px=width_px, colour=FILMS[layer.role], with_edge=True)
        if png:
            yield Film(film_name(layer), layer.file, png)
    if any(drill.count for drill in stack.drills) and (png := holes_png(stack, width_px=width_px)):
        yield Film("Holes", "", png)


def _from_the_top(layer: Layer) -> tuple[int, int]:
    return layer.number or 0, (Side.TOP, None, Side.BOTTOM).index(layer.side)


def film_name(layer: Layer) -> str:
    number = f"L{layer.number}" if layer.role is FileRole.COPPER and layer.number else ""
    return " ".join(filter(None, (NAMES[layer.role], number, str(layer.side or ""))))
