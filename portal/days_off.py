"""The public holidays of a country as lines of the calendar file. The planning room itself knows no country."""

from datetime import date
from typing import Any

from holidays import country_holidays

from portal.errors import BadInput

FIRST, LAST = 1950, 2100  # beyond, the package knows little and says nothing of it


def holidays_report(place: str, year: int) -> dict[str, Any]:
    """`place`: DE, or DE-BY for a part of the country. BadInput where nobody knows its holidays."""
    country, _, part = place.upper().partition("-")
    if not FIRST <= year <= LAST:
        raise BadInput(f"{year} is not between {FIRST} and {LAST}. Please give another year.")
    try:
        found = country_holidays(country, subdiv=part or None, years=year, language="en_US")
    except NotImplementedError as unknown:
        raise BadInput(
            f"The holidays of {place} are not known ({unknown}). Give a country as DE, or a part of it as DE-BY."
        ) from unknown
    days = [{"date": day.isoformat(), "name": name} for day, name in sorted(found.items())]
    return {"place": place.upper(), "year": year, "days": days}


def as_rows(report: dict[str, Any]) -> str:
    """To be put into [holidays] of calendar.toml, among the other dates."""
    rows = [f"  {date.fromisoformat(day['date'])},  # {day['name']}" for day in report["days"]]
    return "\n".join([f"# public holidays of {report['place']} in {report['year']}", *rows])
