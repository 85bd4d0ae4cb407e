"""How high each part of a design stands, of what is known: what its files say of it, else what its package tells."""

from collections.abc import Iterable, Iterator, Mapping

from portal.board.design import BomLine, Design, Heights, Placement, Side
from portal.parts.heights import Height, height_of
from portal.parts.packages import Mount, package_of

IN_FILES = "the files of the board"
NAMED = 4


def part_heights(design: Design) -> dict[str, Height]:
    """By designator; whose height is not known is not there."""
    lines = {name: line for line in design.bom for name in line.designators}
    found = {part.designator: _height(part, lines.get(part.designator)) for part in design.placements}
    return {name: height for name, height in found.items() if height}


def _height(part: Placement, line: BomLine | None) -> Height | None:
    """The centroid file's package name is the CAD library's, which often has it; the BOM's is the buyer's."""
    if part.height_mm is not None:
        return Height(part.height_mm, IN_FILES, "A")
    texts = [(part.package, ""), (line.package, line.description)] if line else [(part.package, part.value)]
    found = [height for package, words in texts if (height := height_of(package, words))]
    return min(found, key=lambda height: height.grade, default=None)


def heights(design: Design, known: Mapping[str, Height]) -> Iterator[Heights]:
    """Of each side that has parts. What is only copper and what is left off do not count."""
    left_off = {name for line in design.bom if line.not_fitted for name in line.designators}
    parts = [part for part in design.placements if part.designator not in left_off and _stands(part)]
    for side in Side:
        names = list(dict.fromkeys(part.designator for part in parts if part.side is side))
        if names:
            yield _of_side(side, names, known)


def _stands(part: Placement) -> bool:
    return package_of(part.package, part.value).mount is not Mount.NONE


def _of_side(side: Side, names: Iterable[str], known: Mapping[str, Height]) -> Heights:
    every = {name: known.get(name) for name in names}
    of_known = {name: height for name, height in every.items() if height}
    if not of_known:
        return Heights(side, 0, len(every))
    tallest = max(of_known.values(), key=lambda height: height.mm)
    which = tuple(sorted(name for name, height in of_known.items() if height.mm == tallest.mm))[:NAMED]
    return Heights(side, len(of_known), len(every) - len(of_known), tallest.mm, which, tallest.because)
