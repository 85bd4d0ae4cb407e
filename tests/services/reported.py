"""A shop whose floor reports: orders with slots, followed from day to day."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from dated_prices import the_shop
from sqlalchemy.orm import Session

from portal.models.orders import Order
from portal.production.floor import FloorKind
from portal.services.actuals import open_orders, settle
from portal.services.audit import Act
from portal.services.floor import Report, record_floor
from portal.services.orders import close_hold

ZONE = "Europe/Berlin"


def at_shop(moment: datetime) -> datetime:
    """A moment on the shop's wall, as UTC."""
    return moment.replace(tzinfo=ZoneInfo(ZONE)).astimezone(UTC)


@dataclass
class Floor:
    """Everybody who reports, and the worker that follows."""

    session: Session
    act: Act

    def at(self, moment: datetime) -> Act:
        return replace(self.act, at=at_shop(moment))

    def release(self, order: Order) -> Order:
        for hold in order.open_holds:
            close_hold(self.session, order, number=hold.number, act=self.act)
        return order

    def begins(self, order: Order, operation: int, moment: datetime) -> None:
        for lot in order.lots:
            self._report(lot, operation, FloorKind.STARTED, moment)

    def ends(self, order: Order, operation: int, moment: datetime) -> None:
        for lot in order.lots:
            self._report(lot, operation, FloorKind.FINISHED, moment, good=lot.boards)

    def runs(self, order: Order, operation: int, begun: datetime, done: datetime) -> None:
        self.begins(order, operation, begun)
        self.ends(order, operation, done)

    def ships(self, order: Order, moment: datetime) -> None:
        """Whatever has not been reported yet, all at once."""
        for operation in range(len(order.lots[0].operations)):
            if all(event.operation != operation for event in order.lots[0].events):
                self.runs(order, operation, moment, moment)

    def _report(self, lot, operation: int, kind: FloorKind, moment: datetime, good: int = 0) -> None:
        report = Report(f"{lot.reference} {operation} {kind}", operation, kind, good=good)
        record_floor(self.session, lot, report, self.at(moment))

    def settled(self, moment: datetime):
        """What the worker finds at this moment."""
        orders = open_orders(self.session)
        return settle(self.session, the_shop().schedule, orders, zone=ZONE, act=self.at(moment))


def slots(order: Order) -> list[tuple[str, datetime, datetime]]:
    return sorted((kept.work_centre, kept.starts, kept.ends) for kept in order.bookings)
