"""A price whose board is not measured yet: that it may move, and how far, until the copper is."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from flask import g

from portal.costing.unmeasured import most_more
from portal.models.work import JobState
from portal.services.corrections import job_of
from portal.web.matrix import Cell
from portal.web.offers import shop_clock, shop_for

if TYPE_CHECKING:
    from portal.web.prices import Choosing


@dataclass(frozen=True, slots=True)
class Moving:
    """`more`: what the chosen cell costs more at most, by the class of the board. Not `is_coming`: nobody measures."""

    is_coming: bool
    more: Decimal


def moving(choosing: "Choosing", cell: Cell) -> Moving | None:
    """None: all is measured, and the price stays."""
    if choosing.kept.measured_at:
        return None
    job, design = job_of(g.session, choosing.kept), choosing.design
    basis = shop_for(design, shop_clock()).basis
    is_coming = job is not None and job.state is not JobState.DEAD
    return Moving(is_coming, most_more(design, choosing.form.options, basis, sheet=cell.sheet))
