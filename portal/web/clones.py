"""Another quote like this one, for the same board or its next revision."""

from typing import Any

from flask import Blueprint, flash, g, redirect, request, url_for

from portal.errors import BadInput, NotYours
from portal.models.files import DesignRecord
from portal.models.quotes import Quote
from portal.services.clones import clone_quote, newer_designs
from portal.services.quotes import find_quote
from portal.web.access import act, requires
from portal.web.anew import offered_anew
from portal.web.forms.quotes import CloneForm
from portal.web.questions import may_speak_for_house

bp = Blueprint("clones", __name__)


@bp.post("/quotes/<reference>/clones")
@requires()
def create(reference: str) -> Any:
    quote, form, by_house = find_quote(g.session, reference, g.viewer), CloneForm(), may_speak_for_house()
    if not form.validate_on_submit():
        raise BadInput("The choice could not be read. Please go back to the quote and choose again.")
    kept = board_of(quote, form.design.data)
    offered = offered_anew(quote, kept)
    clone = clone_quote(g.session, quote, kept, offered, takes_its_place=form.takes_its_place.data, act=act())
    flash(f"Made from {quote.reference} at the prices of today.", "done")
    return redirect(url_for("sales.quote" if by_house else "quotes.show", reference=clone.reference))


def board_of(quote: Quote, reference: str) -> DesignRecord:
    """The quote's own board, or one that stands for it by now."""
    found = next((kept for kept in boards_for(quote) if kept.reference == reference), None)
    if found is None:
        raise NotYours("board")
    return found


@bp.app_template_global("boards_for")
def boards_for(quote: Quote) -> list[DesignRecord]:
    """The quote's board and what came after it, the newest first, those alone that are its company's."""
    later = [kept for kept in newer_designs(g.session, quote.design) if kept.package.company_id == quote.company_id]
    return [*reversed(later), quote.design]


@bp.app_template_global("cloning")
def cloning() -> CloneForm:
    return CloneForm(formdata=None, data={"takes_its_place": True}) if request else CloneForm()
