"""A draft of the rate card tried by the worker: piece by piece, once each, and by every fault refused before."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
import sqlalchemy as sa
from dated_prices import BOARD, cells
from samples import MONDAY

from portal.errors import NotYours, RatesRefused
from portal.models.trials import RateTrial
from portal.models.work import AuditEntry, Job
from portal.routing.options import BuildOptions
from portal.services.audit import Act
from portal.services.packages import keep_reading
from portal.services.queue import bury
from portal.services.quotes import Offered, keep_as_quote
from portal.services.rates import drafted, effect_on, last_quotes
from portal.services.shop import current_shop, load_config
from portal.services.trials import (
    drop_hanging_trials,
    effects_of,
    find_trial,
    hanging_trials,
    next_effect,
    trial_faults,
    try_card,
    value_of,
)

CONFIG = Path(__file__).resolve().parents[2] / "config"
HOUSE = (CONFIG / "rates.toml").read_text("utf-8")
DEARER = HOUSE.replace('rate = "75.00"', 'rate = "85.00"', 1)


@pytest.fixture(autouse=True)
def shop(session, act):
    load_config(session, CONFIG, act)
    return current_shop(session)


@pytest.fixture
def quoted(session, kept, shop, anna, act):
    """Two quotes of the benchmark's board."""
    design = keep_reading(session, kept.package, BOARD, pictures={}, act=act)
    offered = Offered(BuildOptions(), cells(10, 100), shop.currency, shop.versions)
    return [keep_as_quote(session, design, offered, user=anna, act=act) for _ in range(2)]


@pytest.fixture
def trial(session, quoted, act):
    return try_card(session, DEARER, reason="wages", based_on=1, act=act)


def grow(session, trial, *, times):
    card, computed = drafted(session, trial.text), {}
    for _ in range(times):
        trial.effects = [*trial.effects, next_effect(session, trial, card, computed)]


def test_a_trial_is_a_job_and_stands_in_the_audit(session, trial, act):
    job = session.scalars(sa.select(Job).where(Job.kind == "rate-trial")).one()
    entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "rates.tried")).one()

    assert (job.subject, job.created_at) == (str(trial.id), MONDAY)
    assert (entry.actor, entry.changes["quotes"]) == (act.actor, 2)


def test_without_a_quote_there_is_nothing_to_wait_for(session, act):
    trial = try_card(session, DEARER, reason="", based_on=1, act=act)

    assert trial.is_done
    assert not session.scalars(sa.select(Job).where(Job.kind == "rate-trial")).all()


def test_a_faulty_draft_is_no_trial(session, act):
    with pytest.raises(RatesRefused, match=r"charges\.0\.rate"):
        try_card(session, DEARER.replace('"85.00"', '"-85.00"'), reason="", based_on=1, act=act)


def test_effects_come_one_by_one_newest_quote_first(session, trial, quoted):
    grow(session, trial, times=1)
    [first] = effects_of(session, trial)

    assert (first.quote, trial.is_done) == (quoted[1], False)
    grow(session, trial, times=1)
    assert [one.quote for one in effects_of(session, trial)] == quoted[::-1]
    assert trial.is_done


def test_an_effect_is_read_as_it_was_worked_out(session, trial):
    grow(session, trial, times=1)
    [read] = effects_of(session, trial)

    assert read == effect_on(session, last_quotes(session)[0], drafted(session, DEARER), {})
    assert read.difference == Decimal("10.00")


def test_what_has_no_price_with_one_card_stays_not_known(session, trial):
    grow(session, trial, times=1)
    said = {**trial.effects[0], "then": None, "fault": "no rate"}
    trial.effects = [said]
    [read] = effects_of(session, trial)

    assert (read.then, read.difference, read.fault) == (None, None, "no rate")
    assert value_of(read) == said


def test_a_trial_that_never_was_is_not_there(session):
    with pytest.raises(NotYours):
        find_trial(session, 77)


NEXT_WEEK = MONDAY + timedelta(days=7)


@pytest.fixture
def night():
    return Act(actor="worker", at=NEXT_WEEK, request_id="night")


def its_job_died(session):
    bury(session.scalars(sa.select(Job).where(Job.kind == "rate-trial")).one(), MONDAY, error="no memory")
    session.flush()


def test_a_trial_whose_job_died_is_dropped_at_night_and_audited(session, trial, night):
    its_job_died(session)

    assert drop_hanging_trials(session, night) == 1
    assert session.scalars(sa.select(RateTrial)).all() == []
    assert session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "rates.trial-dropped")).one()


def test_a_trial_that_is_still_worked_on_stays(session, trial, night):
    assert drop_hanging_trials(session, night) == 0


def test_a_trial_that_came_to_its_end_stays(session, trial, night):
    grow(session, trial, times=2)
    its_job_died(session)

    assert drop_hanging_trials(session, night) == 0


def test_a_trial_of_today_may_be_taken_up_again(session, trial, act):
    its_job_died(session)

    assert drop_hanging_trials(session, act) == 0


def test_what_hangs_although_the_night_has_passed_is_a_fault(session, trial):
    its_job_died(session)
    hanging = hanging_trials(session, before=NEXT_WEEK)

    assert list(trial_faults([trial], hanging)) == [
        f"trial {trial.id} of the rate card has been left hanging since 2026-11-23"
    ]


def test_more_effects_than_quotes_is_a_fault(trial):
    trial.effects = [{}] * 3

    [fault] = trial_faults([trial], [])
    assert fault.endswith("has 3 effects on 2 quotes")
