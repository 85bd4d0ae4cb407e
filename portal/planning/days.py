"""Days and times as sentences for people say them; the pages' own filters write them the same."""

from datetime import date, datetime


def day_in_words(day: date) -> str:
    """With the weekday, because people plan in weeks: Fri 4 Dec 2026."""
    return f"{day:%a} {day.day} {day:%b %Y}"


def moment_in_words(moment: datetime) -> str:
    """By the shop's own clock: Fri 4 Dec 2026, 14:05."""
    return f"{day_in_words(moment)}, {moment:%H:%M}"
