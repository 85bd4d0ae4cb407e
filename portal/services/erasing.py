"""Erasing what a company left with us: files, readings, people. What the law makes us keep stays, and we say so.

Quotes, orders and invoices are business papers, to be kept for years; they name parts and prices, not files. Of every
file and person a tombstone stays: kind, hash, when, by whom and why, so that nobody can say that it was never there.
"""

import hashlib

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.board.design import Design
from portal.board.record import design_to_json
from portal.errors import BadInput
from portal.models.corrections import Inside, Remembered, Rereading
from portal.models.factors import ApiToken, CodeApp, Passkey, RecoveryCode
from portal.models.files import DesignFilm, DesignRecord, Package, PackageFile, StoredFile
from portal.models.joining import Invitation, Tombstone
from portal.models.orders import Order
from portal.models.people import Company, LoginLink, LoginSession, Membership, User
from portal.models.quotes import QuoteDocument
from portal.models.work import OutboxMail
from portal.services.audit import Act, record
from portal.services.floor import order_percent
from portal.services.limits import forget_person

PICTURES = ("top_picture", "bottom_picture", "top_thumbnail", "bottom_thumbnail", "viewer")


def ask_for_erasure(session: Session, company: Company, act: Act) -> None:
    company.erasure_asked_at = company.erasure_asked_at or act.at
    record(session, act, "erasure.asked", company.name)


def withdraw_erasure(session: Session, company: Company, act: Act) -> None:
    company.erasure_asked_at = None
    record(session, act, "erasure.withdrawn", company.name)


def wishes(session: Session) -> list[Company]:
    """Companies that wait to be erased, the oldest wish first."""
    asked = sa.select(Company).where(Company.erasure_asked_at.is_not(None), Company.erased_at.is_(None))
    return list(session.scalars(asked.order_by(Company.erasure_asked_at)))


def hindrances(session: Session, company: Company) -> list[str]:
    """Why it cannot be done yet: boards that are still being built need their files."""
    orders = session.scalars(sa.select(Order).where(Order.company_id == company.id))
    return [f"order {order.reference} is not finished" for order in orders if order_percent(order) < 100]


def erase(session: Session, company: Company, act: Act) -> int:
    """Files, readings and people of the company; how many tombstones stand for them."""
    if company.is_house or company.erased_at:
        raise BadInput("This company cannot be erased. Please reload the page.")
    if open_ones := hindrances(session, company):
        raise BadInput(f"{', '.join(open_ones)}. Please finish or cancel what is open first.")
    record(session, act, "company.erased", f"company {company.id}")
    stones = [*_files(session, company), *_people(session, company)]
    session.add_all(
        Tombstone(kind=kind, sha256=sha256, created_by=act.actor, reason=act.reason, created_at=act.at)
        for kind, sha256 in stones
    )
    session.execute(sa.delete(Remembered).where(Remembered.company_id == company.id))
    session.execute(sa.delete(Invitation).where(Invitation.company_id == company.id))
    company.name, company.erased_at = f"Erased company {company.id}", act.at
    return len(stones)


def _files(session: Session, company: Company) -> list[tuple[str, str]]:
    """The rows that name a file go; the store gives up the file itself once no row of anybody names it."""
    packages = sa.select(Package.id).where(Package.company_id == company.id)
    designs = session.scalars(sa.select(DesignRecord).where(DesignRecord.package_id.in_(packages))).all()
    numbers = [design.id for design in designs]
    named = set(session.scalars(sa.select(PackageFile.sha256).where(PackageFile.package_id.in_(packages))))
    named |= set(session.scalars(sa.select(DesignFilm.sha256).where(DesignFilm.design_id.in_(numbers))))
    stones = [("reading", hashlib.sha256(design.record.encode()).hexdigest()) for design in designs]
    for design in designs:
        named |= {getattr(design, name) for name in PICTURES} - {None}
        design.name, design.record = "erased", design_to_json(Design(name="erased"))
        for name in PICTURES:
            setattr(design, name, None)
    session.flush()
    session.execute(sa.delete(PackageFile).where(PackageFile.package_id.in_(packages)))
    session.execute(sa.delete(DesignFilm).where(DesignFilm.design_id.in_(numbers)))
    session.execute(sa.delete(Inside).where(Inside.design_id.in_(numbers)))
    session.execute(sa.update(Rereading).where(Rereading.package_id.in_(packages)).values(said={}))
    session.execute(sa.delete(StoredFile).where(StoredFile.sha256.in_(named - _named_elsewhere(session))))
    return stones + [("file", sha256) for sha256 in sorted(named)]


def _named_elsewhere(session: Session) -> set[str]:
    """Files that another company's rows, or a quote's document, still name."""
    columns = [PackageFile.sha256, DesignFilm.sha256, QuoteDocument.sha256]
    columns += [getattr(DesignRecord, name) for name in PICTURES]
    return {sha256 for column in columns for sha256 in session.scalars(sa.select(column)) if sha256}


def _people(session: Session, company: Company) -> list[tuple[str, str]]:
    """An account stays as a number, because papers and the audit point to it; what names its owner goes."""
    users = session.scalars(sa.select(User).join(Membership).where(Membership.company_id == company.id)).all()
    stones = []
    for user in users:
        stones.append(("person", hashlib.sha256(user.email.encode()).hexdigest()))
        for table in (CodeApp, Passkey, RecoveryCode, ApiToken, LoginSession):
            session.execute(sa.delete(table).where(table.user_id == user.id))
        forget_person(session, user.email)
        session.execute(sa.delete(LoginLink).where(LoginLink.email == user.email))
        letters = sa.update(OutboxMail).where(OutboxMail.recipient == user.email)
        session.execute(letters.values(recipient="", subject="erased", text="", html="", attachments=[]))
        user.email, user.name, user.password_hash, user.is_active = f"erased-{user.id}@invalid", "", None, False
    return stones
