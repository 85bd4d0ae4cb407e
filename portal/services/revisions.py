"""Which board follows which: a package sent as the next revision of a design, and the history that this makes."""

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import NotYours
from portal.models.corrections import Revision
from portal.models.files import DesignRecord, Package
from portal.services.audit import Act, record
from portal.services.corrections import corrected_by, earlier_readings
from portal.services.packages import Viewer, find_design, open_package

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MOST_SHOWN = 12  # of the earlier readings and revisions of a board


@dataclass(frozen=True, slots=True)
class Earlier:
    """A design before this one, and what to call it."""

    kept: DesignRecord
    words: str


@dataclass(frozen=True, slots=True)
class History:
    """`letter` is the revision; `newer` the reading that stands for this one now."""

    letter: str
    is_corrected: bool
    newer: DesignRecord | None
    earlier: tuple[Earlier, ...]


def open_revision(session: Session, kept: DesignRecord, viewer: Viewer, act: Act) -> Package:
    """An empty package for the next revision of a design; it belongs to whom the design belongs to."""
    package = open_package(session, viewer, act)
    package.company_id, package.visitor_hash = kept.package.company_id, kept.package.visitor_hash
    session.add(Revision(package=package, follows=kept, created_at=act.at))
    record(session, act, "revision.opened", package.reference, follows=kept.reference)
    return package


def followed(session: Session, package: Package) -> DesignRecord | None:
    """The design that this package was sent as a revision of."""
    revision = session.scalars(sa.select(Revision).where(Revision.package_id == package.id)).first()
    return revision.follows if revision else None


def _revisions_before(session: Session, kept: DesignRecord) -> Iterator[DesignRecord]:
    """The designs of earlier revisions, the nearest first."""
    before = followed(session, kept.package)
    while before:
        yield before
        before = followed(session, before.package)


def letter_of(number: int) -> str:
    """0 is A, 25 is Z, 26 is AA."""
    above, rest = divmod(number, len(LETTERS))
    return (letter_of(above - 1) if above else "") + LETTERS[rest]


def history_of(session: Session, kept: DesignRecord, viewer: Viewer) -> History:
    """What of it this viewer may see: a board may have changed hands between two revisions."""
    revisions, readings = list(_revisions_before(session, kept)), list(earlier_readings(session, kept))
    earlier = [Earlier(before, "the reading before your corrections") for before in readings[:1]]
    earlier += [
        Earlier(before, f"revision {letter_of(number)}")
        for number, before in zip(range(len(revisions) - 1, -1, -1), revisions, strict=True)
    ]
    seen = tuple(before for before in earlier if _may_see(session, before.kept, viewer))
    newer = corrected_by(session, kept)
    return History(letter_of(len(revisions)), bool(readings), newer, seen[:MOST_SHOWN])


def _may_see(session: Session, kept: DesignRecord, viewer: Viewer) -> bool:
    try:
        find_design(session, kept.reference, viewer)
    except NotYours:
        return False
    return True
