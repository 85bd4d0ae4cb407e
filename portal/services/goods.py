"""Goods-in: what of each kit is ordered, late or here; what that teaches of suppliers; what is still to be bought."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session, selectinload

from portal.errors import BadInput, NotYours
from portal.models.base import reference
from portal.models.goods import Arrival, PartOrder
from portal.models.orders import Order
from portal.models.plans import PromiseScore, ReleaseState
from portal.planning.gates import Gate
from portal.planning.goods import Kit, KitPart, PartPlan, Planner, Stock, part_plans
from portal.planning.kit import arrival_day
from portal.planning.leadtimes import Delivery
from portal.planning.promising import KIT_WHOLE
from portal.planning.suppliers import Delivered, Past
from portal.routing.options import Speed
from portal.services.audit import Act, record
from portal.services.desks import Desk
from portal.services.gates import pass_gate
from portal.services.ledger import has_begun
from portal.services.paces import OLDEST
from portal.services.shop import ShopData
from portal.services.snapshot import promise_of

MOST_PIECES = 10_000_000
Value = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PartKey:
    """Which part of which kit: of the order, or of one of its releases. The customer's own have no supplier."""

    release: int | None
    part: str
    supplier: str


def kits_of(order: Order) -> dict[int | None, Kit]:
    """By the number of the release; None for an order that is one delivery. None at all once it is cancelled."""
    if order.cancellation:
        return {}
    kits = {one.number: _kit(order, one.number, one.plan) for one in order.releases if _is_planned(one)}
    return kits if order.releases else {None: _kit(order, None, order.cell)}


def _is_planned(release: Any) -> bool:
    return release.state is ReleaseState.PLANNED


def _kit(order: Order, release: int | None, said: Value) -> Kit:
    name = f"{order.reference}/{release}" if release else order.reference
    slots = [kept.starts.date() for kept in order.bookings if kept.reference == name]
    needed_on = min(slots, default=None) or _whole_on(order, said)
    return Kit(order.company.name, name, needed_on, tuple(_parts(order, release, said)))


def _whole_on(order: Order, said: Value) -> date | None:
    """Where nothing is booked: as it was promised."""
    if "begins" in said:
        return date.fromisoformat(said["begins"]) if said["begins"] else None
    steps = promise_of(order.cell["promise"]).steps
    return next((step.end for step in steps if step.label == KIT_WHOLE), None)


def _parts(order: Order, release: int | None, said: Value) -> Iterator[KitPart]:
    """Several offers of one supplier are one part: they come in one parcel."""
    found: dict[tuple[str, str], KitPart] = {}
    for value in said.get("kit") or _of_lines(said):
        supplier = "" if value["consigned"] else value["supplier"]
        there = found.get((value["name"], supplier))
        needed = value["needed"] + (there.needed if there else 0)
        found[value["name"], supplier] = KitPart(
            name=value["name"],
            supplier=supplier,
            needed=needed,
            is_from_stock=value["in_stock"] and (there is None or there.is_from_stock),
            is_consigned=value["consigned"],
            mpn=value["mpn"],
            lead_days=value["lead_days"],
        )
    for (name, supplier), part in found.items():
        yield _standing(order, PartKey(release, name, supplier), part)


def _of_lines(said: Value) -> Iterator[Value]:
    """Orders of before kits were kept say only what was bought."""
    for line in said.get("lines", ()):
        if line["group"] == "parts" and line["unit"] == "pcs":
            known = {"name": line["label"], "needed": int(float(line["quantity"]))}
            yield known | {"mpn": "", "supplier": "", "in_stock": True, "lead_days": None, "consigned": False}


def _standing(order: Order, key: PartKey, part: KitPart) -> KitPart:
    orders = [one for one in order.part_orders if _key(one) == key]
    arrived = sum(one.quantity for one in order.arrivals if _key_of_arrival(one) == key)
    still = [one.expected_on for one in orders if one.expected_on and _open(one) > 0]
    ordered = sum(one.quantity for one in orders)
    return replace(part, ordered=ordered, arrived=arrived, expected_on=max(still, default=None))


def _key(one: PartOrder) -> PartKey:
    return PartKey(one.release, one.part, one.supplier)


def _key_of_arrival(one: Arrival) -> PartKey:
    return PartKey(one.release, one.part, one.supplier)


def _open(one: PartOrder) -> int:
    return one.quantity - sum(arrival.quantity for arrival in one.arrivals)


def part_of(order: Order, key: PartKey) -> KitPart:
    kit = kits_of(order).get(key.release)
    parts = kit.parts if kit else ()
    part = next((one for one in parts if (one.name, one.supplier) == (key.part, key.supplier)), None)
    if part is None:
        raise NotYours("part of this kit")
    return part


@dataclass(frozen=True, slots=True)
class Ordered:
    """What staff ordered at a supplier, when, and when he says that it comes."""

    key: PartKey
    quantity: int
    on: date
    expected_on: date | None


def order_part(session: Session, order: Order, what: Ordered, *, today: date, act: Act) -> PartOrder:
    """Note that a part is ordered. Its lead time is learnt when it comes."""
    session.refresh(order, with_for_update=True)
    part = part_of(order, what.key)
    if part.is_consigned:
        raise BadInput(f"{part.name} is sent by the customer, so it is not ordered. Note it when it comes.")
    if not 0 < what.quantity <= MOST_PIECES:
        raise BadInput("Please give how many were ordered, at least one.")
    if what.on > today or (what.expected_on and what.expected_on < what.on):
        raise BadInput("Parts are ordered today or before, and come after that. Please check the two days.")
    made = PartOrder(
        reference=reference("P"),
        order=order,
        release=what.key.release,
        part=part.name,
        supplier=part.supplier,
        is_from_stock=part.is_from_stock,
        quantity=what.quantity,
        ordered_on=what.on,
        expected_on=what.expected_on,
        by=act.actor,
        at=act.at,
    )
    session.add(made)
    said = {"supplier": made.supplier, "quantity": made.quantity, "ordered_on": f"{made.ordered_on}"}
    record(session, act, "part.ordered", order.reference, part=made.part, part_order=made.reference, **said)
    return made


@dataclass(frozen=True, slots=True)
class Arrived:
    """What came to goods-in; below nothing, with the reason, where an entry is taken back."""

    key: PartKey
    quantity: int
    on: date


def note_arrival(session: Session, order: Order, what: Arrived, *, desk: Desk, act: Act) -> Arrival:
    """Note what came. When the last of the customer's own parts is here, their gate is passed."""
    session.refresh(order, with_for_update=True)
    part = part_of(order, what.key)
    _refuse_arrival(part, what, today=desk.local_now.date(), reason=act.reason)
    came = Arrival(
        order=order,
        release=what.key.release,
        part=part.name,
        supplier=part.supplier,
        part_order=_which(order, what),
        quantity=what.quantity,
        arrived_on=what.on,
        because=act.reason,
        by=act.actor,
        at=act.at,
    )
    session.add(came)
    session.flush()
    record(session, act, "part.arrived", order.reference, part=part.name, quantity=what.quantity, on=f"{what.on}")
    _pass_consigned(session, order, desk, act)
    return came


def _refuse_arrival(part: KitPart, what: Arrived, *, today: date, reason: str) -> None:
    if not what.quantity or abs(what.quantity) > MOST_PIECES:
        raise BadInput("Please give how many came, or with a minus how many are taken back.")
    if part.arrived + what.quantity < 0:
        raise BadInput(f"Only {part.arrived} of {part.name} are noted, so no more can be taken back.")
    if what.quantity < 0 and not reason.strip():
        raise BadInput("To take an entry back needs a reason. Please write one sentence.")
    if what.on > today:
        raise BadInput("This day is still to come. Please give the day on which the parts came.")


def _which(order: Order, what: Arrived) -> PartOrder | None:
    """The oldest that still waits; what is taken back, from the newest that has any."""
    own = [one for one in order.part_orders if _key(one) == what.key and one.ordered_on <= what.on]
    if what.quantity < 0:
        return next((one for one in reversed(own) if one.arrivals), None)
    return next((one for one in own if _open(one) > 0), None)


def _pass_consigned(session: Session, order: Order, desk: Desk, act: Act) -> None:
    gate = next((row for row in order.gates if row.gate is Gate.CONSIGNED_PARTS and not row.passed_at), None)
    sent = [part for kit in kits_of(order).values() for part in kit.parts if part.is_consigned]
    if gate and sent and not any(part.missing for part in sent):
        because = act.because("all parts that the customer sends have come to goods-in")
        pass_gate(session, order, Gate.CONSIGNED_PARTS, desk=desk, act=because)


def waiting_orders(session: Session) -> list[Order]:
    """Orders whose kits are not used up: nothing has begun, and nothing has left."""
    query = sa.select(Order).outerjoin(PromiseScore).where(PromiseScore.id.is_(None)).order_by(Order.id)
    loaded = query.options(selectinload(Order.lots), selectinload(Order.bookings), selectinload(Order.company))
    return [order for order in session.scalars(loaded) if not order.cancellation and not has_begun(order)]


def procurement(session: Session, desk: Desk) -> list[PartPlan]:
    """Every part of every open kit: what is needed, here, coming and still to be ordered."""
    orders = waiting_orders(session)
    kits = [kit for order in orders for kit in kits_of(order).values()]
    stocked = desk.shop.lead_times.lead(Delivery.STOCKED_PARTS, Speed.STANDARD)
    days = arrival_day(stocked.wait.p95_days) if stocked else 0
    planner = Planner(desk.local_now.date(), desk.shop.schedule.calendar, days)
    return part_plans(kits, _left_over(session), planner)


def _left_over(session: Session) -> Iterator[Stock]:
    """What came beyond the kits of an order stays the customer's."""
    with_some = sa.select(Arrival.order_id).distinct()
    for order in session.scalars(sa.select(Order).where(Order.id.in_(with_some)).order_by(Order.id)):
        came: dict[str, int] = defaultdict(int)
        for arrival in order.arrivals:
            came[arrival.part] += arrival.quantity
        for kit in kits_of(order).values():
            for part in kit.parts:
                came[part.name] -= min(part.needed, part.arrived)
        yield from (Stock(order.company.name, part, count) for part, count in came.items() if count > 0)


def learnt_past(session: Session, shop: ShopData, *, today: date) -> ShopData:
    """The shop with what its suppliers did before; the same one where it has seen nothing, or does not learn."""
    newest = session.scalar(sa.select(sa.func.max(Arrival.id)))
    if newest is None or shop.lead_times.learning is None:
        return shop
    of = f"{session.get_bind().engine.url}", newest, today
    with _LOCK:
        known = next((past for one, past in _PASTS if one == of and past.learning is shop.lead_times.learning), None)
    if known is None:
        deliveries = tuple(_delivered(session, shop, since=today - OLDEST))
        known = Past(deliveries, shop.lead_times.learning, today)
        with _LOCK:
            _PASTS[:] = [(of, known), *_PASTS[:3]]
    return replace(shop, past=known)


_PASTS: list[tuple[tuple[str, int, date], Past]] = []
_LOCK = Lock()


def _delivered(session: Session, shop: ShopData, *, since: date) -> Iterator[Delivered]:
    """What one supplier sends on one day is one delivery, however many parts are in it."""
    one = PartOrder
    columns = (one.supplier, one.is_from_stock, one.part, one.ordered_on, Arrival.arrived_on)
    came = sa.select(*columns).join(Arrival.part_order).where(Arrival.arrived_on > since, one.supplier != "")
    rows = session.execute(came.group_by(*columns).having(sa.func.sum(Arrival.quantity) > 0))
    calendar = shop.schedule.calendar
    parcels = {
        (supplier, Delivery.STOCKED_PARTS if in_stock else part, ordered, arrived)
        for supplier, in_stock, part, ordered, arrived in rows
    }
    for supplier, category, ordered, arrived in sorted(parcels):
        yield Delivered(supplier, category, calendar.count_days(ordered, arrived), arrived)


def goods_faults(order: Order) -> Iterator[str]:
    """Nothing came below nothing, and nothing of a part that the kit has not."""
    came: dict[PartKey, int] = defaultdict(int)
    for arrival in order.arrivals:
        came[_key_of_arrival(arrival)] += arrival.quantity
        if arrival.part_order and arrival.part_order.order_id != order.id:
            yield f"a part of order {order.reference} came for another order"
    for key, count in came.items():
        if count < 0:
            yield f"{-count} more of {key.part} of order {order.reference} were taken back than came"
