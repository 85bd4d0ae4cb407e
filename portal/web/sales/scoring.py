"""How promises were kept, drawn with their counts; and what was learnt of the pace and of the noise of work."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from flask import flash, g, redirect, render_template, request, url_for

from portal.models.plans import WorkPace
from portal.planning.scoring import CHANCES
from portal.services.noises import noise_kept, use_noise
from portal.services.paces import use_pace
from portal.services.scoreboard import Kept, days_late, scoreboard
from portal.web.access import FLOOR, SALES, act, requires
from portal.web.sales.panel import bp

STEP, HEIGHT = 34, 120  # of the drawing: from month to month, and from none to all
BELOW = 22  # room for the names of the months


@dataclass(frozen=True, slots=True)
class Mark:
    """One month on the drawing: the share kept, and the range in which the true one lies in 95 of 100 such counts."""

    x: float
    y: float
    low: float
    high: float
    fits: bool
    words: str
    label: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One chance over the months, from the oldest on the left."""

    percent: int
    target: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class GridLine:
    percent: int
    y: float


@dataclass(frozen=True, slots=True)
class ShareChart:
    """A panel for each chance, all on one grid; the names of its lines stand left of zero."""

    panels: tuple[Panel, ...]
    width: int
    grid: tuple[GridLine, ...] = tuple(GridLine(percent, HEIGHT - HEIGHT * percent / 100) for percent in (0, 50, 100))

    @property
    def below_y(self) -> int:
        """On which the names of the months stand."""
        return HEIGHT + BELOW - 10

    @property
    def view_box(self) -> str:
        return f"-34 -8 {self.width + 40} {HEIGHT + BELOW}"


def share_chart(months: Sequence[Kept]) -> ShareChart:
    return ShareChart(tuple(panels(months)), STEP * max(1, len(months)))


def panels(months: Sequence[Kept]) -> list[Panel]:
    return [
        Panel(round(100 * chance), _y(chance), tuple(_marks(months, number))) for number, chance in enumerate(CHANCES)
    ]


def _marks(months: Sequence[Kept], number: int) -> Any:
    """The year stands beside the first of them and beside each January."""
    for place, month in enumerate(months):
        share = month.shares[number]
        if share:
            low, high = share.range
            words = f"{month.name:%b %Y}: {share.kept} of {share.of}"
            fits = share.fits(CHANCES[number])
            label = f"{month.name:%b %y}" if place == 0 or month.name.month == 1 else f"{month.name:%b}"
            yield Mark(STEP * (place + 0.5), _y(share.share), _y(low), _y(high), fits, words, label)


def _y(share: float) -> float:
    return round(HEIGHT * (1 - share), 1)


@bp.get("/promises")
@requires(FLOOR)
def promises() -> str:
    board = scoreboard(g.session)
    learnt = g.session.scalars(sa.select(WorkPace).order_by(WorkPace.work_centre)).all()
    return render_template(
        "sales/promises/index.html",
        board=board,
        chart=share_chart(board.months),
        days_late=days_late,
        paces=learnt,
        noise=noise_kept(g.session),
        may_choose=bool(g.viewer.user.roles & SALES),
    )


@bp.post("/promises/paces/<work_centre>")
@requires(SALES)
def choose_pace(work_centre: str) -> Any:
    """Whether what this work centre has learnt counts in the next promise."""
    is_used = request.form.get("is_used") == "yes"
    use_pace(g.session, work_centre, is_used=is_used, act=act())
    flash(f"The pace of {work_centre} {'counts' if is_used else 'is set aside'} from the next promise on.", "done")
    return redirect(url_for("sales.promises"))


@bp.post("/promises/noise")
@requires(SALES)
def choose_noise() -> Any:
    """Whether the next promises allow for how far orders have strayed from their plan."""
    is_used = request.form.get("is_used") == "yes"
    use_noise(g.session, is_used=is_used, act=act())
    flash(f"What orders take beyond their plan {'counts' if is_used else 'is set aside'} from now on.", "done")
    return redirect(url_for("sales.promises"))
