"""How figures are written for people: one filter each for money, rates, days, moments, numbers and sizes.

What is None is said to be unknown. `install` gives them to a Jinja environment, `init_app` to the portal's.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_datetime
from babel.numbers import format_currency, format_decimal
from flask import Flask
from jinja2 import Environment

from portal.costing.lines import CostLine
from portal.planning.promise import PromiseStep
from portal.web.file_names import without_folders
from portal.web.options import in_words

LOCALE = "en"
UNKNOWN = "not known"
MINUS = "−"
STEPS = ("bytes", "kB", "MB", "GB")


def money(amount: Decimal | None, currency: str = "EUR") -> str:
    """1,234.50 €. An amount has been rounded where it arose; a float here is our bug."""
    if amount is None:
        return UNKNOWN
    return _with_minus(format_currency(_exact(amount), currency, "#,##0.00\u00a0¤", locale=LOCALE))


def rate(amount: Decimal | None, currency: str = "EUR") -> str:
    """0.0125 €: all the digits a rate has, so that the line can be checked by hand."""
    if amount is None:
        return UNKNOWN
    pattern = "#,##0.00##########\u00a0¤"
    return _with_minus(format_currency(_exact(amount), currency, pattern, locale=LOCALE, currency_digits=False))


def signed(amount: Decimal, currency: str = "EUR") -> str:
    """+12.00 € or −12.00 €: a difference says which way it goes."""
    sign = "+" if amount > 0 else MINUS if amount < 0 else "±"
    return f"{sign}{money(abs(amount), currency)}"


def number(value: Decimal | float | None) -> str:
    """12,500 or 0.15: as exact as it was given."""
    if value is None:
        return UNKNOWN
    return _with_minus(format_decimal(value, "#,##0.############", locale=LOCALE))


def counted(line: CostLine, currency: str = "EUR") -> str:
    """8 parcels, 1 parcel, or 127.54 €: the cards name their units as many, and some lines are a share of money."""
    if line.unit == currency:
        return rate(line.quantity, currency)
    one = line.quantity == 1 and len(line.unit) > 1
    return f"{number(line.quantity)} {line.unit.removesuffix('s') if one else line.unit}"


def at_rate(line: CostLine, currency: str = "EUR") -> str:
    """0.92 € for one of them; a share of money is a bare number."""
    return number(line.rate) if line.unit == currency else rate(line.rate, currency)


def percent(share: Decimal | float) -> str:
    """0.19 is 19: a Decimal (a tax) with all its digits, a float (a count of cases) as the nearest whole number."""
    return number(share * 100 if isinstance(share, Decimal) else round(share * 100))


def day(value: date | None) -> str:
    """Fri 4 Dec 2026. With the weekday, because people plan in weeks."""
    return UNKNOWN if value is None else format_date(value, "EEE d MMM y", locale=LOCALE)


def country(code: str) -> str:
    """Germany for DE: what stands on an envelope."""
    return Locale(LOCALE).territories.get(code, code)


def moment(value: datetime | None, zone: tzinfo = UTC) -> str:
    """4 Dec 2026, 14:05 UTC. A time without a zone is our bug."""
    if value is None:
        return UNKNOWN
    if value.tzinfo is None:
        raise ValueError(f"{value} has no time zone")
    local = value.astimezone(zone)
    return f"{format_datetime(local, 'd MMM y, HH:mm', locale=LOCALE)} {local.tzname()}"


def bytes_size(count: int | None) -> str:
    """1.5 MB, in thousands as file managers count."""
    if count is None:
        return UNKNOWN
    step = next((n for n in range(len(STEPS)) if count < 999.5 * 1000**n), len(STEPS) - 1)
    return f"{format_decimal(count / 1000**step, '#,##0.#' if step else '#,##0', locale=LOCALE)}\u00a0{STEPS[step]}"


@dataclass(frozen=True, slots=True)
class Span:
    """A step of a promise on an axis from 0 (the first start) to 100 (the last end)."""

    step: PromiseStep
    start: float
    length: float


def spans(steps: Iterable[PromiseStep]) -> list[Span]:
    """Steps to scale; both ends are days on which something happens, so a step of one day has a length."""
    steps = list(steps)
    if not steps:
        return []
    first = min(step.start for step in steps)
    days = (max(step.end for step in steps) - first).days + 1
    return [
        Span(
            step,
            start=round(100 * (step.start - first).days / days, 2),
            length=round(100 * ((step.end - step.start).days + 1) / days, 2),
        )
        for step in steps
    ]


def init_app(app: Flask) -> None:
    """For the portal's pages, by the clock on the shop's wall; a document names its own currency."""
    install(app.jinja_env, zone=ZoneInfo(app.extensions["settings"].timezone))


def install(environment: Environment, *, currency: str = "EUR", zone: tzinfo = UTC) -> None:
    """The shop has one currency and one clock on its wall; a template names another only where a document does."""
    environment.filters |= {
        "money": lambda amount, code=currency: money(amount, code),
        "rate": lambda amount, code=currency: rate(amount, code),
        "signed": lambda amount, code=currency: signed(amount, code),
        "decimal": Decimal,
        "number": number,
        "counted": lambda line, code=currency: counted(line, code),
        "at_rate": lambda line, code=currency: at_rate(line, code),
        "percent": percent,
        "day": day,
        "country": country,
        "moment": lambda value: moment(value, zone),
        "bytes_size": bytes_size,
        "spans": spans,
        "without_folders": without_folders,
        "options_in_words": lambda options: list(in_words(options)),
    }


def _with_minus(figure: str) -> str:
    """On pages and papers the minus as wide as a plus, everywhere the same; JSON and CSV have the hyphen."""
    return figure.replace("-", MINUS)


def _exact(amount: Decimal) -> Decimal:
    if isinstance(amount, float):
        raise TypeError(f"{amount} is a float; money is Decimal")
    return amount
