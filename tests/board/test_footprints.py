"""Each pad to its part, and what the pads of a part say; what is not sure is left open."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lands import PATTERNS, board, pads, placed

from portal.board.design import Footprint, Side
from portal.board.footprints import Landing, footprints, landed, unowned
from portal.board.pads import Pads, pads_of

WHOLE = sorted({*PATTERNS} - {"TEST"})
KINDS = {
    "0402": "chip",
    "0603": "chip",
    "DIODE": "chip",
    "SOIC-8": "gull-wing",
    "QFP-48": "gull-wing",
    "QFN-16": "leadless",
    "BGA-64": "grid",
    "HEADER": "pins",
    "SOT-23": "",
}
PITCHES = {"0603": 1.55, "SOIC-8": 1.27, "QFP-48": 0.5, "QFN-16": 0.5, "BGA-64": 0.8, "HEADER": 2.54, "SOT-23": 1.9}


def on(*lines: str) -> Landing:
    return landed(pads(*lines), placed(*lines))


def found(*lines: str) -> dict[str, Footprint]:
    return {footprint.designator: footprint for footprint in footprints(on(*lines))}


def counted(*lines: str) -> dict[str, int]:
    return {name: footprint.pads for name, footprint in found(*lines).items()}


@pytest.mark.parametrize("pattern", WHOLE)
def test_a_part_alone_has_all_its_pads(pattern):
    assert counted(f"U1 {pattern} 20 20") == {"U1": len(PATTERNS[pattern])}


@pytest.mark.parametrize(("pattern", "kind"), KINDS.items())
def test_the_pads_tell_what_kind_of_part_it_is(pattern, kind):
    assert found(f"U1 {pattern} 20 20 90")["U1"].kind == kind


@pytest.mark.parametrize(("pattern", "pitch_mm"), PITCHES.items())
def test_the_pitch_is_that_of_neighbouring_pads(pattern, pitch_mm):
    assert found(f"U1 {pattern} 20 20 180")["U1"].pitch_mm == pytest.approx(pitch_mm)


def test_the_footprints_of_some_parts_are_those_that_all_have():
    landing = on("R1 0603 20 20", "U1 SOIC-8 40 20", "R2 0603 60 20")

    assert landing.footprints_of([2, 0]) == (landing.footprints[2], landing.footprints[0])


def test_every_pad_has_one_owner_or_none():
    landing = on("R1 0603 20 20", "TP1 TEST 70 20", "U1 SOIC-8 40 20")
    owned = np.concatenate([*landing.rows[Side.TOP].values(), landing.unowned[Side.TOP]])

    assert sorted(owned.tolist()) == list(range(len(landing.pads[Side.TOP])))


def test_pads_of_one_size_look_alike_however_they_are_turned():
    looks = pads("R1 0603 20 20", "R2 0603 40 20 90")[Side.TOP].looks

    assert (looks == looks[0]).all()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_the_size_is_that_at_rotation_zero(turn):
    part = found(f"R1 0603 20 20 {turn}")["R1"]

    assert (part.width_mm, part.height_mm) == (2.35, 0.95)


def test_a_header_that_begins_at_its_first_pin_has_all_its_pins():
    part = found("J1 HEADER 20 30 90")["J1"]

    assert (part.pads, part.through_holes) == (6, 6)


def test_chips_in_a_row_each_keep_their_own_pads():
    row = [f"C{number} 0603 {5 + 3.1 * number} 20" for number in range(8)]

    assert set(counted(*row).values()) == {2}


def test_chips_side_by_side_each_keep_their_own_pads():
    row = [f"C{number} 0402 20 {10 + 0.96 * number}" for number in range(8)]

    assert set(counted(*row).values()) == {2}


def test_a_capacitor_between_two_ics_takes_no_pin_of_theirs():
    board = ("U1 SOIC-8 14 20", "C1 0603 20 20 90", "U2 SOIC-8 26 20")

    assert counted(*board) == {"U1": 8, "C1": 2, "U2": 8}


def test_capacitors_around_an_ic_leave_it_whole():
    caps = ("C1 0402 13.5 20 90", "C2 0402 26.5 20 90", "C3 0402 20 13.5", "C4 0402 20 26.5")

    assert counted("U1 QFP-48 20 20", *caps)["U1"] == 48


def test_capacitors_below_a_grid_are_on_the_other_side():
    caps = [f"C{number} 0402 {18 + number} 20 90 bottom" for number in range(4)]

    assert counted("U1 BGA-64 20 20", *caps) == {"U1": 64, "C0": 2, "C1": 2, "C2": 2, "C3": 2}


def test_a_large_part_is_found_beyond_many_small_ones():
    caps = [f"C{number} 0402 {10 + 2 * number} 14" for number in range(10)]

    assert counted("J1 JACK 20 20", "U1 BGA-64 20 28", *caps)["U1"] == 64


def test_lamps_with_unlike_pads_in_a_strip_keep_two_each():
    strip = [f"D{number} DIODE 20 {5 + 5 * number} 90" for number in range(6)]

    assert set(counted(*strip).values()) == {2}


def test_the_lone_pad_completes_a_sot():
    assert counted("Q1 SOT-23 20 20", "Q2 SOT-23 26 20 180", "U1 SOT-23-5 20 26") == {"Q1": 3, "Q2": 3, "U1": 5}


def test_neighbours_of_one_kind_do_not_share_pads():
    row = [f"U{number} SOT-23-5 20 {10 + 4 * number}" for number in range(5)]

    assert set(counted(*row).values()) == {5}


def test_a_tab_does_not_hide_the_leads():
    assert counted("U1 SOT-223 20 20 90") == {"U1": 4}


def test_a_heat_pad_counts_as_one():
    assert counted("U1 QFN-16 20 20") == {"U1": 17}


def test_one_pad_is_a_test_point():
    assert found("TP1 TEST 20 20")["TP1"] == Footprint("TP1", Side.TOP, 1, 0, None, 1.5, 1.5, "")


def test_a_part_placed_beside_its_pads_has_no_footprint():
    aside = (replace(placed("R1 0603 20 20")[0], x_mm=21.0),)

    assert footprints(landed(pads("R1 0603 20 20"), aside)) == ()


def test_a_part_on_bare_board_has_no_footprint():
    assert "R2" not in {f.designator for f in footprints(landed(pads("R1 0603 20 20"), placed("R2 0603 40 30")))}


def test_a_part_on_the_wrong_side_has_no_footprint():
    assert footprints(landed(pads("R1 0603 20 20"), placed("R1 0603 20 20 0 bottom"))) == ()


def test_pads_that_nothing_is_placed_on_have_no_owner():
    landing = landed(pads("R1 0603 20 20", "R2 0603 30 20"), placed("R1 0603 20 20"))

    assert landing.pads[Side.TOP].x_mm[unowned(landing, Side.TOP)].tolist() == pytest.approx([29.225, 30.775])


def test_two_headers_that_meet_are_left_open():
    """Whose pins the ones between are cannot be told."""
    lines = ("J1 HEADER 20 30 0", "J2 HEADER 20 14.76 0")

    assert counted(*lines) == {}


def test_headers_that_stand_apart_are_told_apart():
    assert counted("J1 HEADER 20 30", "J2 HEADER 30 30") == {"J1": 6, "J2": 6}


def test_the_names_of_the_file_outrank_the_places():
    """A connector whose origin lies anywhere is known by the names of its pads."""
    table = Pads(*np.array([[1.0, 2.0, 9.0], [1.0, 1.0, 1.0], *[[0.5] * 3] * 2, [0.0] * 3, [0.0] * 3]))
    table = replace(table, has_paste=np.ones(3, dtype=bool), pins=("J1,1", "J1,2", "J1,3"))
    [part] = footprints(landed({Side.TOP: table, Side.BOTTOM: Pads()}, placed("J1 USB 30 30")))

    assert (part.pads, part.pitch_mm) == (3, 1.0)


def test_without_placements_there_is_nothing_to_own():
    landing = landed(pads("R1 0603 20 20"), ())

    assert footprints(landing) == ()
    assert len(unowned(landing, Side.TOP)) == 2


def test_without_pads_nothing_is_claimed():
    assert footprints(landed({side: Pads() for side in Side}, placed("R1 0603 20 20"))) == ()


def test_the_pads_of_one_part_can_be_asked_for():
    landing = on("R1 0603 20 20", "R2 0603 30 20")

    assert landing.pads[Side.TOP].x_mm[landing.pads_of(1)].tolist() == pytest.approx([29.225, 30.775])


spots = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=8, unique=True
)  # of a grid wide enough for every part


@given(spots, st.data())
def test_parts_with_room_around_them_are_all_whole(places, data):
    lines = [
        f"U{number} {data.draw(st.sampled_from(WHOLE))} {x * 30} {y * 30} {90 * data.draw(st.integers(0, 3))}"
        for number, (x, y) in enumerate(places)
    ]

    assert counted(*lines) == {line.split()[0]: len(PATTERNS[line.split()[1]]) for line in lines}


@given(st.sampled_from(WHOLE), st.sampled_from(list(Side)), st.integers(0, 3))
def test_every_side_and_turn_reads_the_same(pattern, side, quarters):
    line = f"U1 {pattern} 20 20 {90 * quarters} {side}"
    [part] = footprints(on(line))
    [plain] = footprints(on(f"U1 {pattern} 20 20"))

    assert replace(part, side=Side.TOP) == plain


@given(st.lists(st.sampled_from(["0402", "0603", "0805"]), min_size=2, max_size=12))
def test_no_pad_is_counted_twice(chips):
    lines = [f"R{number} {chip} {5 + 2.6 * number} 20 90" for number, chip in enumerate(chips)]
    landing = on(*lines)

    assert sum(footprint.pads for footprint in footprints(landing)) <= len(landing.pads[Side.TOP])


@pytest.mark.parametrize("films", [{"mask": False}, {"paste": False}, {"mask": False, "paste": False}])
def test_missing_films_do_not_change_what_is_found(films):
    lines = ("U1 SOIC-8 20 20", "R1 0603 30 20", "J1 HEADER 40 30")
    landing = landed(pads_of(board(*lines, **films)), placed(*lines))

    assert {f.designator: f.pads for f in footprints(landing)} == {"U1": 8, "R1": 2, "J1": 6}


def test_a_row_with_a_part_left_off_does_not_widen_its_neighbours():
    row = [f"R{number} 0603 {6 + 4 * number} 10" for number in range(8)]
    fitted = [line for line in row if not line.startswith("R3 ")]
    landing = landed(pads(*row), placed(*fitted))

    assert {f.designator: f.pads for f in footprints(landing)} == {line.split()[0]: 2 for line in fitted}


def test_small_parts_in_a_regular_grid_do_not_share_pads():
    grid = [f"Q{x}{y} SOT-23 {10 * x} {10 * y} {90 * ((x + y) % 4)}" for x in range(1, 4) for y in range(1, 4)]

    assert set(counted(*grid).values()) == {3}
    assert len(counted(*grid)) == 9


def test_the_shell_of_a_connector_is_not_the_connector():
    """Two pads about the placement, and contacts beside them that nobody claims."""
    below = pads("J1 JACK 20 20")
    shell = placed("J1 USB 20 21.9")  # between the tabs

    assert footprints(landed(below, shell)) == ()


def test_a_place_on_one_pad_of_many_is_no_test_point():
    on_first_pad = (replace(placed("C1 0603 20 20")[0], x_mm=19.225),)

    assert footprints(landed(pads("C1 0603 20 20"), on_first_pad)) == ()


def test_pads_amid_a_part_that_it_does_not_claim_leave_it_unknown():
    lines = ("U1 SOIC-8 20 20", "R9 0402 20.4 20.3")

    assert footprints(landed(pads(*lines), placed("U1 SOIC-8 20 20"))) == ()


def test_a_logo_beside_an_ic_has_no_right_to_its_pins():
    lines = ("U1 QFP-48 20 20",)
    landing = landed(pads(*lines), placed(*lines, "T1 LOGO 20 9"))

    assert [(f.designator, f.pads) for f in footprints(landing)] == [("U1", 48)]


@pytest.mark.corpus
@pytest.mark.parametrize("slug", ["voron-disco", "voron-hall-xy", "caravel-m2-wcsp", "yapa2"])
def test_real_parts_have_the_pads_that_their_names_promise(corpus, slug):
    """Names without a number of joints, and parts that are not sure, say nothing."""
    from portal.intake.reading import read_package
    from portal.parts.packages import package_of

    design = read_package(corpus / "dev" / slug, name=slug).design
    names = {part.designator: part.package for part in design.placements}
    promised = [(package_of(names[f.designator]).joints, f.pads) for f in design.footprints]
    known = [(joints, count) for joints, count in promised if joints]

    assert len(known) >= 5
    assert all(count in {joints, joints + 1} for joints, count in known)
