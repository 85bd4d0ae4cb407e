"""The call-off plan: rows of boards and days in, prices, dates and what is at stake out. Kept as a quote like any."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for

from portal.errors import BadInput
from portal.models.quotes import Quote
from portal.services.call_off_plans import MOST_RELEASES, CallOffPlan, call_off_plan
from portal.services.quotes import Offered, content, keep_as_quote
from portal.services.releases import Frozen, frozen_releases, releases_value
from portal.services.shop import current_shop
from portal.web.access import act, open_to_everybody
from portal.web.exposure_chart import ExposureChart, exposure_chart
from portal.web.forms.call_off_plans import Rows
from portal.web.offers import shop_clock, shop_for
from portal.web.prices import Choosing, can_keep, choosing_for

bp = Blueprint("call_off_plans", __name__)


@dataclass(frozen=True)
class PlanPage:
    """The editor with its answer, or with the sentence why there is none."""

    choosing: Choosing
    rows: Rows
    found: CallOffPlan | None
    wrong: str

    @classmethod
    def of(cls, reference: str) -> "PlanPage":
        choosing, rows = choosing_for(reference), Rows.of(request.values, today=shop_clock().date())
        if not rows.is_whole or not choosing.form.validate():
            return cls(choosing, rows, None, "")
        try:
            return cls(choosing, rows, worked_out(choosing, rows), "")
        except BadInput as fault:
            return cls(choosing, rows, None, fault.sentence)

    @property
    def chart(self) -> ExposureChart | None:
        if self.found is None:
            return None
        left = [(one.name, one.plan.p80) for one in self.found.releases if one.plan.p80]
        return exposure_chart(self.found.exposed, left)

    @property
    def options(self) -> dict[str, Any]:
        """How the boards are made, as the price page was asked."""
        return {name: value for name, value in self.choosing.form.query.items() if name != "quantities"}

    def shown(self) -> str:
        return render_template(
            "call_off_plans/show.html",
            page=self,
            found=self.found,
            most=MOST_RELEASES,
            can_keep=can_keep(),
            currency=current_shop(g.session).currency,
        )


def worked_out(choosing: Choosing, rows: Rows) -> CallOffPlan:
    at = shop_clock()
    shop = shop_for(choosing.design, at)
    return call_off_plan(choosing.design, choosing.form.options, shop, wanted=rows.wanted, local_now=at)


@bp.get("/designs/<reference>/releases")
@open_to_everybody
def show(reference: str) -> Any:
    page = PlanPage.of(reference)
    return page.shown(), 422 if page.wrong or not page.rows.is_whole else 200


@bp.post("/designs/<reference>/releases")
@open_to_everybody
def keep(reference: str) -> Any:
    """Freeze the plan as it is worked out now; the customer decides about it on the quote's page."""
    page = PlanPage.of(reference)
    if can_keep() != "at once":
        raise BadInput("A plan is kept by a customer who is signed in. Please sign in, then open this plan again.")
    if page.found is None:
        return page.shown(), 422
    shop, found = current_shop(g.session), page.found
    offered = Offered(
        page.choosing.form.options, (found.cell,), shop.currency, shop.versions, releases=releases_value(found)
    )
    quote = keep_as_quote(g.session, page.choosing.kept, offered, user=g.viewer.user, act=act())
    return redirect(url_for("quotes.show", reference=quote.reference))


@bp.app_template_global("releases_of")
def releases_of(quote: Quote) -> list[Frozen]:
    """Of a quote that is a call-off plan: it has one cell."""
    return [frozen for cell in content(quote.current)["cells"] for frozen in frozen_releases(cell)]
