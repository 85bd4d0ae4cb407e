"""What happens on the floor, folded into where each lot stands.

Boards flow: an operation may start as soon as the one before has passed on a good board. It is done when all that
arrived is good or scrapped; a failed board waits for rework and keeps it open. No count exceeds what came in.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from portal.errors import BadInput, IllegalMove
from portal.production.lifecycle import OPERATION, OperationState, move


class FloorKind(StrEnum):
    STARTED = "started"
    COUNTED = "counted"  # boards done: good, failed, scrapped
    REWORKED = "reworked"  # failed boards mended (good) or given up (scrapped)
    CORRECTED = "corrected"  # a miscount taken back
    FINISHED = "finished"  # may bring the last counts along


@dataclass(frozen=True, slots=True)
class FloorEvent:
    """`operation` is the index in the lot's routing; the counts are of this event, not sums. `key` names it once."""

    key: str
    operation: int
    kind: FloorKind
    at: datetime
    by: str
    good: int = 0
    failed: int = 0
    scrapped: int = 0

    @property
    def boards(self) -> int:
        return self.good + self.failed + self.scrapped


@dataclass(frozen=True, slots=True)
class OperationProgress:
    """`failed` boards wait for rework; `reworked` ones are among the good, but were not right the first time."""

    state: OperationState = OperationState.WAITING
    good: int = 0
    failed: int = 0
    scrapped: int = 0
    reworked: int = 0
    started_at: datetime | None = None
    finished_at: datetime | None = None

    @property
    def counted(self) -> int:
        return self.good + self.failed + self.scrapped

    @property
    def first_pass_yield(self) -> float | None:
        """Right first time ÷ counted; None before anything is counted."""
        return (self.good - self.reworked) / self.counted if self.counted else None


@dataclass(frozen=True, slots=True)
class LotProgress:
    boards: int
    operations: tuple[OperationProgress, ...]

    def arrived(self, operation: int) -> int:
        """Boards that this operation has been given so far."""
        return self.operations[operation - 1].good if operation else self.boards

    def waiting(self, operation: int) -> int:
        return self.arrived(operation) - self.operations[operation].counted

    def all_arrived(self, operation: int) -> bool:
        return not operation or self.operations[operation - 1].state is OperationState.DONE

    def passed_on(self, operation: int) -> int:
        """Good boards that the next operation has already counted."""
        after = operation + 1
        return self.operations[after].counted if after < len(self.operations) else 0

    @property
    def is_done(self) -> bool:
        return all(operation.state is OperationState.DONE for operation in self.operations)

    @property
    def finished(self) -> int:
        """Good boards at the end of the routing."""
        return self.operations[-1].good if self.operations else self.boards

    @property
    def scrapped(self) -> int:
        return sum(operation.scrapped for operation in self.operations)


def lot_progress(events: Iterable[FloorEvent], *, boards: int, operations: int) -> LotProgress:
    """Fold events in the order in which they were accepted; one heard twice counts once.

    BadInput and IllegalMove say what is wrong with the first event that cannot be.
    """
    progress = LotProgress(boards, (OperationProgress(),) * operations)
    heard: dict[str, FloorEvent] = {}
    for event in events:
        if event.key not in heard:
            progress = after(progress, event)
        elif heard[event.key] != event:
            raise BadInput(f"The event {event.key} was reported before with other figures. Report it under a new key.")
        heard[event.key] = event
    return progress


def after(progress: LotProgress, event: FloorEvent) -> LotProgress:
    """The lot after one more event, or BadInput or IllegalMove; the caller has seen to it that it is new."""
    number = event.operation
    if not 0 <= number < len(progress.operations):
        raise BadInput(f"This lot has no operation {number + 1}. Reload the page and choose one that it has.")
    if min(event.good, event.failed, event.scrapped) < 0:
        raise BadInput("A count cannot be below zero. To take boards back, report a correction.")
    changed = RULES[event.kind](progress, event)
    operations = progress.operations
    return replace(progress, operations=(*operations[:number], changed, *operations[number + 1 :]))


def started(lot: LotProgress, event: FloorEvent) -> OperationProgress:
    """As soon as there is a board to work on, or for certain none will come any more."""
    now = lot.operations[event.operation]
    state = move(OPERATION, now.state, OperationState.RUNNING)
    if not (lot.arrived(event.operation) or lot.all_arrived(event.operation)):
        raise IllegalMove("waiting for a first good board from the operation before", state)
    return replace(now, state=state, started_at=event.at)


def counted(lot: LotProgress, event: FloorEvent) -> OperationProgress:
    now = _running(lot, event)
    waiting = lot.waiting(event.operation)
    if event.boards > waiting:
        raise BadInput(f"Only {waiting} boards wait at this operation, {event.boards} were counted. Count again.")
    return _plus(now, good=event.good, failed=event.failed, scrapped=event.scrapped)


def reworked(lot: LotProgress, event: FloorEvent) -> OperationProgress:
    now = _running(lot, event)
    mended = event.good + event.scrapped
    if event.failed or mended > now.failed:
        raise BadInput(
            f"{now.failed} boards wait for rework. Report how many of them are good now and how many are scrap."
        )
    now = _plus(now, good=event.good, failed=-mended, scrapped=event.scrapped)
    return replace(now, reworked=now.reworked + event.good)


def corrected(lot: LotProgress, event: FloorEvent) -> OperationProgress:
    """Boards that the next operation has counted were good: they cannot be taken back here first."""
    now = _running(lot, event)
    less = _plus(now, good=-event.good, failed=-event.failed, scrapped=-event.scrapped)
    if min(less.failed, less.scrapped) < 0 or less.good < lot.passed_on(event.operation):
        raise BadInput(
            "More would be taken back than was counted and is still here. Correct the later operation first."
        )
    return replace(less, reworked=min(less.reworked, less.good))


def finished(lot: LotProgress, event: FloorEvent) -> OperationProgress:
    now = counted(lot, event)
    missing = lot.arrived(event.operation) - now.counted
    if missing or now.failed or not lot.all_arrived(event.operation):
        still = f"{missing} boards are not counted and {now.failed} wait for rework"
        coming = "" if lot.all_arrived(event.operation) else ", and more are still to come"
        raise BadInput(f"This operation is not finished: {still}{coming}. Count them first.")
    return replace(now, state=move(OPERATION, now.state, OperationState.DONE), finished_at=event.at)


RULES: Mapping[FloorKind, Callable[[LotProgress, FloorEvent], OperationProgress]] = {
    FloorKind.STARTED: started,
    FloorKind.COUNTED: counted,
    FloorKind.REWORKED: reworked,
    FloorKind.CORRECTED: corrected,
    FloorKind.FINISHED: finished,
}


def _running(lot: LotProgress, event: FloorEvent) -> OperationProgress:
    now = lot.operations[event.operation]
    if now.state is not OperationState.RUNNING:
        raise IllegalMove(now.state, event.kind)
    return now


def _plus(now: OperationProgress, *, good: int, failed: int, scrapped: int) -> OperationProgress:
    return replace(now, good=now.good + good, failed=now.failed + failed, scrapped=now.scrapped + scrapped)
