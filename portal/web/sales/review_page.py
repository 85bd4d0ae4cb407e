"""The page on which sales review one quote: its frozen cells, what is missing, its board, its forms."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, Self

from flask import flash, g, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from wtforms import SelectChoice

from portal.board.design import Side
from portal.errors import Stale
from portal.models.bookings import HeldDate
from portal.models.files import DesignRecord
from portal.models.proposals import Proposal
from portal.models.quotes import Quote, QuoteRevision
from portal.production.lifecycle import Commercial
from portal.services.approvals import find_waiting
from portal.services.comparing import Comparison, compared
from portal.services.margins import Margins, margins_in_force
from portal.services.notes import note_of
from portal.services.packages import the_design
from portal.services.planning import HOLDABLE, MOST_HELD_DAYS, held_date
from portal.services.quotes import content, find_quote, valid_days, waiting_proposal
from portal.services.slots import has_chain
from portal.services.snapshot import options_of
from portal.web.access import now
from portal.web.deciding import tell_of_proposal
from portal.web.designs import board_facts, parts_facts, picture_url
from portal.web.filters import percent
from portal.web.forms.sales import (
    BOARD,
    NOTHING,
    WHOLE,
    AgainstForm,
    ApprovalForm,
    DateForm,
    DiscountForm,
    FirmForm,
    HeldDateForm,
    InternalNoteForm,
    LineForm,
    NoteForm,
    ProposalForm,
    RefusalForm,
)
from portal.web.matrix import Matrix, matrix
from portal.web.offers import shop_clock
from portal.web.prices import wants_part
from portal.web.sales.gaps import Gap, cell_name, gaps
from portal.web.sales.history import history

FORMS: dict[str, type[FlaskForm]] = {
    "line": LineForm,
    "discount": DiscountForm,
    "note": NoteForm,
    "internal": InternalNoteForm,
    "approval": ApprovalForm,
    "against": AgainstForm,
    "back": ProposalForm,
    "date": DateForm,
    "held": HeldDateForm,
    "firm": FirmForm,
    "refusal": RefusalForm,
}
HELD_FOR = [SelectChoice(days, f"{days} working day{'s' * (days != 1)}") for days in range(1, MOST_HELD_DAYS + 1)]

STANDS = {
    Commercial.DRAFT: "The customer is still keeping this quote.",
    Commercial.BUDGET: "A budget: the customer has seen it, and it binds nobody yet. Check the files, the prices and "
    "the date; then make it firm, or decline it.",
    Commercial.FIRM: "Binding for us. Its PDF is being made and goes to the customer, who can accept it already; its "
    "lines are frozen.",
    Commercial.SENT: "Binding for us, and sent. Only the customer can accept it now; its lines are frozen.",
    Commercial.ACCEPTED: "The customer has ordered. Nothing in this quote changes any more.",
    Commercial.DECLINED: "Declined. The customer can make a new quote of the same files.",
    Commercial.EXPIRED: "Its date has passed. The customer can make a new quote of the same files.",
    Commercial.SUPERSEDED: "A newer quote stands in its place.",
}


class ReviewPage:
    """`sent` names the form that came with this request; the others stand as they are suggested."""

    def __init__(self, quote: Quote, sent: str = "") -> None:
        self.quote = quote
        self.snapshot = content(quote.current)
        self.gaps = gaps(self.snapshot)
        self.forms = {
            name: form(prefix=name, formdata=request.form if name == sent else None, data=self.suggested(name))
            for name, form in FORMS.items()
        }
        cells = [SelectChoice(index, cell_name(cell)) for index, cell in enumerate(self.snapshot["cells"])]
        self.forms["line"].cells.choices = self.forms["date"].cells.choices = self.forms["held"].cell.choices = cells
        self.forms["held"].days.choices = HELD_FOR
        self.forms["discount"].cells.choices = cells
        groups = dict.fromkeys(line["group"] for cell in self.snapshot["cells"] for line in cell["lines"])
        self.forms["discount"].of.choices = [WHOLE, *(SelectChoice(group, f"{group} alone") for group in groups)]
        parts = dict.fromkeys(gap.part for gap in self.unpriced)
        self.forms["line"].settles.choices = [NOTHING, *map(SelectChoice, parts)]

    @classmethod
    def of(cls, reference: str, *, sent: str = "") -> Self:
        """The page; its quote is locked where something was sent, so that two of us change it one after the other."""
        quote = find_quote(g.session, reference, g.viewer)
        if sent:
            g.session.refresh(quote, with_for_update=True)
        return cls(quote, sent)

    @property
    def unpriced(self) -> list[Gap]:
        return [gap for gap in self.gaps if gap.part]

    @property
    def undated(self) -> list[int]:
        """The cells without a date."""
        return sorted(index for gap in self.gaps if not gap.part for index in gap.cells)

    @property
    def held(self) -> HeldDate | None:
        """The date that is held for the customer."""
        return held_date(g.session, self.quote, now())

    @property
    def can_hold(self) -> bool:
        return self.quote.state in HOLDABLE and any(map(has_chain, self.snapshot["cells"]))

    @property
    def proposal(self) -> Proposal | None:
        """What waits for a second person."""
        return waiting_proposal(self.quote)

    @property
    def margins(self) -> Margins | None:
        return margins_in_force(g.session, self.snapshot)

    def asked_proposal(self, name: str) -> Proposal:
        """The one that was shown with this form; Stale when another one waits by now."""
        found = find_waiting(self.quote)
        if str(found.id) != self.forms[name].number.data:
            raise Stale("Another change was proposed meanwhile. Look at it below, then decide again.")
        return found

    @property
    def asked(self) -> Gap | None:
        """The part that was clicked in the list of what is missing."""
        return next((gap for gap in self.unpriced if gap.part == request.args.get("part")), None)

    def suggested(self, name: str) -> dict[str, Any]:
        every = list(range(len(self.snapshot["cells"])))
        data = {"cells": self.undated if name == "date" else every}
        if name == "note":
            return {"text": note_of(self.snapshot)}
        if name == "discount":
            return data | {"label": "Discount"}
        return data | priced_per_board(self.asked) if name == "line" and self.asked else data

    def has_shape(self, name: str) -> bool:
        """Whether the form that was sent is well formed; Stale when it was about another revision."""
        form = self.forms[name]
        newest = self.quote.current
        if form.validate() and form.sha256.data != newest.sha256:
            raise Stale(
                f"This quote was changed since you opened it, by {newest.created_by} ({newest.reason}). "
                "Look at the newest revision below, then decide again."
            )
        return not form.errors

    @property
    def matrix(self) -> Matrix:
        def address(cell: str) -> str:
            return url_for("sales.quote", reference=self.quote.reference, cell=cell)

        chosen = request.args.get("cell", "")
        return matrix(self.snapshot["cells"], self.snapshot["currency"], chosen=chosen, href=address)

    def shown(self, said: str = "") -> str:
        """The whole page, or only the chosen cell where htmx asks for it."""
        if wants_part():
            return render_template("sales/quotes/_cell.html", matrix=self.matrix)
        for form in self.forms.values():
            form.sha256.data = self.quote.current.sha256
            if "number" in form:
                form.number.data = str(self.proposal.id) if self.proposal else ""
        return render_template(
            "sales/quotes/show.html",
            page=self,
            quote=self.quote,
            matrix=self.matrix,
            said=said,
            stands=STANDS[self.quote.state],
            options=options_of(self.snapshot["options"]),
            would_hold_until=shop_clock().date() + timedelta(days=valid_days(g.session)),
            events=history(g.session, [self.quote.reference]),
            **board_of(self.quote.design),
        )

    @property
    def proposed(self) -> Comparison | None:
        """What the waiting proposal would change, line by line."""
        return compared(self.snapshot, self.proposal.snapshot) if self.proposal else None

    def settled(self, found: QuoteRevision | Proposal, sentence: str) -> Any:
        """Frozen, with this sentence; or waiting for a second person, and then it says so."""
        if isinstance(found, QuoteRevision):
            return self.done(sentence.replace("{number}", str(found.number)))
        tell_of_proposal(found)
        margin, floor = percent(Decimal(found.margin)), percent(Decimal(found.floor))
        return self.done(
            f"It waits for a second person: a margin of {margin} % is below the floor of {floor} %. "
            "The customer sees nothing of it until a colleague agrees."
        )

    def done(self, sentence: str) -> Any:
        flash(sentence, "done")
        return redirect(url_for("sales.quote", reference=self.quote.reference))


def priced_per_board(gap: Gap) -> dict[str, Any]:
    return {
        "label": gap.part,
        "settles": gap.part,
        "quantity": str(len(gap.designators) or 1),
        "unit": "parts",
        "per": BOARD,
        "cells": list(gap.cells),
    }


def board_of(kept: DesignRecord) -> dict[str, Any]:
    design = the_design(kept)
    return {
        "kept": kept,
        "design": design,
        "pictures": {side: picture_url(kept, side) for side in Side},
        "facts_of_board": board_facts(design) + parts_facts(design),
    }
