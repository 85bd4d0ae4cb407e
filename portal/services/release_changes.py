"""Releases of an order: their slots, and what it costs to change one. What is being built stays as it is."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from sqlalchemy.orm import Session

from portal.currencies import smallest
from portal.errors import BadInput, NotYours, Stale
from portal.models.orders import Lot, Order
from portal.models.plans import OrderRelease, ReleaseChange, ReleaseState
from portal.planning.days import day_in_words
from portal.planning.fence import Fence, Owed, at_most, total
from portal.planning.releases import Release, ReleasePlan, plan_releases
from portal.planning.schedule import Schedule, book, cancel
from portal.production.money import rounded
from portal.routing.options import Speed
from portal.services.actuals import product_of
from portal.services.audit import Act, record
from portal.services.desks import Desk
from portal.services.orders import share
from portal.services.promises import move_promise, move_release_promise
from portal.services.releases import plan_of, plan_value
from portal.services.schedules import Holder, rebook
from portal.services.snapshot import operation_of


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the customer was shown that it costs, and why it is changed all the same."""

    price: Decimal
    because: str


def find_release(order: Order, number: int) -> OrderRelease:
    found = next((one for one in order.releases if one.number == number), None)
    if found is None:
        raise NotYours("release")
    return found


def lots_of(release: OrderRelease) -> list[Lot]:
    """Empty once it is cancelled."""
    return [lot for lot in release.order.lots if lot.number in release.lots]


def slots_name(release: OrderRelease) -> str:
    """In whose name its slots are booked."""
    return f"{release.order.reference}/{release.number}"


def release_of(release: OrderRelease) -> Release:
    operations = share(release.order.cell["routing"], release.boards)
    return replace(plan_of(release.plan).release, operations=tuple(map(operation_of, operations)))


def book_releases(session: Session, order: Order, desk: Desk) -> None:
    """The slots of an order that is a call-off plan; Stale when a release can no longer leave as it was quoted."""
    if any(one.plan["unknown"] for one in order.releases) or not order.releases:
        return  # its day was entered by sales: there is nothing to plan by
    found: list[ReleasePlan] = []

    def planned(schedule: Schedule) -> tuple[Schedule, Holder]:
        found[:] = plan_releases(
            [release_of(one) for one in order.releases], schedule, day_zero=_day_zero(desk), product=product_of(order)
        )
        for release, plan in zip(order.releases, found, strict=True):
            _refuse_later(release, plan)
            schedule = book(schedule, [step.booked(slots_name(release)) for step in plan.planned])
        return schedule, order

    rebook(session, desk.shop, desk.local_now, planned)
    for release, plan in zip(order.releases, found, strict=True):
        release.plan = release.plan | plan_value(plan) | {"p80": release.promised_on.isoformat()}


def _refuse_later(release: OrderRelease, plan: ReleasePlan) -> None:
    if plan.p80 is None or plan.p80 > release.promised_on:
        can = f"can leave by {day_in_words(plan.p80)} now" if plan.p80 else "has no date now"
        raise Stale(
            f"{plan.release.name} was quoted for {day_in_words(release.promised_on)} and {can}: time has passed, or "
            "others were quicker. Nothing is ordered. Please make the plan anew."
        )


def _day_zero(desk: Desk) -> date:
    return desk.shop.schedule.calendar.day_zero(desk.local_now)


def _fence(release: OrderRelease, desk: Desk) -> Fence:
    schedule, coin = desk.shop.schedule, smallest(release.order.currency)
    return Fence(schedule.calendar, schedule.rules.fence_days.get(Speed.STANDARD, 0), coin)


def to_move(release: OrderRelease, desk: Desk) -> tuple[Owed, ...]:
    """What it costs today to have it on another day."""
    _refuse_built(release)
    return _fence(release, desk).to_move(plan_of(release.plan), desk.local_now.date())


def to_cancel(release: OrderRelease, desk: Desk) -> tuple[Owed, ...]:
    """What stays to be paid if it is cancelled today."""
    _refuse_built(release)
    owed = _fence(release, desk).to_cancel(plan_of(release.plan), desk.local_now.date())
    return at_most(owed, release.price_now)


def frozen_from(release: OrderRelease, desk: Desk) -> date | None:
    """The first day on which a change of it costs work."""
    return _fence(release, desk).begins(plan_of(release.plan))


def _refuse_built(release: OrderRelease) -> None:
    name = release.plan["name"]
    if release.state is ReleaseState.CANCELLED:
        raise BadInput(f"{name} is cancelled already. Look at the order for the others.")
    if any(lot.events for lot in lots_of(release)):
        raise BadInput(f"{name} is being built, or has left: it cannot be changed any more. Talk to us.")


def to_build(release: OrderRelease, boards: int, desk: Desk) -> tuple[Owed, ...]:
    """What stays to be paid of the others if only so many of its boards are built."""
    _refuse_built(release)
    owed = _fence(release, desk).to_build(plan_of(release.plan), boards=boards, today=desk.local_now.date())
    return at_most(owed, saved_by(release, boards))


def saved_by(release: OrderRelease, boards: int) -> Decimal:
    """Of its price as it is now, in proportion, before what stays to be paid: rounded once."""
    share = 1 - Decimal(boards) / release.boards
    return rounded(release.price_now * share, release.order.currency)


def move_release(
    session: Session, release: OrderRelease, wanted: date, *, agreed: Agreed, desk: Desk, act: Act
) -> ReleaseChange:
    """To another day, with slots of its own there."""
    owed, was = to_move(release, desk), release.wanted_on
    if wanted <= desk.local_now.date() or wanted == was:
        raise BadInput("Please give a day to come, and another one than it has.")
    _refuse_another_price(owed, agreed.price)
    plan, order = _book_anew(session, release, replace(release_of(release), wanted=wanted), desk), release.order
    if plan.p80 is None:
        raise BadInput(f"{plan.release.name} has parts whose lead time nobody knows. Talk to us about its day.")
    _lock(session, release)
    release.plan = release.plan | plan_value(plan)
    release.wanted_on, because = wanted, f"{plan.release.name} was moved to {day_in_words(wanted)}: {agreed.because}"
    if release.promised_on != plan.p80:
        move_release_promise(session, release, plan.p80, because=because.rstrip("."), act=act)
    change = _note(session, ReleaseChange(release=release, was=was, now=wanted), owed, act.because(agreed.because))
    _tell(session, order, because, act)
    return change


def cancel_release(session: Session, release: OrderRelease, *, agreed: Agreed, desk: Desk, act: Act) -> ReleaseChange:
    """Its slots and lots are given back; what is owed for it stays to be paid."""
    owed, order = to_cancel(release, desk), release.order
    if sum(one.state is ReleaseState.PLANNED for one in order.releases) == 1:
        raise BadInput("This is the only release that is left. Talk to us about the order as a whole.")
    _refuse_another_price(owed, agreed.price)
    name = slots_name(release)
    rebook(session, desk.shop, desk.local_now, lambda schedule: (cancel(schedule, name), order))
    _lock(session, release)
    for lot in lots_of(release):
        session.delete(lot)
    release.state = ReleaseState.CANCELLED
    session.flush()
    session.expire(order, ["lots"])
    gone = ReleaseChange(release=release, was=release.wanted_on, now=None, credit=release.price_now)
    change = _note(session, gone, owed, act.because(agreed.because))
    _tell(session, order, f"{release.plan['name']} was cancelled: {agreed.because}", act)
    return change


def reduce_release(
    session: Session, release: OrderRelease, boards: int, *, agreed: Agreed, desk: Desk, act: Act
) -> ReleaseChange:
    """Fewer boards on the same day: its slots and lots become those of what is left."""
    if not 1 <= boards < release.boards:
        raise BadInput(f"{release.plan['name']} is of {release.boards} boards. Ask for fewer of them, or cancel it.")
    owed, saved, was = to_build(release, boards, desk), saved_by(release, boards), release.boards
    _refuse_another_price(owed, agreed.price)
    plan = _book_anew(session, release, smaller(release, boards), desk)
    _lock(session, release)
    _give_up_boards(session, release, boards)
    kit = [part | {"needed": -(-part["needed"] * boards // was)} for part in release.plan.get("kit", ())]
    release.plan = release.plan | plan_value(plan) | {"kit": kit, "p80": release.promised_on.isoformat()}
    release.boards = boards
    change = ReleaseChange(release=release, was=release.wanted_on, now=release.wanted_on, credit=saved)
    change.boards_was, change.boards_now = was, boards
    return _note(session, change, owed, act.because(agreed.because))


def smaller(release: OrderRelease, boards: int) -> Release:
    """Its share of work and of material; operations as they are priced for so many."""
    whole, part, coin = release_of(release), Decimal(boards) / release.boards, smallest(release.order.currency)
    material = tuple(replace(one, cost=(one.cost * part).quantize(coin, ROUND_HALF_UP)) for one in whole.material)
    work = (whole.work_cost * part).quantize(coin, ROUND_HALF_UP)
    operations = tuple(map(operation_of, share(release.order.cell["routing"], boards)))
    return replace(whole, boards=boards, operations=operations, material=material, work_cost=work)


def _book_anew(session: Session, release: OrderRelease, wanted: Release, desk: Desk) -> ReleasePlan:
    """With slots of its own instead of those that it had."""
    found: list[ReleasePlan] = []
    order, name = release.order, slots_name(release)

    def planned(schedule: Schedule) -> tuple[Schedule, Holder]:
        free = cancel(schedule, name)
        found[:] = plan_releases([wanted], free, day_zero=_day_zero(desk), product=product_of(order))
        return book(free, [step.booked(name) for step in found[0].planned]), order

    rebook(session, desk.shop, desk.local_now, planned)
    return found[0]


def _give_up_boards(session: Session, release: OrderRelease, boards: int) -> None:
    """The last lots first; one that is left with none goes."""
    routing, too_many = release.order.cell["routing"], release.boards - boards
    for lot in reversed(lots_of(release)):
        fewer = min(lot.boards, too_many)
        too_many -= fewer
        lot.boards -= fewer
        if lot.boards:
            lot.operations = share(routing, lot.boards)
        else:
            release.lots = [number for number in release.lots if number != lot.number]
            session.delete(lot)
    session.flush()
    session.expire(release.order, ["lots"])


def _refuse_another_price(owed: tuple[Owed, ...], agreed: Decimal) -> None:
    if total(owed) != agreed:
        raise Stale("What this costs has changed since you saw it. Nothing is changed. Please look at it again.")


def _lock(session: Session, release: OrderRelease) -> None:
    """After the slots, in the order in which all others take their locks; then nobody else has changed it."""
    state = release.state, release.wanted_on
    session.refresh(release, with_for_update=True)
    if (release.state, release.wanted_on) != state:
        raise Stale("This release was changed while you looked at it. Please look at it again.")
    _refuse_built(release)


def _note(session: Session, change: ReleaseChange, owed: tuple[Owed, ...], act: Act) -> ReleaseChange:
    """With what it costs, who wanted it and why; audited."""
    release, now = change.release, change.now
    change.lines = [{"label": one.label, "amount": str(one.amount), "because": one.because} for one in owed]
    change.owed, change.because, change.by, change.at = total(owed), act.reason, act.actor, act.at
    session.add(change)
    days = {"was": change.was.isoformat(), "now": now.isoformat() if now else "", "owed": str(change.owed)}
    action = "release.reduced" if change.boards_now else "release.moved" if now else "release.cancelled"
    if change.boards_now:
        days |= {"boards_was": str(change.boards_was), "boards_now": str(change.boards_now)}
    record(session, act, action, release.order.reference, release=release.number, **days)
    return change


def _tell(session: Session, order: Order, because: str, act: Act) -> None:
    """The order as a whole leaves when its last release does."""
    last = max(one.promised_on for one in order.releases if one.state is ReleaseState.PLANNED)
    if order.promised_on != last:
        move_promise(session, order, last, because=because.rstrip("."), act=act)
