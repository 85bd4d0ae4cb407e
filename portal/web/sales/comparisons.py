"""The same comparison as the customer's, in the frame of the staff."""

from flask import g, render_template

from portal.services.quotes import find_quote
from portal.web.access import SALES, requires
from portal.web.comparisons import ComparisonPage
from portal.web.sales.panel import bp


@bp.get("/quotes/<reference>/comparison")
@requires(SALES)
def compare_quote(reference: str) -> str:
    page = ComparisonPage.of(find_quote(g.session, reference, g.viewer))
    return render_template("sales/quotes/comparison.html", page=page, quote=page.quote)
