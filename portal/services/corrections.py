"""A customer corrects what we took his files for: the package is read again, into a design beside the first."""

import json
from collections.abc import Iterator
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.board.edges import asks_for_edge
from portal.errors import BadInput, PackageRefused, TooMuch
from portal.intake.bom import UNSURE
from portal.intake.corrections import NOTHING_SAID, Corrections
from portal.intake.inside import Inside, inside_from, inside_to_json
from portal.models.corrections import Inside as SeenInside
from portal.models.corrections import Rereading
from portal.models.files import DesignRecord, Package
from portal.models.work import Job
from portal.services.audit import Act, record
from portal.services.packages import leave_unmeasured, reading_job, the_design
from portal.services.queue import enqueue
from portal.services.remembering import as_value, from_value

MOST_REREADINGS_AN_HOUR = 30


def said_in(again: Rereading | None) -> Corrections:
    return from_value(again.said) if again else NOTHING_SAID


def said_at_first(session: Session, package: Package) -> Corrections:
    """What was remembered of earlier packages when the reading of this one was asked for."""
    first = sa.select(Rereading).where(Rereading.package_id == package.id, Rereading.corrects_id.is_(None))
    return said_in(session.scalars(first).first())


def package_of(source: Package | Rereading) -> Package:
    return source.package if isinstance(source, Rereading) else source


def said_for(session: Session, source: Package | Rereading) -> Corrections:
    """What is said of a package that is about to be read, for the first time or once more."""
    return said_in(source) if isinstance(source, Rereading) else said_at_first(session, source)


def is_done(source: Package | Rereading) -> bool:
    """Refused, or read to the end."""
    design = source.design if isinstance(source, Rereading) else next(iter(source.designs), None)
    return bool(source.refused or (design and design.measured_at))


def reading_of(session: Session, kept: DesignRecord) -> Rereading | None:
    """The correction that this design was read with; None of the first reading of a package."""
    return session.scalars(sa.select(Rereading).where(Rereading.design_id == kept.id)).first()


def said_of(session: Session, kept: DesignRecord) -> Corrections:
    """Everything that was said when this design was read."""
    again = reading_of(session, kept)
    return said_in(again) if again else said_at_first(session, kept.package)


def correct(session: Session, kept: DesignRecord, more: Corrections, act: Act) -> Rereading:
    """Have the package read again with `more` said of it; asking twice is asking once."""
    before = said_of(session, kept)
    said = as_value(before.and_then(more))
    if said == as_value(before):
        raise BadInput("Nothing was changed, so there is nothing to read again. Please correct an entry first.")
    last = last_correction(session, kept)
    if last and last.said == said and last.refused is None:
        return last
    _bound(session, kept.package, act)
    again = Rereading(package=kept.package, corrects=kept, said=said, created_at=act.at)
    session.add(again)
    session.flush()
    enqueue(session, "read-again", str(again.id), key=_key(again), at=act.at)
    record(session, act, "reading.corrected", kept.reference, said=as_value(more))
    return again


def _bound(session: Session, package: Package, act: Act) -> None:
    since = act.at - timedelta(hours=1)
    recent = sa.select(sa.func.count()).where(Rereading.package_id == package.id, Rereading.created_at > since)
    if (session.scalar(recent) or 0) >= MOST_REREADINGS_AN_HOUR:
        raise TooMuch(f"This package was read {MOST_REREADINGS_AN_HOUR} times within the hour. Please try again later.")


def _key(again: Rereading) -> str:
    return f"read-again:{again.id}"


def last_correction(session: Session, kept: DesignRecord) -> Rereading | None:
    """The newest reading that corrects this design."""
    query = sa.select(Rereading).where(Rereading.corrects_id == kept.id).order_by(Rereading.id.desc())
    return session.scalars(query).first()


def corrected_by(session: Session, kept: DesignRecord) -> DesignRecord | None:
    """The design that stands for this one now, through all corrections; None where this is the newest."""
    newest = None
    while (again := last_correction(session, newest or kept)) and again.design:
        newest = again.design
    return newest


def earlier_readings(session: Session, kept: DesignRecord) -> Iterator[DesignRecord]:
    """The designs that this one corrects, the nearest first."""
    while (again := reading_of(session, kept)) and again.corrects:
        kept = again.corrects
        yield kept


def correction_job(session: Session, again: Rereading) -> Job | None:
    return session.scalars(sa.select(Job).where(Job.key == _key(again))).first()


def job_of(session: Session, kept: DesignRecord) -> Job | None:
    """The job that reads this very design."""
    again = reading_of(session, kept)
    return correction_job(session, again) if again else reading_job(session, kept.package)


def refuse_again(session: Session, again: Rereading, refusal: PackageRefused, act: Act) -> None:
    """It cannot be read like this: the earlier design stays, and so do the files. What was shown already stays too."""
    if again.design:
        leave_unmeasured(session, again, again.design, act)
        return
    again.refused = refusal.sentence
    record(session, act.because(refusal.sentence), "reading.refused", again.package.reference)


def ask_inside(session: Session, kept: DesignRecord, act: Act) -> None:
    """Have a look taken into the files of a design for the dialogs, once."""
    if inside_of(session, kept) is None:
        enqueue(session, "see-inside", kept.reference, key=_inside_key(kept), at=act.at)


def ask_where_unsure(session: Session, kept: DesignRecord, act: Act) -> None:
    """The dialog should be there at once where we ask the customer to name columns, or to say what the edge is."""
    findings = the_design(kept).findings
    if any(finding.code in UNSURE for finding in findings) or asks_for_edge(findings):
        ask_inside(session, kept, act)


def _inside_key(kept: DesignRecord) -> str:
    return f"see-inside:{kept.reference}"


def inside_job(session: Session, kept: DesignRecord) -> Job | None:
    return session.scalars(sa.select(Job).where(Job.key == _inside_key(kept))).first()


def inside_of(session: Session, kept: DesignRecord) -> Inside | None:
    seen = session.get(SeenInside, kept.id)
    return inside_from(seen.seen) if seen else None


def keep_inside(session: Session, kept: DesignRecord, inside: Inside, act: Act) -> None:
    if session.get(SeenInside, kept.id) is None:
        session.add(SeenInside(design_id=kept.id, seen=json.loads(inside_to_json(inside)), created_at=act.at))
        record(session, act, "design.looked-into", kept.reference, tables=len(inside.tables))
