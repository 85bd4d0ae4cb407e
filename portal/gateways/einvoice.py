"""An invoice as a machine reads it: UN/CEFACT Cross Industry Invoice with the rules of EN 16931 (Factur-X, ZUGFeRD).

The XML says what the paper says, because both are made of the same facts. BT numbers are the norm's business terms.
"""

from datetime import date
from decimal import Decimal

from drafthorse.models.accounting import ApplicableTradeTax
from drafthorse.models.document import Document
from drafthorse.models.note import IncludedNote
from drafthorse.models.party import TaxRegistration, TradeParty
from drafthorse.models.payment import PaymentMeans, PaymentTerms
from drafthorse.models.tradelines import LineItem

from portal.production.invoice import InvoiceFacts, InvoiceLine, Party, TaxPart

EN_16931 = "urn:cen.eu:en16931:2017"
SCHEMA = "FACTUR-X_EN16931"
TRANSFER, NOT_SAID = "58", "1"  # UNTDID 4461: SEPA credit transfer, instrument not defined


def invoice_xml(facts: InvoiceFacts) -> bytes:
    """Checked against the schema while it is written; an error is our bug."""
    document = Document()
    document.context.guideline_parameter.id = EN_16931
    document.header.id, document.header.type_code = facts.number, facts.kind.code
    document.header.issue_date_time = facts.issued_on
    for text in filter(None, (facts.reason, *facts.notes)):
        document.header.notes.add(IncludedNote(content=text))
    _parties(document, facts)
    for line in facts.lines:
        document.trade.items.add(_line(line))
    _settlement(document, facts)
    written: bytes = document.serialize(schema=SCHEMA)
    return written


def _parties(document: Document, facts: InvoiceFacts) -> None:
    agreement, delivery = document.trade.agreement, document.trade.delivery
    _party(agreement.seller, facts.seller)
    _party(agreement.buyer, facts.buyer)
    agreement.seller_order.issuer_assigned_id = facts.order_reference  # BT-14
    if facts.customer_po:
        agreement.buyer_order.issuer_assigned_id = facts.customer_po  # BT-13
    if facts.ship_to:
        _party(delivery.ship_to, facts.ship_to)
    delivery.event.occurrence = facts.supplied_on or facts.issued_on  # BT-72; an invoice ahead of it has its own day


def _party(there: TradeParty, party: Party) -> None:
    there.name = party.name
    place = party.address
    lines = [*place.street, "", "", ""][:3]
    there.address.line_one, there.address.line_two, there.address.line_three = (line or None for line in lines)
    there.address.postcode, there.address.city_name = place.postal_code or None, place.city or None
    there.address.country_id = place.country
    if party.email:
        there.electronic_address.uri_ID = ("EM", party.email)
    for scheme, number in (("VA", party.vat_id), ("FC", party.tax_number)):
        if number:
            there.tax_registrations.add(TaxRegistration(id=(scheme, number)))


def _line(line: InvoiceLine) -> LineItem:
    item = LineItem()
    item.document.line_id = str(line.number)
    item.product.name = line.label
    item.product.description = line.detail or None
    item.agreement.net.amount = line.unit_price
    item.agreement.net.basis_quantity = (line.per, line.unit)
    item.delivery.billed_quantity = (line.quantity, line.unit)
    tax = item.settlement.trade_tax
    tax.type_code, tax.category_code, tax.rate_applicable_percent = "VAT", line.tax_category, _percent(line.tax_rate)
    item.settlement.monetary_summation.total_amount = line.amount
    return item


def _settlement(document: Document, facts: InvoiceFacts) -> None:
    settlement = document.trade.settlement
    settlement.currency_code = facts.currency
    settlement.payment_reference = facts.number
    settlement.payment_means.add(_means(facts))
    for part in facts.taxes:
        settlement.trade_tax.add(_tax(part))
    settlement.terms.add(_terms(facts.terms, facts.due_on))
    sums = settlement.monetary_summation
    sums.line_total, sums.due_amount = facts.net, facts.to_pay
    sums.tax_basis_total, sums.tax_total = facts.net, (facts.tax, facts.currency)
    sums.grand_total, sums.prepaid_total = facts.gross, facts.prepaid
    if facts.corrects:
        settlement.invoice_referenced_document.issuer_assigned_id = facts.corrects  # BT-25


def _means(facts: InvoiceFacts) -> PaymentMeans:
    means = PaymentMeans(type_code=TRANSFER if facts.bank.iban else NOT_SAID)
    if facts.bank.iban:
        means.payee_account.iban = facts.bank.iban.replace(" ", "")
        means.payee_account.account_name = facts.bank.holder or None
        if facts.bank.bic:
            means.payee_institution.bic = facts.bank.bic
    return means


def _tax(part: TaxPart) -> ApplicableTradeTax:
    tax = ApplicableTradeTax()
    tax.calculated_amount, tax.basis_amount = part.tax, part.net
    tax.type_code, tax.category_code, tax.rate_applicable_percent = "VAT", part.category, _percent(part.rate)
    tax.exemption_reason, tax.exemption_reason_code = part.reason or None, part.reason_code or None
    return tax


def _terms(words: str, due_on: date | None) -> PaymentTerms:
    terms = PaymentTerms(description=words or None)
    if due_on:
        terms.due = due_on
    return terms


def _percent(rate: Decimal) -> Decimal:
    return (rate * 100).quantize(Decimal("0.01"))
