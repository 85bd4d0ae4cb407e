"""The whole board as its maker will judge it: clearances, copper areas, mask, legend, drills, and the class it takes.

Layers and sides are looked at one by one, each as a call that can run in another process: give `run` the `map` of a
pool. Only `fabrication` sees them together.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import numpy as np

from portal.board.acid_traps import acid_traps
from portal.board.arcs import Floats
from portal.board.areas import covered_mm2
from portal.board.capability import Capabilities, capability, demands
from portal.board.capsules import Capsules, Kind, edges_of, joined
from portal.board.capsules_cleared import TooManyCuts, left_on_film
from portal.board.capsules_near import near
from portal.board.clearance import Around, LayerGaps, gaps_of_layer
from portal.board.clearance_nets import Clearances, gaps_between_nets
from portal.board.copper import ring_spots, track_spots
from portal.board.design import CopperArea, Demand, FileRole, Finding, Narrowest, OutlineKind, Side
from portal.board.drilling import (
    EVERY_LAYER,
    Bored,
    aspect_ratios,
    bored,
    drill_sizes,
    hole_to_edge,
    hole_to_hole,
    lie_on_pads,
    supposed_holes,
)
from portal.board.fabrication_findings import (
    ALMOST_TOUCHING_MM,
    SideFacts,
    layer_findings,
    side_findings,
    sliver_findings,
)
from portal.board.holes import slots
from portal.board.legend import legend_lines, legend_on_pads
from portal.board.lettering import legend_heights
from portal.board.nets import NamedPoints
from portal.board.outline import Outline
from portal.board.spots import Feature, Spots, gathered
from portal.board.stack import Layer, Stack
from portal.board.webs import MaskFacts, centres, mask_facts, mask_webs, openings

SEARCH_MM = (0.16, 0.5, 2.0)  # the next is tried where nothing lay within the one before
MOST_SEGMENTS = 100_000  # of a board that is searched beyond the first
STANDARD_THICKNESS_MM = 1.6

Run = Callable[..., Iterable[Any]]


@dataclass(frozen=True, eq=False)
class Fabrication:
    """`measured` has every place of each feature, the worst first. What is not known is None, or absent there.

    `searched_mm`: where `min_clearance_mm` is None and this is set, no two nets come nearer to each other than that.
    `over_edge` is how many pieces of copper the edge cuts; `tented` counts vias that mask covers, by side.
    """

    min_clearance_mm: float | None = None
    min_track_mm: float | None = None
    min_mask_web_mm: float | None = None
    copper_areas: tuple[CopperArea, ...] = ()
    capability: str | None = None
    findings: tuple[Finding, ...] = ()
    searched_mm: float | None = None
    gaps: tuple[Narrowest, ...] = ()
    rings: tuple[Narrowest, ...] = ()
    measured: dict[Feature, Spots] = field(default_factory=dict)
    over_edge: int | None = None
    half_holes: int | None = None
    tented: dict[Side, int] = field(default_factory=dict)
    demands: tuple[Demand, ...] = ()


@dataclass(frozen=True, eq=False)
class LayerFacts:
    """What one copper layer says alone. `gaps` is None where working it out would take too long."""

    area: CopperArea
    gaps: LayerGaps | None


def fabrication(
    stack: Stack,
    edge: Outline | None,
    *,
    points: NamedPoints | None = None,
    table: Capabilities | None = None,
    thickness_mm: float = STANDARD_THICKNESS_MM,
    run: Run = map,
) -> Fabrication:
    """`points` are nets of a netlist file; X2 nets are in the layers. Without `table` there is no capability."""
    drilled = bored(stack.drills, layers=len(stack.of(FileRole.COPPER)))
    around = _around(stack, edge, drilled=drilled, points=points or NamedPoints())
    copper = [_portable(layer) for layer in stack.of(FileRole.COPPER)]
    sides = [side for side in Side if stack.of(FileRole.MASK, side) or stack.of(FileRole.LEGEND, side)]
    asked: list[Callable[[], Any]] = [partial(look_at_layer, layer, around, edge=edge) for layer in copper]
    asked += [partial(look_at_side, _portable_side(stack, side), side, drilled) for side in sides]
    said = list(run(_answer, asked))
    layers, seen = said[: len(copper)], said[len(copper) :]
    clearances, searched = _clearances(copper, layers, around, run=run)
    measured = _measured(stack, drilled, around, thickness_mm=thickness_mm)
    measured |= _of_copper(clearances)
    measured[Feature.MASK_WEB] = gathered([facts.mask.webs for facts in seen if facts.mask])
    made = {
        **measured,
        Feature.CLEARANCE: clearances.all_nets.above(ALMOST_TOUCHING_MM),
    }  # less is a finding of its own
    name, dear = capability(table, made) if table and copper else (None, ())
    areas = tuple(layer.area for layer in layers)
    unmeasured = [layer.area.file for layer in layers if layer.gaps is None]
    return Fabrication(
        min_clearance_mm=measured[Feature.CLEARANCE].smallest,
        min_track_mm=measured[Feature.TRACK].smallest,
        min_mask_web_mm=measured[Feature.MASK_WEB].smallest,
        copper_areas=areas,
        capability=None if unmeasured else name,
        findings=(*layer_findings(unmeasured, clearances), *_etched(copper, layers), *side_findings(seen), *dear),
        searched_mm=searched,
        gaps=tuple(_gaps(clearances)),
        rings=tuple(found for ring in measured[Feature.RING].of_each_file() for found in ring.narrowest(Feature.RING)),
        measured=measured,
        demands=demands(table, made) if table and copper and not unmeasured else (),
        over_edge=len(clearances.over_edge) if around.edge is not None else None,
        half_holes=len(hole_to_edge(drilled, around.edge)[1]) if around.edge is not None else None,
        tented={facts.side: facts.mask.tented for facts in seen if facts.mask and facts.mask.tented is not None},
    )


def _gaps(clearances: Clearances) -> Iterator[Narrowest]:
    others = {Feature.EDGE: clearances.to_edge, Feature.HOLE_TO_COPPER: clearances.to_holes}
    for what, found in (clearances.between | others).items():
        yield from found.narrowest(what) if found else ()


def _etched(copper: Sequence[Layer], layers: Sequence[LayerFacts]) -> Iterator[Finding]:
    slivers = [(facts.gaps.file, facts.gaps.slivers) for facts in layers if facts.gaps]
    return sliver_findings(slivers, [(layer.file, acid_traps(layer)) for layer in copper])


def _answer(question: Callable[[], Any]) -> Any:
    return question()


def _portable(layer: Layer) -> Layer:
    """A read-only mapping cannot be sent to another process."""
    return replace(layer, artwork=replace(layer.artwork, attributes=dict(layer.artwork.attributes)))


def _portable_side(stack: Stack, side: Side) -> Stack:
    roles = (FileRole.MASK, FileRole.PASTE, FileRole.LEGEND)
    others = [layer for role in roles for layer in stack.of(role, side)]
    return Stack(tuple(_portable(layer) for layer in (*stack.outer_copper(side), *others)))


def _around(stack: Stack, edge: Outline | None, *, drilled: Bored, points: NamedPoints) -> Around:
    contour = _contour(edge) if edge and edge.kind is OutlineKind.CLOSED else None
    holes, plating, span = drilled.things, drilled.plating, drilled.span
    if contour is not None:
        routed = np.zeros(len(holes), dtype=np.bool_)
        routed[holes.thing[near(holes, contour, within_mm=0.0).first]] = True
        routed &= plating != 1  # the board's edge itself, or holes to break it off
        holes, plating, span = holes.chosen(~routed), plating[~routed], span[~routed]
    copper = stack.of(FileRole.COPPER)
    is_believed = bool(stack.drills) and lie_on_pads(drilled.round, copper)
    unsized, unsized_plating = drilled.unsized if is_believed else supposed_holes(copper)
    is_known = drilled.depths_known and bool(len(holes)) and not len(unsized)
    holes, plating = joined([holes, unsized]), np.concatenate((plating, unsized_plating))
    span = np.concatenate((span, np.tile(EVERY_LAYER, (len(unsized), 1))))
    return Around(holes, plating, span, is_known, contour, points, edge.box if edge else None)


def _contour(edge: Outline) -> Capsules:
    """The board with its cut-outs as one thing, to measure from and to ask what lies inside."""
    shape = edge.shape
    ends, _ = edges_of(np.array([shape], dtype=object))
    zero = np.zeros(1, dtype=np.int64)
    return Capsules(
        ends,
        np.zeros(len(ends)),
        np.zeros(len(ends), dtype=np.int64),
        np.array([int(Kind.AREA)]),
        zero,
        zero,
        np.array([shape], dtype=object),
        zero,
    )


def look_at_layer(layer: Layer, around: Around, *, edge: Outline | None, within_mm: float = SEARCH_MM[0]) -> LayerFacts:
    """One copper layer alone. Give it `attributes` as a plain dict to send it to another process."""
    try:
        gaps = gaps_of_layer(layer.file, layer.artwork, around, number=layer.number, within_mm=within_mm)
    except TooManyCuts:
        gaps = None
    return LayerFacts(_area(layer, edge), gaps)


def _area(layer: Layer, edge: Outline | None) -> CopperArea:
    """Within the board where its edge is certain, else all that is drawn."""
    certain = edge is not None and edge.kind is OutlineKind.CLOSED
    box = edge.box if edge and certain else layer.artwork.bounds_mm() or (0.0, 0.0, 0.0, 0.0)
    area = covered_mm2(layer.artwork, box, edge.rings if edge and certain else ())
    board = edge.area_mm2 if edge and certain else None
    return CopperArea(layer.file, layer.number, round(area, 2), round(area / board, 4) if board else None)


def look_at_side(stack: Stack, side: Side, drilled: Bored) -> SideFacts:
    """The mask and legend of one side, against its copper, paste and holes."""
    copper, masks = stack.of(FileRole.COPPER), stack.of(FileRole.MASK)
    try:
        things = left_on_film(copper[0].artwork) if copper else Capsules()
        mask = openings(masks, things)
    except TooManyCuts:
        return SideFacts(side)
    if mask is None:
        return SideFacts(side)
    paste = np.concatenate([np.empty((0, 2)), *(_paste(layer) for layer in stack.of(FileRole.PASTE))])
    if not copper:
        return SideFacts(side, mask.file, MaskFacts(mask_webs(mask)))
    facts = mask_facts(mask, copper[0], things, paste=paste, holes=_plated(drilled))
    legend = [(layer.file, legend_on_pads(layer, mask)) for layer in stack.of(FileRole.LEGEND)]
    return SideFacts(side, mask.file, facts, tuple(legend))


def _paste(layer: Layer) -> Floats:
    boxes = left_on_film(layer.artwork).thing_boxes()
    return centres(boxes)


def _plated(drilled: Bored) -> Floats:
    holes = drilled.round
    plated = (holes.plating != 0) & (holes.diameter_mm > 0)
    return np.column_stack((holes.x_mm[plated], holes.y_mm[plated], holes.diameter_mm[plated]))


def _clearances(
    copper: Sequence[Layer], layers: Sequence[LayerFacts], around: Around, *, run: Run
) -> tuple[Clearances, float | None]:
    """Wider and wider, until two nets are found near each other. A layer left out makes the bound unknown."""
    found = gaps_between_nets([layer.gaps for layer in layers if layer.gaps], around)
    complete = bool(layers) and all(layer.gaps for layer in layers)
    reached = SEARCH_MM[0]
    small = sum(len(a.draws) + len(a.flashes) + len(a.regions.points) for a in (layer.artwork for layer in copper))
    for within_mm in SEARCH_MM[1:]:
        if len(found.all_nets) or not complete or small > MOST_SEGMENTS:
            break
        again = [partial(_gaps_again, layer, around, within_mm) for layer in copper]
        found, reached = gaps_between_nets(list(run(_answer, again)), around), within_mm
    return found, reached if complete and not len(found.all_nets) else None


def _gaps_again(layer: Layer, around: Around, within_mm: float) -> LayerGaps:
    return gaps_of_layer(layer.file, layer.artwork, around, number=layer.number, within_mm=within_mm)


def _measured(stack: Stack, drilled: Bored, around: Around, *, thickness_mm: float) -> dict[Feature, Spots]:
    copper = stack.of(FileRole.COPPER)
    return {
        Feature.TRACK: track_spots(copper),
        Feature.RING: ring_spots(copper, drilled.round, slots(stack.drills)),
        Feature.DRILL: drill_sizes(drilled),
        Feature.ASPECT: aspect_ratios(drilled, thickness_mm, layers=len(copper)),
        Feature.HOLE_TO_HOLE: hole_to_hole(drilled),
        Feature.HOLE_TO_EDGE: hole_to_edge(drilled, around.edge)[0] if around.edge is not None else Spots(),
        Feature.LEGEND_LINE: legend_lines(stack.of(FileRole.LEGEND)),
        Feature.LEGEND_HEIGHT: legend_heights(stack.of(FileRole.LEGEND)),
    }


def _of_copper(clearances: Clearances) -> dict[Feature, Spots]:
    return {
        Feature.CLEARANCE: clearances.all_nets,
        Feature.EDGE: clearances.to_edge or Spots(),
        Feature.HOLE_TO_COPPER: clearances.to_holes or Spots(),
    }
