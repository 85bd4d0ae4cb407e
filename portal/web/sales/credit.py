"""Companies on terms, open invoices by their age, and our ledger beside Stripe's."""

from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from flask import current_app, flash, g, redirect, render_template, request, url_for

from portal.errors import NotYours
from portal.models.payments import EventState, Reconciliation, StripeEvent
from portal.models.people import Company
from portal.models.tax import CompanyTerms
from portal.production.terms import days_late
from portal.services.credit import approve_terms, credit_of, end_terms
from portal.services.outbox import Words
from portal.services.reminding import ageing_of, open_invoices
from portal.services.shop import current_shop
from portal.web.access import SALES, act, requires
from portal.web.forms.money import ApprovalForm, ReasonForm
from portal.web.money_letters import terms_letter
from portal.web.offers import shop_clock
from portal.web.sales.panel import bp

NEWEST = 10


class CreditPage:
    """All terms with a form each; `sent` names the company and the form that came with this request."""

    def __init__(self, company: int = 0, sent: str = "") -> None:
        query = sa.select(CompanyTerms).join(Company).order_by(CompanyTerms.state, Company.name)
        self.terms = list(g.session.scalars(query))
        self.days = int(current_shop(g.session).company.payment.due_days.value)
        self.forms = {one.company_id: self._forms(one, sent if one.company_id == company else "") for one in self.terms}

    def _forms(self, terms: CompanyTerms, sent: str) -> dict[str, Any]:
        offered = {"limit": str(terms.credit_limit or terms.wanted_limit), "days": str(terms.days or self.days)}
        kinds = {"approve": ApprovalForm, "end": ReasonForm}
        return {
            name: kind(
                prefix=f"{name}-{terms.company_id}", formdata=request.form if name == sent else None, data=offered
            )
            for name, kind in kinds.items()
        }

    def of(self, company: int) -> CompanyTerms:
        found = next((one for one in self.terms if one.company_id == company), None)
        if found is None:
            raise NotYours("company")
        return found

    def shown(self, said: str = "") -> str:
        shop, today = current_shop(g.session), shop_clock().date()
        return render_template(
            "sales/credit/index.html",
            page=self,
            said=said,
            currency=shop.currency,
            credits={one.company_id: credit_of(g.session, one.company) for one in self.terms},
            buckets=ageing_of(g.session, shop, today),
            invoices=[(invoice, found, days_late(found, today)) for invoice, found in open_invoices(g.session)],
        )


def worded(terms: CompanyTerms) -> Words:
    return terms_letter(terms, base_url=current_app.extensions["settings"].base_url)


@bp.get("/credit")
@requires(SALES)
def credit() -> str:
    return CreditPage().shown()


@bp.post("/credit/<int:company>/approval")
@requires(SALES)
def approve_credit(company: int) -> Any:
    page = g.page = CreditPage(company, "approve")
    terms = page.of(company)
    form = page.forms[company]["approve"]
    if not form.validate():
        return page.shown(), 422
    limit, days = Decimal(form.limit.data), int(form.days.data)
    approve_terms(g.session, terms, limit=limit, days=days, letter=worded, act=act(form.reason.data))
    flash(f"{terms.company.name} may pay {days} days after the invoice, up to {limit}.", "done")
    return redirect(url_for("sales.credit"))


@bp.post("/credit/<int:company>/end")
@requires(SALES)
def end_credit(company: int) -> Any:
    page = g.page = CreditPage(company, "end")
    terms = page.of(company)
    form = page.forms[company]["end"]
    if not form.validate():
        return page.shown(), 422
    end_terms(g.session, terms, letter=worded, act=act(form.reason.data))
    flash(f"{terms.company.name} pays before shipping from now on.", "done")
    return redirect(url_for("sales.credit"))


@bp.get("/reconciliation")
@requires(SALES)
def reconciliation() -> str:
    """The newest reports, and events of Stripe's that somebody must look at."""
    reports = g.session.scalars(sa.select(Reconciliation).order_by(Reconciliation.id.desc()).limit(NEWEST)).all()
    review = sa.select(StripeEvent).where(StripeEvent.state == EventState.REVIEW).order_by(StripeEvent.id.desc())
    return render_template(
        "sales/reconciliation/index.html",
        reports=reports,
        events=g.session.scalars(review.limit(50)).all(),
    )
