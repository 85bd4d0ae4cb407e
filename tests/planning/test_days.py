"""Days and times in sentences, as the pages write them."""

from datetime import date, datetime

from portal.planning.days import day_in_words, moment_in_words
from portal.web.filters import day


def test_a_day_in_a_sentence_is_written_as_everywhere_on_the_page():
    for one in (date(2026, 12, 4), date(2027, 1, 31), date(2028, 2, 29)):
        assert day_in_words(one) == day(one)


def test_a_time_stands_behind_its_day():
    assert moment_in_words(datetime(2026, 12, 4, 7, 5)) == "Fri 4 Dec 2026, 07:05"  # noqa: DTZ001 - the shop's clock
