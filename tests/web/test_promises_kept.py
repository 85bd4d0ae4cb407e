"""A promise that moves is told everywhere, and what became of promises stands on a page of the staff."""

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from browsing import an_act, inspected
from staff_work import Desk, placed_order, release

from portal.models.orders import Order
from portal.models.people import Role
from portal.models.plans import PromiseChange, PromiseScore, WorkNoise, WorkPace
from portal.models.work import Job, OutboxMail
from portal.services.promises import move_promise
from portal.web.letters import promise_letter

REASON = "the maker of U3 delivers a week later"
IN_A_YEAR = date.today() + timedelta(days=365)


@pytest.fixture
def order(portal, anna):
    """Ten boards, just ordered."""
    return Desk(portal, portal.staff(), f"/sales/orders/{placed_order(portal, anna)}")


def move(order, **changes):
    return order.send("dates", **{"move-day": f"{IN_A_YEAR}", "move-reason": REASON} | changes)


def scored(portal, *days_late, kind="boards"):
    """Orders that have left so many days after their P80, one each month, the newest last."""
    with portal.writing() as session:
        order = session.scalars(sa.select(Order)).one()
        for late in days_late:
            session.add(a_score(order, late, kind))


def a_score(order, late, kind):
    promised = date(2026, 10, 12)
    left = promised + timedelta(days=late)
    return PromiseScore(
        order=order,
        p50=promised - timedelta(days=3),
        p80=promised,
        p95=promised + timedelta(days=3),
        left_on=left,
        held_days=0,
        counted_on=left,
        critical_kind=kind,
        critical="Bare boards, 6 working days",
        because="the fab was late" if late > 0 else "",
    )


class TestMoving:
    def test_sales_move_a_promise_and_the_page_says_both_days_and_why(self, order):
        was = order.order(lambda kept: kept.promised_on)
        page = order.staff.visit(move(order).location)

        assert f"because {REASON}" in page.main
        assert f"{was:%a} {was.day} {was:%b %Y}" in page.main
        assert order.order(lambda kept: kept.promised_on) == IN_A_YEAR

    @pytest.mark.parametrize(
        ("field", "sent", "said"),
        [("move-reason", " ", "Please write one sentence"), ("move-day", "2020-01-01", "This day has passed")],
    )
    def test_a_promise_needs_a_reason_and_a_day_to_come(self, order, field, sent, said):
        page = inspected(move(order, **{field: sent}), 422)

        assert said in page.main
        assert order.order(lambda kept: kept.promise_changes) == []

    def test_the_customer_and_everybody_with_the_link_see_what_moved(self, portal, order, anna):
        move(order)
        token = order.order(lambda kept: kept.progress_token)

        for page in (anna.visit(f"/orders/{order.reference}"), portal.browser().visit(f"/progress/{token}")):
            assert "The date has moved" in page.main
            assert f"because {REASON}" in page.main

    def test_a_letter_about_it_is_asked_for(self, order):
        move(order)

        keys = order.look(lambda session: session.scalars(sa.select(Job.key)).all())
        assert [key for key in keys if key.startswith("promise-letter:")]

    def test_the_letter_says_both_days_the_reason_and_where_to_look(self, portal, order):
        move(order)
        with portal.writing() as session:
            change = session.scalars(sa.select(PromiseChange)).one()
            letter = promise_letter(change, base_url="https://portal.example/")

        assert letter.subject.startswith(f"Order {order.reference}: now promised for")
        assert f"Why: {REASON}." in letter.text
        assert f"https://portal.example/orders/{order.reference}" in letter.html


class TestScores:
    def test_before_anything_has_left_the_page_says_so(self, portal):
        page = portal.staff().visit("/sales/promises")

        assert "Nothing has left yet" in page.main
        assert "Nothing has been learnt yet" in page.main

    def test_shares_come_with_their_counts_and_their_range(self, portal, order):
        scored(portal, -5)
        page = order.staff.visit("/sales/promises")

        assert "100 % 1 of 1 21 to 100 %" in page.main
        assert "October 2026" in page.main

    def test_a_miss_stands_with_its_reason(self, portal, order):
        scored(portal, 9)
        page = order.staff.visit("/sales/promises")

        assert "the fab was late" in page.main
        assert f"/sales/orders/{order.reference}" in page.links()

    def test_the_floor_may_look_and_not_choose(self, portal, order):
        scored(portal, 9)
        learnt(portal)
        page = portal.staff(Role.FLOOR).visit("/sales/promises")

        assert f"/sales/orders/{order.reference}" not in page.links()
        assert "Set aside" not in page.main


def learnt(portal):
    with portal.writing() as session:
        session.add(WorkPace(work_centre="smt", thousandths=1120, runs=34, as_of=date(2026, 11, 20)))


class TestPaces:
    def test_what_was_learnt_stands_with_its_count(self, portal):
        learnt(portal)

        assert "smt 12 % longer than planned 34 Fri 20 Nov 2026 counts" in portal.staff().visit("/sales/promises").main

    def test_it_is_set_aside_and_let_count_again(self, portal):
        learnt(portal)
        staff = portal.staff()

        for said in ("set aside", "counts"):
            form = staff.visit("/sales/promises").form("/paces/smt")
            page = staff.visit(staff.post("/sales/promises/paces/smt", form).location)
            assert f"20 Nov 2026 {said}" in page.main


class TestNoise:
    def test_a_shop_that_has_learnt_nothing_says_so(self, portal):
        assert "no order has left since" in portal.staff().visit("/sales/promises").main

    def test_it_is_told_in_shares_of_the_plan_and_minutes_and_set_aside(self, portal):
        with portal.writing() as session:
            noise = WorkNoise(
                thousandths=[1100] * 5, minutes=[-40, 0, 25, 90, 600], orders=41, as_of=date(2026, 11, 20)
            )
            session.add(noise)
        staff = portal.staff()
        before = staff.visit("/sales/promises")
        after = staff.visit(staff.post("/sales/promises/noise", before.form("/promises/noise")).location)

        assert (
            "Half of the orders within 110 % of their planned time +25 min 4 of 5 orders within 110 % +600 min"
            in before.main
        )
        assert "In the next promise set aside" in after.main


def test_one_promise_that_moves_is_one_letter(portal, order):
    """The job may run twice."""
    from portal.following import send_promise

    release(portal, order.reference)
    with portal.writing() as session:
        kept = session.scalars(sa.select(Order)).one()
        change = move_promise(session, kept, IN_A_YEAR, because=REASON, act=an_act("sales@house.example"))
        number = str(change.id)
    for _ in range(2):
        send_promise(portal.engine, number, "https://portal.example", at=an_act().at)

    letters = order.look(lambda session: session.scalars(sa.select(OutboxMail.key)).all())
    assert letters.count(f"promise:{number}") == 1


def test_who_wants_no_letter_of_it_gets_none(portal, order):
    from portal.following import send_promise

    with portal.writing() as session:
        kept = session.scalars(sa.select(Order)).one()
        kept.quote.requested_by.muted = ["moved-promise"]
        change = move_promise(session, kept, IN_A_YEAR, because=REASON, act=an_act("sales@house.example"))
        number = str(change.id)
    send_promise(portal.engine, number, "https://portal.example", at=an_act().at)

    letters = order.look(lambda session: session.scalars(sa.select(OutboxMail.key)).all())
    assert f"promise:{number}" not in letters
