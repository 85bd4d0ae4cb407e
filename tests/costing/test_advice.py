"""Advice is a what-if that was priced whole: it saves what it says, and it never praises what is not known."""

from dataclasses import replace
from decimal import Decimal

import pytest
from costing_examples import SENSOR, a_basis, a_design, demo_basis, offers

from portal.board.design import Alternate, Demand, Enough, Panel
from portal.costing.advice import LEAST_SHARE, MOST, advice
from portal.costing.matrix import asked, cost_sheet, row
from portal.costing.report import advice_report
from portal.costing.whatifs import apart, boards_in_tens, equivalent, near_values, what_ifs
from portal.routing.options import BuildOptions, Speed, TestLevel

DIVIDER = """
R1 R2 R3 R4 | R_0402_1005Metric | RC0402FR-0710KL | top
R5          | R_0402_1005Metric | RC0402FR-0733KL | top
R6          | R_0402_1005Metric | RC0402FR-072KL  | bottom
"""


def priced(design, *, boards=100, speed=Speed.STANDARD, basis=None, **options):
    design = a_design(design) if isinstance(design, str) else design
    question = asked(design, BuildOptions(**options), basis or demo_basis())
    return question, list(row(question, (speed,), boards=boards))


def said(design, **asked_for):
    question, [cell] = priced(design, **asked_for)
    return [what_if.said for what_if in what_ifs(question, cell)]


def advised(design, **asked_for):
    return advice(*priced(design, **asked_for))


def with_values(*values):
    design = a_design(DIVIDER)
    return replace(design, bom=tuple(replace(line, value=v) for line, v in zip(design.bom, values, strict=True)))


def test_a_saving_is_the_difference_of_two_whole_quotes():
    found = {one.change: one for one in advised(SENSOR, test=TestLevel.FLYING_PROBE)}
    less = found["Test by inspection instead of flying-probe"]
    before, after = (
        cost_sheet(a_design(SENSOR), BuildOptions(test=test), demo_basis(), boards=100, speed=Speed.STANDARD)
        for test in (TestLevel.FLYING_PROBE, TestLevel.INSPECTION)
    )

    assert less.total == after.total
    assert abs(less.saves_per_board - (before.total - after.total) / 100) < Decimal("0.005")


@pytest.mark.parametrize("boards", [1, 5, 20, 100, 1000])
@pytest.mark.parametrize("speed", list(Speed))
def test_only_what_pays_is_advised_and_no_more_than_seven_times(boards, speed):
    question, cells = priced(SENSOR, boards=boards, speed=speed, test=TestLevel.FUNCTIONAL)
    found = advice(question, cells)

    assert len(found) <= MOST
    assert all(one.saves_per_board >= cells[0].sheet.unit_price * LEAST_SHARE for one in found)


def test_an_advice_says_what_to_choose_for_it():
    [less] = [one for one in advised(SENSOR, test=TestLevel.FLYING_PROBE) if one.change.startswith("Test by insp")]
    [slower] = [one for one in advised(SENSOR, speed=Speed.EXPRESS) if one.change.startswith("Standard speed")]

    assert (less.options, less.speed) == (BuildOptions(test=TestLevel.INSPECTION), Speed.STANDARD)
    assert (slower.options, slower.speed) == (BuildOptions(), Speed.STANDARD)


def test_a_change_of_the_design_itself_is_nothing_to_choose():
    [moved] = [one for one in advised(DIVIDER) if one.change.startswith("Place the 1 part of the bottom")]

    assert moved.options is None


def test_what_saves_the_largest_share_comes_first():
    shares = [one.saves_per_board for one in advised(SENSOR, test=TestLevel.FLYING_PROBE)]

    assert shares == sorted(shares, reverse=True)


def test_over_several_quantities_each_change_is_told_once_where_it_saves_most():
    question = asked(a_design(SENSOR), BuildOptions(test=TestLevel.FLYING_PROBE), demo_basis())
    cells = [cell for boards in (100, 10) for cell in row(question, (Speed.STANDARD,), boards=boards)]
    [less] = [one for one in advice(question, cells) if one.change.startswith("Test by inspection")]

    assert less.quantity == 100  # a larger share of a smaller price


def test_a_part_that_the_customer_supplies_saves_no_more_than_mark_up_and_left_over():
    """20 % of 100 × 30.00 is 6.00 a board; what the customer pays for the part elsewhere is no saving."""
    markup = 'of_groups = ["parts"]\nrate = "0.20"\ngroup = "parts"'
    basis = a_basis('per = "board"\nrate = "1"', markup, catalogue="DEAR 1:30", head='covered = ["consigned_line"]')
    [one] = [one for one in advised("U1 | SOIC-8 | DEAR | top", basis=basis) if "Supply DEAR" in one.change]

    assert one.change == "Supply DEAR yourself, 100 pcs bought at our price of 30 EUR and here in time"
    assert one.saves_per_board == Decimal("6.00")


def test_a_saving_that_rests_on_an_unknown_price_is_no_advice():
    design = replace(a_design("R1 | 0805 | RES | top"), bom=a_design("R1 | 0805 | RES | top").bom)
    question, [cell] = priced(design, basis=a_basis('per = "board"\nrate = "1"', catalogue="RES 1:5"))
    emptied = replace(question, basis=replace(question.basis, catalogue=offers("OTHER 1:1")))

    assert "Finish" not in " ".join(one.change for one in advice(emptied, [cell]))


def test_days_are_the_difference_between_the_two_promises():
    question, cells = priced(SENSOR, speed=Speed.EXPRESS)
    found = advice(question, cells, days=lambda _, cell: 5 if cell.sheet.speed is Speed.EXPRESS else 12)
    [slower] = [one for one in found if one.change == "Standard speed instead of express"]

    assert slower.days == 7


def test_where_a_date_is_not_known_no_days_are_told():
    question, cells = priced(SENSOR, speed=Speed.EXPRESS)

    assert {one.days for one in advice(question, cells, days=lambda *_: None)} == {None}


def test_a_report_gives_amounts_as_text():
    [first, *_] = advice_report(advised(SENSOR, test=TestLevel.FLYING_PROBE))

    assert set(first) == {"change", "saves_per_board", "quantity", "boards", "total", "days"}
    assert isinstance(first["saves_per_board"], str)


def test_more_boards_are_asked_about_within_reason():
    orders = [line for line in said(SENSOR, boards=100) if line.startswith("Order")]

    assert 1 <= len(orders) <= 2
    assert all(100 < int(line.split()[1]) <= 200 for line in orders)


@pytest.mark.parametrize(("boards", "more"), [(1, 2), (2, 5), (7, 10), (10, 20), (60, 100), (999, 1000), (1000, 2000)])
def test_round_numbers_are_the_next_of_one_two_five_ten(boards, more):
    assert boards_in_tens(boards) == more


def test_a_board_with_parts_on_both_sides_is_priced_with_one():
    assert "Place the 1 part of the bottom on the top, where the layout has room" in said(DIVIDER)
    assert not [line for line in said(SENSOR) if "bottom" in line]


@pytest.mark.parametrize(
    ("top", "bottom", "told"),
    [
        (4, 2, "Place the 2 parts of the bottom on the top, where the layout has room"),
        (2, 4, "Place the 2 parts of the top on the bottom, where the layout has room"),
        (3, 2, ""),  # as good as two full sides
        (0, 4, ""),
    ],
)
def test_the_few_parts_move_to_the_many_and_two_full_sides_stay_as_they_are(top, bottom, told):
    names = [f"R{number} | R_0402_1005Metric | RES" for number in range(top + bottom)]
    sides = ["top"] * top + ["bottom"] * bottom
    found = said("\n".join(f"{name} | {side}" for name, side in zip(names, sides, strict=True)))

    assert [line for line in found if line.startswith("Place the")] == ([told] if told else [])


def test_near_values_of_one_size_could_share_a_reel():
    [(rare, common)] = near_values(with_values("10k", "10.5k", "2k"))

    assert (rare.designators, common.mpn) == (("R5",), "RC0402FR-0710KL")


@pytest.mark.parametrize("values", [("10k", "33k", "2k"), ("10k", "10nF?", "2k"), ("", "", ""), ("1k", "2k", "10")])
def test_values_that_differ_are_left_alone(values):
    assert list(near_values(with_values(*values))) == []


def test_merging_two_values_names_both_and_the_parts():
    assert "Use 10k (RC0402FR-0710KL) for R5 too, in place of 10.5k" in said(with_values("10k", "10.5k", "2k"))


@pytest.mark.parametrize(
    ("package", "other"),
    [
        ("PinHeader_1x04_P2.54mm_Vertical", "PinHeader_1x04_P2.54mm_SMD"),
        ("R_Axial_DIN0207_L6.3mm_D2.5mm_P10.16mm", "R_1206_3216Metric"),
        ("CP_Radial_D5.0mm_P2.00mm", "CP_Elec_6.3x7.7"),
        ("DIP-8_W7.62mm", "SOIC-8"),
        ("TO-92", "SOT-23"),
        ("TerminalBlock_1x02_P5.08mm", ""),  # a terminal block takes force: it stays through-hole
        ("R_0805_2012Metric", ""),
        ("", ""),
    ],
)
def test_a_through_hole_part_has_a_surface_mount_sister_or_none(package, other):
    [line] = a_design(f"X1 | {package} | A1").bom

    assert equivalent(line) == other


def test_surface_mount_equivalents_are_priced_where_parts_are_placed():
    assert [line for line in said(SENSOR) if line.startswith("Surface-mount equivalents") and "(J1 …)" in line]


def test_another_way_to_part_the_boards_is_priced_where_the_panel_is_ours():
    told = [line for line in said(SENSOR, boards=100) if line.startswith(("Part the boards", "Take the boards"))]

    assert len(told) == 3
    assert told[0] == "Part the boards by mouse bites, instead of v-score"


def test_one_board_a_panel_is_not_parted():
    assert not [line for line in said(a_design(SENSOR, size=(200, 190))) if "Part the boards" in line]


def with_panel(**of_one):
    design = a_design(SENSOR, size=(220, 110))
    return replace(design, board=replace(design.board, panel=Panel(columns=2, rows=1, boards=2, **of_one)))


def test_the_customers_own_panel_is_compared_with_one_of_ours():
    ours = "Let us lay out the panel, instead of your panel of 2 boards"

    assert ours in said(with_panel(board_width_mm=100.0, board_height_mm=100.0))
    assert ours not in said(with_panel())  # nobody knows how large one board is
    assert not [line for line in said(with_panel()) if line.startswith("Part the boards")]


def test_boards_taken_in_their_panels_save_the_parting():
    question, [cell] = priced(SENSOR, boards=1000)
    [taken] = [one for one in what_ifs(question, cell) if one.said.startswith("Take the boards in their panels")]
    [other] = row(taken.question, (Speed.STANDARD,), boards=1000)

    assert other.sheet.total < cell.sheet.total
    assert not [line for line in other.sheet.lines if line.label == "Depanelling"]


TRACK = Demand("track", 12, needs=0.1, enough=0.125, unit="mm", takes="advanced", cheaper="fine")
DRILL = Demand("drill", 1, needs=0.25, enough=0.3, unit="mm", takes="fine", cheaper="standard")


def of_class(name, *demands):
    design = a_design(SENSOR, size=(160, 100))
    return replace(design, board=replace(design.board, capability=name, demands=demands, min_track_mm=0.1))


def test_what_forces_the_class_of_the_board_may_be_relaxed_to_the_next():
    told = "Relax the board to class fine: track 0.125 mm instead of 0.1 at 12 places"

    assert told in said(of_class("advanced", TRACK, DRILL))
    assert "Relax the board to class standard: drill 0.3 mm instead of 0.25 at 1 place" in said(of_class("fine", DRILL))


def test_a_board_may_be_relaxed_further_than_to_the_next_class():
    track = replace(TRACK, further=(Enough("standard", 0.15, 20),))
    told = said(of_class("advanced", track, DRILL))
    further = "track 0.15 mm instead of 0.1 at 20 places, drill 0.3 mm instead of 0.25 at 1 place"

    assert [line for line in told if line.startswith("Relax")] == [
        "Relax the board to class fine: track 0.125 mm instead of 0.1 at 12 places",
        f"Relax the board to class standard: {further}",
    ]


def test_what_only_a_cheaper_class_could_not_do_stays_a_demand():
    question, [cell] = priced(of_class("advanced", TRACK, DRILL), boards=100)
    [relaxed] = [one for one in what_ifs(question, cell) if one.said.startswith("Relax the board to class fine")]
    board = relaxed.question.design.board

    assert (board.capability, board.demands, board.min_track_mm) == ("fine", (DRILL,), 0.125)


@pytest.mark.parametrize("design", [a_design(SENSOR), of_class("standard")])
def test_a_board_that_anybody_makes_is_not_relaxed(design):
    assert not [line for line in said(design) if line.startswith("Relax")]


def test_a_relaxed_board_costs_what_a_board_of_that_class_costs():
    [relaxed] = [one for one in advised(of_class("advanced", TRACK), boards=1000) if one.change.startswith("Relax")]
    fine = cost_sheet(of_class("fine"), BuildOptions(), demo_basis(), boards=1000, speed=Speed.STANDARD)

    assert relaxed.total == fine.total


def test_a_board_beyond_every_class_has_no_price_for_its_boards_until_it_is_relaxed():
    beyond = of_class(None, replace(TRACK, takes=None, cheaper="finest"))
    sheet = cost_sheet(beyond, BuildOptions(), demo_basis(), boards=100, speed=Speed.STANDARD)
    [what_if] = [one for one in what_ifs(*priced_pair(beyond)) if one.said.startswith("Relax")]

    assert "no rate for track class beyond every class" in sheet.unpriced[0].because
    assert what_if.question.design.board.capability == "finest"


def priced_pair(design):
    question, [cell] = priced(design)
    return question, cell


def test_alternates_are_proposed_where_the_customer_ruled_them_out():
    design = a_design(SENSOR)
    named = replace(design, bom=(replace(design.bom[0], alternates=(Alternate("A2"),)), *design.bom[1:]))

    assert "Allow the alternates that your BOM names" in said(named, alternates=False)
    assert "Allow the alternates that your BOM names" not in said(named)


@pytest.mark.parametrize(
    ("counts", "told"),
    [((97, 99, 100), [97]), ((60, 97, 99), [60, 97]), ((60, 66, 67), [60, 67]), ((60, 80, 100), [60, 80]), ((), [])],
)
def test_quantities_that_are_nearly_the_same_are_one_advice(counts, told):
    assert apart(counts) == told
