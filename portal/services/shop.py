"""The shop's data in force: the newest version of each part, parsed once for each text, never edited in place."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.costing.cards import read_rate_card
from portal.costing.company import Company, read_company
from portal.costing.matrix import Basis
from portal.errors import RatesRefused
from portal.models.shop import ShopPart, ShopVersion
from portal.parts.catalogue import read_catalogue
from portal.planning.leadtimes import LeadTimes, read_lead_times
from portal.planning.schedule import Schedule
from portal.planning.shopfile import read_schedule
from portal.planning.suppliers import Past
from portal.production.instalments import PaymentRules, read_payment_rules
from portal.production.taxing import TaxTable, read_tax_table
from portal.routing.shop import read_shop
from portal.services.audit import Act, record

IN_FORCE = "shop in force"  # in a session's own notes: a transaction, and what it found


@dataclass(frozen=True, slots=True)
class ShopData:
    """Everything a price and a date rest on. `versions` names each part by the SHA-256 of its text."""

    company: Company
    basis: Basis
    schedule: Schedule
    lead_times: LeadTimes
    tax: TaxTable
    payment: PaymentRules
    versions: dict[str, str]
    past: Past | None = None  # what suppliers did before; see services/goods.py

    @property
    def currency(self) -> str:
        return self.basis.card.currency


def add_version(session: Session, part: ShopPart, text: str, act: Act) -> ShopVersion:
    """A new version of one part of the shop's data; the same text again is no new version."""
    parsed(part, text)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    last = _newest(session, part)
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
    session.info.pop(IN_FORCE, None)
    record(session, act, "shop.version", part.value, number=version.number, sha256=sha256)
    return version


@dataclass(frozen=True, slots=True)
class Loaded:
    """Which files became new versions, and which changed ones did not because somebody has edited theirs since."""

    taken: tuple[ShopPart, ...]
    left: tuple[ShopPart, ...]


def load_config(session: Session, folder: Path, act: Act) -> Loaded:
    """Take what changed in the files of a config folder: all of it, or RatesRefused with every fault of every file.

    A file that did not change since `act.actor` loaded it last says nothing new, whatever was made in the portal
    since; one that did change gives way to such a version, which staff wanted later than the file's.
    """
    texts = config_texts(folder)
    changed = [part for part, text in texts.items() if _is_news(session, part, text, act.actor)]
    left = tuple(part for part in changed if _was_edited(session, part, act.actor))
    taken = tuple(part for part in changed if part not in left)
    for part in taken:
        add_version(session, part, texts[part], act)
    return Loaded(taken, left)


def config_texts(folder: Path) -> dict[ShopPart, str]:
    """The text of every part, each one found good."""
    texts, faults = {}, []
    for part in ShopPart:
        try:
            texts[part] = (folder / part.value).read_text(encoding="utf-8")
            parsed(part, texts[part])
        except (OSError, UnicodeDecodeError) as fault:
            faults.append(f"{part.value}: cannot be read ({fault})")
        except RatesRefused as refused:
            faults += [fault if fault.startswith(part) else f"{part.value}: {fault}" for fault in refused.faults]
    if faults:
        raise RatesRefused(faults)
    return texts


def _is_news(session: Session, part: ShopPart, text: str, loader: str) -> bool:
    """Whether this is neither what the loader took last nor what is in force."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    known = (_newest(session, part, ShopVersion.created_by == loader), _newest(session, part))
    return sha256 not in {version.sha256 for version in known if version}


def _was_edited(session: Session, part: ShopPart, loader: str) -> bool:
    newest = _newest(session, part)
    return newest is not None and newest.created_by != loader


def _newest(session: Session, part: ShopPart, *which: sa.ColumnElement[bool]) -> ShopVersion | None:
    query = sa.select(ShopVersion).where(ShopVersion.part == part, *which)
    return session.scalars(query.order_by(ShopVersion.number.desc()).limit(1)).first()


def current_shop(session: Session) -> ShopData:
    """The shop as it is now; it stays so while the transaction lasts."""
    hashes = _hashes_in_force(session)
    return _shop(tuple(hashes[part] for part in ShopPart))


def company_in_force(session: Session) -> Company | None:
    """Who quotes, without the rest of the shop; None in a portal that has no shop yet."""
    hashes = _hashes_in_force(session)
    return company_of_text(_TEXTS[hashes[ShopPart.COMPANY]]) if ShopPart.COMPANY in hashes else None


def _hashes_in_force(session: Session) -> dict[ShopPart, str]:
    """Of the newest version of each part: looked up once in a transaction, because a page asks a dozen times.

    Texts are read from the database only where this process has not parsed them yet.
    """
    known = session.info.get(IN_FORCE)
    if known and known[0] is session.get_transaction():
        return dict(known[1])
    newest = sa.select(ShopVersion.part, sa.func.max(ShopVersion.number)).group_by(ShopVersion.part).subquery()
    in_force = sa.select(ShopVersion.part, ShopVersion.sha256, ShopVersion.id).join(
        newest, (ShopVersion.part == newest.c.part) & (ShopVersion.number == newest.c[1])
    )
    rows = session.execute(in_force).all()
    for row in rows:
        if row.sha256 not in _TEXTS:
            _TEXTS[row.sha256] = session.get_one(ShopVersion, row.id).text
    hashes = {row.part: row.sha256 for row in rows}
    session.info[IN_FORCE] = session.get_transaction(), hashes
    return hashes


@lru_cache(maxsize=8)
def company_of_text(text: str) -> Company:
    return read_company(text, file=ShopPart.COMPANY.value)


def shop_of_versions(session: Session, versions: Mapping[str, str]) -> ShopData:
    """The shop as a quote found it: part -> SHA-256 of its text then."""
    missing = [sha256 for sha256 in versions.values() if sha256 not in _TEXTS]
    if missing:
        found = sa.select(ShopVersion.sha256, ShopVersion.text).where(ShopVersion.sha256.in_(missing))
        _TEXTS.update({version.sha256: version.text for version in session.execute(found)})
    return _shop(tuple(versions[part.value] for part in ShopPart))


def shop_of_files(texts: dict[ShopPart, str]) -> ShopData:
    """The shop from texts, without a database: for the command line."""
    hashes = {part: hashlib.sha256(text.encode()).hexdigest() for part, text in texts.items()}
    _TEXTS.update({hashes[part]: text for part, text in texts.items()})
    return _shop(tuple(hashes[part] for part in ShopPart))


_TEXTS: dict[str, str] = {}  # by SHA-256: what is named by its content cannot go stale


@lru_cache(maxsize=8)
def _shop(hashes: tuple[str, ...]) -> ShopData:
    by_part = dict(zip(ShopPart, hashes, strict=True))
    data = {part: parsed(part, _TEXTS[sha256]) for part, sha256 in by_part.items()}
    return ShopData(
        company=data[ShopPart.COMPANY],
        basis=Basis(data[ShopPart.MACHINES], data[ShopPart.RATES], data[ShopPart.CATALOGUE]),
        schedule=data[ShopPart.CALENDAR],
        lead_times=data[ShopPart.LEAD_TIMES],
        tax=data[ShopPart.TAX],
        payment=data[ShopPart.PAYMENT],
        versions={part.value: sha256 for part, sha256 in by_part.items()},
    )


def parsed(part: ShopPart, text: str) -> Any:
    """RatesRefused with every fault of the text, in one message."""
    return PARSERS[part](text)


PARSERS = {
    ShopPart.COMPANY: lambda text: read_company(text, file="company.toml"),
    ShopPart.RATES: lambda text: read_rate_card(text, file="rates.toml"),
    ShopPart.MACHINES: lambda text: read_shop(text, file="machines.toml"),
    ShopPart.CALENDAR: read_schedule,
    ShopPart.LEAD_TIMES: read_lead_times,
    ShopPart.CATALOGUE: lambda text: read_catalogue(text, file="catalogue.csv"),
    ShopPart.TAX: read_tax_table,
    ShopPart.PAYMENT: read_payment_rules,
}
