"""What all tables share: naming, and one column type each for amounts, UTC times and JSON."""

import json
import secrets
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import DeclarativeBase

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is misread on the phone


class Base(DeclarativeBase):
    metadata = sa.MetaData(
        naming_convention={
            "ix": "ix_%(column_0_label)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        },
    )


class Amount(sa.types.TypeDecorator[Decimal]):
    """Decimal outside, whole millionths inside: SQLite's Numeric is a float, and money is not."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, _dialect: sa.Dialect) -> int | None:
        if value is None:
            return None
        millionths = value.scaleb(6)
        if millionths != millionths.to_integral_value():
            raise ValueError(f"{value} has more than six decimals")
        return int(millionths)

    def process_result_value(self, value: int | None, _dialect: sa.Dialect) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-6).quantize(Decimal("0.01"))


class UtcTime(sa.types.TypeDecorator[datetime]):
    """An aware UTC time; a naive one is our bug."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without its zone cannot be stored")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: sa.Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(sa.types.TypeDecorator[Any]):
    """A JSON value as canonical text: the same value is always the same bytes, so that it can be hashed."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: sa.Dialect) -> str | None:
        return None if value is None else canonical(value)

    def process_result_value(self, value: str | None, _dialect: sa.Dialect) -> Any:
        return None if value is None else json.loads(value)


def canonical(value: Any) -> str:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def token() -> str:
    """An unguessable name of 128 bits, for addresses that are shown without signing in."""
    return secrets.token_urlsafe(16)


def reference(letter: str) -> str:
    """A reference for people, Q-7KX4-M2: to be said on the phone, never a key to anything by itself."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{letter}-{code[:4]}-{code[4:]}"
