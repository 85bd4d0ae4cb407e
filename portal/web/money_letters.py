"""Letters about money: an invoice, a reminder of it, and what was decided about terms."""

from sqlalchemy.orm import object_session

from portal.models.invoices import Invoice
from portal.models.tax import CompanyTerms
from portal.services.invoices import facts_of_invoice
from portal.services.outbox import Words
from portal.services.reminding import Reminded
from portal.services.shop import current_shop
from portal.web.letters import render_words


def invoice_letter(invoice: Invoice, *, base_url: str) -> Words:
    """An invoice or a credit note: its figures, and where it can be paid and read."""
    return render_words(
        "invoice",
        company=current_shop(object_session(invoice)).company,
        invoice=invoice,
        facts=facts_of_invoice(invoice),
        address=_payment(base_url, invoice),
    )


def reminder_letter(said: Reminded, *, base_url: str) -> Words:
    return render_words(
        "reminder",
        company=current_shop(object_session(said.invoice)).company,
        said=said,
        address=_payment(base_url, said.invoice),
    )


def terms_letter(terms: CompanyTerms, *, base_url: str) -> Words:
    shop = current_shop(object_session(terms))
    address = f"{base_url.rstrip('/')}/company/billing"
    return render_words("terms", company=shop.company, terms=terms, currency=shop.currency, address=address)


def _payment(base_url: str, invoice: Invoice) -> str:
    return f"{base_url.rstrip('/')}/orders/{invoice.order.reference}/payment"
