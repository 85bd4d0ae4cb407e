"""The gateway against a Stripe of our own over HTTP: what is answered, refused, and not known."""

import json
import threading
import time

import pytest
from stripe_server import FAULTS, FakeStripe, signed
from test_stripe_requests import ADDRESS, ASKED

from portal.gateways import stripe_requests as requests
from portal.gateways.stripe import Answered, NotFromStripe, NotNow, Refused, StripeAway, StripeGateway, verified

CUSTOMER = requests.customer_request(key="c-1", company=7, name="Volta", email="a@volta.example", address=ADDRESS)
EVENT = {"id": "evt_1", "type": "refund.created", "livemode": False, "data": {"object": {"id": "re_1"}}}


@pytest.fixture
def fake():
    with FakeStripe(hang_s=0.5).running() as fake:
        yield fake


@pytest.fixture
def stripe(fake):
    return StripeGateway("sk_test_of_nobody", base=fake.base, timeout_s=20)


@pytest.fixture
def hurried(fake):
    """Whose patience is shorter than a server hangs."""
    return StripeGateway("sk_test_of_nobody", base=fake.base, timeout_s=0.3)


def page_of(stripe, key="p-1", **changed):
    asked = ASKED if key == ASKED.key else type(ASKED)(key, ASKED.attempt, ASKED.order, 11900, "EUR", ASKED.label)
    customer = stripe.send("customer", CUSTOMER, key="c-1").object["id"]
    back = {"customer": customer, "back": "https://shop.example/back", "closes_at": int(time.time()) + 3600}
    return requests.page_request(asked, **(back | changed))


def paid(stripe, fake):
    """A page that its customer has paid, and the intent by which."""
    page = stripe.send("page", page_of(stripe), key="p-1").object
    fake.world.pay(page["id"])
    return stripe.fetch("checkout.session", page["id"])


def test_a_page_has_an_address_and_our_amount(stripe):
    page = stripe.send("page", page_of(stripe), key="p-1").object
    assert (page["amount_total"], page["currency"], page["status"]) == (11900, "eur", "open")
    assert page["url"].startswith("http")


def test_the_same_key_is_the_same_page(stripe, fake):
    request = page_of(stripe)
    first, again = (stripe.send("page", request, key="p-1") for _ in range(2))
    assert first == again
    assert len(fake.world.of("checkout.session")) == 1


def test_the_same_key_for_something_else_is_refused(stripe):
    stripe.send("page", page_of(stripe), key="p-1")
    assert isinstance(stripe.send("page", page_of(stripe, back="https://other.example"), key="p-1"), Refused)


@pytest.mark.parametrize("wrong", [{"mode": "pay"}, {"payment_method_types": ["card"]}, {"customer": "cus_nobody"}])
def test_a_wrong_request_is_refused_for_good(stripe, wrong):
    assert isinstance(stripe.send("page", page_of(stripe) | wrong, key="p-1"), Refused)


@pytest.mark.parametrize("fault", FAULTS)
def test_whatever_befalls_a_call_its_outcome_is_not_known(stripe, hurried, fake, fault):
    request = page_of(stripe)
    fake.faults = [fault]
    assert isinstance(hurried.send("page", request, key="p-1"), NotNow)


@pytest.mark.parametrize("fault", FAULTS)
def test_asked_again_by_the_same_key_or_looked_up_it_is_there_once(stripe, hurried, fake, fault):
    request = page_of(stripe)
    fake.faults = [fault]
    hurried.send("page", request, key="p-1")
    time.sleep(0.3 if fault.startswith("timeout") else 0)
    again = stripe.send("page", request, key="p-1")
    found = stripe.find("page", request, key="p-1")
    assert [page["id"] for page in fake.world.of("checkout.session")] == [found["id"]]
    assert isinstance(again, Answered) or fault == "500-after"  # Stripe gives a kept 500 again


def test_the_library_itself_asks_only_once(stripe, fake):
    request = page_of(stripe)
    fake.faults, fake.calls = ["500-before"], []
    stripe.send("page", request, key="p-1")
    assert fake.calls == [("POST", "/v1/checkout/sessions", "p-1")]


def test_a_refund_is_of_a_part_and_never_of_more(stripe, fake):
    intent = paid(stripe, fake)["payment_intent"]
    part = requests.refund_request(ASKED, payment_intent=intent, refund="R-1") | {"amount": 10000}
    assert stripe.send("refund", part, key="r-1").object["status"] == "succeeded"
    assert stripe.send("refund", part, key="r-2").code == "charge_already_refunded"


def test_an_invoice_is_made_in_three_steps_and_has_an_address(stripe):
    customer = stripe.send("customer", CUSTOMER, key="c-1").object["id"]
    made = requests.invoice_request(ASKED, customer=customer, days=30, footer="Thank you")
    invoice = stripe.send("invoice", made, key="i-1").object["id"]
    stripe.send("invoice-item", requests.invoice_item_request(ASKED, customer=customer, invoice=invoice), key="i-2")
    done = stripe.send("finish-invoice", {"invoice": invoice}, key="i-3").object
    assert (done["status"], done["amount_due"]) == ("open", 11900)
    assert done["hosted_invoice_url"]


def test_a_page_can_be_closed_while_nobody_has_paid(stripe, fake):
    page = stripe.send("page", page_of(stripe), key="p-1").object["id"]
    assert stripe.send("close-page", {"session": page}, key="x-1").object["status"] == "expired"
    assert isinstance(stripe.send("close-page", {"session": page}, key="x-2"), Refused)


def test_an_object_is_fetched_as_it_is_now(stripe, fake):
    assert paid(stripe, fake)["payment_status"] == "paid"


def test_what_stripe_does_not_know_is_none(stripe):
    assert stripe.fetch("refund", "re_nobody") is None
    assert stripe.find("refund", {"payment_intent": "pi_nobody"}, key="r-1") is None
    assert stripe.find("finish-invoice", {"invoice": "in_1"}, key="i-1") is None


def test_a_page_that_was_closed_without_our_hearing_of_it_is_found_closed(stripe, fake):
    page = stripe.send("page", page_of(stripe), key="p-1").object["id"]
    fake.faults = ["500-after"]
    assert stripe.find("close-page", {"session": page}, key="x-1") is None
    stripe.send("close-page", {"session": page}, key="x-1")
    assert stripe.find("close-page", {"session": page}, key="x-1")["status"] == "expired"


def test_everything_since_a_moment_is_listed(stripe, fake):
    page = paid(stripe, fake)
    began = int(time.time()) - 60
    assert [one["id"] for one in stripe.since("payment_intent", began)] == [page["payment_intent"]]
    assert list(stripe.since("payment_intent", began + 3600)) == []


def test_without_stripe_a_question_has_no_answer():
    nobody = StripeGateway("sk_test_of_nobody", base="http://127.0.0.1:9")
    for ask in (
        lambda: nobody.fetch("refund", "re_1"),
        lambda: nobody.find("page", {"customer": "cus_1"}, key="p"),
        lambda: list(nobody.since("refund", 0)),
    ):
        with pytest.raises(StripeAway):
            ask()


def test_two_at_once_by_one_key_make_one_refund(stripe, fake):
    intent = paid(stripe, fake)["payment_intent"]
    request = requests.refund_request(ASKED, payment_intent=intent, refund="R-1")
    threads = [threading.Thread(target=stripe.send, args=("refund", request), kwargs={"key": "r-1"}) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(fake.world.of("refund")) == 1


def test_the_key_says_whether_money_is_real():
    assert [StripeGateway(key).is_live for key in ("sk_test_x", "sk_live_x", "rk_live_x")] == [False, True, True]


def test_a_signed_event_is_taken_by_the_old_secret_and_the_new_one():
    for secret in ("whsec_old", "whsec_new"):
        body, signature = signed(EVENT, secret)
        assert verified(body, signature, ["whsec_new", "whsec_old"])["id"] == "evt_1"


def forged(how):
    body, signature = signed(EVENT, "whsec_new")
    old, _ = signed(EVENT, "whsec_new", at=int(time.time()) - 400), None
    return {
        "another secret": signed(EVENT, "whsec_other"),
        "an altered body": (body.replace(b"re_1", b"re_2"), signature),
        "the same in another order": (json.dumps(dict(reversed(EVENT.items()))).encode(), signature),
        "no header": (body, ""),
        "another scheme": signed(EVENT, "whsec_new", scheme="v0"),
        "an old signature": old,
        "an empty body": (b"", signature),
        "no UTF-8": (b"\xff\xfe", signature),
        "a signed list": signed([EVENT], "whsec_new"),
        "a signed nothing": signed({}, "whsec_new"),
        "a signed number for an id": signed(EVENT | {"id": 5}, "whsec_new"),
        "a signed word for a flag": signed(EVENT | {"livemode": "no"}, "whsec_new"),
    }[how]


@pytest.mark.parametrize(
    "how",
    [
        "another secret",
        "an altered body",
        "the same in another order",
        "no header",
        "another scheme",
        "an old signature",
        "an empty body",
        "no UTF-8",
        "a signed list",
        "a signed nothing",
        "a signed number for an id",
        "a signed word for a flag",
    ],
)
def test_what_stripe_did_not_sign_or_is_no_event_is_refused(how):
    body, signature = forged(how)
    with pytest.raises(NotFromStripe):
        verified(body, signature, ["whsec_new"])


def test_without_a_secret_nothing_is_from_stripe():
    with pytest.raises(NotFromStripe):
        verified(*signed(EVENT, ""), [])
