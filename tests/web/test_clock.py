"""Times on the pages are those of the clock on the shop's wall, as its cut-off is."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from portal.web.filters import moment


def test_a_time_is_written_by_the_shops_own_clock(app):
    noon = datetime(2026, 12, 4, 11, 0, tzinfo=UTC)
    [written] = {app.jinja_env.from_string("{{ at | moment }}").render(at=noon)}

    assert written == moment(noon, ZoneInfo("Europe/Berlin")) == "4 Dec 2026, 12:00 CET"
