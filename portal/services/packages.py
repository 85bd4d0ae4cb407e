"""Taking an upload in, having it read, and keeping what was read."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.board.design import Design
from portal.board.film import Film
from portal.board.record import design_from_json, design_to_json
from portal.errors import BadInput, NotYours, TooMuch
from portal.gateways.files import Files, Received
from portal.intake.limits import GIB, LIMITS
from portal.intake.stages import NOT_MEASURED, film_key, with_findings
from portal.models.base import token
from portal.models.corrections import Rereading
from portal.models.files import DesignFilm, DesignRecord, Package, PackageFile, StoredFile
from portal.models.people import User
from portal.models.work import Job
from portal.services.audit import Act, record
from portal.services.queue import enqueue
from portal.services.remembering import apply_remembered

READER = "1"  # counts up when a newer reader would read the same package differently
MOST_FILES, MOST_PACKAGES_AN_HOUR = LIMITS.files_a_package, LIMITS.packages_an_hour
MOST_BYTES_A_DAY = LIMITS.bytes_a_day


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is looking: a signed-in person, or a browser known only by its visit."""

    user: User | None = None
    visitor_hash: str | None = None

    @property
    def is_staff(self) -> bool:
        return bool(self.user and self.user.is_staff)

    @property
    def email(self) -> str:
        return self.user.email if self.user else ""


def _visible(viewer: Viewer) -> sa.ColumnElement[bool]:
    """Which packages this viewer may see: staff all, people their company's, a browser its own unclaimed ones."""
    if viewer.is_staff:
        return sa.true()
    own = sa.and_(
        Package.visitor_hash == viewer.visitor_hash, Package.company_id.is_(None), viewer.visitor_hash is not None
    )
    if viewer.user is None:
        return own
    return sa.or_(own, Package.company_id == viewer.user.company.id)


def find_package(session: Session, reference: str, viewer: Viewer) -> Package:
    query = sa.select(Package).where(Package.reference == reference, _visible(viewer))
    package = session.scalars(query).first()
    if package is None:
        raise NotYours("package")
    return package


def find_design(session: Session, reference: str, viewer: Viewer) -> DesignRecord:
    query = sa.select(DesignRecord).join(Package).where(DesignRecord.reference == reference, _visible(viewer))
    design = session.scalars(query).first()
    if design is None:
        raise NotYours("design")
    return design


def open_package(session: Session, viewer: Viewer, act: Act) -> Package:
    since = act.at - timedelta(hours=1)
    company = viewer.user.company.id if viewer.user and not viewer.is_staff else None
    owner = Package.company_id == company if company else Package.visitor_hash == viewer.visitor_hash
    recent = sa.select(sa.func.count()).select_from(Package).where(owner, Package.created_at > since)
    if session.scalar(recent) >= MOST_PACKAGES_AN_HOUR:
        raise TooMuch(f"You have opened {MOST_PACKAGES_AN_HOUR} packages within the hour. Please try again later.")
    package = Package(reference=token(), visitor_hash=viewer.visitor_hash, company_id=company, created_at=act.at)
    session.add(package)
    record(session, act, "package.opened", package.reference)
    return package


def refuse_beyond_day(session: Session, package: Package, *, more: int, at: datetime) -> None:
    """TooMuch where one owner's uploads of a day would fill our disk. Asked before they stream, and again after."""
    company, browser = Package.company_id == package.company_id, Package.visitor_hash == package.visitor_hash
    sent = sa.select(sa.func.coalesce(sa.func.sum(StoredFile.bytes), 0)).select_from(PackageFile)
    of_today = (
        sent.join(PackageFile.stored).join(PackageFile.package).where(Package.created_at > at - timedelta(days=1))
    )
    if session.scalar(of_today.where(company if package.company_id else browser)) + more > MOST_BYTES_A_DAY:
        raise TooMuch(f"A day takes {MOST_BYTES_A_DAY // GIB} GiB of uploads. Please send the rest tomorrow.")


def clean_name(name: str) -> str:
    """A file name as it is shown: no folders, no control or direction characters, at most 255 bytes."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    shown = "".join(c for c in last if unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Co", "Cn"}).strip()
    if shown.strip(".") == "" or len(shown.encode()) > 255:
        raise BadInput("A file needs a name of at most 255 bytes. Please rename it and send it again.")
    return shown


def add_file(
    session: Session, package: Package, name: str, *, received: Received, act: Act, files: Files | None = None
) -> PackageFile:
    """One received file of the package. The same file again changes nothing; another one of its name is refused.

    `files` is asked again under the write lock: the same content may just have been discarded with a refused package.
    """
    if files is not None and not files.has(received.sha256):
        raise BadInput("The file did not arrive as it was sent. Please send it again.")
    name = clean_name(name)
    if package.designs or package.refused or is_being_read(session, package):
        raise BadInput("This package is being read already. Please start a new upload for further files.")
    for there in package.files:
        if there.name == name and there.sha256 == received.sha256:
            return there
        if there.name == name:
            raise BadInput(f"There are two different files named {name}. Please rename one of them.")
    if len(package.files) >= MOST_FILES:
        raise TooMuch(f"A package takes {MOST_FILES} files. Please send them as one zip.")
    refuse_beyond_day(session, package, more=received.bytes, at=act.at)
    stored = session.get(StoredFile, received.sha256)
    if stored is None:
        stored = StoredFile(sha256=received.sha256, bytes=received.bytes, created_at=act.at)
    file = PackageFile(package=package, name=name, stored=stored)
    session.add(file)
    record(session, act, "file.received", package.reference, sha256=received.sha256, bytes=received.bytes)
    return file


def reading_key(package: Package) -> str:
    return f"read:{package.reference}"


def reading_job(session: Session, package: Package) -> Job | None:
    return session.scalars(sa.select(Job).where(Job.key == reading_key(package))).first()


def is_being_read(session: Session, package: Package) -> bool:
    return reading_job(session, package) is not None


def start_reading(session: Session, package: Package, act: Act) -> Job:
    """Queue the reading; asking twice is asking once."""
    if not package.files:
        raise BadInput("There is no file in this package yet. Please add one.")
    if not is_being_read(session, package):
        apply_remembered(session, package, act.at)
    job = enqueue(session, "read-package", package.reference, key=reading_key(package), at=act.at)
    record(session, act, "reading.asked", package.reference)
    return job


# What the reader draws (Reading.drawn) -> where the design keeps it.
DRAWN = {
    "top": "top_picture",
    "bottom": "bottom_picture",
    "top.png": "top_thumbnail",
    "bottom.png": "bottom_thumbnail",
    "viewer": "viewer",
}


def keep_reading(
    session: Session,
    source: Package | Rereading,
    design: Design,
    *,
    pictures: dict[str, Received],
    act: Act,
    is_whole: bool = True,
) -> DesignRecord:
    """Keep what was read so far. Each stage replaces the one before; a job that runs twice keeps one design.

    What was read again, as its owner corrected it, is a design beside the first. What was read whole stays as it is.
    A quote that was frozen before has its own figures, and keeps them.
    """
    package = source.package if isinstance(source, Rereading) else source
    kept = source.design if isinstance(source, Rereading) else next(iter(package.designs), None)
    if kept and kept.measured_at:
        return kept
    _note_files(session, pictures.values(), act)
    if kept is None:
        kept = DesignRecord(reference=token(), package=package, reader=READER, created_at=act.at)
    kept.name, kept.record = design.name, design_to_json(design)
    for name in pictures.keys() & DRAWN.keys():
        setattr(kept, DRAWN[name], pictures[name].sha256)
    kept.measured_at = act.at if is_whole else None
    session.add(kept)
    if isinstance(source, Rereading):
        source.design = kept
    if session.is_modified(kept):
        record(session, act, "design.read", kept.reference, package=package.reference, is_whole=is_whole)
    return kept


def keep_films(
    session: Session, kept: DesignRecord, films: Sequence[Film], *, pictures: Mapping[str, Received], act: Act
) -> None:
    """The picture of each layer, once."""
    if kept.films:
        return
    drawn = [pictures[film_key(at)] for at in range(len(films))]
    _note_files(session, drawn, act)
    kept.films = [
        DesignFilm(position=at, name=film.name, file=film.file, sha256=received.sha256)
        for at, (film, received) in enumerate(zip(films, drawn, strict=True))
    ]


def leave_unmeasured(session: Session, source: Package | Rereading, kept: DesignRecord, act: Act) -> None:
    """The reader could not go on where an earlier one had begun: what is known stays, and says what is missing."""
    design = with_findings(the_design(kept), NOT_MEASURED)
    keep_reading(session, source, design, pictures={}, act=act)


def _note_files(session: Session, files: Iterable[Received], act: Act) -> None:
    for received in files:
        if session.get(StoredFile, received.sha256) is None:
            session.add(StoredFile(sha256=received.sha256, bytes=received.bytes, created_at=act.at))
            session.flush()


def refuse_package(session: Session, package: Package, sentence: str, act: Act) -> set[str]:
    """Keep only the sentence for the customer; the hashes of the files that nobody else has sent, to be discarded."""
    package.refused = sentence
    sent = {file.sha256 for file in package.files}
    for file in package.files:
        session.delete(file)
    session.flush()
    session.expire(package, ["files"])
    elsewhere = session.scalars(sa.select(PackageFile.sha256).where(PackageFile.sha256.in_(sent)))
    alone = sent - set(elsewhere)
    session.execute(sa.delete(StoredFile).where(StoredFile.sha256.in_(alone)))
    record(session, act.because(sentence), "package.refused", package.reference, discarded=sorted(alone))
    return alone


def the_design(kept: DesignRecord) -> Design:
    return design_from_json(kept.record)
