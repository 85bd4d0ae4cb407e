"""Where dates are asked for, held and confirmed: the shop's data in force, and the time."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from portal.services.pricing import local
from portal.services.shop import ShopData


@dataclass(frozen=True, slots=True)
class Desk:
    """The shop's data in force, the time in UTC, and the zone of the clock on the shop's wall."""

    shop: ShopData
    at: datetime
    zone: str

    @property
    def local_now(self) -> datetime:
        return local(self.at, self.zone)

    def in_days(self, days: int) -> datetime:
        """The cut-off so many working days from today, in UTC: what is ordered before it counts from that day."""
        calendar = self.shop.schedule.calendar
        day = calendar.add_days(self.local_now.date(), days)
        return datetime.combine(day, calendar.cut_off, ZoneInfo(self.zone)).astimezone(UTC)
