"""A quote on its page: what it says at each state, what can be taken from it, and how it is accepted."""

import csv
import io
import json
from decimal import Decimal

import pytest
import sqlalchemy as sa
from browsing import an_act

from portal.db import reading
from portal.models.files import StoredFile
from portal.models.orders import Order
from portal.models.people import Role
from portal.models.quotes import Quote, QuoteDocument
from portal.models.work import OutboxMail
from portal.production.lifecycle import Commercial
from portal.services.quotes import make_firm
from portal.services.shop import current_shop


@pytest.fixture
def quote(portal, anna):
    """The address of a quote that anna kept: 10 and 100 boards."""
    reference = portal.design(anna)
    form = anna.visit(f"/designs/{reference}/prices?quantities=10,100").form("/quotes")
    return anna.post(f"/designs/{reference}/quotes", form).location


def change(portal, what):
    with portal.writing() as session:
        return what(session.scalars(sa.select(Quote)).one(), session)


@pytest.fixture
def firm(portal, quote):
    """The same, made firm by sales."""
    act = an_act("sales@house.example")
    change(portal, lambda kept, session: make_firm(session, kept, act, today=act.at.date()))
    return quote


def acceptance(page, **changes):
    return page.form("/acceptance") | {"customer_po": "PO 4711"} | changes


def test_a_quote_is_in_the_list_of_its_company(anna, quote):
    page = anna.visit("/quotes")

    assert quote in page.links()
    assert "sensor-node rev C" in page.main
    assert page.main.endswith("1 quote")


def test_an_empty_list_says_how_to_get_a_quote(anna):
    assert "Drop the files of a board" in anna.visit("/quotes").main


@pytest.mark.parametrize(
    ("state", "said"),
    [
        (Commercial.BUDGET, "Nothing is binding yet"),
        (Commercial.FIRM, "binding for us until"),
        (Commercial.SENT, "binding for us until"),
        (Commercial.DECLINED, "Declined."),
        (Commercial.EXPIRED, "It was valid until"),
        (Commercial.SUPERSEDED, "A newer quote"),
    ],
)
def test_each_state_says_what_can_still_be_changed(portal, anna, quote, state, said):
    change(portal, lambda kept, _session: setattr(kept, "state", state))

    assert said in anna.visit(quote).main


def test_a_budget_cannot_be_accepted(anna, quote):
    page = anna.visit(quote)

    assert not [form for form in page.root.forms if form.action.endswith("/acceptance")]
    assert "not binding yet" in page.main


def test_the_chosen_cell_shows_its_lines(anna, quote):
    page = anna.visit(f"{quote}?cell=100-express")

    assert "for 100 boards, express" in page.main


def test_a_click_is_answered_with_the_cell_alone(anna, quote):
    answer = anna.get(f"{quote}?cell=100-express", headers={"HX-Request": "true"})

    assert "<html" not in answer.text
    assert "for 100 boards, express" in answer.text


def test_the_fingerprint_and_each_revision_with_its_reason_are_shown(portal, anna, firm):
    page = anna.visit(firm)
    sha256 = change(portal, lambda kept, _session: kept.current.sha256)

    assert sha256[:12] in page.main
    assert "reviewed by sales" in page.main
    assert "kept by the customer" in page.main


class TestStream:
    def test_it_says_that_the_pdf_is_being_made(self, anna, quote):
        [address] = anna.visit(quote).all("//*[@data-live-url]/@data-live-url")

        assert "The PDF is being made" in anna.get(address).text

    def test_a_page_of_an_older_revision_is_told_to_load_again(self, portal, anna, quote):
        [address] = anna.visit(quote).all("//*[@data-live-url]/@data-live-url")
        change(portal, lambda kept, session: make_firm(session, kept, an_act("sales"), today=an_act().at.date()))

        assert "event: done\n" in anna.get(address).text


class TestAcceptance:
    def test_a_firm_quote_becomes_an_order_of_the_chosen_cell(self, portal, anna, firm):
        page = anna.visit(f"{firm}?cell=100-express")
        order_page = anna.visit(anna.post(f"{firm}/acceptance", acceptance(page)).location)

        assert "100 × sensor-node rev C" in order_page.main
        with reading(portal.engine) as session:
            order = session.scalars(sa.select(Order)).one()
            assert (order.boards, order.cell["speed"], order.customer_po) == (100, "express", "PO 4711")

    def test_the_order_is_confirmed_by_a_letter_with_both_addresses(self, portal, anna, firm):
        anna.post(f"{firm}/acceptance", acceptance(anna.visit(firm)))
        with reading(portal.engine) as session:
            mail = session.scalars(sa.select(OutboxMail).order_by(OutboxMail.id.desc())).first()
            order = session.scalars(sa.select(Order)).one()

            assert f"http://127.0.0.1:8000/orders/{order.reference}" in mail.text
            assert f"/progress/{order.progress_token}" in mail.html

    def test_an_order_without_a_number_is_said_at_its_field(self, anna, firm):
        answer = anna.post(f"{firm}/acceptance", acceptance(anna.visit(firm), customer_po=" "))

        assert answer.status_code == 422
        assert "Please give the number of your order." in answer.text

    def test_a_quote_that_changed_meanwhile_is_not_accepted(self, anna, firm):
        answer = anna.post(f"{firm}/acceptance", acceptance(anna.visit(firm), sha256="0" * 64))

        assert answer.status_code == 409
        assert "Please read the new revision" in answer.text

    def test_a_double_click_is_one_order(self, anna, firm):
        form = acceptance(anna.visit(firm))
        first, second = (anna.post(f"{firm}/acceptance", form).location for _ in range(2))

        assert first == second

    def test_a_quote_that_has_run_out_offers_no_acceptance(self, portal, anna, firm):
        change(portal, lambda kept, _session: setattr(kept, "valid_until", kept.created_at.date().replace(year=2025)))

        assert "Order with obligation to pay" not in anna.visit(firm).main

    def test_a_requester_is_told_who_can_order(self, portal, firm):
        requester = portal.customer("anna@example.org", role=Role.REQUESTER)

        assert "can order this" in requester.visit(firm).main
        assert requester.post(f"{firm}/acceptance", {"cell": "0"}).status_code == 404

    def test_the_cell_must_be_one_of_the_quote(self, anna, firm):
        assert anna.post(f"{firm}/acceptance", acceptance(anna.visit(firm), cell="99")).status_code == 422

    def test_the_slots_of_an_order_are_held_on_the_machines(self, portal, anna, firm):
        anna.post(f"{firm}/acceptance", acceptance(anna.visit(firm)))
        with reading(portal.engine) as session:
            assert session.scalars(sa.select(Order)).one().bookings


def test_a_quote_can_be_declined_with_a_reason(anna, firm):
    anna.post(f"{firm}/refusal", {"reason": "Too late for us"})

    assert "Declined." in anna.visit(firm).main


class TestDocuments:
    def test_while_the_pdf_is_made_the_page_says_so(self, anna, quote):
        assert "The PDF is being made" in anna.visit(quote).main
        assert "reload this page" in anna.visit(f"{quote}/document.pdf", status=404).main

    def test_the_pdf_is_the_one_of_the_revision(self, portal, anna, quote):
        stored = portal.app.extensions["files"].put(b"%PDF-1.7 the quote")

        def print_it(kept, session):
            at = an_act().at
            session.add(StoredFile(sha256=stored.sha256, bytes=stored.bytes, created_at=at))
            session.flush()
            session.add(QuoteDocument(revision=kept.current, sha256=stored.sha256, created_at=at))

        change(portal, print_it)
        answer = anna.get(f"{quote}/document.pdf?revision=1")
        assert (answer.mimetype, answer.data) == ("application/pdf", b"%PDF-1.7 the quote")

    def test_a_revision_that_never_was_is_not_there(self, anna, quote):
        assert anna.get(f"{quote}/document.pdf?revision=9").status_code == 404

    def test_the_lines_as_json_add_up_to_the_total(self, anna, quote):
        cell = json.loads(anna.get(f"{quote}/cells/100-standard.json").text)

        assert sum(Decimal(line["amount"]) for line in cell["lines"]) == Decimal(cell["total"])
        assert len(cell["sha256"]) == 64

    def test_the_lines_as_csv_can_be_computed_again(self, anna, quote):
        rows = list(csv.DictReader(io.StringIO(anna.get(f"{quote}/cells/100-standard.csv").text)))

        for row in rows[:-1]:
            assert abs(Decimal(row["quantity"]) * Decimal(row["rate"]) - Decimal(row["amount"])) <= Decimal("0.005")
        assert rows[-1]["group"] == "total"

    def test_a_cell_that_is_not_quoted_is_not_there(self, anna, quote):
        assert anna.get(f"{quote}/cells/77-standard.csv").status_code == 404


def test_the_company_in_the_frame_is_the_shops(portal, anna):
    with reading(portal.engine) as session:
        assert current_shop(session).company.name in anna.visit("/quotes").text


class TestReasons:
    def test_the_page_shows_what_changes_and_what_would_have_cost_less_as_frozen(self, portal, anna):
        kept = anna.post(f"/designs/{portal.design(anna)}/quotes", {"quantities": "10, 100"}).headers["Location"]
        page = anna.visit(f"{kept}?cell=100-standard")

        assert "What changes with the quantity" in page.main
        assert "What would have cost less" in page.main
        assert "For 100 boards:" in page.main

    def test_nothing_is_chosen_from_a_frozen_advice(self, portal, anna):
        kept = anna.post(f"/designs/{portal.design(anna)}/quotes", {"quantities": "10, 100"}).headers["Location"]
        page = anna.visit(kept)

        assert page.all("//ul[@class='advice advice--frozen']/li")
        assert not page.all("//ul[@class='advice advice--frozen']//a")
