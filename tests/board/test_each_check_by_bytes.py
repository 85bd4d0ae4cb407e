"""Every check of the board, on packages written as bytes: a fault just beyond its limit is told once, where it lies,
and nothing else is said; just within the limit nothing is said at all.
"""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from written import CHIP, MARKS, Thing, Written, area, box, cleared, dot, excellon, gerber, pad, path

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Check:
    """`draw` puts a thing of one size onto the board: `beyond` breaks the limit, `within` does not.

    `around` is where the fault lies; None for what concerns the whole board.
    """

    code: str
    draw: Callable[[Written, float], object]
    beyond: float
    within: float
    around: Box | None
    parts: tuple[str, ...] = ()


def rectangle(x0: float, y0: float, x1: float, y1: float) -> Thing:
    return area((x0, y0), (x1, y0), (x1, y1), (x0, y1))


def gap_in_outline(board: Written, gap: float) -> None:
    board.films["edge"] = path((gap, 0), (60, 0), (60, 60), (0, 60), (0, 0), width=0.1)


def copper_beyond(board: Written, reach: float) -> None:
    board.draw("top", dot(60 + reach - 2, 25, 4.0))


def frame_around(board: Written, size: float) -> None:
    board.draw("edge", *box(-size, -size, 60 + size, 60 + size))


def hole_outside(board: Written, away: float) -> None:
    board.bare.append((60 + 1 + away, 30, 2.0))


def narrow_track(board: Written, width: float) -> None:
    board.draw("top", *path((10, 50), (14, 50), width=width))


def tracks_apart(board: Written, gap: float) -> None:
    board.draw("top", *path((10, 50), (14, 50)), *path((10, 50.3 + gap), (14, 50.3 + gap)))


def pads_apart(board: Written, gap: float) -> None:
    board.draw("bottom", dot(10, 50, 1.0), dot(11 + gap, 50, 1.0))


def area_beside_pad(board: Written, gap: float) -> None:
    board.draw("bottom", dot(10, 50, 1.0), rectangle(10.5 + gap, 48, 14, 52))


def copper_at_edge(board: Written, gap: float) -> None:
    board.draw("bottom", dot(0.5 + gap, 50, 1.0))


def copper_at_cut_out(board: Written, gap: float) -> None:
    board.draw("edge", *box(8, 46, 12, 50))
    board.draw("bottom", dot(12.5 + gap, 48, 1.0))


def copper_at_hole(board: Written, gap: float) -> None:
    board.bare.append((10, 50, 2.0))
    board.draw("bottom", *path((11.15 + gap, 48), (11.15 + gap, 52)))


def almost_touching(board: Written, gap: float) -> None:
    board.draw("bottom", dot(10, 50, 1.0), dot(11 + gap, 50, 1.0))


def thin_ring(board: Written, ring: float) -> None:
    board.plated.append((10, 50, 0.4))
    for side in ("top", "bottom"):
        board.draw(side, dot(10, 50, 0.4 + 2 * ring))


def thin_ring_of_slot(board: Written, ring: float) -> None:
    board.plated.append((10, 50, 1.0, 12, 50))
    for side in ("top", "bottom"):
        board.draw(side, (f"O,{3 + 2 * ring:.6f}X{1 + 2 * ring:.6f}", "X11000000Y50000000D03*"))


def fine_drill(board: Written, size: float) -> None:
    board.plated.append((10, 50, size))
    for side in ("top", "bottom"):
        board.draw(side, dot(10, 50, 0.9))


def thin_wall(board: Written, wall: float) -> None:
    board.bare += [(10, 50, 1.0), (11 + wall, 50, 1.0)]


def hole_near_edge(board: Written, wall: float) -> None:
    board.bare.append((0.5 + wall, 50, 1.0))


def same_hole_again(board: Written, moved: float) -> None:
    board.plated += [(10, 50, 0.4), (10 + moved, 50, 0.4)]
    for side in ("top", "bottom"):
        board.draw(side, *path((9, 50), (13, 50), width=0.8))
        board.draw(side, dot(10, 50, 0.8), dot(10 + moved, 50, 0.8))


def sharp_corner(board: Written, width: float) -> None:
    """A corner of 53° or of 63°: the leg of 4 mm rises by 2 × `width`."""
    board.draw("bottom", *path((10, 50), (14, 50), (14 - 4 / width, 54), width=0.3))


def sliver(board: Written, width: float) -> None:
    """What four cut-outs of an area leave standing."""
    board.draw("bottom", rectangle(8, 44, 16, 54))
    cuts = rectangle(9, 45, 11, 53), rectangle(11 + width, 45, 15, 53), rectangle(10, 45, 14, 48)
    board.draw("bottom", *cleared(*cuts, rectangle(10, 50, 14, 53)))


def thin_web(board: Written, web: float) -> None:
    """Two pads whose openings reach towards each other."""
    for x in (10, 11.5):
        board.draw("top", dot(x, 50, 0.8))
        board.draw("mask", dot(x, 50, 1.5 - web))


def no_opening(board: Written, share: float) -> None:
    """R9 has no mask opening over one of its pads (`share` of it is open)."""
    board.place("R9", "0603", 10, 50, CHIP)
    if share < 1:
        board.films["mask"] = [thing for thing in board.films["mask"] if "X9200000Y50000000" not in thing[1]]


def wide_opening(board: Written, larger: float) -> None:
    board.place("L1", "COIL-7", 10, 50, [(-1.5, 0, 0.8, 0.95), (1.5, 0, 0.8, 0.95)], mask=larger)


def ink_on_pad(board: Written, reach: float) -> None:
    """A line that ends so far within the opening over R1's left pad, which begins at x = 18.75."""
    board.draw("legend", *path((16, 20), (18.75 + reach - 0.1, 20), width=0.2))


def fine_print(board: Written, width: float) -> None:
    board.draw("legend", *path((8, 50), (10, 52), width=width))


def small_letters(board: Written, height: float) -> None:
    """L and V, pen included."""
    tall = height - 0.12
    board.draw("legend", *path((10, 50 + tall), (10, 50), (10.4, 50), width=0.12))
    board.draw("legend", *path((10.7, 50 + tall), (10.9, 50), (11.1, 50 + tall), width=0.12))


def small_aperture(board: Written, side: float) -> None:
    """A square of this side leaves its paste when side ÷ 4 ≥ 0.66 × thickness: 0.211 mm in the thinnest foil, 80 µm."""
    board.place("R9", "0201", 10, 50, [(-0.4, 0, side, side), (0.4, 0, side, side)])


def part_at_edge(board: Written, away: float) -> None:
    board.place("R9", "0603", away + 1.2, 50, CHIP)


def part_at_part(board: Written, gap: float) -> None:
    board.place("R9", "0603", 20, 20 + 0.95 + gap, CHIP, mask=0)


def unequal_pads(board: Written, ratio: float) -> None:
    board.place("L1", "COIL-7", 10, 50, [(-0.8, 0, 0.8, 0.9), (0.8, 0, 0.8, 0.9 * ratio)])


def via_in_pad(board: Written, away: float) -> None:
    """From the middle of R1's left pad, which is 0.8 mm wide."""
    x = 19.2 - away
    board.plated.append((x, 20, 0.3))
    board.draw("top", dot(x, 20, 0.6), *path((19.2, 20), (x, 20)))
    board.draw("bottom", dot(x, 20, 0.6))


def part_on_score(board: Written, away: float) -> None:
    """A line from edge to edge through the middle of R1 or beside it."""
    board.draw("edge", *path((20 + away, 0), (20 + away, 60), width=0.1))


def tall_part(board: Written, height: float) -> None:
    board.place("C9", f"CP_Elec_8x{height:g}", 12, 50, [(-3.5, 0, 3.0, 1.6), (3.5, 0, 3.0, 1.6)])


def tall_part_below(board: Written, height: float) -> None:
    """On the bottom of a board that has parts on both sides."""
    board.draw("mask below", pad(8.5, 50, 3.1, 1.7), pad(15.5, 50, 3.1, 1.7))
    board.draw("bottom", pad(8.5, 50, 3.0, 1.6), pad(15.5, 50, 3.0, 1.6))
    for spot in MARKS:
        board.draw("bottom", dot(*spot, 1.0))
        board.draw("mask below", dot(*spot, 3.0))
    board.parts.append(f"C9,12.0mm,50.0mm,0,Bottom,CP_Elec_8x{height:g}")
    board.bom.append(f"C9,1,100u,CP_Elec_8x{height:g},EEE-1")
    board.files["b-B_Paste.gbr"] = gerber("Paste,Bot", [pad(8.5, 50, 3.0, 1.6), pad(15.5, 50, 3.0, 1.6)])


def drilled_again(board: Written, apart: float) -> None:
    """A second file with the same holes, or with others in pads of their own."""
    again = [(x, y + apart, size) for x, y, size in board.plated]
    for x, y, _ in again if apart else ():
        board.draw("top", dot(x, y, 0.8))
        board.draw("bottom", dot(x, y, 0.8))
    board.files["b-more-PTH.drl"] = excellon(again)


def few_marks(board: Written, marks: float) -> None:
    for film in ("top", "mask"):
        things = [thing for thing in board.films[film] if thing[0] in {"C,1.000000", "C,3.000000"}]
        board.films[film] = [t for t in board.films[film] if t not in things] + things[: int(marks)]


CHECKS = {
    "a gap in the outline": Check("outline-gap", gap_in_outline, 0.09, 0.004, (0, 0, 0.1, 0)),
    "an outline that is open": Check("outline-open", gap_in_outline, 0.12, 0.004, None),
    "copper beyond the outline": Check("copper-outside-outline", copper_beyond, 1.2, -0.5, (60, 5.5, 61.2, 54.5)),
    "a drawing frame": Check("outline-frame", frame_around, 12, 0, None),
    "a hole beside the board": Check("drill-outside-board", hole_outside, 0.03, -4.0, (60, 29, 62.1, 31)),
    "a narrow track": Check("fab-class-dearer", narrow_track, 0.147, 0.15, (10, 50, 14, 50)),
    "a track too narrow for anybody": Check("fab-beyond-limits", narrow_track, 0.05, 0.15, (10, 50, 14, 50)),
    "tracks close together": Check("fab-class-dearer", tracks_apart, 0.147, 0.15, (10, 50.15, 10, 50.3)),
    "pads close together": Check("fab-class-dearer", pads_apart, 0.147, 0.15, (10.5, 50, 10.65, 50)),
    "an area beside a pad": Check("fab-class-dearer", area_beside_pad, 0.147, 0.15, (10.5, 50, 10.65, 50)),
    "copper at the edge": Check("fab-will-mend", copper_at_edge, 0.247, 0.25, (0, 50, 0.25, 50)),
    "copper at a cut-out": Check("fab-will-mend", copper_at_cut_out, 0.247, 0.25, (12, 48, 12.25, 48)),
    "copper at a hole": Check("fab-class-dearer", copper_at_hole, 0.197, 0.2, (11, 50, 11.2, 50)),
    "copper that almost touches": Check("copper-almost-touches", almost_touching, 0.015, 0.15, (10.5, 50, 10.52, 50)),
    "a thin ring": Check("fab-class-dearer", thin_ring, 0.097, 0.125, (9.7, 49.7, 10.3, 50.3)),
    "a thin ring of a slot": Check("fab-class-dearer", thin_ring_of_slot, 0.097, 0.125, (9.4, 49.4, 12.6, 50.6)),
    "a fine drill": Check("fab-class-dearer", fine_drill, 0.29, 0.3, (9.8, 49.8, 10.2, 50.2)),
    "a thin wall between holes": Check("fab-class-dearer", thin_wall, 0.247, 0.25, (10.5, 50, 10.75, 50)),
    "a hole at the edge": Check("fab-will-mend", hole_near_edge, 0.197, 0.2, (0, 50, 0.2, 50)),
    "a hole that is listed twice": Check("drill-twice", same_hole_again, 0.0, 2.0, (9.8, 49.8, 10.2, 50.2)),
    "a drill file that repeats another": Check("drill-file-twice", drilled_again, 0, 3, None),
    "a sharp corner": Check("acid-trap", sharp_corner, 1.5, 3.0, (13.6, 49.6, 14.4, 50.4)),
    "a sliver": Check("copper-sliver", sliver, 0.145, 0.155, (11, 48, 11.1, 50)),
    "a thin web of mask": Check("fab-will-mend", thin_web, 0.097, 0.1, (10.7, 50, 10.8, 50)),
    "a pad below the mask": Check("mask-opening-missing", no_opening, 0, 1, (8.8, 49.5, 9.6, 50.5)),
    "a wide mask opening": Check("mask-opening-large", wide_opening, 0.203, 0.199, (8.1, 49.5, 11.9, 50.5)),
    "ink on a pad": Check("legend-on-pads", ink_on_pad, 0.03, -0.01, (18.7, 19.4, 19.7, 20.6), ("R1",)),
    "a fine line of legend": Check("fab-will-mend", fine_print, 0.09, 0.1, (8, 50, 10, 52)),
    "small letters": Check("fab-will-mend", small_letters, 0.79, 0.81, (9.9, 49.9, 11.2, 50.8)),
    "a small paste opening": Check("paste-aperture-small", small_aperture, 0.2, 0.35, (9.6, 50, 10.4, 50), ("R9",)),
    "a part at the edge": Check("part-near-edge", part_at_edge, 2.9, 3.1, (2.9, 49.5, 5.4, 50.5), ("R9",)),
    "parts close together": Check("parts-close", part_at_part, 0.18, 0.21, (18.8, 19.5, 21.2, 21.6), ("R1", "R9")),
    "unequal pads of a chip": Check("chip-pads-unequal", unequal_pads, 1.55, 1.45, (8.8, 49.3, 11.2, 50.7), ("L1",)),
    "a via in a pad": Check("via-in-pad", via_in_pad, 0.0, 0.8, (18.8, 19.5, 21.2, 20.5), ("R1",)),
    "a part across a score line": Check(
        "part-on-cut-line", part_on_score, 0.0, 5.0, (18.8, 19.5, 21.2, 40.5), ("R1", "R2", "R3")
    ),
    "a part too tall for the machine": Check(
        "part-tall-for-machine", tall_part, 25.5, 25, (7, 49.2, 17, 50.8), ("C9",)
    ),
    "a part too tall below the board": Check(
        "part-tall-below", tall_part_below, 15.5, 15, (7, 49.2, 17, 50.8), ("C9",)
    ),
    "too few fiducials": Check("fiducials-few", few_marks, 2, 3, None),
}


def told(check: Check, size: float, folder):
    board = Written()
    check.draw(board, size)
    return board.read(folder).findings


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_a_fault_just_beyond_its_limit_is_told_once_and_nothing_else(check, tmp_path):
    assert [finding.code for finding in told(check, check.beyond, tmp_path)] == [check.code]


@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_just_within_the_limit_nothing_is_said(check, tmp_path):
    assert told(check, check.within, tmp_path) == ()


LOCATED = {name: check for name, check in CHECKS.items() if check.around}


@pytest.mark.parametrize("check", LOCATED.values(), ids=LOCATED)
def test_the_place_is_where_the_fault_was_drawn(check, tmp_path):
    place = told(check, check.beyond, tmp_path)[0].place

    assert place.box_mm == pytest.approx(check.around, abs=0.11)
    assert set(check.parts) <= set(place.designators)
