"""No centroid file: where parts lie, as far as the layers or the netlist name their pads, and how many there may be."""

import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kicad_texts import RESISTOR_PADS, footprint, named, pad, read

from portal.board.artwork import Artwork, Flashes, Marks, Regions
from portal.board.design import BomLine, FileRole, Severity, Side
from portal.board.shapes import Aperture, rectangle
from portal.board.stack import Layer, Stack
from portal.intake.clusters import parts_by_paste, parts_of
from portal.intake.estimated import estimated_placements
from portal.intake.netlist import read_netlist

SQUARE = Aperture("rectangle", (rectangle(1, 1),))
LEADS = {"kind": "thru_hole", "shape": "circle", "size": "1.6 1.6", "layers": '"*.Cu" "*.Mask"'}
NETLIST = b"""P  UNITS CUST 1
327GND              C28   -1          A01X+010000Y+020000X0354Y0374R000S2
327+3V3             C28   -2          A01X+012000Y+020000X0354Y0374R000S2
327GND              U27   -7          A02X+030000Y+040000X0080Y0280R270S2
317GND              J2    -1    D1000PA00X+070000Y-050000X0669Y0669R000S0
317GND              J2    -2    D1000PA00X+072000Y-050000X0669Y0669R000S0
317GND              VIA   -     D0300PA00X+000000Y+000000X0669Y0669R000S0
999
"""


def line(*designators: str, **said: str) -> BomLine:
    return BomLine(1, designators, **said)


def flashed(*pads: tuple[str, float, float]) -> Artwork:
    """Copper with square pads of 1 mm, each with its pin: ("R1,1", x, y)."""
    pins, x, y = zip(*pads, strict=True)
    values = tuple(dict.fromkeys(pins))
    flashes = Flashes(np.array(x), np.array(y), np.zeros(len(x), dtype=np.int64), np.zeros(len(x), dtype=np.int64))
    return Artwork((SQUARE,), flashes, pins=Marks(values, np.array([values.index(pin) for pin in pins])))


def stack(*, top: Artwork | None = None, bottom: Artwork | None = None, role: FileRole = FileRole.COPPER) -> Stack:
    sides = {Side.TOP: top, Side.BOTTOM: bottom}
    return Stack(tuple(Layer(role, artwork, f"{side}.gbr", side) for side, artwork in sides.items() if artwork))


RESISTOR = flashed(("R1,1", 9, 5), ("R1,2", 11, 5))


def test_a_part_is_in_the_middle_of_its_pads():
    [place], _ = estimated_placements(stack(top=RESISTOR), ())

    assert (place.designator, place.side, place.x_mm, place.y_mm) == ("R1", Side.TOP, 10, 5)


def test_it_is_said_that_the_place_is_estimated_and_what_would_be_sure():
    [place], [finding] = estimated_placements(stack(top=RESISTOR), ())

    assert place.estimated
    assert (finding.severity, finding.code) == (Severity.ASK, "placements-estimated")
    assert "centroid file" in finding.remedy


def test_the_middle_is_that_of_the_pads_boxes_not_of_their_number():
    five = flashed(("U1,1", 0, 0), ("U1,2", 1, 0), ("U1,3", 2, 0), ("U1,4", 2, 4), ("U1,5", 0, 4))
    [place], _ = estimated_placements(stack(top=five), ())

    assert (place.x_mm, place.y_mm) == (1, 2)


def test_a_pad_that_is_a_filled_area_counts():
    area = Regions(np.array([(20.0, 0), (24, 0), (24, 2), (20, 2)]), np.array([0, 4]), np.zeros(1, dtype=np.int64))
    pads = Artwork(regions=area, pins=Marks(("U1,1",), regions=np.zeros(1, dtype=np.int64)))
    [place], _ = estimated_placements(stack(top=pads), ())

    assert (place.designator, place.x_mm, place.y_mm) == ("U1", 22, 1)


def test_a_part_below_is_on_the_bottom():
    [place], _ = estimated_placements(stack(bottom=RESISTOR), ())

    assert place.side is Side.BOTTOM


def test_a_part_with_more_pads_on_one_side_is_there():
    """An edge connector, or a part whose thermal pad goes through."""
    bottom = flashed(("J1,1", 0, 0), ("J1,2", 2, 0), ("J1,3", 4, 0))
    [place], _ = estimated_placements(stack(top=flashed(("J1,4", 0, 0)), bottom=bottom), ())

    assert (place.side, place.x_mm) == (Side.BOTTOM, 2)


def test_a_part_of_leads_is_taken_to_stand_on_top_and_that_is_said():
    leads = flashed(("J1,1", 0, 0), ("J1,2", 2, 0))
    [place], [finding] = estimated_placements(stack(top=leads, bottom=leads), ())

    assert place.side is Side.TOP
    assert "1 of them have pads on both sides and were taken to stand on top" in finding.message


def legend(side: Side, *designators: str) -> Layer:
    lines = replace(flashed(("", 0, 0)), pins=None, components=frozenset(designators))
    return Layer(FileRole.LEGEND, lines, f"{side}.gto", side)


def test_a_part_of_leads_stands_where_its_legend_is():
    leads = flashed(("J1,1", 0, 0), ("J1,2", 2, 0))
    board = Stack((*stack(top=leads, bottom=leads).layers, legend(Side.TOP, "R1"), legend(Side.BOTTOM, "J1")))
    [place], [finding] = estimated_placements(board, ())

    assert place.side is Side.BOTTOM
    assert "taken to stand on top" not in finding.message


def test_a_legend_on_both_sides_tells_nothing_nor_does_one_without_pads_there():
    leads = flashed(("J1,1", 0, 0), ("J1,2", 2, 0))
    twice = Stack((*stack(top=leads, bottom=leads).layers, legend(Side.TOP, "J1"), legend(Side.BOTTOM, "J1")))
    elsewhere = Stack((*stack(top=RESISTOR).layers, legend(Side.BOTTOM, "R1")))

    assert [estimated_placements(board, ())[0][0].side for board in (twice, elsewhere)] == [Side.TOP, Side.TOP]


def test_value_and_package_are_those_of_the_list():
    [place], _ = estimated_placements(stack(top=RESISTOR), [line("R1", value="10k", package="0603")])

    assert (place.value, place.package) == ("10k", "0603")


def test_only_listed_parts_are_placed_where_there_is_a_list():
    both = flashed(("R1,1", 0, 0), ("TP1,1", 5, 5), ("FID1,1", 9, 9))
    places, findings = estimated_placements(stack(top=both), [line("R1"), line("R2")])

    assert [place.designator for place in places] == ["R1"]
    assert [(finding.code, finding.where) for finding in findings][1:] == [("pads-not-listed", "FID1, TP1")]


def test_nobody_is_told_of_unlisted_pads_without_a_list():
    _, findings = estimated_placements(stack(top=RESISTOR), ())

    assert [finding.code for finding in findings] == ["placements-estimated"]


def test_how_a_part_is_turned_is_not_guessed():
    [place], [finding] = estimated_placements(stack(top=RESISTOR), ())

    assert place.rotation_deg == 0
    assert "How they are turned is not known" in finding.message


def test_a_netlist_names_the_pads_where_the_layers_do_not():
    places, [finding] = estimated_placements(Stack(()), (), netlist=read_netlist(NETLIST))

    assert [(place.designator, place.side, place.x_mm, place.y_mm) for place in places] == [
        ("C28", Side.TOP, 11, 20),
        ("J2", Side.TOP, 71, -50),
        ("U27", Side.BOTTOM, 30, 40),
    ]
    assert "2 parts on top and 1 on the bottom were estimated from the IPC-D-356 netlist" in finding.message


def test_the_layers_are_believed_before_the_netlist():
    places, _ = estimated_placements(stack(top=RESISTOR), (), netlist=read_netlist(NETLIST))

    assert [place.designator for place in places] == ["R1"]


def test_a_board_of_kicad_finds_its_own_parts_again():
    leads = [pad("(drill 1)", **LEADS, at=f"{x} 0") for x in (-2.54, 0, 2.54)]
    board = read(
        footprint(named("R1"), RESISTOR_PADS, at="100 50 30"), footprint(named("J1", "header"), *leads, at="80 40")
    )
    places, _ = estimated_placements(board.stack, board.lines)

    assert {(place.designator, place.x_mm, place.y_mm) for place in places} == {
        (place.designator, place.x_mm, place.y_mm) for place in board.placements
    }


@given(
    parts=st.dictionaries(
        st.from_regex(r"[RCU][1-9]{1,3}", fullmatch=True),
        st.lists(st.tuples(st.integers(-99, 99), st.integers(-99, 99)), min_size=1, max_size=5),
        min_size=1,
        max_size=8,
    )
)
def test_every_named_part_is_placed_once_within_its_pads(parts):
    pads = [(f"{name},{at}", float(x), float(y)) for name, places in parts.items() for at, (x, y) in enumerate(places)]
    found, _ = estimated_placements(stack(top=flashed(*pads)), ())

    assert {place.designator for place in found} == set(parts)
    for place in found:
        x, y = zip(*parts[place.designator], strict=True)
        assert min(x) <= place.x_mm <= max(x)
        assert min(y) <= place.y_mm <= max(y)


def test_a_board_without_names_and_paste_says_nothing():
    assert estimated_placements(Stack(()), ()) == ((), ())


def boxes(*pads: tuple[float, float, float, float]) -> np.ndarray:
    """Openings by their middle and size, as x0, y0, x1, y1."""
    return np.array([(x - w / 2, y - h / 2, x + w / 2, y + h / 2) for x, y, w, h in pads])


def row(count: int, pitch: float, at: tuple[float, float], size: tuple[float, float]) -> list[tuple[float, ...]]:
    return [(at[0] + number * pitch, at[1], *size) for number in range(count)]


CHIP = [(0, 0, 0.8, 0.9), (1.6, 0, 0.8, 0.9)]
SOIC = [*row(4, 1.27, (0, 0), (0.6, 1.5)), *row(4, 1.27, (0, 5.4), (0.6, 1.5))]
SOT23 = [(0, 0, 0.9, 1.3), (1.9, 0, 0.9, 1.3), (0.95, 2, 0.9, 1.3)]
QFP = [
    *row(8, 0.8, (0, 0), (0.5, 1.5)),
    *row(8, 0.8, (0, 8), (0.5, 1.5)),
    *((x, 1.2 + number * 0.8, 1.5, 0.5) for x in (-1.2, 6.8) for number in range(8)),
]
BGA = [(x * 0.8, y * 0.8, 0.4, 0.4) for x in range(6) for y in range(6)]
QFN = [*QFP, *((2 + x, 3 + y, 0.9, 0.9) for x in (0, 1.2) for y in (0, 1.2))]


@pytest.mark.parametrize(
    "package", [CHIP, SOIC, SOT23, QFP, BGA, QFN, [(0, 0, 3, 3)]], ids=["chip", "so", "sot", "qfp", "bga", "qfn", "one"]
)
def test_the_openings_of_one_package_are_one_part(package):
    assert parts_of(boxes(*package)) == 1


def test_packages_side_by_side_are_as_many_parts():
    chips = [(x + 20 * column, y + 3 * row_, w, h) for column in range(3) for row_ in range(4) for x, y, w, h in CHIP]
    soics = [(x + 15, y + 20 * number, w, h) for number in range(2) for x, y, w, h in SOIC]

    assert parts_of(boxes(*chips, *soics)) == 14


def test_the_same_opening_twice_is_one():
    assert parts_of(boxes(*CHIP, *CHIP)) == 1


def paste(*pads: tuple[float, float]) -> Artwork:
    x, y = zip(*pads, strict=True)
    none = np.zeros(len(pads), dtype=np.int64)
    return Artwork((SQUARE,), Flashes(np.array(x, dtype=float), np.array(y, dtype=float), none, none))


def test_without_names_only_a_count_is_given():
    pads = paste((0, 0), (2, 0), (20, 0), (22, 0))
    places, [finding] = estimated_placements(stack(top=pads, bottom=paste((0, 0)), role=FileRole.PASTE), ())

    assert (places, finding.code) == ((), "parts-estimated")
    assert "about 2 on the top and about 1 on the bottom" in finding.message


def test_a_side_without_paste_is_not_counted():
    assert parts_by_paste(stack(top=paste((0, 0)), role=FileRole.PASTE), Side.BOTTOM) is None


def test_a_paste_layer_beyond_every_real_one_is_not_counted():
    crowd = paste(*((x, y) for x in range(100) for y in range(61)))

    assert parts_by_paste(stack(top=crowd, role=FileRole.PASTE), Side.TOP) is None


@given(
    pads=st.lists(
        st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(1, 3), st.integers(1, 3)), min_size=1, max_size=60
    )
)
def test_there_are_never_more_parts_than_openings(pads):
    assert 1 <= parts_of(boxes(*pads)) <= len(set(pads))


@given(turns=st.integers(1, 3), package=st.sampled_from([CHIP, SOIC, SOT23, QFP, BGA]))
def test_a_package_is_one_part_however_it_is_turned(turns, package):
    angle = turns * math.pi / 2
    cos, sin = round(math.cos(angle)), round(math.sin(angle))
    turned = [(x * cos - y * sin, x * sin + y * cos, *((w, h) if cos else (h, w))) for x, y, w, h in package]

    assert parts_of(boxes(*turned)) == 1
