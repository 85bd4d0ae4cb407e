"""What a company said of its files and packages, kept for the next package with files named alike, until it is
forgotten.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import NotYours
from portal.intake.corrections import NOTHING_SAID, Corrections
from portal.intake.corrections_text import corrections_from_json, corrections_to_json
from portal.intake.naming import ANY, pattern_of
from portal.models.corrections import Remembered, RememberedKind, Rereading
from portal.models.files import Package
from portal.services.audit import Act, record


def as_value(said: Corrections) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(corrections_to_json(said))
    return value


def from_value(value: Mapping[str, Any]) -> Corrections:
    return corrections_from_json(json.dumps(value))


def remember(session: Session, company_id: int, said: Corrections, *, said_for: str, act: Act) -> None:
    """Each file's word for all files of its pattern, each package's turn for that package in every centroid file.

    What holds for one board only is not said again: layers keep their numbers, boards and edges do not. A name that
    is nothing but the board's own stands for every file, and is not remembered.
    """
    words = [(RememberedKind.ROLE, name, asdict(role)) for name, role in said.roles.items()]
    words += [(RememberedKind.TABLE, name, asdict(table)) for name, table in said.tables.items()]
    patterns = [(kind, pattern_of(name), value) for kind, name, value in words]
    patterns += [(RememberedKind.TURN, package, asdict(turn)) for package, turn in said.turns.items()]
    for kind, pattern, value in patterns:
        if pattern != ANY:
            _note(session, Remembered(company_id=company_id, kind=kind, pattern=pattern, said=value), said_for, act)


def _note(session: Session, new: Remembered, said_for: str, act: Act) -> None:
    same = sa.select(Remembered).where(
        Remembered.company_id == new.company_id, Remembered.kind == new.kind, Remembered.pattern == new.pattern
    )
    row = session.scalars(same).first() or new
    row.said, row.said_for, row.created_at = new.said, said_for, act.at
    session.add(row)
    record(session, act, "correction.remembered", f"company {row.company_id}", kind=row.kind, pattern=row.pattern)


def all_remembered(session: Session, company_id: int) -> list[Remembered]:
    """The newest first."""
    own = sa.select(Remembered).where(Remembered.company_id == company_id)
    return list(session.scalars(own.order_by(Remembered.created_at.desc(), Remembered.id.desc())))


def forget(session: Session, company_id: int, number: int, act: Act) -> None:
    row = session.get(Remembered, number)
    if row is None:
        return  # a double click forgets once
    if row.company_id != company_id:
        raise NotYours("correction")
    session.delete(row)
    record(session, act, "correction.forgotten", f"company {company_id}", kind=row.kind, pattern=row.pattern)


def apply_remembered(session: Session, package: Package, at: datetime) -> None:
    """Note beside a package that is about to be read what its company has said before, as it stands now."""
    if package.company_id is None:
        return
    said = NOTHING_SAID
    for row in reversed(all_remembered(session, package.company_id)):
        said = said.and_then(_with_origin(row))
    if said != NOTHING_SAID:
        session.add(Rereading(package=package, said=as_value(said), created_at=at))


def _with_origin(row: Remembered) -> Corrections:
    because = f"as you said for {row.said_for} on {row.created_at.day} {row.created_at:%b %Y}"
    one = from_value({f"{row.kind}s": {row.pattern: row.said}})
    return Corrections(
        roles={pattern: replace(role, because=because) for pattern, role in one.roles.items()},
        tables={pattern: replace(table, because=because) for pattern, table in one.tables.items()},
        turns={package: replace(turn, because=because) for package, turn in one.turns.items()},
    )
