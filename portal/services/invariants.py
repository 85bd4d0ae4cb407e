"""What must hold at every moment: run after every stateful test step, after every crash, and by `portal verify`.

Each check says how much it looked at and names every fault; a check that looked at nothing proves nothing.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from decimal import Decimal

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.gateways.files import Damaged, Files
from portal.models.bookings import HeldDate, SlotBooking
from portal.models.files import StoredFile
from portal.models.orders import Order
from portal.models.people import LoginSession, User
from portal.models.plans import ReleaseState
from portal.models.quotes import Quote, QuoteRevision
from portal.models.schema import newest, present
from portal.models.work import AuditEntry, Job, JobState, OutboxMail
from portal.production.lifecycle import Commercial
from portal.services.accounts import HALF_SIGNED_IN
from portal.services.audit import broken_links
from portal.services.floor import lot_faults
from portal.services.goods import goods_faults
from portal.services.invariants_of_money import MONEY_CHECKS
from portal.services.invariants_of_quotes import QUOTE_CHECKS
from portal.services.looking import Check, Checked, Look, Tally
from portal.services.promises import promise_faults
from portal.services.queue import MOST_ATTEMPTS
from portal.services.quotes import content
from portal.services.releases import release_faults
from portal.services.scoring import score_faults
from portal.services.snapshot import sheet_of

ORPHAN_AGE = timedelta(hours=24)
A_DAY = timedelta(days=1)


def revisions_are_what_was_frozen(look: Look, tally: Tally) -> Iterator[str]:
    for revision in look.all(QuoteRevision):
        tally.looked_at += 1
        if hashlib.sha256(revision.snapshot_text.encode()).hexdigest() != revision.sha256:
            yield f"revision {revision.number} of quote {revision.quote.reference} is not what was frozen"


def totals_are_the_sum_of_their_lines(look: Look, tally: Tally) -> Iterator[str]:
    for revision in look.all(QuoteRevision):
        for cell in content(revision)["cells"]:
            tally.looked_at += 1
            sheet = sheet_of(cell)
            amounts = [str(line.amount) for line in sheet.lines]
            if str(sheet.total) != cell["total"] or amounts != [line["amount"] for line in cell["lines"]]:
                yield f"quote {revision.quote.reference}, {cell['quantity']} boards: the lines do not add up"


def every_accepted_quote_is_one_order(look: Look, tally: Tally) -> Iterator[str]:
    for quote in look.all(Quote):
        tally.looked_at += 1
        if (quote.state is Commercial.ACCEPTED) != (quote.order is not None):
            yield f"quote {quote.reference} is {quote.state} but its order is {quote.order}"


def an_order_is_what_was_accepted(look: Look, tally: Tally) -> Iterator[str]:
    for order in look.all(Order):
        tally.looked_at += 1
        if order.cell not in content(order.revision)["cells"] or order.total != Decimal(order.cell["total"]):
            yield f"order {order.reference} is not a cell of the accepted revision"
        if not order.revision.is_firm or order.revision is not order.quote.current:
            yield f"order {order.reference} rests on a revision that was not the firm one"
        if (order.accepted_at - A_DAY).date() > order.quote.valid_until:  # the shop's day may end after that of UTC
            yield f"order {order.reference} was accepted after its quote had expired"


def states_are_the_last_of_their_history(look: Look, tally: Tally) -> Iterator[str]:
    last: dict[str, str] = {}
    for entry in look.session.scalars(sa.select(AuditEntry).order_by(AuditEntry.number)):
        if entry.action == "quote.moved":
            last[entry.subject] = entry.changes["to"]
        elif entry.action == "quote.accepted":
            last[entry.subject] = Commercial.ACCEPTED
    for quote in look.all(Quote):
        tally.looked_at += 1
        if last.get(quote.reference) != quote.state:
            yield f"quote {quote.reference} is {quote.state}, its history ends in {last.get(quote.reference)}"


def every_order_was_confirmed_by_mail(look: Look, tally: Tally) -> Iterator[str]:
    keys = set(look.session.scalars(sa.select(OutboxMail.key)))
    orders = {f"order:{order.reference}:confirm" for order in look.all(Order)}
    tally.looked_at = len(orders)
    confirmed = {key for key in keys if key.startswith("order:") and key.endswith(":confirm")}
    yield from (f"{key} is missing" for key in sorted(orders - confirmed))
    yield from (f"{key} confirms nothing" for key in sorted(confirmed - orders))


def floor_records_are_possible(look: Look, tally: Tally) -> Iterator[str]:
    for order in look.all(Order):
        for lot in order.lots:
            tally.looked_at += 1
            yield from lot_faults(lot)
        built = sum(one.boards for one in order.releases if one.state is ReleaseState.PLANNED)
        wanted = 0 if order.cancellation else built if order.releases else order.boards
        if sum(lot.boards for lot in order.lots) != wanted:
            yield f"the lots of order {order.reference} do not hold its {order.boards} boards"


def promises_move_only_with_a_word(look: Look, tally: Tally) -> Iterator[str]:
    told = {*look.session.scalars(sa.select(Job.key)), *look.session.scalars(sa.select(OutboxMail.key))}
    for order in look.all(Order):
        tally.looked_at += len(order.promise_changes)
        yield from promise_faults(order, told)


def scores_are_of_what_has_left(look: Look, tally: Tally) -> Iterator[str]:
    for order in look.all(Order):
        tally.looked_at += order.score is not None
        yield from score_faults(order)


def releases_are_what_was_sold(look: Look, tally: Tally) -> Iterator[str]:
    for order in look.all(Order):
        tally.looked_at += len(order.releases)
        yield from release_faults(order)


def goods_in_is_sound(look: Look, tally: Tally) -> Iterator[str]:
    for order in look.all(Order):
        tally.looked_at += len(order.arrivals)
        yield from goods_faults(order)


def every_file_is_there_and_whole(look: Look, tally: Tally) -> Iterator[str]:
    for stored in look.all(StoredFile):
        tally.looked_at += 1
        if not look.files.has(stored.sha256):
            yield f"file {stored.sha256} is not in the store"
        elif look.rehash_files:
            try:
                look.files.read(stored.sha256)
            except Damaged:
                yield f"file {stored.sha256} is not what was stored"


def the_store_holds_nothing_unknown(look: Look, tally: Tally) -> Iterator[str]:
    known = set(look.session.scalars(sa.select(StoredFile.sha256)))
    for name in look.files.names():
        tally.looked_at += 1
        if name not in known and look.files.age(name, look.at) > ORPHAN_AGE:
            yield f"file {name} has no row and is older than a day"


def tenants_are_kept_apart(look: Look, tally: Tally) -> Iterator[str]:
    for quote in look.all(Quote):
        tally.looked_at += 1
        owners = {quote.company_id, quote.design.package.company_id}
        if quote.order:
            owners.add(quote.order.company_id)
        if len(owners) != 1:
            yield f"quote {quote.reference} belongs to several companies"
    for user in look.all(User):
        tally.looked_at += 1
        if not user.memberships:
            yield f"{user.email} belongs to no company"


def nobody_closed_out_is_signed_in(look: Look, tally: Tally) -> Iterator[str]:
    for login in look.all(LoginSession):
        tally.looked_at += 1
        if login.is_open(look.at) and not login.user.is_active:
            yield f"{login.user.email} is closed but signed in"


def staff_are_signed_in_with_two_factors(look: Look, tally: Tally) -> Iterator[str]:
    """A password alone opens the page that asks for the second factor, for some minutes."""
    for login in look.all(LoginSession):
        if not (look.needs_second_factor and login.is_open(look.at) and login.user.is_staff):
            continue
        tally.looked_at += 1
        if login.proven_at is None and login.expires_at - login.created_at > HALF_SIGNED_IN:
            yield f"{login.user.email} is signed in without a second factor"


def jobs_are_in_one_state(look: Look, tally: Tally) -> Iterator[str]:
    for job in look.all(Job):
        tally.looked_at += 1
        if (job.state is JobState.LEASED) != (job.lease_until is not None):
            yield f"job {job.key} is {job.state} with lease {job.lease_until}"
        if (job.state in {JobState.DONE, JobState.DEAD}) != (job.finished_at is not None):
            yield f"job {job.key} is {job.state}, finished at {job.finished_at}"
        if job.attempts > MOST_ATTEMPTS + 1:
            yield f"job {job.key} was tried {job.attempts} times"


def the_audit_is_one_chain(look: Look, tally: Tally) -> Iterator[str]:
    tally.looked_at = look.session.scalar(sa.select(sa.func.count()).select_from(AuditEntry)) or 0
    yield from broken_links(look.session)


def the_database_is_sound(look: Look, tally: Tally) -> Iterator[str]:
    connection = look.session.connection()
    tally.looked_at = 1
    if present(connection) != newest():
        yield f"the schema is at {present(connection)}, this portal is written for {newest()}"
    if connection.dialect.name == "sqlite":
        for pragma, sound in (("integrity_check", [("ok",)]), ("foreign_key_check", [])):
            answer = [tuple(row) for row in connection.exec_driver_sql(f"PRAGMA {pragma}")]
            if answer != sound:
                yield f"{pragma}: {answer[:3]}"


def no_place_is_booked_twice(look: Look, tally: Tally) -> Iterator[str]:
    """Ahead of us: what has begun is where the floor says that it is, two lots in one hand included."""
    tomorrow = look.at.replace(tzinfo=None) + timedelta(days=1)
    slot = SlotBooking
    ahead = sa.select(slot).where(slot.starts > tomorrow, slot.unit.is_not(None))
    in_order = ahead.order_by(SlotBooking.work_centre, SlotBooking.unit, SlotBooking.starts)
    before: SlotBooking | None = None
    for slot in look.session.scalars(in_order).yield_per(1000):
        tally.looked_at += 1
        is_same = before and (before.work_centre, before.unit) == (slot.work_centre, slot.unit)
        if before and is_same and slot.starts < before.ends:
            yield f"{slot.work_centre} {slot.unit} is booked for {before.reference} and {slot.reference}, {slot.starts}"
        before = slot


def dates_are_held_for_open_quotes(look: Look, tally: Tally) -> Iterator[str]:
    for held in look.all(HeldDate):
        tally.looked_at += 1
        if held.quote.order:
            yield f"a date is still held for quote {held.quote.reference}, which is ordered"
        if {slot.reference for slot in held.bookings} != {held.quote.reference}:
            yield f"the date that is held for quote {held.quote.reference} has no slots of its own"


CHECKS: dict[str, Check] = {
    "Revisions are what was frozen": revisions_are_what_was_frozen,
    "Totals are the sum of their lines": totals_are_the_sum_of_their_lines,
    "Every accepted quote is one order": every_accepted_quote_is_one_order,
    "An order is what was accepted": an_order_is_what_was_accepted,
    "States are the last of their history": states_are_the_last_of_their_history,
    **QUOTE_CHECKS,
    **MONEY_CHECKS,
    "Every order was confirmed by mail": every_order_was_confirmed_by_mail,
    "Floor records are possible": floor_records_are_possible,
    "No place is booked twice": no_place_is_booked_twice,
    "Dates are held for open quotes": dates_are_held_for_open_quotes,
    "Promises move only with a word": promises_move_only_with_a_word,
    "Scores are of what has left": scores_are_of_what_has_left,
    "Releases are what was sold": releases_are_what_was_sold,
    "Goods-in is sound": goods_in_is_sound,
    "Every file is there and whole": every_file_is_there_and_whole,
    "The store holds nothing unknown": the_store_holds_nothing_unknown,
    "Tenants are kept apart": tenants_are_kept_apart,
    "Nobody closed out is signed in": nobody_closed_out_is_signed_in,
    "Staff are signed in with two factors": staff_are_signed_in_with_two_factors,
    "Jobs are in one state": jobs_are_in_one_state,
    "The audit is one chain": the_audit_is_one_chain,
    "The database is sound": the_database_is_sound,
}


def check_invariants(
    session: Session, files: Files, at: datetime, *, rehash_files: bool = True, needs_second_factor: bool = False
) -> list[Checked]:
    """Every check with its count and its faults."""
    look = Look(session, files, at, rehash_files, needs_second_factor)
    checked = []
    for name, check in CHECKS.items():
        tally = Tally()
        faults = tuple(check(look, tally))
        checked.append(Checked(name, tally.looked_at, faults))
    return checked
