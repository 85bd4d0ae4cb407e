"""`portal shop holidays`: rows for the calendar file, of any country and year."""

import tomllib
from datetime import date

import pytest
from calling import CONFIG, asked, call, refused

from portal.planning.shopfile import read_calendar


def test_the_dates_of_a_country_can_be_put_into_the_calendar_file():
    rows = call("shop", "holidays", "DE", 2027).stdout
    text = (CONFIG / "calendar.toml").read_text("utf-8").replace("dates = [", f"dates = [\n{rows}")

    assert date(2027, 10, 3) in read_calendar(text).holidays


def test_the_demo_shops_own_dates_are_those_of_all_germany():
    file = tomllib.loads((CONFIG / "calendar.toml").read_text("utf-8"))["holidays"]["dates"]

    for year in (2026, 2027, 2028):
        known = [date.fromisoformat(day["date"]) for day in asked("shop", "holidays", "DE", year)["days"]]
        assert known == [day for day in file if day.year == year]


def test_a_part_of_a_country_has_days_of_its_own():
    bavaria = {day["name"]: day["date"] for day in asked("shop", "holidays", "DE-BY", 2027)["days"]}

    assert bavaria["Epiphany"] == "2027-01-06"
    assert "Epiphany" not in {day["name"] for day in asked("shop", "holidays", "DE", 2027)["days"]}


def test_small_letters_will_do():
    assert asked("shop", "holidays", "us-ca", 2026) == asked("shop", "holidays", "US-CA", 2026)


@pytest.mark.parametrize("place", ["XX", "DE-ZZ", "Atlantis"])
def test_a_place_that_nobody_knows_is_refused_with_what_to_give(place):
    assert refused("shop", "holidays", place, 2027).endswith("Give a country as DE, or a part of it as DE-BY.")


@pytest.mark.parametrize("year", [27, 1066, 3000])
def test_years_beyond_what_is_known_are_refused(year):
    assert "Please give another year." in refused("shop", "holidays", "DE", year)
