"""One release of an order: what it costs today to move it, to make it smaller or to cancel it, and doing so."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, request, url_for

from portal.errors import BadInput, PortalError
from portal.models.people import Role
from portal.models.plans import OrderRelease
from portal.planning.fence import Owed, total
from portal.services.orders import find_order
from portal.services.release_changes import (
    Agreed,
    cancel_release,
    find_release,
    frozen_from,
    move_release,
    reduce_release,
    saved_by,
    to_build,
    to_cancel,
    to_move,
)
from portal.web.access import act, requires
from portal.web.failures import answer
from portal.web.filters import day
from portal.web.forms.releases import CancelReleaseForm, FewerBoardsForm, MoveReleaseForm
from portal.web.offers import desk

bp = Blueprint("releases", __name__)


@dataclass(frozen=True, slots=True)
class Fewer:
    """So many boards instead: what stays to be paid of the others, and what is taken off the price before that."""

    boards: int
    owed: tuple[Owed, ...]
    price: Decimal
    saved: Decimal


@dataclass
class ReleasePage:
    """`sent` names the form that came with this request."""

    release: OrderRelease
    sent: str = ""

    def __post_init__(self) -> None:
        self.move = MoveReleaseForm(prefix="move", formdata=request.form if self.sent == "move" else None)
        self.fewer = FewerBoardsForm(prefix="fewer", formdata=request.form if self.sent == "fewer" else None)
        self.cancel = CancelReleaseForm(prefix="cancel", formdata=request.form if self.sent == "cancel" else None)

    @classmethod
    def of(cls, reference: str, number: int, *, sent: str = "") -> "ReleasePage":
        return cls(find_release(find_order(g.session, reference, g.viewer), number), sent)

    def shown(self, said: str = "") -> str:
        """The prices of today go with the forms, so that nobody agrees to another one."""
        moving, cancelling, why_not = self.prices()
        self.move.price.data, self.cancel.price.data = f"{total(moving):.2f}", f"{total(cancelling):.2f}"
        return render_template(
            "releases/show.html",
            page=self,
            one=self.release,
            order=self.release.order,
            moving=moving,
            cancelling=cancelling,
            owed={"move": total(moving), "cancel": total(cancelling)},
            fewer=None if why_not else self.fewer_boards(),
            why_not=why_not,
            frozen_from=frozen_from(self.release, desk()),
            may_change=Role.BUYER in g.viewer.user.roles,
            said=said,
        )

    def prices(self) -> tuple[tuple[Owed, ...], tuple[Owed, ...], str]:
        """What moving and what cancelling costs today; or why neither can be any more."""
        try:
            return to_move(self.release, desk()), to_cancel(self.release, desk()), ""
        except BadInput as fault:
            return (), (), fault.sentence

    def fewer_boards(self) -> Fewer | None:
        """What so many boards would cost and save, once somebody has asked; None for a number that cannot be."""
        typed = self.fewer.boards.data or request.args.get("boards", "")
        boards = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 8 else 0
        if not 1 <= boards < self.release.boards:
            return None
        owed = to_build(self.release, boards, desk())
        self.fewer.boards.data, self.fewer.price.data = str(boards), f"{total(owed):.2f}"
        return Fewer(boards, owed, total(owed), saved_by(self.release, boards))

    def done(self, sentence: str) -> Any:
        flash(sentence, "done")
        return redirect(url_for("orders.show", reference=self.release.order.reference))


@bp.get("/orders/<reference>/releases/<int:number>")
@requires()
def show(reference: str, number: int) -> str:
    return ReleasePage.of(reference, number).shown()


@bp.post("/orders/<reference>/releases/<int:number>/moves")
@requires(Role.BUYER)
def move(reference: str, number: int) -> Any:
    page = g.page = ReleasePage.of(reference, number, sent="move")
    if not page.move.validate():
        return page.shown(), 422
    agreed = Agreed(Decimal(page.move.price.data), page.move.reason.data)
    change = move_release(g.session, page.release, page.move.day.data, agreed=agreed, desk=desk(), act=act())
    name, promised = page.release.plan["name"], page.release.promised_on
    return page.done(f"{name} is moved to {day(change.now)}; it is promised for {day(promised)}.")


@bp.post("/orders/<reference>/releases/<int:number>/boards")
@requires(Role.BUYER)
def fewer(reference: str, number: int) -> Any:
    page = g.page = ReleasePage.of(reference, number, sent="fewer")
    if not page.fewer.validate():
        return page.shown(), 422
    boards, agreed = int(page.fewer.boards.data), Agreed(Decimal(page.fewer.price.data), page.fewer.reason.data)
    reduce_release(g.session, page.release, boards, agreed=agreed, desk=desk(), act=act())
    return page.done(f"{page.release.plan['name']} is of {boards:,} board{'s' * (boards != 1)} now.")


@bp.post("/orders/<reference>/releases/<int:number>/cancellation")
@requires(Role.BUYER)
def cancel(reference: str, number: int) -> Any:
    page = g.page = ReleasePage.of(reference, number, sent="cancel")
    if not page.cancel.validate():
        return page.shown(), 422
    agreed = Agreed(Decimal(page.cancel.price.data), page.cancel.reason.data)
    cancel_release(g.session, page.release, agreed=agreed, desk=desk(), act=act())
    return page.done(f"{page.release.plan['name']} is cancelled.")


@bp.errorhandler(PortalError)
def show_again(error: PortalError) -> Any:
    """A form that a rule refuses comes back on its own page, with the sentence and with the prices of now."""
    page: ReleasePage | None = g.get("page")
    if page is None:
        return answer(error.status, error.sentence)
    reference, number = page.release.order.reference, page.release.number
    g.session.rollback()
    return ReleasePage.of(reference, number).shown(error.sentence), error.status
