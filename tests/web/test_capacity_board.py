"""The capacity board: the same slots as a drawing and as rows, and a question that changes nothing."""

from datetime import datetime, timedelta

import pytest
import sqlalchemy as sa
from staff_work import Desk, placed_order, release

from portal.models.bookings import SlotBooking
from portal.models.orders import Order
from portal.models.people import Role
from portal.web.sales.gantt import DAY_PX


@pytest.fixture
def order(portal, anna):
    """Ten boards, released."""
    reference = placed_order(portal, anna)
    release(portal, reference)
    return Desk(portal, portal.staff(), f"/sales/orders/{reference}")


def slots(order):
    columns = (SlotBooking.work_centre, SlotBooking.starts, SlotBooking.ends)
    return order.look(lambda session: sorted(map(tuple, session.execute(sa.select(*columns)))))


def board(order, query="", who=None):
    """From the Monday on which its first slot is."""
    first = min(starts for _, starts, _ in slots(order)).date()
    monday = first - timedelta(days=first.weekday())
    return (who or order.staff).visit(f"/sales/capacity?from={monday}{query}")


def test_an_empty_shop_says_so(portal):
    assert "Nothing is booked in these weeks" in portal.staff().visit("/sales/capacity").main


def test_every_slot_is_a_bar_and_every_order_a_row_with_its_places(order):
    page = board(order, "&weeks=4")
    [row] = page.all("//div[@class='gantt__rows']//tbody/tr")

    assert len(page.all("//*[contains(@class, 'gantt__bar ')]")) == len(slots(order))
    assert {centre for centre, _, _ in slots(order)} == set(row.xpath("string(th/small)").split(", "))


def test_a_row_spans_from_the_first_slot_to_the_last(order):
    _, starts, ends = zip(*slots(order), strict=True)
    cells = [cell.text_content() for cell in board(order).all("//div[@class='gantt__rows']//tbody/tr/td")]

    assert cells == [f"{min(starts):%a %d %b %H:%M}", f"{max(ends):%a %d %b %H:%M}", "planned"]


def test_a_phone_sees_each_work_centre_as_one_strip_with_its_fullest_day(order):
    page = board(order, "&weeks=4")
    strips = page.all("//li[@class='load-strips__centre']")

    assert len(strips) == len(page.all("//*[contains(@class, 'gantt__name--load')]"))
    assert all("at most " in strip.text_content() for strip in strips)


def test_a_bar_says_whose_it_is_where_when_and_how_it_stands(order):
    centre, starts, ends = min(slots(order), key=lambda slot: slot[1])
    titles = [title.text_content() for title in board(order).all("//*[contains(@class, 'gantt__bar ')]/title")]

    assert f"{order.reference}, planned: {centre}, {starts:%a %d %b %H:%M} to {ends:%a %d %b %H:%M}" in titles


def test_sales_come_from_a_bar_to_its_order_and_the_floor_does_not(portal, order):
    floor = portal.staff(Role.FLOOR)

    assert f"/sales/orders/{order.reference}" in board(order).links()
    assert f"/sales/orders/{order.reference}" not in board(order, who=floor).links()


def test_an_order_on_hold_is_drawn_as_such(portal, order):
    form = {"hold-about": "a reel is missing", "hold-who_must_act": "floor"}
    order.send("holds", **form)

    assert "on hold" in {state.text_content() for state in board(order).all("//div[@class='gantt__rows']//td[3]")}


def test_an_order_that_ends_after_its_promise_is_late(order):
    order.order(lambda kept: setattr(kept, "promised_on", kept.promised_on - timedelta(days=30)))

    assert {state.text_content() for state in board(order).all("//div[@class='gantt__rows']//td[3]")} == {"late"}


@pytest.mark.parametrize("weeks", DAY_PX)
def test_each_zoom_shows_its_weeks(order, weeks):
    page = board(order, f"&weeks={weeks}")
    [drawing] = page.all("//*[@aria-label='Slots by place and day']/*[local-name()='svg']")

    assert int(drawing.get("width")) == 7 * weeks * DAY_PX[weeks]


@pytest.mark.parametrize(
    "query", ["weeks=0", "weeks=999", "weeks=x", "from=tomorrow", "from=0001-01-01", "from=9999-12-31"]
)
def test_an_address_that_makes_no_sense_shows_this_week(portal, query):
    assert "2 weeks" in portal.staff().visit(f"/sales/capacity?{query}").main


class TestWhatIf:
    def asked(self, order, centre="small", days=2):
        first = min(starts for where, starts, _ in slots(order) if where == "small").date()
        return board(order, f"&closed={centre}&first={first}&last={first + timedelta(days=days)}")

    def test_it_says_which_orders_would_move_and_by_how_much(self, order):
        page = self.asked(order)

        assert "This was only tried" in page.main
        [row] = page.all("//div[@id='what-if']//tbody/tr")
        assert order.reference in row.text_content()

    def test_nothing_is_stored(self, order):
        before, promised = slots(order), order.order(lambda kept: kept.promised_on)
        self.asked(order)

        assert slots(order) == before
        assert order.order(lambda kept: kept.promised_on) == promised

    def test_a_place_where_nothing_is_booked_makes_nobody_later(self, order):
        assert "Nobody would be later" in self.asked(order, "xray").main

    @pytest.mark.parametrize(
        "question",
        [
            "closed=small",
            "closed=nowhere&first=2026-12-01&last=2026-12-01",
            "closed=&first=2026-12-02&last=2026-12-01",
            "closed=&first=2026-01-01&last=2027-01-01",
        ],
    )
    def test_a_question_without_sense_gets_a_sentence(self, order, question):
        page = order.staff.visit(f"/sales/capacity?{question}")

        assert page.all("//div[@id='what-if']//*[@role='alert']")


def test_the_load_of_a_day_is_what_is_booked_of_its_shifts(portal, order):
    """One slot of two hours on the line, which works 15 hours a day."""
    with portal.writing() as session:
        kept = session.scalars(sa.select(Order)).one()
        morning = datetime.combine(min(slot.starts for slot in kept.bookings).date(), datetime.min.time())
        for slot in kept.bookings[1:]:
            session.delete(slot)
        only = kept.bookings[0]
        only.work_centre, only.unit = "smt", 0
        only.starts, only.ends = morning.replace(hour=6), morning.replace(hour=7, minute=30)

    assert "10 %" in board(order).main
