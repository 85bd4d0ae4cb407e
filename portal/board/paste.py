"""The stencil of each side: its openings, how well paste leaves them, and the foil that suits them.

Paste leaves an opening when its floor holds more of it than its walls: area ÷ walls at least 0.66, width ÷ thickness
at least 1.5 ("practice, not law", Lasky; mantis.macaos.com/support/techinfo/ratios).
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import shapely

from portal.board.artwork import Artwork, Box, Floats, Ints
from portal.board.design import FileRole, Finding, Foil, Place, Severity, Side, StencilNeed
from portal.board.footprints import Landing
from portal.board.footprints_owners import ALONE
from portal.board.pads_shapes import Shapes, joined, shapes
from portal.board.stack import Stack

AREA_RATIO, ASPECT = 0.66, 1.5
FOILS_UM = (150, 120, 100, 80)  # in stock everywhere; solitech.pl, pcbinsider.com
USUAL_UM = 120
THICK_WIDTH_MM = 1.0  # nothing narrower on the side: the thick foil for 1206 and larger
STEP_PARTS = 3  # so few parts that fail are worth a step in the foil
NAMED = 5


@dataclass(frozen=True, eq=False)
class Apertures:
    """The openings of one side. `owner` is the index of the placement that each lies under, -1 for none."""

    at: Floats
    width_mm: Floats
    area_mm2: Floats
    perimeter_mm: Floats
    owner: Ints
    made: bool = False

    def __len__(self) -> int:
        return len(self.at)

    def area_ratio(self, thickness_um: int) -> Floats:
        """The floor of each opening ÷ its walls."""
        return np.asarray(self.area_mm2 / np.fmax(self.perimeter_mm * thickness_um / 1000, 1e-9))

    def aspect(self, thickness_um: int) -> Floats:
        return np.asarray(self.width_mm * 1000 / thickness_um)

    def volume_mm3(self, thickness_um: int) -> Floats:
        """What each opening holds; print and release leave less of it on the pad."""
        return np.asarray(self.area_mm2 * thickness_um / 1000)

    def fails(self, thickness_um: int) -> Ints:
        """The rows of the openings that keep too much of their paste in a foil of this thickness."""
        poor = (self.area_ratio(thickness_um) < AREA_RATIO - 1e-3) | (self.aspect(thickness_um) < ASPECT - 1e-3)
        return np.flatnonzero(poor)

    def box(self, rows: Ints) -> Box | None:
        """Around the middles of these openings."""
        if not len(rows):
            return None
        x0, y0, x1, y1 = np.round((*self.at[rows].min(axis=0), *self.at[rows].max(axis=0)), 3).tolist()
        return x0, y0, x1, y1


def stencils(stack: Stack, landing: Landing) -> tuple[StencilNeed, ...]:
    """One for each side that paste is printed on."""
    found = {side: apertures(stack, landing, side) for side in Side}
    return tuple(_need(side, openings, landing) for side, openings in found.items() if len(openings))


def apertures(stack: Stack, landing: Landing, side: Side) -> Apertures:
    """From the paste layer; where there is none, made from the pads under parts."""
    layers = stack.of(FileRole.PASTE, side)
    if not layers:
        return _made(landing, side)
    tables = [shapes(layer.artwork) for layer in layers]
    every = joined(tables)
    sizes = np.concatenate([_sizes(layer.artwork, table) for layer, table in zip(layers, tables, strict=True)])
    pad = _pad_under(landing, side, np.column_stack((every.x, every.y)))
    kept = ~every.is_painted | (pad >= 0)  # strokes beside the pads are letters
    table, pad = every.of(kept), pad[kept]
    area, perimeter = sizes[kept].T
    owner = np.where(pad >= 0, np.append(landing.owner.get(side, _nobody(landing, side)), ALONE)[pad], ALONE)
    at, width = np.column_stack((table.x, table.y)), np.fmin(table.width, table.height)
    return Apertures(at, width, area, perimeter, owner)


def _nobody(landing: Landing, side: Side) -> Ints:
    return np.full(len(landing.pads[side]), ALONE)


def _made(landing: Landing, side: Side) -> Apertures:
    pads, owner = landing.pads[side], landing.owner.get(side, _nobody(landing, side))
    rows = np.flatnonzero((owner != ALONE) & (pads.hole_mm == 0))
    width, height = pads.width_mm[rows], pads.height_mm[rows]
    return Apertures(
        pads.at[rows], np.fmin(width, height), width * height, 2 * (width + height), owner[rows], made=True
    )


def _sizes(artwork: Artwork, table: Shapes) -> Floats:
    """Area and perimeter of each, in the order of the table; what was painted counts as a rectangle."""
    sizes = np.column_stack((table.width * table.height, 2 * (table.width + table.height)))
    rows = _flash_sizes(artwork)
    sizes[: len(rows)] = rows
    return sizes


def _flash_sizes(artwork: Artwork) -> Floats:
    """By the true shape of each aperture."""
    flashes = artwork.flashes
    if not len(flashes):
        return np.empty((0, 2))
    reach = artwork.boxes[flashes.aperture]
    dark = (flashes.level % 2 == 0) & (reach[:, 2] > reach[:, 0]) & (reach[:, 3] > reach[:, 1])
    used, which = np.unique(flashes.aperture[dark], return_inverse=True)
    rings = [[ring for ring in artwork.apertures[number].rings if len(ring) > 2] for number in used.tolist()]
    polygons = [shapely.union_all([shapely.Polygon(ring) for ring in group]) for group in rings]
    return np.column_stack((shapely.area(polygons), shapely.length(polygons)))[which]


def _pad_under(landing: Landing, side: Side, at: Floats) -> Ints:
    """The pad that each opening lies on, -1 for none."""
    found = np.full(len(at), ALONE)
    if len(landing.pads[side]) and len(at):
        boxes = shapely.box(*landing.pads[side].boxes.T)
        opening, pad = shapely.STRtree(boxes).query(shapely.points(at))
        found[opening] = pad
    return found


def _need(side: Side, openings: Apertures, landing: Landing) -> StencilNeed:
    thickness = _thickness(openings)
    failing = openings.fails(thickness)
    return StencilNeed(
        side=side,
        apertures=len(openings),
        smallest_mm=round(float(openings.width_mm.min()), 3),
        thickness_um=thickness,
        area_ratio=round(float(openings.area_ratio(thickness).min()), 3),
        aspect_ratio=round(float(openings.aspect(thickness).min()), 2),
        failing_apertures=len(failing),
        failing=_names(openings, failing, landing),
        failing_box_mm=openings.box(failing),
        foils=tuple(_foil(openings, foil) for foil in FOILS_UM),
        step=_step(openings, thickness, landing),
        made=openings.made,
        paste_mm3=round(float(openings.volume_mm3(thickness).sum()), 3),
    )


def _foil(openings: Apertures, thickness_um: int) -> Foil:
    return Foil(
        thickness_um,
        area_ratio=round(float(openings.area_ratio(thickness_um).min()), 3),
        aspect_ratio=round(float(openings.aspect(thickness_um).min()), 2),
        failing=len(openings.fails(thickness_um)),
    )


def _thickness(openings: Apertures) -> int:
    """The thickest foil, up to the usual one, that every opening passes; else the one that fewest fail: the thinnest
    of these where most fail, so that they fail by least.
    """
    most = FOILS_UM[0] if openings.width_mm.min() >= THICK_WIDTH_MM else USUAL_UM
    failing = {foil: len(openings.fails(foil)) for foil in FOILS_UM if foil <= most}
    best = [foil for foil, count in failing.items() if count == min(failing.values())]
    return best[-1] if 2 * failing[best[0]] > len(openings) else best[0]


def _names(openings: Apertures, rows: Ints, landing: Landing) -> tuple[str, ...]:
    names = {landing.placements[owner].designator for owner in openings.owner[rows].tolist() if owner != ALONE}
    return tuple(sorted(names))


def _step(openings: Apertures, thickness_um: int, landing: Landing) -> str:
    """Where only a few parts ask for the thinner foil, the rest may keep the usual one."""
    thin = openings.fails(USUAL_UM)
    names = _names(openings, thin, landing)
    if thickness_um >= USUAL_UM or not 0 < len(names) <= STEP_PARTS or (openings.owner[thin] == ALONE).any():
        return ""
    return f"{USUAL_UM} µm with a step down to {thickness_um} µm at {', '.join(names)}"


def paste_findings(needs: tuple[StencilNeed, ...]) -> tuple[Finding, ...]:
    """What the customer should know about the stencils."""
    return tuple(finding for need in needs for finding in (*_made_said(need), *_failing_said(need)))


def _made_said(need: StencilNeed) -> Iterator[Finding]:
    if need.made:
        text = f"There is no paste layer for the {need.side}; {need.apertures} openings were made from its pads."
        remedy = "Send the paste layer if yours differs, for instance below heat pads."
        yield Finding(Severity.NOTE, "paste-made", "", text, remedy)


def _failing_said(need: StencilNeed) -> Iterator[Finding]:
    if need.failing_apertures:
        named = ", ".join(need.failing[:NAMED]) or "parts that are not known"
        more = f" and {len(need.failing) - NAMED} more" if len(need.failing) > NAMED else ""
        text = (
            f"{need.failing_apertures} of {need.apertures} paste openings of the {need.side} are too small for a foil"
            f" of {need.thickness_um} µm (area ratio down to {need.area_ratio:.2f}): {named}{more}."
        )
        place = Place(need.failing_box_mm, f"{need.side} paste", need.failing)
        yield Finding(
            Severity.NOTE, "paste-aperture-small", "", text, "We adapt the openings unless you object.", place
        )
