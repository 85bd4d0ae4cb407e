"""The worker tries a draft of the rate card on one quote after the other."""

from typing import Protocol

from sqlalchemy import Engine

from portal import db
from portal.models.trials import RateTrial
from portal.services.rates import Computed, drafted
from portal.services.trials import JOB, next_effect


class Shop(Protocol):
    @property
    def engine(self) -> Engine: ...


def try_on_quotes(shop: Shop, _job_id: int, number: str) -> str:
    """Two workers that try the same draft keep each effect once."""
    computed: Computed = {}
    while True:
        with db.reading(shop.engine) as session:
            trial = session.get_one(RateTrial, int(number))
            place = len(trial.effects)
            if trial.is_done:
                return ""
            effect = next_effect(session, trial, drafted(session, trial.text), computed)
        with db.writing(shop.engine) as session:
            trial = session.get_one(RateTrial, int(number), with_for_update=True)
            if len(trial.effects) == place:
                trial.effects = [*trial.effects, effect]


HANDLERS = {JOB: try_on_quotes}
