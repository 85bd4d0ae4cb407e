"""The audit in words: what was done, by whom, when and why."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.models.work import AuditEntry

MOST_ENTRIES = 200

# The changes of an entry stand in braces; an action without a sentence here is shown by its own name.
SENTENCES = {
    "quote.frozen": "froze revision {revision}",
    "quote.moved": "moved it from {was} to {to}",
    "quote.printed": "printed the PDF",
    "quote.proposed": "proposed a change with a margin of {margin}, below the floor of {floor}",
    "quote.noted": "wrote an internal note beside revision {revision}",
    "quote.cloned": "made quote {clone} from it",
    "proposal.approved": "agreed to the change that {by} proposed",
    "proposal.refused": "refused the change that {by} proposed",
    "proposal.withdrawn": "took back the change that {by} proposed",
    "quote.accepted": "accepted it as order {order}",
    "hold.opened": "opened hold no. {number}",
    "hold.closed": "closed hold no. {number}",
    "ledger.invoiced": "entered {external} over {amount}",
    "ledger.payment": "entered {amount} received, {external}",
    "ledger.refund": "entered {amount} paid back, {external}",
    "ledger.credit-note": "entered a credit note over {amount}, {external}",
    "ledger.charge": "entered a charge of {amount} for a change, {external}",
    "floor.started": "started operation {operation}",
    "floor.counted": "counted at operation {operation}: {good} good, {failed} failed, {scrapped} scrapped",
    "floor.reworked": "reworked at operation {operation}: {good} good, {scrapped} scrapped",
    "floor.corrected": "took back at operation {operation}: {good} good, {failed} failed, {scrapped} scrapped",
    "floor.finished": "finished operation {operation} with {good} more good, {failed} failed, {scrapped} scrapped",
    "promise.moved": "moved the promise from {was} to {now}",
    "promise.scored": "scored the promise of {p80}: it left on {left_on}",
    "release.moved": "moved release {release} from {was} to {now}, owed {owed}",
    "release.cancelled": "cancelled release {release}, owed {owed}",
    "release.reduced": "made release {release} smaller, from {boards_was} to {boards_now} boards, owed {owed}",
    "order.cancelled": "cancelled the order: {credit} taken off, {owed} owed",
    "slots.cancelled": "gave back its slots",
    "change.settled": "settled a change over {net} net with {external}",
    "gate.passed": "noted: {gate}",
    "part.ordered": "noted {quantity} of {part} ordered at {supplier} on {ordered_on}",
    "part.arrived": "noted {quantity} of {part} arrived on {on}",
    "noise.used": "had what orders take beyond their plan count",
    "noise.set-aside": "set aside what orders take beyond their plan",
    "pace.used": "had the learnt pace {factor} count",
    "pace.set-aside": "set the learnt pace {factor} aside",
    "job.revived": "had the job tried again",
}


@dataclass(frozen=True, slots=True)
class Event:
    at: datetime
    actor: str
    action: str
    reason: str


def history(session: Session, subjects: Iterable[str]) -> list[Event]:
    """Newest first, of everything that is audited under these references."""
    entries = sa.select(AuditEntry).where(AuditEntry.subject.in_(list(subjects))).order_by(AuditEntry.number.desc())
    return [event(entry) for entry in session.scalars(entries.limit(MOST_ENTRIES))]


def event(entry: AuditEntry) -> Event:
    changes = dict(entry.changes)
    if "operation" in changes:
        changes["operation"] = f"{changes['operation'] + 1} of {entry.subject}"  # people count from one
    sentence = SENTENCES.get(entry.action, entry.action)
    return Event(entry.at, entry.actor, sentence.format_map(changes), entry.reason)
