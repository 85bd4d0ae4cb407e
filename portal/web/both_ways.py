"""Through-hole against surface mount: the customer's board, or the founding case; every assumption can be changed."""

from decimal import Decimal
from typing import Any

from flask import Blueprint, g, render_template, request

from portal.costing.lines import rounded as in_coins
from portal.costing.matrix import Question, asked, row
from portal.currencies import smallest
from portal.models.files import DesignRecord
from portal.routing.both_ways import Assumptions, Both, Way, both_ways, of_board
from portal.routing.operations import Process, Routing
from portal.routing.options import Speed
from portal.services.packages import find_design, the_design
from portal.services.shop import current_shop
from portal.web.access import open_to_everybody
from portal.web.filters import money, number
from portal.web.forms.both_ways import OF_THE_BOARD, BothWaysForm
from portal.web.forms.choice import LARGEST, usual_options

bp = Blueprint("both_ways", __name__)

BATCHES = (1, 10, 100, 1_000)
FIRST_BOARDS = 1_000  # enough for a line, where nobody says how many
PLANNED_WEEKS = {"on the line": "2.6", "by hand": "6.3"}  # of docs/founding-case.md, held to it by a test


@bp.get("/through-hole")
@open_to_everybody
def founding() -> Any:
    """The case with which all this began, without a board."""
    return page(None, Assumptions())


@bp.get("/designs/<reference>/through-hole")
@open_to_everybody
def design(reference: str) -> Any:
    kept = find_design(g.session, reference, g.viewer)
    return page(kept, counted(kept))


def counted(kept: DesignRecord) -> Assumptions:
    """The parts of this board, and the line as it would build so many."""
    question = asked(the_design(kept), usual_options(), current_shop(g.session).basis)
    [cell] = row(question, (Speed.STANDARD,), boards=boards_asked())
    return of_board(question.population, on_a_line(question, cell.routing))


def on_a_line(question: Question, cheapest: Routing) -> Routing:
    """Few boards are cheapest at the bench, where a stencil is printed in minutes: that is no pace of a line."""
    ways = [cheapest, *question.engineered.routings(question.options, boards=cheapest.boards)]
    placed = [way for way in ways if way.process is Process.MACHINE]
    return cheapest if cheapest in placed or not placed else min(placed, key=lambda way: way.minutes)


def boards_asked() -> int:
    """What is no quantity is said at its field; the line is then taken as it would build the usual one."""
    asked_for = request.args.get("boards", "")
    is_quantity = asked_for.isascii() and asked_for.isdecimal() and 1 <= int(asked_for[:7]) <= LARGEST
    return int(asked_for[:7]) if is_quantity else FIRST_BOARDS


def page(kept: DesignRecord | None, usual: Assumptions) -> Any:
    of_board_itself = OF_THE_BOARD if kept else frozenset()
    form = BothWaysForm.about(usual, request.args, counted=of_board_itself, is_for_staff=g.viewer.is_staff)
    is_right = form.validate()
    given = form.assumptions if is_right else usual
    html = render_template(
        "both_ways/show.html", kept=kept, form=form, is_right=is_right, **told(given), planned=PLANNED_WEEKS
    )
    return html, 200 if is_right else 422


def told(given: Assumptions) -> dict[str, Any]:
    both, currency = both_ways(given), current_shop(g.session).currency
    return {"given": given, "both": both, "rows": rows(both, given), "batches": batches(both, currency)}


def rows(both: Both, given: Assumptions) -> list[tuple[str, str, str, str]]:
    """(what, why it matters, by hand, on the line), in the order of the founding article's comparison."""
    return [(what, why, say(both.by_hand), say(both.on_the_line)) for what, why, say in comparison(given)]


def comparison(given: Assumptions) -> list[tuple[str, str, Any]]:
    boards, call_off = f"{number(given.boards)} board{'s' * (given.boards != 1)}", number(given.call_off)
    return [
        ("Set-up", "once a lot, however many boards follow", lambda way: minutes(way.set_up_min)),
        ("Speed", "hands and machine time of one board", lambda way: minutes(way.board_min)),
        (f"Work on {boards}", "set-up and all boards", lambda way: days(way.work_days)),
        ("Size", "of the board; a line places parts of 0.4 × 0.2 mm (01005)", size),
        ("Waste", "boards that need mending, and the hours for it", waste),
        (
            f"A call-off of {call_off}",
            "one delivery just in time, built by itself",
            lambda way: days(way.call_off_days),
        ),
        ("From order to dispatch", "material, work, test and shipping", lambda way: f"{rounded(way.weeks, 1)} weeks"),
    ]


def size(way: Way) -> str:
    return "as it is" if way.area_factor == 1 else f"{number(way.area_factor)} times the area"


def waste(way: Way) -> str:
    return f"{rounded(100 * way.faulty_share, 1)} of 100; {rounded(way.rework_hours, 1)} h"


def batches(both: Both, currency: str) -> list[tuple[int, str, str]]:
    """The assembly of one board, by the size of the batch."""
    ways, coin = (both.by_hand, both.on_the_line), smallest(currency)
    return [
        (boards, *(money(in_coins(way.cost(Decimal(boards)), coin), currency) for way in ways)) for boards in BATCHES
    ]


def minutes(value: Decimal) -> str:
    return f"{rounded(value, 1)} min" if value < 120 else f"{rounded(value / 60, 1)} h"


def days(value: Decimal) -> str:
    return f"{rounded(value, 1)} working days" if value >= 1 else f"{rounded(value, 2)} of a working day"


def rounded(value: Decimal, places: int) -> str:
    return number(round(value, places))
