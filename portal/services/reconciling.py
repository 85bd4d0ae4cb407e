"""Our ledger beside Stripe's: what is missing on either side, what is there twice, what differs in its amount."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.gateways.stripe import Stripe
from portal.models.orders import LedgerEntry, Order
from portal.models.payments import PaymentAttempt, Reconciliation, Refund
from portal.production.money import from_minor
from portal.production.payment import LedgerKind
from portal.services.audit import Act, record

PERIOD = timedelta(days=35)  # longer than a month, so that no payment falls between two reports
A_DAY = timedelta(days=1)  # between a movement at Stripe and its entry here there may be midnight
PREFIX = "stripe:"


@dataclass(frozen=True, slots=True)
class Theirs:
    """Money that moved at Stripe. `about`: the reference of our try or refund that it names; may be empty.

    `intent`: the payment that a refund is of; all that leads to us from one made in Stripe's own pages.
    """

    stripe_id: str
    kind: str  # payment, refund
    amount: Decimal
    currency: str
    about: str
    intent: str = ""


@dataclass(frozen=True, slots=True)
class Difference:
    what: str
    stripe_id: str
    order: str
    ours: str
    theirs: str


def asked_stripe(stripe: Stripe, since: datetime) -> list[Theirs]:
    """Every payment and refund at Stripe since then that succeeded. Asked without a transaction."""
    moment = int(since.timestamp())
    intents = [told for told in stripe.since("payment_intent", moment) if told["status"] == "succeeded"]
    refunds = [told for told in stripe.since("refund", moment) if told["status"] == "succeeded"]
    return [_theirs(told, "payment", told["amount_received"]) for told in intents] + [
        _theirs(told, "refund", told["amount"]) for told in refunds
    ]


def _theirs(told: dict[str, Any], kind: str, minor: int) -> Theirs:
    currency, given = told["currency"].upper(), told.get("metadata") or {}
    about = given.get("attempt" if kind == "payment" else "refund", "")
    return Theirs(told["id"], kind, from_minor(minor, currency), currency, about, told.get("payment_intent") or "")


def compare(session: Session, theirs: Iterable[Theirs], *, since: datetime) -> list[Difference]:
    """Only what names a try of ours, or is in our ledger: another shop may use the same account."""
    theirs = list(theirs)
    known = {entry.external_reference: entry for entry in _entries(session, since)}
    found = [difference for told in theirs if (difference := _beside(session, told, known))]
    return found + _doubled(session, theirs) + _missing_there(known, theirs, since)


def _entries(session: Session, since: datetime) -> list[LedgerEntry]:
    kinds = (LedgerKind.PAYMENT, LedgerKind.REFUND)
    query = sa.select(LedgerEntry).where(LedgerEntry.kind.in_(kinds), LedgerEntry.at >= since - A_DAY)
    return list(session.scalars(query.where(LedgerEntry.external_reference.startswith(PREFIX))))


def _beside(session: Session, told: Theirs, known: dict[str, LedgerEntry]) -> Difference | None:
    entry = known.get(f"{PREFIX}{told.stripe_id}")
    order = _order_of(session, told)
    if entry is None:
        if order is None:
            return None
        return Difference("missing here", told.stripe_id, order.reference, "", f"{told.amount} {told.currency}")
    if (entry.amount, entry.currency, entry.kind.value) == (told.amount, told.currency, told.kind):
        return None
    ours = f"{entry.kind} {entry.amount} {entry.currency}"
    said = f"{told.kind} {told.amount} {told.currency}"
    return Difference("different", told.stripe_id, entry.order.reference, ours, said)


def _order_of(session: Session, told: Theirs) -> Order | None:
    model = PaymentAttempt if told.kind == "payment" else Refund
    named = session.scalars(sa.select(model).where(model.reference == told.about)).first() if told.about else None
    if named is None and told.intent:
        of_payment = sa.select(PaymentAttempt).where(PaymentAttempt.payment_intent == told.intent)
        named = session.scalars(of_payment).first()
    return named.order if named else None


def _doubled(session: Session, theirs: list[Theirs]) -> list[Difference]:
    """Two movements at Stripe for one try of ours."""
    first: dict[tuple[str, str], Theirs] = {}
    found = []
    for told in theirs:
        if not told.about:
            continue
        before = first.setdefault((told.kind, told.about), told)
        order = _order_of(session, told)
        if before is not told and order:
            found.append(
                Difference(
                    "doubled", told.stripe_id, order.reference, before.stripe_id, f"{told.amount} {told.currency}"
                )
            )
    return found


def _missing_there(known: dict[str, LedgerEntry], theirs: list[Theirs], since: datetime) -> list[Difference]:
    """Invoices of Stripe's are entered in parts by their own name, and looked at by themselves."""
    there = {f"{PREFIX}{told.stripe_id}" for told in theirs}
    return [
        Difference(
            "missing there", name.removeprefix(PREFIX), entry.order.reference, f"{entry.kind} {entry.amount}", ""
        )
        for name, entry in known.items()
        if name not in there and name.startswith((f"{PREFIX}pi_", f"{PREFIX}re_")) and entry.at >= since + A_DAY
    ]


def keep_report(
    session: Session, differences: list[Difference], *, looked_at: int, since: datetime, act: Act
) -> Reconciliation:
    kept = Reconciliation(since=since, looked_at=looked_at, differences=[asdict(one) for one in differences], at=act.at)
    session.add(kept)
    session.flush()
    record(session, act, "ledger.reconciled", "stripe", looked_at=looked_at, differences=len(differences))
    return kept
