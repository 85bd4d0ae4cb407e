"""The job row is the queue: leased once, taken up again after a death, buried after five attempts."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from samples import MONDAY

from portal.errors import IllegalMove
from portal.models.work import AuditEntry, JobState
from portal.services.queue import (
    LEASE,
    MOST_ATTEMPTS,
    bury,
    enqueue,
    finish,
    is_waiting,
    lease_next,
    retry_later,
    revive,
)


@pytest.fixture
def job(session):
    return enqueue(session, "read-package", "P-1", key="read:P-1", at=MONDAY)


def test_the_same_work_is_queued_once(session, job):
    assert enqueue(session, "read-package", "P-1", key="read:P-1", at=MONDAY) is job


def test_a_leased_job_is_nobody_elses(session, job):
    assert lease_next(session, MONDAY) is job
    assert lease_next(session, MONDAY) is None


def test_a_job_whose_worker_died_is_taken_up_again(session, job):
    lease_next(session, MONDAY)
    later = MONDAY + LEASE + timedelta(seconds=1)
    assert lease_next(session, later) is job
    assert job.attempts == 2


def test_a_finished_job_is_done_for_good(session, job):
    finish(lease_next(session, MONDAY), MONDAY)
    assert job.state is JobState.DONE
    assert lease_next(session, MONDAY + timedelta(days=1)) is None


def test_a_failed_job_waits_before_it_is_tried_again(session, job):
    retry_later(lease_next(session, MONDAY), MONDAY, error="no route to host")
    assert lease_next(session, MONDAY) is None
    assert lease_next(session, MONDAY + timedelta(minutes=1)) is job


def test_after_five_failures_a_job_is_left_for_people(session, job):
    at = MONDAY
    for _ in range(MOST_ATTEMPTS):
        at += timedelta(hours=1)
        retry_later(lease_next(session, at), at, error="broken")
    assert (job.state, job.error) == (JobState.DEAD, "broken")


def test_a_job_that_kills_every_worker_is_buried(session, job):
    at = MONDAY
    for _ in range(MOST_ATTEMPTS):
        at += timedelta(hours=1)
        assert lease_next(session, at) is job
    assert lease_next(session, at + timedelta(hours=1)) is None
    assert job.state is JobState.DEAD


def test_the_oldest_job_is_first(session, job):
    younger = enqueue(session, "read-package", "P-2", key="read:P-2", at=MONDAY + timedelta(seconds=1))
    at = MONDAY + timedelta(minutes=1)
    assert [lease_next(session, at), lease_next(session, at)] == [job, younger]


def test_asking_whether_anything_waits_takes_nothing(session, job):
    assert is_waiting(session, MONDAY)
    assert job.state is JobState.WAITING


@pytest.fixture
def dead(session, job):
    bury(job, MONDAY, error="the disk is full")
    session.flush()
    return job


def test_a_dead_job_is_taken_up_again_when_somebody_revives_it(session, dead, act):
    revive(session, dead, act)
    assert lease_next(session, MONDAY) is dead
    assert dead.attempts == 1


def test_who_revived_a_job_and_what_it_had_died_of_stays_in_the_audit(session, dead, act):
    revive(session, dead, act.because("the disk is larger now"))
    [entry] = session.scalars(sa.select(AuditEntry).where(AuditEntry.subject == dead.key))
    assert (entry.action, entry.reason) == ("job.revived", "the disk is larger now")
    assert entry.changes == {"error": "the disk is full"}


def test_only_a_dead_job_is_revived(session, job, act):
    with pytest.raises(IllegalMove):
        revive(session, job, act)


def test_a_job_is_revived_once_by_a_double_click(session, dead, act):
    revive(session, dead, act)
    with pytest.raises(IllegalMove):
        revive(session, dead, act)
