"""Queue a job in the transaction that causes it; lease, beat and finish it from the worker.

At least once: a worker that dies leaves a lease that runs out, and the job is taken up again, up to five times.
"""

from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import IllegalMove
from portal.models.work import Job, JobState
from portal.services.audit import Act, record

LEASE = timedelta(seconds=20)  # a dead worker's job is taken up again after this; a living one beats long before
MOST_ATTEMPTS = 5
RETRY_AFTER = (timedelta(0), timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10))


def enqueue(session: Session, kind: str, subject: str, *, key: str, at: datetime) -> Job:
    """The job of this key: a new one, or the one that is already there."""
    job = session.scalars(sa.select(Job).where(Job.key == key)).first()
    if job is None:
        job = Job(key=key, kind=kind, subject=subject, run_after=at, created_at=at, state=JobState.WAITING)
        session.add(job)
        session.flush()
    return job


def _due(at: datetime) -> sa.ColumnElement[bool]:
    return sa.or_(
        sa.and_(Job.state == JobState.WAITING, Job.run_after <= at),
        sa.and_(Job.state == JobState.LEASED, Job.lease_until < at),
    )


def is_waiting(session: Session, at: datetime) -> bool:
    """Whether there is anything to lease: asked several times a second, so it must not take the write lock."""
    return session.scalars(sa.select(Job.id).where(_due(at)).limit(1)).first() is not None


def lease_next(session: Session, at: datetime) -> Job | None:
    """The job that has waited longest, or one whose worker died; leased to the caller."""
    oldest = sa.select(Job).where(_due(at)).order_by(Job.run_after, Job.id).limit(1)
    query = oldest.with_for_update(skip_locked=True)
    job = session.scalars(query).first()
    if job is None:
        return None
    job.attempts += 1
    if job.attempts > MOST_ATTEMPTS:
        bury(job, at, error=job.error or "its worker died each time")
        return None
    job.state, job.lease_until = JobState.LEASED, at + LEASE
    return job


def finish(job: Job, at: datetime, *, notice: str = "") -> None:
    """Done; `notice` is for staff: it went well for us, but somebody should look."""
    job.state, job.lease_until, job.finished_at, job.error = JobState.DONE, None, at, notice


def retry_later(job: Job, at: datetime, *, error: str) -> None:
    """Back to waiting with more patience each time; dead when patience has run out."""
    if job.attempts >= MOST_ATTEMPTS:
        bury(job, at, error=error)
        return
    job.state, job.lease_until, job.error = JobState.WAITING, None, error[:2000]
    job.run_after = at + RETRY_AFTER[min(job.attempts, len(RETRY_AFTER) - 1)]


def bury(job: Job, at: datetime, *, error: str) -> None:
    job.state, job.lease_until, job.finished_at, job.error = JobState.DEAD, None, at, error[:2000]


def revive(session: Session, job: Job, act: Act) -> None:
    """A dead job waits again with all its patience: somebody has mended what it died of."""
    session.refresh(job, with_for_update=True)
    if job.state is not JobState.DEAD:
        raise IllegalMove(job.state, JobState.WAITING)
    job.state, job.attempts, job.run_after, job.finished_at = JobState.WAITING, 0, act.at, None
    record(session, act, "job.revived", job.key, error=job.error[-200:])
