"""“I need it by …”: the cheapest way to meet a day, or why it cannot be met and what would make it possible."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, g, render_template, request
from flask_wtf import FlaskForm
from wtforms import DateField, IntegerField
from wtforms.validators import InputRequired, NumberRange

from portal.errors import BadInput
from portal.services.shop import current_shop
from portal.services.wanting import Wish, answered
from portal.web.access import open_to_everybody
from portal.web.forms.choice import LARGEST
from portal.web.offers import shop_clock, shop_for
from portal.web.prices import Choosing, choosing_for, wants_part

bp = Blueprint("wanted", __name__)

USUAL = timedelta(days=14)


class WishForm(FlaskForm):
    """Sent by GET, like the choice that it goes with."""

    class Meta:
        csrf = False

    boards = IntegerField("Boards", [InputRequired("Please give how many."), NumberRange(1, LARGEST)])
    by = DateField("It must leave our door by", [InputRequired("Please give a day.")])


@bp.get("/designs/<reference>/wanted-date")
@open_to_everybody
def show(reference: str) -> Any:
    choosing = choosing_for(reference)
    if not choosing.form.validate():
        raise BadInput("These options cannot be priced. Please go back to the prices and choose anew.")
    first = min(choosing.form.chosen_quantities)
    form = WishForm(request.args, data={"boards": first, "by": shop_clock().date() + USUAL})
    answer = answer_to(choosing, form) if "by" in request.args and form.validate() else None
    html = render_template(
        "prices/_wanted.html" if wants_part() else "prices/wanted.html",
        choosing=choosing,
        form=form,
        answer=answer,
        currency=current_shop(g.session).currency,
    )
    return html, 422 if form.errors else 200


def answer_to(choosing: Choosing, form: WishForm) -> Any:
    at = shop_clock()
    wish = Wish(choosing.design, choosing.form.options, form.boards.data, form.by.data, at)
    return answered(wish, shop_for(choosing.design, at))
