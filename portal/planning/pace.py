"""How fast a work centre really is beside its routings: learnt from what it finished, the prior of 1 fading."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import exp, log

from portal.planning.noise import Ran
from portal.planning.schedule import Schedule
from portal.planning.suppliers import Learning

MOST = 4.0  # a run that took longer was not all work: a report that was forgotten over night, a machine that stood


def pace(runs: Sequence[Ran], learning: Learning, *, today: date) -> float:
    """1.2: a fifth longer than planned. `learning` says how many runs weigh as much as the prior, and how they age."""
    said = [(ran, learning.weight(ran.on, today)) for ran in runs if ran.planned > 0 and ran.actual > 0]
    logs = sum(weight * log(min(max(ran.ratio, 1 / MOST), MOST)) for ran, weight in said)
    return exp(logs / (learning.prior_deliveries + sum(weight for _, weight in said)))


def at_pace(schedule: Schedule, paces: Mapping[str, float]) -> Schedule:
    """The shop as fast as it has proved to be. What is booked stays as it is; what is planned from now on takes it."""
    centres = tuple(
        replace(centre, cycle_factor=centre.cycle_factor * paces.get(centre.name, 1.0)) for centre in schedule.centres
    )
    return replace(schedule, centres=centres)
