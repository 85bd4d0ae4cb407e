"""What an unnamed Gerber file is, by what it draws, compared with the layers of the package that are known.

Tracks end on pads; a mask opens the pads a little larger than they are, paste a little smaller; an outline is one
closed line around everything. What is only guessed here is asked about.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from portal.board.arcs import Floats
from portal.board.artwork import Artwork, Box
from portal.board.design import FileRole, Side
from portal.board.outline import area_of, likeness
from portal.board.rings import contours
from portal.errors import PackageRefused
from portal.intake.assigned import BOTTOM_LAYER, Assigned
from portal.intake.gerber import read_gerber

GRID_MM = 0.02  # two objects at one place
FEW_STROKES = 400  # an outline; more is text
ON_PADS = 0.2  # share of the line ends that lie on pads, in copper
ON_KNOWN_PADS = 0.7  # share of the openings that lie on known pads, in mask and paste
SOME_LEADS = 0.2  # of the openings are on pads of both sides: nobody prints paste there
CLEARLY = 1.3
MUCH_LARGER = 3  # areas: a drawing frame, not an edge
FEWEST_OF_SIGNS = 4  # strokes
MOST_UNKNOWN = 40  # files that are looked at


COPPER, MASK, PASTE = FileRole.COPPER, FileRole.MASK, FileRole.PASTE
LEGEND, OUTLINE = FileRole.LEGEND, FileRole.OUTLINE


@dataclass(frozen=True, eq=False)
class _Film:
    artwork: Artwork

    @cached_property
    def box(self) -> Box | None:
        return self.artwork.bounds_mm()

    @cached_property
    def pads(self) -> dict[tuple[int, int], float]:
        """Place on a grid -> width of the flash there."""
        flashes, boxes = self.artwork.flashes, self.artwork.boxes
        width = (boxes[:, 2] - boxes[:, 0])[flashes.aperture] if len(flashes) else np.empty(0)
        return dict(zip(_places(flashes.x, flashes.y), width.tolist(), strict=True))

    @property
    def tracks(self) -> int:
        return len(self.artwork.draws)

    def on_pads(self) -> float:
        """Share of the line ends that lie on a flash of the same file."""
        ends = self.artwork.draws.ends
        places = [*_places(ends[:, 0], ends[:, 1]), *_places(ends[:, 2], ends[:, 3])]
        return sum(place in self.pads for place in places) / max(len(places), 1)

    def covered(self) -> float:
        """Share of its own box that regions fill."""
        if self.box is None:
            return 0.0
        area = float(np.abs(self.artwork.regions.signed_areas_mm2()).sum())
        return area / max((self.box[2] - self.box[0]) * (self.box[3] - self.box[1]), 1e-6)


Land = tuple[Side | None, _Film]  # copper to compare with


def _places(x: Floats, y: Floats) -> list[tuple[int, int]]:
    at = np.round(np.column_stack((x, y)) / GRID_MM).astype(np.int64)
    return [(int(a), int(b)) for a, b in at.tolist()]


def drawn_holes(data: bytes, *, slots: float = 1.0) -> bool:
    """Whether a Gerber file that is named for drilling shows the holes themselves, not a drawing of them.

    `slots`: as many strokes to each hole are believed to be slots.
    """
    film = _film(data)
    if film is None or not film.pads:
        return False
    round_only = not np.isnan(film.artwork.diameters_mm[film.artwork.flashes.aperture]).any()
    return round_only and not len(film.artwork.regions) and film.tracks <= slots * len(film.pads)


def drawn_signs(data: bytes) -> bool:
    """Whether a Gerber file of drills draws crosses and the like: strokes that meet, and nothing flashed."""
    film = _film(data)
    if film is None or film.pads or len(film.artwork.regions) or film.tracks < FEWEST_OF_SIGNS:
        return False
    ends = film.artwork.draws.ends
    first, last = ends[:, :2], ends[:, 2:]
    points = [_places(part[:, 0], part[:, 1]) for part in (first, last, (first + last) / 2)]
    met = Counter(point for part in points for point in part)
    return sum(any(met[point] > 1 for point in stroke) for stroke in zip(*points, strict=True)) > film.tracks / 2


def by_content(files: Sequence[Assigned]) -> list[Assigned]:
    """The same files; of those that nothing speaks for, what they draw is said where it is plain."""
    unknown = [file for file in files if file.file.role is FileRole.UNKNOWN][:MOST_UNKNOWN]
    films = [(file, film) for file in unknown if (film := _film(file.member.data)) and film.box]
    if not films:
        return list(files)
    lands: list[Land] = [(side, film) for side in Side if (film := _known_copper(files, side))]
    plain = {id(file): role for file, film in films if (role := _outline(film, lands) or _copper(film, lands))}
    lands = lands or [(None, film) for file, film in films if plain.get(id(file)) is COPPER]
    missing = _missing_side(lands, copper=list(plain.values()).count(COPPER))
    guesses = {
        id(file): _guessed(file, role, missing if role is COPPER else None)
        if (role := plain.get(id(file)))
        else _guess(file, film, lands)
        for file, film in films
    }
    return [guesses.get(id(file), file) for file in files]


def _missing_side(lands: Sequence[Land], *, copper: int) -> Side | None:
    """Of one unnamed copper file, where only one side has a file with a name."""
    named = {side for side, _ in lands if side}
    return next(side for side in Side if side not in named) if copper == len(named) == 1 else None


def _guess(file: Assigned, film: _Film, lands: Sequence[Land]) -> Assigned:
    return _opening(file, film, lands) or _legend(file, film, lands) or file


def _film(data: bytes) -> _Film | None:
    try:
        return _Film(read_gerber(data))
    except PackageRefused:
        return None


def _known_copper(files: Iterable[Assigned], side: Side) -> _Film | None:
    known = next((file for file in files if file.file.role is COPPER and file.file.side is side), None)
    return _film(known.member.data) if known else None


def _outline(film: _Film, lands: Sequence[Land]) -> FileRole | None:
    """Nothing but some lines, of which the outermost close around all the others; copper, where known, fills it."""
    art = film.artwork
    if film.pads or len(art.regions) or not 0 < film.tracks <= FEW_STROKES or film.box is None:
        return None
    largest: Any = max(contours(art), key=lambda contour: contour.shape.area, default=None)
    if largest is None or likeness(largest.box, film.box) < 0.9:
        return None
    boxes = [land.box for _, land in lands if land.box]
    fits = [_within(box, film.box) and area_of(film.box) < MUCH_LARGER * area_of(box) for box in boxes]
    return OUTLINE if all(fits) else None


def _copper(film: _Film, lands: Sequence[Land]) -> FileRole | None:
    """Tracks that end on pads, or a plane as large as the copper that is known."""
    is_tracks = len(film.pads) > 3 and film.tracks > 2 and film.on_pads() > ON_PADS
    fills = [land.box for _, land in lands if land.box and film.box and likeness(film.box, land.box) > 0.8]
    is_plane = bool(fills) and film.covered() > 0.5 and film.tracks <= len(film.pads)
    return COPPER if is_tracks or is_plane else None


def _side_of(film: _Film, lands: Sequence[Land]) -> Side | None:
    """The side whose pads it shares, where it shares clearly more of them than of the other side's."""
    shared = sorted(((_shared(film, land), side or "") for side, land in lands), reverse=True)
    if len(shared) < 2 or shared[0][0] <= CLEARLY * shared[1][0]:
        return None
    return Side(shared[0][1]) if shared[0][1] else None


def _shared(film: _Film, land: _Film) -> int:
    return len(film.pads.keys() & land.pads.keys())


def _opening(file: Assigned, film: _Film, lands: Sequence[Land]) -> Assigned | None:
    """Flashes on pads that are known: larger than these are mask, and those on leads; the others are paste."""
    if len(film.pads) < 4 or film.tracks > len(film.pads) or not lands:
        return None
    side, land = max(lands, key=lambda pair: _shared(film, pair[1]))
    common = film.pads.keys() & land.pads.keys()
    if len(common) < ON_KNOWN_PADS * len(film.pads):
        return None
    wider = sum(film.pads[place] > land.pads[place] + 0.01 for place in common)
    through = set.intersection(*(set(other.pads) for _, other in lands)) if len(lands) > 1 else set()
    opens_leads = len(common & through) > SOME_LEADS * len(common)
    role = MASK if opens_leads or wider > len(common) / 2 else PASTE
    return _guessed(file, role, side if len(lands) == 1 else _side_of(film, lands))


def _legend(file: Assigned, film: _Film, lands: Sequence[Land]) -> Assigned | None:
    """Many strokes within the board; nothing is said of drawings that reach beyond it."""
    inside = any(land.box and film.box and _within(film.box, land.box) for _, land in lands)
    is_text = film.tracks > 50 and film.tracks > 5 * len(film.pads)
    return _guessed(file, LEGEND, None) if inside and is_text else None


def _within(inner: Box, outer: Box, slack_mm: float = 3.0) -> bool:
    return all(outer[i] - slack_mm <= inner[i] and inner[i + 2] <= outer[i + 2] + slack_mm for i in (0, 1))


def _guessed(file: Assigned, role: FileRole, side: Side | None) -> Assigned:
    raw = {Side.TOP: 1, Side.BOTTOM: BOTTOM_LAYER}.get(side) if side and role is COPPER else None
    named = replace(file.file, role=role, side=side, evidence="what it draws")
    return replace(file, file=named, raw_layer=raw, is_guess=True)
