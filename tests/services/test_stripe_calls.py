"""What is asked of Stripe and what it tells: written once, one hand at a time, tried again for as long as it takes."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from samples import MONDAY

from portal.gateways.stripe import Answered, NotNow, Refused, StripeAway
from portal.models.payments import CallState, EventState, StripeCall
from portal.models.work import AuditEntry
from portal.services import calls, webhooks
from portal.services.calls import claim, due_calls, make, note, write_call

PARAMS = {"name": "Volta GmbH", "email": "books@volta.example"}
SECOND = timedelta(seconds=1)


@pytest.fixture
def call(session) -> StripeCall:
    return write_call(session, "customer", PARAMS, key="customer-1", subject="company:1", at=MONDAY)


class Desk:
    """A Stripe of one object: what it finds is what was made before."""

    def __init__(self, found=None, *, is_away=False):
        self.found, self.is_away, self.sent = found, is_away, []

    def find(self, _verb, _params, *, key):  # noqa: ARG002 - as the gateway is called
        if self.is_away:
            raise StripeAway("no route to Stripe")
        return self.found

    def send(self, _verb, _params, *, key):
        self.sent.append(key)
        return Answered({"id": "cus_new"})


class TestWriting:
    def test_it_waits_from_the_moment_it_is_written(self, session, call):
        assert (call.state, call.attempts, call.settled_at) == (CallState.WRITTEN, 0, None)
        assert due_calls(session, MONDAY) == [call.id]

    def test_the_same_key_again_is_the_same_call(self, session, call):
        again = write_call(session, "customer", PARAMS, key="customer-1", subject="company:1", at=MONDAY)

        assert again is call

    def test_a_key_keeps_the_parameters_of_its_first_time(self, session, call):
        """Stripe refuses a key that comes with others."""
        write_call(session, "customer", {"name": "Other"}, key="customer-1", subject="company:1", at=MONDAY)

        assert call.params == PARAMS

    def test_the_order_of_its_parameters_does_not_change_its_print(self):
        assert calls.fingerprint({"a": 1, "b": 2}) == calls.fingerprint({"b": 2, "a": 1})

    def test_another_amount_is_another_print(self):
        assert calls.fingerprint({"amount": 100}) != calls.fingerprint({"amount": 101})

    def test_the_oldest_twenty_are_due_first(self, session):
        written = [
            write_call(session, "refund", {"amount": n}, key=f"refund-{n}", subject=f"refund:{n}", at=MONDAY).id
            for n in range(23)
        ]

        assert due_calls(session, MONDAY) == written[:20]


class TestClaiming:
    def test_from_then_on_nobody_knows_what_became_of_it(self, session, call):
        claim(session, call.id, MONDAY)

        assert (call.state, call.attempts) == (CallState.UNKNOWN, 1)

    def test_a_second_worker_does_not_get_it(self, session, call):
        claim(session, call.id, MONDAY)

        assert claim(session, call.id, MONDAY) is None
        assert due_calls(session, MONDAY) == []

    def test_a_worker_that_died_is_followed_after_its_lease_and_not_before(self, session, call):
        claim(session, call.id, MONDAY)

        assert claim(session, call.id, MONDAY + calls.LEASE - SECOND) is None
        assert claim(session, call.id, MONDAY + calls.LEASE).attempts == 2

    @pytest.mark.parametrize("outcome", [Answered({"id": "cus_1"}), Refused("email_invalid", "Not an address")])
    def test_what_is_settled_is_never_made_again(self, session, call, outcome):
        claim(session, call.id, MONDAY)
        note(call, outcome, MONDAY)

        assert claim(session, call.id, MONDAY + timedelta(days=9)) is None

    def test_a_call_that_is_not_there_is_nobodys(self, session):
        assert claim(session, 999_999, MONDAY) is None

    def test_what_is_due_later_is_not_claimed_now(self, session):
        later = MONDAY + timedelta(hours=1)
        call = write_call(session, "refund", {}, key="refund-1", subject="refund:1", at=later)

        assert claim(session, call.id, MONDAY) is None


class TestMaking:
    def test_the_first_time_it_is_sent_without_a_search(self):
        desk = Desk(is_away=True)

        assert make(desk, "customer", PARAMS, key="k", is_first=True) == Answered({"id": "cus_new"})

    def test_what_was_done_before_is_found_and_not_done_again(self):
        desk = Desk({"id": "cus_old"})

        assert make(desk, "customer", PARAMS, key="k", is_first=False) == Answered({"id": "cus_old"})
        assert desk.sent == []

    def test_what_was_not_done_before_is_sent_by_the_same_key(self):
        desk = Desk()
        make(desk, "customer", PARAMS, key="k", is_first=False)

        assert desk.sent == ["k"]

    def test_nothing_is_sent_while_nobody_can_look_whether_it_was_done(self):
        desk = Desk(is_away=True)

        assert make(desk, "customer", PARAMS, key="k", is_first=False) == NotNow("no route to Stripe")
        assert desk.sent == []


class TestNoting:
    def test_an_answer_is_kept_with_its_moment_and_wipes_the_last_error(self, call):
        note(call, NotNow("timeout"), MONDAY)
        note(call, Answered({"id": "cus_1"}), MONDAY)

        assert (call.answer, call.error, call.settled_at) == ({"id": "cus_1"}, "", MONDAY)

    def test_a_refusal_keeps_code_and_sentence(self, call):
        note(call, Refused("email_invalid", "Not an address"), MONDAY)

        assert (call.state, call.error) == (CallState.REFUSED, "email_invalid: Not an address")

    def test_a_long_refusal_is_cut(self, call):
        note(call, Refused("long", "x" * 9000), MONDAY)

        assert len(call.error) == 500

    @pytest.mark.parametrize(("attempts", "wait"), [(1, 1), (2, 5), (3, 30), (4, 120), (5, 600), (6, 3600), (60, 3600)])
    def test_each_try_waits_longer_and_there_is_no_last_one(self, call, attempts, wait):
        call.attempts = attempts
        note(call, NotNow("away"), MONDAY)

        assert call.next_try_at - MONDAY == timedelta(seconds=wait)

    def test_without_an_answer_nothing_is_settled(self, session, call):
        claim(session, call.id, MONDAY)
        note(call, NotNow("away"), MONDAY)

        assert (call.state, call.settled_at, call.answer) == (CallState.UNKNOWN, None, None)


def an_event(number=1, *, about="refund", is_live=False, **fields):
    told = {"id": f"re_{number}", "object": about} | fields
    return {"id": f"evt_{number}", "type": f"{about}.created", "livemode": is_live, "data": {"object": told}}


def kept(session, event):
    return webhooks.keep_event(session, event, json.dumps(event), MONDAY)


class TestInbox:
    def test_a_new_event_waits_with_what_it_is_about(self, session):
        event = kept(session, an_event())

        assert (event.state, event.object_id, webhooks.kind_of(event)) == (EventState.WAITING, "re_1", "refund")

    def test_the_same_event_again_is_none(self, session):
        kept(session, an_event())

        assert kept(session, an_event()) is None

    @pytest.mark.parametrize("about", ["product", "", None])
    def test_what_nobody_here_uses_is_kept_and_never_due(self, session, about):
        event = kept(session, an_event(about=about))

        assert event.state is EventState.IGNORED
        assert webhooks.due_events(session, MONDAY) == []

    def test_a_second_worker_does_not_get_an_event(self, session):
        event = kept(session, an_event())
        session.flush()

        assert webhooks.claim_event(session, event.id, MONDAY) is event
        assert webhooks.claim_event(session, event.id, MONDAY) is None

    def test_a_worker_that_died_is_followed_after_its_lease(self, session):
        event = kept(session, an_event())
        session.flush()
        webhooks.claim_event(session, event.id, MONDAY)

        assert webhooks.due_events(session, MONDAY + webhooks.LEASE) == [event.id]

    def test_an_event_that_is_not_there_is_nobodys(self, session):
        assert webhooks.claim_event(session, 999_999, MONDAY) is None

    @pytest.mark.parametrize(("attempts", "wait"), [(1, 2), (2, 30), (3, 300), (4, 3600), (500, 3600)])
    def test_an_event_waits_longer_each_time_and_for_ever(self, session, attempts, wait):
        event = kept(session, an_event())
        event.attempts = attempts
        webhooks.wait_longer(event, MONDAY)

        assert event.next_try_at - MONDAY == timedelta(seconds=wait)

    @pytest.mark.parametrize(("key_is_live", "event_is_live"), [(True, False), (False, True)])
    def test_test_money_never_pays_a_live_order_nor_the_other_way_round(self, session, act, key_is_live, event_is_live):
        event = kept(session, an_event(is_live=event_is_live))
        webhooks.apply_event(session, event, [{"object": "refund"}], is_live=key_is_live, act=act)

        assert (event.state, event.applied_at) == (EventState.REVIEW, MONDAY)

    def test_what_stripe_does_not_know_is_for_sales(self, session, act):
        event = kept(session, an_event())
        webhooks.apply_event(session, event, None, is_live=False, act=act)

        assert (event.state, event.note) == (EventState.REVIEW, "Stripe does not know what it is about")

    def test_each_event_that_is_applied_is_audited_with_what_came_of_it(self, session, act):
        event = kept(session, an_event())
        later = replace(act, at=MONDAY + timedelta(days=3))
        webhooks.apply_event(session, event, None, is_live=False, act=later)
        entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "stripe.event")).one()

        assert (entry.subject, entry.changes["state"], event.applied_at) == ("evt_1", "review", later.at)
