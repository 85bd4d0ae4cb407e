"""A lot as the floor sees it: each operation with its counts, and which reports it can take now."""

from dataclasses import dataclass

from portal.models.orders import Lot
from portal.production.floor import LotProgress, OperationProgress
from portal.production.lifecycle import OperationState
from portal.routing.operations import Operation
from portal.services.floor import lot_progress
from portal.services.snapshot import operation_of


@dataclass(frozen=True, slots=True)
class Step:
    """One operation of a lot. `number` counts from 0, as in the routing."""

    number: int
    operation: Operation
    lot: LotProgress

    @property
    def planned_min(self) -> int:
        """Set-up and cycles together, in whole minutes, and never none."""
        return max(1, round(self.operation.minutes))

    @property
    def progress(self) -> OperationProgress:
        return self.lot.operations[self.number]

    @property
    def state(self) -> OperationState:
        return self.progress.state

    @property
    def arrived(self) -> int:
        return self.lot.arrived(self.number)

    @property
    def waiting(self) -> int:
        return self.lot.waiting(self.number)

    @property
    def all_arrived(self) -> bool:
        return self.lot.all_arrived(self.number)

    @property
    def can_start(self) -> bool:
        return self.state is OperationState.WAITING and bool(self.arrived or self.all_arrived)

    @property
    def is_running(self) -> bool:
        return self.state is OperationState.RUNNING

    @property
    def can_act(self) -> bool:
        return self.is_running or self.can_start

    @property
    def can_finish(self) -> bool:
        """With the boards that wait here counted as good along with it."""
        return self.is_running and self.all_arrived and not self.progress.failed


@dataclass(frozen=True, slots=True)
class Standing:
    lot: Lot
    progress: LotProgress
    steps: tuple[Step, ...]

    @property
    def acting(self) -> list[Step]:
        """Where somebody can do something: what runs, and what may start."""
        return [step for step in self.steps if step.can_act]

    @property
    def running(self) -> list[Step]:
        return [step for step in self.steps if step.is_running]

    @property
    def state(self) -> OperationState:
        if self.progress.is_done:
            return OperationState.DONE
        has_begun = any(step.state is not OperationState.WAITING for step in self.steps)
        return OperationState.RUNNING if has_begun else OperationState.WAITING

    @property
    def done(self) -> int:
        """Operations that are done; they are the first ones, because none ends before the one before it."""
        return sum(step.state is OperationState.DONE for step in self.steps)


def standing_of(lot: Lot) -> Standing:
    progress = lot_progress(lot)
    operations = map(operation_of, lot.operations)
    return Standing(lot, progress, tuple(Step(number, one, progress) for number, one in enumerate(operations)))
