"""What was lost, what was doubled, and where Stripe and our ledger disagree, after the portal was killed."""

from collections import Counter

import sqlalchemy as sa
from money_world import MoneyWorld

from portal import db
from portal.models.invoices import Invoice
from portal.models.orders import LedgerEntry
from portal.models.payments import PaymentAttempt, Refund, StripeEvent
from portal.models.work import MailState
from portal.production.invoice import InvoiceKind


def lost(world: MoneyWorld) -> list[str]:
    """Everything acknowledged that is not there."""
    orders, letters = world.everything()
    with db.reading(world.engine) as session:
        events = set(session.scalars(sa.select(StripeEvent.event_id)))
    there = {
        "accept": Counter((order.quote.reference, order.reference) for order in orders),
        "pay": Counter((order.reference,) for order in orders for _ in order.attempts),
        "refund": Counter((order.reference,) for order in orders for _ in order.refunds),
        "invoice": Counter((order.reference, one.kind.value) for order in orders for one in order.invoices),
        "mail": Counter((letter.key,) for letter in letters),
        "webhook": Counter((event,) for event in events),
    }
    repeats = {"refund", "invoice"}  # each time a new one; the others answer the same again
    return [
        f"{verb} {said}"
        for verb, known in there.items()
        for said, times in Counter(world.acknowledged[verb]).items()
        if known[said] < (times if verb in repeats and said[1:] != ("invoice",) else 1)
    ]


def doubled(world: MoneyWorld) -> list[str]:
    """More than was acknowledged, and than the kills can have left unanswered."""
    orders, letters = world.everything()
    keys, said, kills = {letter.key for letter in letters}, world.acknowledged, world.kills
    notes = [one for order in orders for one in order.invoices if one.kind is InvoiceKind.CREDIT_NOTE]
    acknowledged_notes = [one for one in said["invoice"] if one[1] == "credit-note"]
    refunds = [one for order in orders for one in order.refunds]
    twice = Counter(order.reference for order in orders for one in order.invoices if one.kind is InvoiceKind.INVOICE)
    return [
        *(f"{order} has {times} invoices" for order, times in twice.items() if times > 1),
        *(f"{order.reference} is not confirmed" for order in orders if f"order:{order.reference}:confirm" not in keys),
        *(["refunds were made twice"] if len(refunds) > len(said["refund"]) + kills["refund"] else []),
        *(["credit notes were made twice"] if len(notes) > len(acknowledged_notes) + kills["invoice"] else []),
        *letters_doubled(world),
    ]


def letters_doubled(world: MoneyWorld) -> list[str]:
    """A letter leaves once, or once more after a kill that came between the post office's word and our note of it."""
    _, letters = world.everything()
    taken = world.office.letters()
    again = sum(times - 1 for times in taken.values())
    return [
        *(
            f"{name} left {times} times in life {life}"
            for (name, life), times in world.office.taken.items()
            if times > 1
        ),
        *(["more letters left twice than kills came"] if again > world.office.life else []),
        *(
            f"{letter.key} is sent, and never arrived"
            for letter in letters
            if letter.state is MailState.SENT and not taken[letter.message_id]
        ),
    ]


def unlike(world: MoneyWorld) -> list[str]:
    """Once all is settled: what Stripe has and our ledger has not, or the other way round, or twice."""
    stripe, (_, letters) = world.fake.world, world.everything()
    with db.reading(world.engine) as session:
        ours = {name for name in session.scalars(sa.select(LedgerEntry.external_reference)) if name[:7] == "stripe:"}
        attempts, refunds = (
            session.scalar(sa.select(sa.func.count()).select_from(kind)) for kind in (PaymentAttempt, Refund)
        )
        positions = sorted(session.scalars(sa.select(Invoice.position)))
    theirs = {f"stripe:{one['id']}" for one in stripe.of("payment_intent") if one["status"] == "succeeded"}
    theirs |= {f"stripe:{one['id']}" for one in stripe.of("refund")}
    return [
        *(f"{name} is not in the ledger" for name in sorted(theirs - ours)),
        *(f"{name} is not at Stripe" for name in sorted(ours - theirs)),
        *(["there are more pages than tries to pay"] if len(stripe.of("checkout.session")) > attempts else []),
        *(["there are more refunds at Stripe than here"] if len(stripe.of("refund")) > refunds else []),
        *(["invoices have a gap"] if positions != list(range(1, len(positions) + 1)) else []),
        *(f"{letter.key} never left" for letter in letters if letter.state is not MailState.SENT),
    ]
