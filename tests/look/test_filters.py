"""Figures as people read them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment

from portal.costing.lines import CostLine
from portal.planning.promise import PromiseStep
from portal.settings import Settings
from portal.web import filters

MONDAY = date(2026, 11, 23)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def a_step(start: int, end: int) -> PromiseStep:
    return PromiseStep("Parts", MONDAY + timedelta(start), MONDAY + timedelta(end), "")


def written(template: str, **values: object) -> str:
    environment = Environment(autoescape=True)
    filters.install(environment, currency="CHF", zone=ZoneInfo("Europe/Zurich"))
    return plain(environment.from_string(template).render(**values))


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("1234.50", "EUR", "1,234.50 €"),
        ("0", "EUR", "0.00 €"),
        ("-98.00", "EUR", "−98.00 €"),
        ("1000000.01", "CHF", "1,000,000.01 CHF"),
        ("5", "USD", "5.00 $"),
    ],
)
def test_an_amount_has_its_cents_and_its_currency(amount, currency, text):
    assert plain(filters.money(Decimal(amount), currency)) == text


def test_an_amount_and_its_currency_stay_on_one_line():
    assert " " not in filters.money(Decimal("1234.50"))


@pytest.mark.parametrize("write", [filters.money, filters.rate, filters.signed, filters.number])
def test_what_is_below_zero_has_one_sign_wherever_it_is_written(write):
    assert plain(write(Decimal("-7.50"))).startswith("−7.5")


@pytest.mark.parametrize(
    ("quantity", "unit", "rate", "said"),
    [
        ("1", "parcels", "8.99", ("1 parcel", "8.99 €")),
        ("8", "parcels", "8.99", ("8 parcels", "8.99 €")),
        ("1", "order", "75", ("1 order", "75.00 €")),
        ("1", "s", "0.5", ("1 s", "0.50 €")),
        ("19104.2", "EUR", "0.2", ("19,104.20 €", "0.2")),
    ],
)
def test_a_line_counts_in_its_unit_and_a_share_of_money_is_no_money(quantity, unit, rate, said):
    line = CostLine("", "", quantity=Decimal(quantity), unit=unit, rate=Decimal(rate), because="")

    assert (plain(filters.counted(line)), plain(filters.at_rate(line))) == said


@pytest.mark.parametrize("write", [filters.money, filters.rate])
def test_a_float_is_no_money(write):
    with pytest.raises(TypeError, match="money is Decimal"):
        write(12.5)


@pytest.mark.parametrize(("amount", "text"), [("0.0125", "0.0125 €"), ("45", "45.00 €"), ("0.00312", "0.00312 €")])
def test_a_rate_keeps_every_digit_that_the_sum_needs(amount, text):
    assert plain(filters.rate(Decimal(amount))) == text


@given(st.decimals(min_value=0, max_value=10_000, places=6))
def test_a_rate_as_written_is_the_rate(amount):
    assert Decimal(filters.rate(amount).split("\u00a0")[0].replace(",", "")) == amount


@pytest.mark.parametrize(
    ("value", "text"),
    [(100_000, "100,000"), (Decimal("24.60"), "24.6"), (Decimal("1E+3"), "1,000"), (0.15, "0.15"), (0, "0")],
)
def test_a_number_is_as_exact_as_it_was_given(value, text):
    assert filters.number(value) == text


@pytest.mark.parametrize(
    ("share", "text"),
    [(Decimal("0.19"), "19"), (Decimal("0.055"), "5.5"), (Decimal("0.20"), "20"), (0.857, "86"), (1, "100")],
)
def test_a_tax_has_all_its_digits_and_a_share_of_cases_is_whole(share, text):
    assert filters.percent(share) == text


def test_a_day_has_its_weekday():
    assert filters.day(date(2026, 12, 4)) == "Fri 4 Dec 2026"


def test_a_moment_is_shown_on_the_shops_clock():
    at = datetime(2026, 12, 4, 23, 30, tzinfo=UTC)

    assert filters.moment(at) == "4 Dec 2026, 23:30 UTC"
    assert filters.moment(at, ZoneInfo("Europe/Berlin")) == "5 Dec 2026, 00:30 CET"


def test_a_moment_without_a_zone_is_our_bug():
    with pytest.raises(ValueError, match="no time zone"):
        filters.moment(datetime(2026, 12, 4, 23, 30))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (0, "0 bytes"),
        (999, "999 bytes"),
        (1_000, "1 kB"),
        (183_204, "183.2 kB"),
        (999_600, "1 MB"),
        (12_345_678, "12.3 MB"),
        (3 * 10**9, "3 GB"),
        (5 * 10**12, "5,000 GB"),
    ],
)
def test_a_size_is_counted_as_file_managers_do(count, text):
    assert plain(filters.bytes_size(count)) == text


@pytest.mark.parametrize("name", ["money", "rate", "number", "day", "moment", "bytes_size"])
def test_what_is_not_known_is_said_to_be_unknown(name):
    assert written("{{ none | " + name + " }}") == "not known"


def test_templates_write_in_the_shops_currency_unless_the_document_has_another():
    amount = Decimal("12.50")

    assert written("{{ amount | money }}; {{ amount | money('EUR') }}", amount=amount) == "12.50 CHF; 12.50 €"
    assert written("{{ amount | rate }}; {{ amount | rate('EUR') }}", amount=amount) == "12.50 CHF; 12.50 €"


def test_templates_write_moments_on_the_shops_clock():
    assert written("{{ at | moment }}", at=datetime(2026, 7, 1, 10, 0, tzinfo=UTC)) == "1 Jul 2026, 12:00 CEST"


def test_the_portals_pages_have_every_filter():
    app = Flask("pages")
    app.extensions["settings"] = Settings(timezone="Asia/Tokyo")
    filters.init_app(app)
    assert app.jinja_env.filters.keys() >= {"money", "rate", "number", "day", "moment", "bytes_size", "spans"}


def test_a_promise_without_steps_draws_nothing():
    assert filters.spans(()) == []


def test_steps_share_one_axis_of_days():
    stencil, parts = filters.spans([a_step(0, 1), a_step(2, 9)])

    assert (stencil.start, stencil.length) == (0, 20)
    assert (parts.start, parts.length) == (20, 80)


def test_a_step_of_one_day_can_be_seen():
    [only] = filters.spans([a_step(3, 3)])
    assert (only.start, only.length) == (0, 100)


@given(st.lists(st.tuples(st.integers(0, 400), st.integers(0, 100)), min_size=1, max_size=12))
def test_no_bar_leaves_the_axis(steps):
    for span in filters.spans([a_step(start, start + days) for start, days in steps]):
        assert span.start >= 0
        assert span.length > 0
        assert span.start + span.length <= 100.01


@pytest.mark.parametrize(("code", "name"), [("DE", "Germany"), ("CH", "Switzerland"), ("XQ", "XQ")])
def test_a_country_is_named_as_on_an_envelope_and_an_unknown_code_is_left(code, name):
    assert written("{{ code | country }}", code=code) == name
