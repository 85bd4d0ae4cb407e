"""The documents of an order on paper: printed by the worker without being asked, the same figures as the pages."""

import io
import subprocess
from datetime import date

import lxml.html
import pypdf
import pytest
import sqlalchemy as sa
from browsing import an_act
from staff_work import placed_order

from portal import jobs
from portal.db import reading
from portal.gateways.pdf import LimitedPrinter, MemoryPrinter
from portal.models.orders import Order
from portal.models.papers import Paper
from portal.models.people import Role
from portal.models.work import Job, OutboxMail
from portal.printing import ask_for_papers
from portal.production.floor import FloorKind
from portal.services.floor import Report, record_floor
from portal.services.invoices import Issuer, issue_invoice
from portal.services.papers import PaperKind, wanted_papers
from portal.services.shop import current_shop
from portal.services.tax import Billing, save_billing
from portal.web.papers import manuscript

BASE_URL = "http://127.0.0.1:8000"


def workshop(portal, printer):
    """The worker, as far as it prints."""
    files = portal.app.extensions["files"]
    return jobs.Workshop(portal.engine, files, None, printer, None, "house@house.example", BASE_URL)


BILLING = Billing(
    name="Müller Sensorik GmbH",
    street=("Am Bach 2",),
    postal_code="20095",
    city="Hamburg",
    country="DE",
    email="accounts@mueller.example",
    is_business=True,
    vat_id="",
)


@pytest.fixture
def order(portal, anna):
    return placed_order(portal, anna)


def invoiced(portal, reference):
    with portal.writing() as session:
        order = session.scalars(sa.select(Order).where(Order.reference == reference)).one()
        save_billing(session, order.company, BILLING, an_act())
        issuer = Issuer(current_shop(session), date(2026, 11, 23))
        return issue_invoice(session, order, issuer=issuer, act=an_act("sales@house.example")).number


def printed(portal, printer=None):
    """All that the worker asks for and prints; of other jobs the queue is emptied before."""
    shop = workshop(portal, printer or MemoryPrinter())
    with portal.writing() as session:
        session.execute(sa.delete(Job).where(Job.kind != "paper"))
    while ask_for_papers(shop):
        while jobs.run_one(shop):
            pass
    return shop.printer


def kinds(portal):
    with reading(portal.engine) as session:
        return sorted(session.scalars(sa.select(Paper.kind)))


def test_an_order_is_confirmed_on_paper_and_its_lots_have_their_travellers(portal, order):
    printed(portal)

    assert kinds(portal) == ["confirmation", "traveller"]


def test_a_paper_is_printed_once(portal, order):
    printed(portal)

    assert printed(portal).printed == []


def test_a_paper_that_was_printed_cannot_be_changed(portal, order):
    printed(portal)
    with pytest.raises(sa.exc.DatabaseError, match="append-only"), portal.writing() as session:
        session.execute(sa.update(Paper).values(sha256="0" * 64))


def test_the_customer_finds_the_documents_on_the_page_of_the_order(portal, anna, order):
    printed(portal)
    page = anna.visit(f"/orders/{order}")
    [link] = [link for link in page.links() if "/papers/" in link]

    assert "Order confirmation" in page.main
    assert anna.get(link).mimetype == "application/pdf"


def test_the_traveller_is_for_the_floor_alone(portal, anna, order):
    printed(portal)
    path = f"/orders/{order}/papers/traveller/{order}-1.pdf"

    assert anna.get(path).status_code == 404
    assert portal.staff(Role.FLOOR).get(path).status_code == 200


def test_nobody_else_opens_a_document(portal, order):
    printed(portal)
    eve = portal.customer("eve@example.net")

    assert eve.get(f"/orders/{order}/papers/confirmation/{order}.pdf").status_code == 404


def test_an_invoice_is_printed_and_sent_to_whom_it_is_addressed(portal, order):
    number = invoiced(portal, order)
    printed(portal)

    with reading(portal.engine) as session:
        mail = session.scalars(sa.select(OutboxMail).where(OutboxMail.key == f"invoice:{number}")).one()
    assert (mail.recipient, mail.attachments[0]["name"]) == ("accounts@mueller.example", f"{number}.pdf")


def test_what_is_due_is_printed_before_there_is_an_invoice(portal, order):
    invoiced(portal, order)
    printed(portal)

    assert {"pro-forma", "invoice"} <= set(kinds(portal))


def test_a_lot_that_is_done_gets_its_packing_list_and_its_certificate(portal, order):
    with portal.writing() as session:
        found = session.scalars(sa.select(Order).where(Order.reference == order)).one()
        for hold in found.open_holds:
            hold.state = "closed"
            hold.closed_at = an_act().at
        build(session, found.lots[0])
    printed(portal)

    assert {"packing-list", "certificate"} <= set(kinds(portal))


def build(session, lot):
    for number in range(len(lot.operations)):
        for kind, good in (("started", 0), ("finished", lot.boards)):
            key = f"{lot.reference}-{number}-{kind}"
            record_floor(session, lot, Report(key, number, FloorKind(kind), good), an_act("floor"))


def test_a_paper_that_cannot_be_printed_keeps_no_other_waiting(portal, order):
    printed(portal, Sulking())

    assert kinds(portal) == ["traveller"]


def test_a_paper_that_cannot_be_printed_is_tried_again_later(portal, order):
    printed(portal, Sulking())
    with portal.writing() as session:
        session.scalars(sa.select(Job).where(Job.state == "waiting")).one().run_after = an_act().at
    while jobs.run_one(workshop(portal, MemoryPrinter())):
        pass

    assert kinds(portal) == ["confirmation", "traveller"]


def test_staff_see_which_paper_could_not_be_printed(portal, order):
    printed(portal, Sulking())
    with reading(portal.engine) as session:
        job = session.scalars(sa.select(Job).where(Job.state == "waiting")).one()

    assert (job.key, "no paper" in job.error) == (f"paper:confirmation:{order}", True)


class Sulking(MemoryPrinter):
    def print(self, html, *, xml=None):
        from portal.gateways.pdf import PrinterFailed

        if "Order confirmation" in html:
            raise PrinterFailed("no paper")
        return super().print(html, xml=xml)


def text_of(pdf):
    return subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True
    ).stdout.decode()


def written(portal, kind):
    """One kind of paper as it goes to the printer."""
    with reading(portal.engine) as session:
        wanted = next(paper for paper in wanted_papers(session) if paper.kind is kind)
        return manuscript(session, wanted, current_shop(session), base_url=BASE_URL)


def real(portal, kind):
    """The same as it comes out of the real printer."""
    text = written(portal, kind)
    return LimitedPrinter().print(text.html, xml=text.xml)


def test_the_invoice_on_paper_says_what_the_machine_reads(portal, order):
    number = invoiced(portal, order)
    pdf = real(portal, PaperKind.INVOICE)
    attached = pypdf.PdfReader(io.BytesIO(pdf)).attachments["factur-x.xml"][0].decode()
    with reading(portal.engine) as session:
        gross = session.scalars(sa.select(Order)).one().gross

    assert f"<ram:GrandTotalAmount>{gross}</ram:GrandTotalAmount>" in attached
    assert f"{gross:,}" in text_of(pdf)
    assert number in text_of(pdf)


def test_the_invoice_is_a_file_for_archives(portal, order):
    invoiced(portal, order)
    reader = pypdf.PdfReader(io.BytesIO(real(portal, PaperKind.INVOICE)))
    xmp = reader.root_object["/Metadata"].get_object().get_data().decode()

    assert "<pdfaid:part>3</pdfaid:part>" in xmp
    assert "EN 16931" in xmp
    assert "/OutputIntents" in reader.root_object


def test_the_invoice_names_the_country_what_one_line_costs_and_whom_to_ask_for_the_account(portal, order):
    invoiced(portal, order)
    page = lxml.html.fromstring(written(portal, PaperKind.INVOICE).html)
    said = " ".join(page.body.text_content().split())
    with reading(portal.engine) as session:
        total = session.scalars(sa.select(Order)).one().total

    wanted = ("20095 Hamburg", "Germany", f"{total:,} € for 10", "our bank account: quotes@example.org.")
    assert [words for words in wanted if words not in said] == []
