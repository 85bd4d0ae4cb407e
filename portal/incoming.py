"""The worker's incoming inspection: what customers sent is read in the limited child and kept, stage by stage."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal import db
from portal.errors import PackageRefused
from portal.gateways.files import Files
from portal.gateways.reader import Reader, ReaderKilled
from portal.intake.inside import Inside
from portal.intake.stages import Reading
from portal.models.corrections import Rereading
from portal.models.files import DesignRecord, Package, StoredFile
from portal.models.work import Job
from portal.services import corrections, packages
from portal.services.audit import Act


class Shop(Protocol):
    """The workshop, as far as packages are concerned."""

    @property
    def engine(self) -> Engine: ...
    @property
    def files(self) -> Files: ...
    @property
    def reader(self) -> Reader: ...


def act_of(job_id: int) -> Act:
    return Act(actor="worker", at=datetime.now(UTC), request_id=f"job {job_id}")


def read_package(shop: Shop, job_id: int, reference: str) -> str:
    """Read an uploaded package in the limited child and keep what it says, stage by stage, or the sentence why not."""

    def refused(refusal: PackageRefused) -> str:
        return refuse(shop, job_id, reference, refusal=refusal)

    return _read(shop, job_id, lambda session: _package(session, reference), refused=refused)


def read_again(shop: Shop, job_id: int, number: str) -> str:
    """Read a package once more with what its owner said, into a design beside the one that it corrects."""

    def refused(refusal: PackageRefused) -> str:
        with db.writing(shop.engine) as session:
            corrections.refuse_again(session, session.get_one(Rereading, int(number)), refusal, act_of(job_id))
        return _for_staff(refusal)

    return _read(shop, job_id, lambda session: session.get_one(Rereading, int(number)), refused=refused)


Find = Callable[[Session], Package | Rereading]


def _read(shop: Shop, job_id: int, find: Find, *, refused: Callable[[PackageRefused], str]) -> str:
    """What has been refused or read to the end is not read twice."""
    with TemporaryDirectory(prefix="package-") as folder:
        with db.reading(shop.engine) as session:
            source = find(session)
            if corrections.is_done(source):
                return ""
            package, said = corrections.package_of(source), corrections.said_for(session, source)
            name, path = package.name, _laid_out(package, shop.files, Path(folder))
        try:
            reading = shop.reader.read(
                path,
                name=name,
                corrections=said,
                on_step=lambda step: _show_step(shop, job_id, step),
                on_stage=lambda stage: _keep(shop, job_id, find, reading=stage, is_whole=False),
            )
        except PackageRefused as refusal:
            return refused(refusal)
    _keep(shop, job_id, find, reading=reading, is_whole=True)
    return reading.fault


def _keep(shop: Shop, job_id: int, find: Find, *, reading: Reading, is_whole: bool) -> None:
    drawn = {name: shop.files.put(data) for name, data in reading.drawn.items()}
    with db.writing(shop.engine) as session:
        act = act_of(job_id)
        kept = packages.keep_reading(session, find(session), reading.design, pictures=drawn, act=act, is_whole=is_whole)
        if is_whole:
            packages.keep_films(session, kept, reading.films, pictures=drawn, act=act)
            corrections.ask_where_unsure(session, kept, act)


def see_inside(shop: Shop, job_id: int, reference: str) -> str:
    """What the dialogs of a board show of its files, seen by the limited child."""
    with TemporaryDirectory(prefix="package-") as folder:
        with db.reading(shop.engine) as session:
            kept = _design(session, reference)
            said = corrections.said_of(session, kept)
            path = _laid_out(kept.package, shop.files, Path(folder))
        try:
            inside, fault = shop.reader.inside(path, said), ""
        except PackageRefused as refusal:
            inside, fault = Inside(), _for_staff(refusal)
    with db.writing(shop.engine) as session:
        corrections.keep_inside(session, _design(session, reference), inside, act_of(job_id))
    return fault


def _for_staff(refusal: PackageRefused) -> str:
    """A killed reader is noted; what a customer sent is not our fault."""
    return f"{refusal.code} {refusal.detail}".strip() if isinstance(refusal, ReaderKilled) else ""


def refuse(shop: Shop, job_id: int, reference: str, *, refusal: PackageRefused) -> str:
    """Nothing of a refused package stays behind but its sentence; a killed reader is noted for staff.

    Its rows are gone before its files: a kill in between leaves a file that nobody names, never a name without a file.
    A board that was shown already, before this worker took the job up again, stays as far as it was read.
    """
    alone: set[str] = set()
    with db.writing(shop.engine) as session:
        package, act = _package(session, reference), act_of(job_id)
        if package.designs:
            packages.leave_unmeasured(session, package, package.designs[0], act)
        else:
            alone = packages.refuse_package(session, package, refusal.sentence, act)
    with db.writing(shop.engine) as session:  # somebody may have sent the same file since
        for sha256 in alone:
            if session.get(StoredFile, sha256) is None:
                shop.files.discard(sha256)
    return _for_staff(refusal)


def _design(session: Session, reference: str) -> DesignRecord:
    return session.scalars(sa.select(DesignRecord).where(DesignRecord.reference == reference)).one()


def _package(session: Session, reference: str) -> Package:
    return session.scalars(sa.select(Package).where(Package.reference == reference)).one()


def _laid_out(package: Package, files: Files, folder: Path) -> Path:
    """One file as it is; several as a folder. The customer's names never reach the disk's root."""
    for file in package.files:
        (folder / file.name).write_bytes(files.read(file.sha256))
    return folder / package.files[0].name if len(package.files) == 1 else folder


def _show_step(shop: Shop, job_id: int, step: str) -> None:
    with db.writing(shop.engine) as session:
        session.get_one(Job, job_id).step = step


# Each returns a notice for staff, or nothing.
HANDLERS: dict[str, Callable[[Shop, int, str], str]] = {
    "read-package": read_package,
    "read-again": read_again,
    "see-inside": see_inside,
}
