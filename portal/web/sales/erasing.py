"""Companies that wish to be erased: what hinders it, and the button that does it, for administrators."""

from typing import Any

from flask import flash, g, redirect, render_template, url_for

from portal.errors import NotYours
from portal.models.people import Company, Role
from portal.services.erasing import erase, hindrances, wishes
from portal.web.access import act, requires
from portal.web.sales.panel import bp


@bp.get("/erasure")
@requires(Role.ADMIN)
def erasure() -> str:
    waiting = [(company, hindrances(g.session, company)) for company in wishes(g.session)]
    return render_template("sales/erasure/index.html", waiting=waiting)


@bp.post("/erasure/<int:number>")
@requires(Role.ADMIN)
def erase_company(number: int) -> Any:
    company = g.session.get(Company, number)
    if company is None or company not in wishes(g.session):
        raise NotYours("wish")
    stones = erase(g.session, company, act("asked for by the company"))
    flash(f"Erased. {stones} tombstones say what was there, by hash alone.", "done")
    return redirect(url_for("sales.erasure"))
