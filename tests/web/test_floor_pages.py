"""The floor: which lots are to be built, and the reports that a lot's operations take."""

from datetime import date

import pytest
import sqlalchemy as sa
from browsing import an_act, inspected
from paying import BILLING
from staff_work import Desk, placed_order, release

from portal.models.orders import FloorRecord, Lot, Order
from portal.models.people import Role
from portal.production.floor import FloorKind
from portal.production.lifecycle import OperationState
from portal.services.floor import Report, find_lot, lot_progress, record_floor
from portal.services.orders import open_hold
from portal.services.shop import current_shop
from portal.services.tax import save_billing, settle_plan


@pytest.fixture
def floor(portal):
    return portal.staff(Role.FLOOR)


@pytest.fixture
def held(portal, anna, floor):
    """A lot of ten boards whose order is on hold."""
    return Desk(portal, floor, f"/floor/lots/{placed_order(portal, anna)}-1")


@pytest.fixture
def lot(portal, held):
    """The same, released."""
    release(portal, held.reference.removesuffix("-1"))
    return held


def forms(page, kind):
    """What each button of this kind would send."""
    found = [form for form in page.root.forms if dict(form.form_values()).get("kind") == kind]
    return [dict(form.form_values()) for form in found]


def send(desk, sent):
    return desk.staff.post(f"{desk.path}/reports", sent)


def press(desk, kind, operation=0, **counts):
    """Press the button of this kind at this operation, with other counts where they are given."""
    [form] = [form for form in forms(desk.page(), kind) if form["operation"] == str(operation)]
    return send(desk, form | {name: str(count) for name, count in counts.items()})


def progress(desk, operation=0):
    return desk.look(lambda session: lot_progress(find_lot(session, desk.reference)).operations[operation])


def records(desk):
    return desk.look(lambda session: session.scalar(sa.select(sa.func.count()).select_from(FloorRecord)))


def build_all(desk):
    """Every operation started and finished with all its boards."""

    def report_all(session):
        kept = session.scalars(sa.select(Lot).where(Lot.reference == desk.reference)).one()
        for number in range(len(kept.operations)):
            for kind, good in ((FloorKind.STARTED, 0), (FloorKind.FINISHED, kept.boards)):
                report = Report(f"{number} {kind}", number, kind, good=good)
                record_floor(session, kept, report, an_act("floor@house.example"))

    desk.look(report_all)


def test_a_lot_says_which_board_how_many_when_due_and_what_may_start(lot, floor):
    [card] = floor.visit("/floor/").all("//a[contains(@class, 'lot-card')]")

    said = " ".join(card.text_content().split())
    assert f"{lot.reference} waiting 10 × sensor-node rev C" in said
    assert "Kitting may start: 10 there" in said
    assert "0 of 10 operations done" in said
    assert card.get("href") == lot.path


def test_what_holds_a_lot_up_and_who_must_act_is_on_its_card(held, floor):
    said = floor.visit("/floor/").main

    assert "On hold, no. 1: Check the purchase order and the terms. Sales must act." in said
    assert "Kitting waits for the hold" in said


def test_a_running_operation_shows_what_waits_there(lot, floor):
    press(lot, "started")
    press(lot, "counted", good=6, failed=1)

    assert "Kitting 3 waiting, 6 good, 1 to mend" in floor.visit("/floor/").main


def test_lots_are_listed_by_the_day_they_are_due(portal, anna, floor):
    late, later = placed_order(portal, anna), placed_order(portal, anna)
    with portal.writing() as session:
        for reference, day in ((late, date(2020, 1, 1)), (later, date(2099, 1, 1))):
            session.scalars(sa.select(Order).where(Order.reference == reference)).one().promised_on = day

    page = floor.visit("/floor/")
    assert page.all("//span[@class='lot-card__name']/text()") == [f"{late}-1", f"{later}-1"]
    assert page.all("//span[@class='badge badge--stop']/text()") == ["late"]


def test_a_lot_that_is_done_moves_to_the_done_ones(lot, floor):
    build_all(lot)

    assert "No lots here" in floor.visit("/floor/").main
    assert lot.reference in floor.visit("/floor/?show=done").main
    assert "late" not in floor.visit("/floor/?show=done").main


def test_an_empty_floor_says_where_lots_come_from(floor):
    assert "A lot appears as soon as" in floor.visit("/floor/").main


def test_each_lot_of_a_large_order_has_its_card(portal, anna, floor):
    placed_order(portal, anna, boards_ordered=600)

    assert len(floor.visit("/floor/").all("//span[@class='lot-card__name']")) == 3


def test_the_operations_stand_in_their_order_with_their_instruction(lot):
    page = lot.page()

    labels = page.all("//h3[@class='operation__label']/text()")
    assert labels[:2] == ["Kitting", "Paste printing, top"]
    assert labels[-1] == "Shipping"
    assert "Small printing, planned 11 min: 1 panel; stencil in 10 min" in page.main


def test_only_the_first_operation_can_start_at_first(lot):
    assert [form["operation"] for form in forms(lot.page(), "started")] == ["0"]


def test_nothing_can_be_started_on_hold(held):
    page = held.page()

    [button] = page.all("//button[contains(., 'Start')]")
    assert button.get("disabled") is not None
    assert "Nothing new may start until then" in page.all("string(//*[@id='held'])")


def test_what_may_start_can_be_pressed(lot):
    [button] = lot.page().all("//button[contains(., 'Start')]")

    assert button.get("disabled") is None


def test_a_start_on_hold_is_refused_on_the_lots_own_page(held):
    [form] = forms(held.page(), "started")
    page = inspected(send(held, form), 409)

    assert "on hold (no. 1: Check the purchase order and the terms; sales must act)" in page.main
    assert records(held) == 0


def test_an_operation_is_started_and_its_count_suggests_all_that_wait(lot):
    page = lot.staff.visit(press(lot, "started").location)

    assert "Kitting has started" in page.main
    [count] = forms(page, "counted")
    assert (count["good"], count["failed"], count["scrapped"]) == ("10", "0", "0")


def test_counts_add_up(lot):
    press(lot, "started")
    press(lot, "counted", good=4, failed=1)
    press(lot, "counted", good=2, scrapped=1)

    now = progress(lot)
    assert (now.good, now.failed, now.scrapped) == (6, 1, 1)
    counts = lot.page().all("//li[@id='operation-0']//dd/text()")
    assert counts == ["10", "2", "6", "1", "1"]  # arrived, waiting, good, to mend, scrapped


def test_the_next_operation_may_start_with_the_first_good_board(lot):
    press(lot, "started")
    assert forms(lot.page(), "started") == []

    press(lot, "counted", good=1)
    assert [form["operation"] for form in forms(lot.page(), "started")] == ["1"]


def test_one_press_counts_the_rest_as_good_and_finishes(lot):
    press(lot, "started")
    assert "All 10 good: finish" in lot.page().main

    page = lot.staff.visit(press(lot, "finished").location)
    assert "Kitting is finished" in page.main
    assert progress(lot).state is OperationState.DONE


def test_what_waits_for_rework_keeps_an_operation_open(lot):
    press(lot, "started")
    press(lot, "counted", good=8, failed=2)

    page = lot.page()
    assert forms(page, "finished") == []
    assert "It can be finished once the 2 to mend are reworked" in page.main


def test_reworked_boards_are_mended_or_scrapped(lot):
    press(lot, "started")
    press(lot, "counted", good=8, failed=2)
    press(lot, "reworked", good=1, scrapped=1)
    press(lot, "finished")

    now = progress(lot)
    assert (now.state, now.good, now.scrapped, now.reworked) == (OperationState.DONE, 9, 1, 1)


def test_a_miscount_is_taken_back(lot):
    press(lot, "started")
    press(lot, "counted", good=9)
    press(lot, "corrected", good=2)

    assert progress(lot).good == 7


def test_an_operation_with_more_boards_to_come_cannot_be_finished(lot):
    press(lot, "started")
    press(lot, "counted", good=5)
    press(lot, "started", operation=1)

    page = lot.page()
    assert [form["operation"] for form in forms(page, "finished")] == ["0"]
    assert "it can be finished once the operation before is" in page.main


def test_more_boards_than_wait_are_refused_on_the_lots_own_page(lot):
    press(lot, "started")
    page = inspected(press(lot, "counted", good=11), 422)

    assert "Only 10 boards wait at this operation, 11 were counted" in page.main
    assert progress(lot).good == 0


@pytest.mark.parametrize("count", ["-1", "1.5", "ten", "٣", "12345678", "1e3"])
def test_a_count_is_a_whole_number_of_boards(lot, count):
    press(lot, "started")
    page = inspected(press(lot, "counted", good=count), 422)

    assert "A count is a whole number of boards" in page.main


def test_a_count_that_is_left_empty_is_none(lot):
    press(lot, "started")
    press(lot, "counted", good=3, failed="", scrapped=" ")

    assert progress(lot).counted == 3


def test_a_double_click_is_one_report(lot):
    press(lot, "started")
    [form] = forms(lot.page(), "counted")
    send(lot, form | {"good": "3"})
    send(lot, form | {"good": "3"})

    assert progress(lot).good == 3


def test_an_old_form_with_other_figures_adds_nothing_and_says_so(lot):
    press(lot, "started")
    [form] = forms(lot.page(), "counted")
    send(lot, form | {"good": "3"})
    page = lot.staff.visit(send(lot, form | {"good": "5"}).location)

    assert "Nothing was added" in page.main
    assert progress(lot).good == 3


def test_every_form_has_an_unguessable_key_of_its_own(lot):
    press(lot, "started")
    press(lot, "counted", good=1)

    keys = [*lot.page().all("//input[@name='key']/@value"), *lot.page().all("//input[@name='key']/@value")]
    assert len(set(keys)) == len(keys)
    assert min(map(len, keys)) >= 22


@pytest.mark.parametrize(
    "sent", [{"key": "short"}, {"key": ""}, {"kind": "shipped"}, {"operation": "x"}, {"operation": ""}]
)
def test_a_form_that_was_not_ours_is_refused(lot, sent):
    [form] = forms(lot.page(), "started")

    inspected(send(lot, form | sent), 422)
    assert records(lot) == 0


def test_an_operation_that_the_lot_has_not_is_refused(lot):
    [form] = forms(lot.page(), "started")

    assert "This lot has no operation 100" in inspected(send(lot, form | {"operation": "99"}), 422).main


def test_what_is_done_is_folded_away_until_all_is_done(lot):
    press(lot, "started")
    press(lot, "finished")
    [done] = lot.page().all("//details[contains(summary, 'Operations done')]")
    assert done.get("open") is None

    build_rest(lot)
    [done] = lot.page().all("//details[contains(summary, 'Operations done')]")
    assert done.get("open") is not None


def build_rest(desk):
    for number in range(1, 10):
        press(desk, "started", operation=number)
        press(desk, "finished", operation=number)


def test_a_lot_goes_through_the_whole_routing_by_its_buttons(lot, anna):
    press(lot, "started")
    press(lot, "finished")
    build_rest(lot)

    assert lot.page().all("//form[contains(@action, '/reports')]") == []
    assert "100 %" in anna.visit("/orders").main


def test_every_report_is_listed_with_its_author(lot):
    press(lot, "started")
    press(lot, "counted", good=4, failed=1)

    [newest, *_] = lot.page().all("//table[caption='Reports']/tbody/tr")
    assert "Kitting counted 4 1 0 floor@house.example" in " ".join(newest.text_content().split())


def test_what_runs_may_be_counted_while_the_order_is_on_hold(portal, lot):
    press(lot, "started")
    act = an_act("sales@house.example")
    lot.look(
        lambda s: open_hold(s, find_lot(s, lot.reference).order, about="J1 is late", who_must_act="customer", act=act)
    )
    press(lot, "counted", good=2)

    assert progress(lot).good == 2


def test_a_lot_that_is_not_there_is_not_found(floor):
    floor.visit("/floor/lots/O-0000-0000-1", status=404)
    assert floor.post("/floor/lots/O-0000-0000-1/reports", {"kind": "started"}).status_code == 404


def test_what_must_come_in_before_shipping_is_said_on_the_lots_page(portal, lot):
    with portal.writing() as session:
        order = session.scalars(sa.select(Lot)).one().order
        save_billing(session, order.company, BILLING, an_act())
        settle_plan(session, order, current_shop(session), an_act())
        left = order.plan.gross
    assert f"{left:,} € must come in before these boards leave" in lot.page().main.replace("\u00a0", " ")


def test_what_is_being_built_is_not_offered_for_cancelling(lot, anna):
    path = f"/orders/{lot.reference.removesuffix('-1')}"
    before = anna.visit(path).links()
    press(lot, "started")

    assert f"{path}/cancellation" in before
    assert f"{path}/cancellation" not in anna.visit(path).links()
