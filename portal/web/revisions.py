"""The next revision of a board, and what changed since the last one, in the board and in its price."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import Blueprint, g, redirect, render_template, request, url_for

from portal.board.revisions import About, differences
from portal.errors import BadInput, NotYours
from portal.intake.limits import LIMITS, MIB
from portal.models.files import DesignRecord
from portal.routing.options import BuildOptions, Speed
from portal.services.packages import find_design, the_design
from portal.services.revisions import Earlier, history_of, open_revision
from portal.services.shop import current_shop
from portal.services.snapshot import PricedCell
from portal.web.access import act, open_to_everybody, remember_visitor
from portal.web.forms.choice import quantities_of
from portal.web.offers import offer

bp = Blueprint("revisions", __name__)

USUAL_BOARDS = "100"
TITLES = {
    About.BOARD: "The bare board",
    About.PART: "Parts",
    About.PLACEMENT: "Placements",
    About.FILE: "Files",
    About.FINDING: "Findings",
}


@bp.get("/designs/<reference>/revision")
@open_to_everybody
def new(reference: str) -> str:
    kept = find_design(g.session, reference, g.viewer)
    return render_template("designs/revision.html", kept=kept, most_mb=LIMITS.package_bytes // MIB)


@bp.post("/designs/<reference>/revisions")
@open_to_everybody
def opened(reference: str) -> Any:
    """What the drop zone is told: where to put the files, where to have them read, where to watch."""
    kept = find_design(g.session, reference, g.viewer)
    remember_visitor()
    place = {"reference": open_revision(g.session, kept, g.viewer, act()).reference}
    return {
        **place,
        "files_url": f"{url_for('api.package', **place)}/files/",
        "reading_url": url_for("api.start_reading", **place),
        "page_url": url_for("packages.show", **place),
    }, 201


@bp.get("/designs/<reference>/changes")
@open_to_everybody
def changes(reference: str) -> Any:
    """`since` is an earlier reading or revision of the same board, the nearest unless it is named."""
    kept = find_design(g.session, reference, g.viewer)
    history = history_of(g.session, kept, g.viewer)
    if not history.earlier:
        return redirect(url_for("designs.show", reference=reference))
    since = chosen(history.earlier, request.args.get("since"))
    found = differences(the_design(since.kept), the_design(kept))
    groups = [(title, [one for one in found if one.about is about]) for about, title in TITLES.items()]
    prices, boards = price_change(since.kept, kept)
    context = {"kept": kept, "since": since, "groups": groups, "history": history}
    currency = current_shop(g.session).currency
    return render_template("designs/changes.html", **context, prices=prices, boards=boards, currency=currency)


def chosen(earlier: tuple[Earlier, ...], reference: str | None) -> Earlier:
    found = next((before for before in earlier if reference in {None, before.kept.reference}), None)
    if found is None:
        raise NotYours("earlier revision")
    return found


@dataclass(frozen=True, slots=True)
class Price:
    """One design at one quantity, standard speed and the usual build: only the boards differ."""

    words: str
    cell: PricedCell

    @property
    def per_board(self) -> Decimal:
        return self.cell.sheet.unit_price


def price_change(old: DesignRecord, new: DesignRecord) -> tuple[list[Price], int]:
    """Before and after at the shop's rates of today, and for how many boards."""
    [boards] = one_quantity(request.args.get("boards", USUAL_BOARDS))
    both = (("before", old), ("now", new))
    cells = [offer(the_design(kept), BuildOptions(), [boards], speeds=[Speed.STANDARD]).cells[0] for _, kept in both]
    return [Price(words, cell) for (words, _), cell in zip(both, cells, strict=True)], boards


def one_quantity(text: str) -> tuple[int, ...]:
    try:
        return quantities_of(text)[:1]
    except ValueError as fault:
        raise BadInput(str(fault)) from fault
