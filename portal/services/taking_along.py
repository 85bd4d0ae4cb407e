"""Everything a company has with us, to take along: its papers as JSON, and every file as it was sent."""

import json
import zipfile
from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.gateways.files import Files
from portal.models.files import Package
from portal.models.orders import Order
from portal.models.people import Company
from portal.models.quotes import Quote
from portal.models.work import AuditEntry
from portal.services.joining import people_of
from portal.services.quotes import content


def company_data(session: Session, company: Company) -> dict[str, Any]:
    """People, packages, quotes as they were frozen, orders with their payments, and what these people did."""
    people = [member.user for member in people_of(session, company)]
    packages = session.scalars(sa.select(Package).where(Package.company_id == company.id).order_by(Package.id))
    quotes = session.scalars(sa.select(Quote).where(Quote.company_id == company.id).order_by(Quote.id))
    orders = session.scalars(sa.select(Order).where(Order.company_id == company.id).order_by(Order.id))
    theirs = sa.select(AuditEntry).where(AuditEntry.actor.in_([user.email for user in people]))
    return {
        "company": company.name,
        "people": [{"email": user.email, "roles": sorted(user.roles)} for user in people],
        "packages": [_package(package) for package in packages],
        "quotes": [_quote(quote) for quote in quotes],
        "orders": [_order(order) for order in orders],
        "done": [_deed(entry) for entry in session.scalars(theirs.order_by(AuditEntry.number))],
    }


def as_zip(session: Session, company: Company, files: Files) -> Iterator[bytes]:
    """A zip in pieces as it grows: never more than one file in memory, whatever the company has sent."""
    grown = _Grown()
    with zipfile.ZipFile(grown, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        data = company_data(session, company)
        archive.writestr("data.json", json.dumps(data, indent=1, ensure_ascii=False))
        yield grown.taken()
        for name, sha256 in _files(data):
            if files.has(sha256):
                archive.writestr(name, files.read(sha256))
                yield grown.taken()
    yield grown.taken()


def _files(data: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """Where each file stands in the zip, and its SHA-256."""
    for package in data["packages"]:
        for file in package["files"]:
            yield f"{package['reference']}/{file['name']}", file["sha256"]


class _Grown:
    """What was written since it was last asked; a zip can be written without ever going back."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.pieces.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits here."""

    def taken(self) -> bytes:
        pieces, self.pieces = self.pieces, []
        return b"".join(pieces)


def _package(package: Package) -> dict[str, Any]:
    return {
        "reference": package.reference,
        "sent_at": package.created_at.isoformat(),
        "files": [{"name": file.name, "sha256": file.sha256} for file in package.files],
        "boards": [{"reference": design.reference, "name": design.name} for design in package.designs],
    }


def _quote(quote: Quote) -> dict[str, Any]:
    revisions = [
        {"number": revision.number, "sha256": revision.sha256, "snapshot": content(revision)}
        for revision in quote.revisions
    ]
    return {"reference": quote.reference, "state": quote.state, "revisions": revisions}


def _order(order: Order) -> dict[str, Any]:
    ledger = [
        {"kind": entry.kind, "amount": str(entry.amount), "currency": entry.currency, "at": entry.at.isoformat()}
        for entry in order.ledger
    ]
    return {
        "reference": order.reference,
        "quote": order.quote.reference,
        "customer_po": order.customer_po,
        "boards": order.boards,
        "total": str(order.total),
        "currency": order.currency,
        "accepted_at": order.accepted_at.isoformat(),
        "ledger": ledger,
    }


def _deed(entry: AuditEntry) -> dict[str, Any]:
    return {"at": entry.at.isoformat(), "by": entry.actor, "action": entry.action, "subject": entry.subject}
