"""Every paper says what the pages, the letters and the API say: its figures are taken there, and looked for in it."""

import re
import subprocess
from datetime import date
from decimal import Decimal

import pytest
import sqlalchemy as sa
from browsing import HERE, an_act
from paying import BILLING
from staff_work import placed_order
from weasyprint import HTML

from portal.db import reading
from portal.models.orders import Order
from portal.models.people import Role
from portal.models.work import OutboxMail
from portal.production.floor import FloorKind
from portal.services.floor import Report, record_floor
from portal.services.invoices import Issuer, issue_credit_note, issue_invoice
from portal.services.orders import record_payment
from portal.services.papers import PaperKind, Wanted
from portal.services.shop import current_shop
from portal.services.tax import save_billing
from portal.web.documents import revision_html
from portal.web.letters import quote_letter
from portal.web.money_letters import invoice_letter
from portal.web.papers import manuscript

MONEY = re.compile(r"−?\d[\d,]*\.\d\d €")
OF_A_LOT = ("traveller", "packing-list", "certificate")
SCRAPPED = 1


class Told:
    """What is said of one order: on each page, in each letter, by the API and on each paper."""

    def __init__(self, portal, anna):
        self.portal, self.anna = portal, anna
        self.reference = placed_order(portal, anna)
        with portal.writing() as session:
            self.order = order = session.scalars(sa.select(Order).where(Order.reference == self.reference)).one()
            self.lot = order.lots[0].reference
            save_billing(session, order.company, BILLING, an_act())
            self.bill(session, order)
            record_payment(session, order, amount=order.gross, bank_reference="B-1", act=an_act("sue@house.example"))
            for hold in order.open_holds:
                hold.close(an_act().at)
            self.build(session, order.lots[0])
            self.write(session, order)
        self.look()

    def bill(self, session, order):
        issuer, act = Issuer(current_shop(session), date(2026, 11, 23)), an_act("sue@house.example", "a late delivery")
        self.invoice = issue_invoice(session, order, issuer=issuer, act=act)
        self.credit = issue_credit_note(session, self.invoice, net=Decimal("12.34"), issuer=issuer, act=act)

    def build(self, session, lot):
        """One board is lost at the first operation."""
        for number in range(len(lot.operations)):
            lost = SCRAPPED if number == 0 else 0
            reports = (("started", 0, 0), ("finished", lot.boards - SCRAPPED, lost))
            for kind, good, scrapped in reports:
                report = Report(f"{number}-{kind}", number, FloorKind(kind), good, scrapped=scrapped)
                record_floor(session, lot, report, an_act("floor"))

    def write(self, session, order):
        """The letters and the papers, as the worker writes and prints them."""
        confirmation = session.scalars(sa.select(OutboxMail).where(OutboxMail.key.endswith(":confirm"))).one()
        self.letters = {
            "quote": quote_letter(order.revision, base_url=HERE).text,
            "confirmation": confirmation.text,
            "invoice": invoice_letter(self.invoice, base_url=HERE).text,
            "credit-note": invoice_letter(self.credit, base_url=HERE).text,
        }
        shop, files = current_shop(session), self.portal.app.extensions["files"]
        wanted = {kind.value: Wanted(kind, order.reference, order.id) for kind in PaperKind}
        wanted |= {kind: Wanted(PaperKind(kind), self.lot, order.id) for kind in OF_A_LOT}
        wanted["invoice"] = Wanted(PaperKind.INVOICE, self.invoice.number, order.id)
        wanted["credit-note"] = Wanted(PaperKind.INVOICE, self.credit.number, order.id)
        htmls = {kind: manuscript(session, one, shop, base_url=HERE).html for kind, one in wanted.items()}
        htmls["quote"] = revision_html(order.revision, files, shop, base_url=HERE)
        self.papers = {kind: printed(html) for kind, html in htmls.items()}

    def look(self):
        with reading(self.portal.engine) as session:
            quote = session.scalars(sa.select(Order)).one().quote.reference
        self.api = self.anna.get(f"/api/v1/orders/{self.reference}").json
        self.quoted = self.anna.get(f"/api/v1/quotes/{quote}").json
        self.pages = {
            "quote": self.anna.visit(f"/quotes/{quote}").main,
            "order": self.anna.visit(f"/orders/{self.reference}").main,
            "payment": self.anna.visit(f"/orders/{self.reference}/payment").main,
            "lot": self.portal.staff(Role.FLOOR).visit(f"/floor/lots/{self.lot}").main,
        }

    def text(self, place):
        """Of a paper by its kind, of "… page" or "… letter"."""
        name, _, where = place.partition(" ")
        return plain({"": self.papers, "page": self.pages, "letter": self.letters}[where][name])


def printed(html):
    """As the child of the printer does it, without its start, which takes longer than eight papers."""
    pdf = HTML(string=html).write_pdf(pdf_tags=True, pdf_variant="pdf/ua-1")
    said = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout
    return plain(said.decode())


def plain(text):
    return " ".join(text.replace("\u00a0", " ").split())


def euros(amount):
    return f"{Decimal(amount):,.2f} €"


def amounts(text):
    return MONEY.findall(plain(text))


def counted(it):
    """What the API says of each operation, as the certificate prints it."""
    stages, lost = it.api["stages"], 0
    for stage in stages:
        yield f"{stage['label']} {stage['done']} {stage['failed']} {stage['scrapped'] - lost} "
        lost = stage["scrapped"]


def boxed(it):
    """What the API says of the last operation, as the packing list prints it."""
    last = it.api["stages"][-1]
    yield f"{it.quoted['reference']} {last['done']} "
    yield f"not in the box {last['scrapped']} Ordered in all lots {it.api['boards']} "


# What each paper must say, as another place says it; and which pages and letters say the same.
SAID = {
    "quote": (lambda it: [euros(cell["total"]) for cell in it.quoted["cells"]], ["quote page", "quote letter"]),
    "confirmation": (lambda it: [euros(it.api["total"])], ["order page", "confirmation letter"]),
    "pro-forma": (lambda it: amounts(it.papers["invoice"]), []),
    "invoice": (lambda it: amounts(it.letters["invoice"]), ["payment page"]),
    "credit-note": (lambda it: amounts(it.letters["credit-note"]), ["payment page", "order page"]),
    "traveller": (lambda it: [it.lot, *(stage["label"] for stage in it.api["stages"])], ["lot page"]),
    "packing-list": (lambda it: list(boxed(it)), []),
    "certificate": (lambda it: [it.lot, *counted(it)], []),
}


@pytest.fixture
def told(portal, anna):
    return Told(portal, anna)


def wanting(told):
    """The figures that some place does not say: "paper or place: figure"."""
    for kind, (figures, places) in SAID.items():
        for place in (kind, *places):
            yield from (f"{place}: {figure}" for figure in figures(told) if figure not in told.text(place))


def test_every_paper_says_what_the_pages_the_letters_and_the_api_say(told):
    assert sorted(SAID) == sorted({*(kind.value for kind in PaperKind), "quote", "credit-note"})
    assert [kind for kind, (figures, _) in SAID.items() if not figures(told)] == []
    assert list(wanting(told)) == []
    told.papers["certificate"] = told.papers["certificate"].replace("Kitting 9", "Kitting 10")
    assert list(wanting(told)) == ["certificate: Kitting 9 0 1 "]
