"""A price whose board is not measured yet: that it may move, and how far, until the copper is."""

from dataclasses import dataclass
from decimal import Decimal

from flask import g

from portal.board.design import Design
from portal.costing.lines import CostSheet
from portal.costing.unmeasured import most_more
from portal.models.files import DesignRecord
from portal.models.work import JobState
from portal.routing.options import BuildOptions
from portal.services.corrections import job_of
from portal.web.offers import shop_clock, shop_for


@dataclass(frozen=True, slots=True)
class Moving:
    """`more`: what the chosen cell costs more at most, by the class of the board. Not `is_coming`: nobody measures."""

    is_coming: bool
    more: Decimal


def moving(kept: DesignRecord, design: Design, options: BuildOptions, *, sheet: CostSheet) -> Moving | None:
    """None: all is measured, and the price stays."""
    if kept.measured_at:
        return None
    job, basis = job_of(g.session, kept), shop_for(design, shop_clock()).basis
    is_coming = job is not None and job.state is not JobState.DEAD
    return Moving(is_coming, most_more(design, options, basis, sheet=sheet))
