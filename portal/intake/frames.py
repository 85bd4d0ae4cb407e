"""Centroid files speak of another frame than the Gerbers: sheet coordinates, other origins, mirrored bottoms.

The frame is found by matching the placements to the pads; it is only believed where most of them stand on pads then.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from portal.board.artwork import Box, Floats
from portal.board.design import Finding, Placement, Severity, Side
from portal.board.pads import BoardPads
from portal.intake.frames_votes import Ground, moves, some_of

OWN_IS_SURE = 0.5  # the file's own frame needs less proof than one that nobody spoke of
OWN_IS_LIKELY = 0.3
SURE = 0.6
BETTER = 0.2  # than the file's own frame, and than any other way to turn it
FEWEST_BELOW = 2  # parts of a side that say whether it is mirrored
FEWEST = 5  # parts that must agree before a frame is believed that nobody spoke of
SCORED = 150
BEYOND_DOUBT, MANY = 0.8, 20  # that share of so many parts cannot be chance: once its half turn was tried, too,
HALF_TURNS = (180, 270)  # (rows of lamps look the same either way) no other way is tried
AROUND_MM = 5.0
SCALES = {
    1.0: "",
    25.4: "inches",
    0.0254: "mils",
    0.001: "micrometres",
    1 / 25.4: "millimetres",
    1 / 0.0254: "millimetres",
}
SPAN = (0.25, 1.15)  # the parts' extent ÷ that of the pads, for a unit to be possible


@dataclass(frozen=True, slots=True)
class Frame:
    """How the file's coordinates become those of the artwork: scaled, mirrored (X negated), turned, then moved.

    `score` is the share of the placements that stand on their pads then, 0 to 1. A file whose bottom side alone is
    mirrored has a frame of its own for it.
    """

    scale: float = 1.0
    rotation_deg: int = 0
    is_mirrored: bool = False
    offset_mm: tuple[float, float] = (0.0, 0.0)
    score: float | None = None
    bottom: "Frame | None" = None

    @property
    def is_own(self) -> bool:
        """Whether it leaves everything where the file has it."""
        return replace(self, score=None) == Frame()

    def matrix(self) -> Floats:
        angle = np.radians(self.rotation_deg)
        turn = np.round(np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]]))
        return np.asarray(self.scale * turn @ np.diag([-1.0 if self.is_mirrored else 1.0, 1.0]))

    def moved(self, points: Floats) -> Floats:
        return np.asarray(points @ self.matrix().T + np.array(self.offset_mm))


OWN = Frame()
TURNS = tuple(
    Frame(rotation_deg=turn, is_mirrored=mirrored) for mirrored in (False, True) for turn in (0, 180, 90, 270)
)


@dataclass(frozen=True, slots=True)
class Fitted:
    """The placements in the frame of the artwork. `frame` is None where none could be told for sure."""

    placements: tuple[Placement, ...]
    frame: Frame | None
    findings: tuple[Finding, ...] = ()

    @property
    def units(self) -> str | None:
        """What numbers that were taken for millimetres are, now that they lie on the pads; None where not sure."""
        return {1.0: "mm", 25.4: "inch", 0.0254: "mil", 0.001: "um"}.get(self.frame.scale) if self.frame else None


Points = Mapping[Side, Floats]
Grounds = Mapping[Side, Ground]


def fitted(placements: tuple[Placement, ...], pads: BoardPads, edge: Box | None = None) -> Fitted:
    """The file's own frame is kept, and asked about, where no other is sure. Without pads nothing can be told."""
    grounds = {side: Ground(pads[side]) for side in Side}
    points = {side: _places(placements, side) for side in Side}
    if not any(len(points[side]) and len(grounds[side].pads) for side in Side):
        return Fitted(placements, None)
    frame = _frame(points, grounds, edge)
    if frame is None and _score(OWN, points, grounds) >= OWN_IS_LIKELY and _lie_within(points, edge):
        frame = OWN
    if frame is None:
        return Fitted(placements, None, (_unknown(),))
    off = [] if frame.bottom else _sides_off(frame, points, grounds)
    findings = (*_said(frame), *(_side_off(side) for side in off))
    return Fitted(tuple(_in_frame(placement, frame) for placement in placements), frame, findings)


def _places(placements: tuple[Placement, ...], side: Side) -> Floats:
    return np.array([(part.x_mm, part.y_mm) for part in placements if part.side is side]).reshape(-1, 2)


def _score(frame: Frame, points: Points, grounds: Grounds) -> float:
    """The share of all placements that stand on their pads in this frame."""
    stand = [grounds[side].stands(frame.moved(points[side])) for side in points]
    return float(np.concatenate(stand).mean())


def _lie_within(points: Points, edge: Box | None) -> bool:
    if edge is None:
        return True
    every = np.concatenate(list(points.values()))
    low, high = np.array(edge[:2]) - AROUND_MM, np.array(edge[2:]) + AROUND_MM
    return bool(((every >= low) & (every <= high)).all(axis=1).mean() > 0.9)


def _frame(points: Points, grounds: Grounds, edge: Box | None) -> Frame | None:
    """One frame for both sides; where that leaves a side off its pads, one for the top and a mirrored one below."""
    together = _own_or_best(points, grounds)
    if together and not _sides_off(together, points, grounds):
        return together
    above, below = ({side: points[side]} for side in (Side.TOP, Side.BOTTOM))
    top = _own_or_best(above, grounds) if len(points[Side.TOP]) else OWN
    bottom = _mirrored(top, below, grounds, edge=edge) if top and len(points[Side.BOTTOM]) >= FEWEST_BELOW else None
    return replace(top, bottom=bottom) if top and bottom else together


def _sides_off(frame: Frame, points: Points, grounds: Grounds) -> list[Side]:
    """The sides that have pads, and parts that do not stand on them."""
    return [
        side
        for side in points
        if len(points[side]) >= FEWEST_BELOW
        and len(grounds[side].pads)
        and _score(frame, {side: points[side]}, grounds) < OWN_IS_LIKELY
    ]


def _mirrored(top: Frame, below: Points, grounds: Grounds, *, edge: Box | None) -> Frame | None:
    """Seen from below, X runs the other way: from the same origin, across the board, or from anywhere."""
    turned = replace(top, is_mirrored=not top.is_mirrored, score=None, bottom=None)
    across = replace(turned, offset_mm=(edge[0] + edge[2] - top.offset_mm[0], top.offset_mm[1])) if edge else turned
    for frame in (turned, across):
        score = _score(frame, below, grounds)
        if score >= SURE:
            return replace(frame, score=score)
    return _best(below, grounds, own=_score(top, below, grounds), turns=(turned,))


def _own_or_best(points: Points, grounds: Grounds) -> Frame | None:
    own = _score(OWN, points, grounds)
    return replace(OWN, score=own) if own >= OWN_IS_SURE else _best(points, grounds, own=own)


def _best(points: Points, grounds: Grounds, *, own: float, turns: tuple[Frame, ...] = TURNS) -> Frame | None:
    """The frame in which most parts stand on pads, if that is sure: enough of them, and no other way as good."""
    found = sorted(_tried(points, grounds, turns), key=lambda frame: -(frame.score or 0))
    best = found[0] if found else None
    if best is None or best.score is None or best.score < max(SURE, own + BETTER):
        return None
    if best.score * sum(map(len, points.values())) < FEWEST:
        return None
    rivals = [frame for frame in found if (frame.score or 0) > best.score - BETTER / 2]
    ways = {(frame.scale, frame.rotation_deg, frame.is_mirrored) for frame in rivals}
    if len(ways) > 1:
        return None
    first = min((frame for frame in rivals if frame.score == best.score), key=lambda frame: sum(frame.offset_mm))
    return replace(first, score=_score(first, points, grounds))


def _tried(points: Points, grounds: Grounds, turns: tuple[Frame, ...]) -> Iterator[Frame]:
    """Every unit, turn and move worth a look, with its score. The side with most parts proposes the moves."""
    fullest = max(points, key=lambda side: len(points[side]) * bool(len(grounds[side].pads)))
    sample, best = {side: some_of(points[side], SCORED) for side in points}, 0.0
    for turn in turns:
        for scale in SCALES if turns is TURNS else (turn.scale,):
            frame = replace(turn, scale=scale, offset_mm=(0.0, 0.0))
            placed = frame.moved(points[fullest])
            if not _fits(placed, grounds[fullest].pads.at):
                continue
            found = list(_moved(frame, sample, grounds, to=moves(placed, grounds[fullest])))
            best = max(best, *(frame.score or 0 for frame in found), 0)
            yield from found
        if turn.rotation_deg in HALF_TURNS and best >= BEYOND_DOUBT and len(points[fullest]) >= MANY:
            return


def _moved(frame: Frame, points: Points, grounds: Grounds, *, to: list[Floats]) -> Iterator[Frame]:
    for move in to:
        x, y = np.round(move, 4).tolist()
        there = replace(frame, offset_mm=(x, y))
        yield replace(there, score=_score(there, points, grounds))


def _fits(placed: Floats, pads: Floats) -> bool:
    """Whether parts in this unit and turn are spread about as far as the pads."""
    if not len(pads):
        return False
    least, most = SPAN
    spread = np.ptp(placed, axis=0)
    allowed = np.fmax(np.ptp(pads, axis=0), 1.0)
    return bool((spread <= most * allowed).all() and (spread >= least * allowed).any())


def _in_frame(part: Placement, frame: Frame) -> Placement:
    used = frame.bottom if frame.bottom and part.side is Side.BOTTOM else frame
    if used.is_own:
        return part
    x, y = np.round(used.moved(np.array([[part.x_mm, part.y_mm]]))[0], 6).tolist()
    turned = -part.rotation_deg if frame.is_mirrored else part.rotation_deg
    return replace(part, x_mm=x, y_mm=y, rotation_deg=round((turned + frame.rotation_deg) % 360, 4))


def _said(frame: Frame) -> Iterator[Finding]:
    if frame.bottom:
        text = "The bottom side of the centroid file is seen from below: its X was mirrored to lie on the pads."
        yield Finding(Severity.NOTE, "frame-bottom-mirrored", "", text, "Check the bottom side on the picture.")
    if not replace(frame, bottom=None).is_own:
        text = f"The centroid file has another frame than the Gerber files: its places were {_how(frame)}"
        sure = f"; {frame.score or 0:.0%} of the parts lie on their pads then."
        yield Finding(Severity.NOTE, "frame-fitted", "", text + sure, "Check a few parts on the picture.")


def _how(frame: Frame) -> str:
    x, y = frame.offset_mm
    steps = (
        f"read as {SCALES[frame.scale]}" if frame.scale != 1 else "",
        "mirrored" if frame.is_mirrored else "",
        f"turned by {frame.rotation_deg}°" if frame.rotation_deg else "",
        f"moved by {x:.3f} mm and {y:.3f} mm" if (x, y) != (0, 0) else "",
    )
    return ", ".join(filter(None, steps))


def _side_off(side: Side) -> Finding:
    text = f"The parts of the {side} side do not lie on its pads, although the others do."
    remedy = f"Check the {side} side on the picture, or export the centroid file again with the origin of the Gerbers."
    return Finding(Severity.ASK, "frame-side-off-pads", "", text, remedy)


def _unknown() -> Finding:
    text = (
        "The places of the centroid file do not lie on the pads of the Gerber files, and no move was found that fits."
    )
    remedy = "Export both with the same origin and unit, or say where the origin is."
    return Finding(Severity.ASK, "frame-unknown", "", text, remedy)
