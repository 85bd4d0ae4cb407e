"""The shop's data in force: read from the newest versions in the database, parsed once for each version."""

import hashlib

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.models.shop import ShopPart, ShopVersion
from portal.services.audit import Act, record


def add_version(session: Session, part: ShopPart, text: str, act: Act) -> ShopVersion:
    """A new version of one part of the shop's data; the same text again is no new version."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    last = session.scalars(
        sa.select(ShopVersion).where(ShopVersion.part == part).order_by(ShopVersion.number.desc()).limit(1),
    ).first()
    if last and last.sha256 == sha256:
        return last
    version = ShopVersion(
        part=part,
        number=last.number + 1 if last else 1,
        text=text,
        sha256=sha256,
        reason=act.reason,
        created_by=act.actor,
        created_at=act.at,
    )
    session.add(version)
    record(session, act, "shop.version", part.value, number=version.number, sha256=sha256)
    return version
