"""The price page: every choice is an address, nothing is written, and every figure says why."""

from dataclasses import dataclass
from typing import Any
from zlib import crc32

from flask import Blueprint, Response, g, make_response, render_template, request, url_for

from portal.board.design import Design
from portal.costing.export import exported_cell
from portal.costing.lines import CostSheet
from portal.errors import BadInput, NotYours
from portal.models.files import DesignRecord
from portal.routing.options import Speed
from portal.services.packages import find_design, the_design
from portal.services.quotes import Offered
from portal.services.repeats import was_built
from portal.services.shop import current_shop
from portal.services.snapshot import PricedCell, options_value, promise_value
from portal.settings import ROOT
from portal.web.access import CUSTOMERS, open_to_everybody
from portal.web.advice import suggestions
from portal.web.budget import open_in
from portal.web.exports import download
from portal.web.forms.choice import ChoiceForm
from portal.web.forms.keep import EmailForm
from portal.web.matrix import Matrix, priced_matrix
from portal.web.moving import Moving, moving
from portal.web.offers import offer, offer_to_keep

bp = Blueprint("prices", __name__)

SCRIPT = ROOT / "docs" / "recompute.py"


@dataclass(frozen=True, slots=True)
class Choosing:
    """A design, and what its customer chooses for it just now."""

    kept: DesignRecord
    design: Design
    form: ChoiceForm

    @property
    def offered(self) -> Offered:
        return offer(self.design, self.form.options, self.form.chosen_quantities)

    @property
    def to_keep(self) -> Offered:
        return offer_to_keep(self.design, self.form.options, self.form.chosen_quantities)

    def moving(self, sheet: CostSheet) -> Moving | None:
        return moving(self.kept, self.design, self.form.options, sheet=sheet)

    def address(self, cell: str) -> str:
        return url_for("prices.show", reference=self.kept.reference, **self.form.query, cell=cell)

    def advice_on(self, cell: str) -> tuple[str, str]:
        """Its address, and a name for its place on the page that is another one for another choice."""
        address = url_for("prices.advice", reference=self.kept.reference, cell=cell, **self.form.query)
        return address, f"advice-{crc32(address.encode()):x}"

    def downloads(self, cell: str) -> dict[str, str]:
        reference, query = self.kept.reference, self.form.query
        return {
            kind: url_for("prices.cell", reference=reference, cell=cell, kind=kind, **query) for kind in ("json", "csv")
        }


def choosing_for(reference: str) -> Choosing:
    kept = find_design(g.session, reference, g.viewer)
    design = the_design(kept)
    return Choosing(kept, design, ChoiceForm.about(design, request.values, was_built=was_built(g.session, kept)))


@bp.get("/designs/<reference>/prices")
@open_to_everybody
def show(reference: str) -> Any:
    return price_page(choosing_for(reference), EmailForm())


@bp.get("/designs/<reference>/prices/<cell>.<any(json, csv):kind>")
@open_to_everybody
def cell(reference: str, cell: str, kind: str) -> Response:
    """One price as it is now, to take away."""
    choosing = choosing_for(reference)
    priced = priced_cell(choosing, cell)
    return download(priced.sheet, price_value(choosing, priced), kind=kind, name=choosing.kept.name)


@bp.get("/designs/<reference>/prices/<cell>/advice")
@open_to_everybody
def advice(reference: str, cell: str) -> Any:
    """What would cost less than this price; a part of the page, sent by itself because each what-if is priced whole."""
    choosing = choosing_for(reference)
    found = list(suggestions(choosing, priced_cell(choosing, cell).sheet))
    name = "prices/_advice.html" if wants_part() else "prices/advice.html"
    return render_template(
        name, choosing=choosing, cell=cell, suggestions=found, currency=current_shop(g.session).currency
    )


def priced_cell(choosing: Choosing, key: str) -> PricedCell:
    """NotYours where the choice has no such cell, BadInput with what is wrong with the choice."""
    if not choosing.form.validate():
        raise BadInput(" ".join(fault for faults in choosing.form.errors.values() for fault in faults))
    boards, _, speed = key.partition("-")
    if boards not in map(str, choosing.form.chosen_quantities) or speed not in set(Speed):
        raise NotYours("price")
    [priced] = offer(choosing.design, choosing.form.options, [int(boards)], speeds=[Speed(speed)]).cells
    return priced


def price_value(choosing: Choosing, priced: PricedCell) -> dict[str, Any]:
    """A price with all that it rests on."""
    shop = current_shop(g.session)
    return {
        "design": {"reference": choosing.kept.reference, "name": choosing.kept.name},
        "options": options_value(choosing.form.options),
        "shop_versions": shop.versions,
        **exported_cell(priced.sheet, shop.basis.card, promise=promise_value(priced.promise)),
    }


@bp.get("/recompute.py")
@open_to_everybody
def recompute() -> Response:
    """The script that adds a downloaded price up again without us."""
    headers = {"Content-Disposition": f'attachment; filename="{SCRIPT.name}"'}
    return Response(SCRIPT.read_bytes(), mimetype="text/x-python", headers=headers)


def price_page(choosing: Choosing, email: EmailForm) -> Any:
    """The whole page, or only what changed where htmx asks for it; 422 with what is wrong with the forms."""
    matrix = matrix_of(choosing) if choosing.form.validate() else None
    name = "prices/_prices.html" if wants_part() else "prices/show.html"
    html = render_template(
        name,
        choosing=choosing,
        matrix=matrix,
        open=open_in(choosing, matrix.selected) if matrix else None,
        moving=choosing.moving(matrix.selected.sheet) if matrix else None,
        email=email,
        can_keep=can_keep(),
    )
    response = make_response(html, 422 if choosing.form.errors or email.errors else 200)
    response.vary.add("HX-Request")
    return response


def wants_part() -> bool:
    """Going back in the browser's history asks for the whole page again."""
    return "HX-Request" in request.headers and "HX-History-Restore-Request" not in request.headers


def can_keep() -> str:
    """How this viewer keeps prices as a quote: at once, after a letter, or (staff) not for somebody else."""
    user = g.viewer.user
    if user is None:
        return "by letter"
    return "at once" if user.roles & CUSTOMERS and not user.is_staff else "not"


def matrix_of(choosing: Choosing) -> Matrix:
    return priced_matrix(choosing.offered, chosen=request.values.get("cell", ""), href=choosing.address)
