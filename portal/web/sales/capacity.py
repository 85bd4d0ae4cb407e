"""The capacity board: lines and benches by day, who is where, and what a holiday or a broken line would move."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from flask import g, render_template, request, url_for

from portal.errors import BadInput
from portal.services.capacity import BookedSlot, SlotState, board, what_if
from portal.services.shop import current_shop
from portal.web.access import FLOOR, SALES, requires
from portal.web.offers import shop_clock
from portal.web.sales.gantt import DAY_PX, drawing
from portal.web.sales.panel import bp
from portal.web.sales.stays import stays

USUAL_WEEKS = 2


@bp.get("/capacity")
@requires(FLOOR)
def capacity() -> str:
    now, schedule = shop_clock(), current_shop(g.session).schedule
    first, weeks = shown_from(now.date())
    shown = board(g.session, schedule, first=first, weeks=weeks, now=now)
    return render_template(
        "sales/capacity/index.html",
        board=shown,
        stays=stays(shown.slots),
        drawn=drawing(shown, weeks, {day: schedule.calendar.is_working(day) for day in shown.days}),
        states=list(SlotState),
        zooms=[(f"{one} week{'s' * (one != 1)}", here(first, one), one == weeks) for one in DAY_PX],
        earlier=here(first - timedelta(weeks=weeks), weeks),
        later=here(first + timedelta(weeks=weeks), weeks),
        centres=[centre.name for centre in schedule.centres],
        weeks=weeks,
        asked=asked(schedule),
        hrefs=hrefs(shown.slots) if g.viewer.user.roles & SALES else {},
    )


def shown_from(today: date) -> tuple[date, int]:
    """The first day and the weeks that the address asks for; this Monday and two weeks where it asks for nothing."""
    weeks = request.args.get("weeks", USUAL_WEEKS, type=int)
    return day_asked("from") or today - timedelta(days=today.weekday()), weeks if weeks in DAY_PX else USUAL_WEEKS


def hrefs(slots: Sequence[BookedSlot]) -> dict[str, str]:
    """Where each order or quote is; asked for once, however many slots it has."""
    orders = {slot.reference: slot.is_order for slot in slots}
    return {
        reference: url_for("sales.order" if is_order else "sales.quote", reference=reference)
        for reference, is_order in orders.items()
    }


def here(first: date, weeks: int) -> str:
    return url_for("sales.capacity", weeks=weeks, **{"from": first.isoformat()})


def day_asked(name: str) -> date | None:
    """An address may say anything; what is no day of these decades is none."""
    try:
        day = date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
    return day if 2000 <= day.year < 2100 else None


def asked(schedule: Any) -> dict[str, Any] | None:
    """The answer to what the form asked: `would` move, or what is `wrong` with it; None where nothing was asked."""
    if "closed" not in request.args:
        return None
    centre, first, last = request.args["closed"], day_asked("first"), day_asked("last")
    answer = {"centre": centre, "first": first, "last": last, "would": [], "wrong": ""}
    try:
        would = what_if(g.session, schedule, centre=centre, first=first, last=last)
    except BadInput as fault:
        return answer | {"wrong": fault.sentence}
    return answer | {"would": would}
