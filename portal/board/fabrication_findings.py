"""What the maker of the bare board would ask about, few and located: mask, legend, copper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from portal.board.arcs import Floats
from portal.board.clearance_nets import Clearances
from portal.board.design import Finding, Place, Severity, Side
from portal.board.spots import Spots
from portal.board.webs import MaskFacts

ALMOST_TOUCHING_MM = 0.02  # nobody draws such a gap on purpose, and no process keeps it open


@dataclass(frozen=True, eq=False)
class SideFacts:
    """One side; `mask` is None where there is none or it could not be worked out. `legend`: file, printed openings."""

    side: Side
    file: str = ""
    mask: MaskFacts | None = None
    legend: tuple[tuple[str, Floats], ...] = ()


def layer_findings(unmeasured: Sequence[str], clearances: Clearances) -> Iterator[Finding]:
    for file in unmeasured:
        text = "takes away so much that its clearances were not measured."
        yield Finding(Severity.NOTE, "copper-unmeasured", file, text, "Nothing to do; the board's maker measures them.")
    almost = clearances.all_nets.below(ALMOST_TOUCHING_MM)
    if len(almost):
        yield _almost(almost)


def sliver_findings(slivers: Sequence[tuple[str, Floats]], corners: Sequence[tuple[str, Floats]]) -> Iterator[Finding]:
    """What the etch makes trouble of: thin islands that float away, corners in which etchant stays. By file."""
    for file, boxes in slivers:
        if len(boxes):
            have = f"{len(boxes)} thin slivers of copper stand" if len(boxes) > 1 else "A thin sliver of copper stands"
            text = f"{have} between cut-outs, joined to nothing; they may come off when the board is etched."
            remedy = "Let the area be filled with a smallest width of 0.2 mm, or remove its islands."
            yield Finding(Severity.NOTE, "copper-sliver", file, text, remedy, _place(boxes, file))
    for file, boxes in corners:
        if len(boxes):
            text = f"{_many(boxes, 'track corner')} sharper than 60°; etchant may stay there and eat into the track."
            remedy = "Nothing to do for wide tracks; else bend them by two corners of 45°."
            yield Finding(Severity.NOTE, "acid-trap", file, text, remedy, _place(boxes, file))


def _almost(found: Spots) -> Finding:
    where = found.file_of_worst()
    times = f"In {found.places} places" if found.places > 1 else "In one place"
    text = f"{times} copper of two nets is only {found.smallest:g} mm apart: nearly a short, or meant to touch."
    remedy = "Look at the marked place: move the copper apart, or let it overlap."
    return Finding(Severity.ASK, "copper-almost-touches", where, text, remedy, Place(_box(found.box[0]), where))


def side_findings(seen: Sequence[SideFacts]) -> Iterator[Finding]:
    for facts in seen:
        if facts.mask is not None:
            yield from _mask(facts, facts.mask)
        for file, printed in facts.legend:
            yield from _legend(file, printed)


def _mask(facts: SideFacts, mask: MaskFacts) -> Iterator[Finding]:
    if len(mask.missing):
        text = f"There is no opening in the mask over {_many(mask.missing, 'pad')} to be soldered."
        remedy = "Open the mask over these pads, or tell us that they stay covered."
        yield Finding(Severity.ASK, "mask-opening-missing", facts.file, text, remedy, _place(mask.missing, facts.file))
    if len(mask.oversize):
        text = f"The mask opening over {_many(mask.oversize, 'pad')} is more than 0.2 mm larger on every side."
        remedy = "Check the mask expansion of these pads: solder may reach what lies beside them."
        yield Finding(Severity.NOTE, "mask-opening-large", facts.file, text, remedy, _place(mask.oversize, facts.file))


def _legend(file: str, printed: Floats) -> Iterator[Finding]:
    if len(printed):
        text = f"The legend is printed over {_many(printed, 'mask opening')}; the board's maker will cut it away there."
        remedy = "Nothing to do, unless the text is needed."
        yield Finding(Severity.NOTE, "legend-on-pads", file, text, remedy, _place(printed, file))


def _many(boxes: Floats, what: str) -> str:
    return f"{len(boxes)} {what}{'s' if len(boxes) > 1 else ''}"


def _place(boxes: Floats, file: str) -> Place:
    """Around all of them: the picture marks where to look."""
    low, high = boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)
    return Place(_box((*low, *high)), file)


def _box(row: Sequence[float] | Floats) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (round(float(value), 3) for value in row)
    return x0, y0, x1, y1
