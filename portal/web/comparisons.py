"""Two revisions of a quote side by side, or a quote and the one that it was made from: line by line, with both days."""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, g, render_template, request

from portal.errors import NotYours
from portal.models.quotes import Quote, QuoteRevision
from portal.services.comparing import Comparison, compared
from portal.services.notes import note_of
from portal.services.quotes import content, find_quote
from portal.services.snapshot import options_of
from portal.web.access import requires
from portal.web.filters import day
from portal.web.options import in_words

bp = Blueprint("comparisons", __name__)


@dataclass(frozen=True)
class Side:
    revision: QuoteRevision

    @property
    def key(self) -> str:
        """In addresses: the quote and the number of its revision."""
        return f"{self.revision.quote.reference}.{self.revision.number}"

    @property
    def words(self) -> str:
        kind = "binding" if self.revision.is_firm else "budget"
        return f"{self.revision.quote.reference}, revision {self.revision.number} ({kind})"


@dataclass(frozen=True)
class ComparisonPage:
    quote: Quote
    sides: tuple[Side, ...]  # everything that can be compared, the oldest first
    before: Side
    after: Side

    @classmethod
    def of(cls, quote: Quote) -> "ComparisonPage":
        origin = quote.made_from.origin.revisions if quote.made_from else []
        sides = tuple(map(Side, [*origin, *quote.revisions]))
        after = chosen(sides, "new", len(sides) - 1)
        return cls(quote, sides, chosen(sides, "old", max(0, sides.index(after) - 1)), after)

    @property
    def found(self) -> Comparison:
        return compared(content(self.before.revision), content(self.after.revision))

    @property
    def currency(self) -> str:
        return str(content(self.after.revision)["currency"])

    @property
    def facts(self) -> list[tuple[str, str, str]]:
        """What differs beside prices and dates: its name, before, after."""
        both = [facts_of(side.revision) for side in (self.before, self.after)]
        return [
            (name, both[0].get(name, "nothing"), both[1].get(name, "nothing"))
            for name in dict.fromkeys([*both[0], *both[1]])
            if both[0].get(name) != both[1].get(name)
        ]


def facts_of(revision: QuoteRevision) -> dict[str, str]:
    snapshot = content(revision)
    files = ", ".join(f"{file['name']} ({file['sha256'][:8]})" for file in snapshot["design"]["files"])
    binding = f"until {day(revision.quote.valid_until)}" if revision.is_firm else "no"
    return {
        "Board": snapshot["design"]["name"],
        "Files": files,
        "Binding": binding,
        "Note": note_of(snapshot) or "none",
        **dict(in_words(options_of(snapshot["options"]))),
    }


def chosen(sides: tuple[Side, ...], name: str, usual: int) -> Side:
    key = request.args.get(name)
    if key is None:
        return sides[usual]
    found = next((side for side in sides if side.key == key), None)
    if found is None:
        raise NotYours("revision")
    return found


@bp.get("/quotes/<reference>/comparison")
@requires()
def show(reference: str) -> Any:
    page = ComparisonPage.of(find_quote(g.session, reference, g.viewer))
    return render_template("quotes/comparison.html", page=page, quote=page.quote)
