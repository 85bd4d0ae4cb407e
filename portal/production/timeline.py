"""What the customer sees: the stages of an order, all its lots together, with counts instead of adjectives."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.production.floor import LotProgress, OperationProgress
from portal.production.lifecycle import OperationState


@dataclass(frozen=True, slots=True)
class Stage:
    """`done` good boards of `total`; boards scrapped here or before never come, so at the end done + scrapped = total.

    `since`: when the stage began or, when done, ended; None while it waits.
    """

    label: str
    state: OperationState
    done: int
    total: int
    since: datetime | None
    failed: int = 0
    scrapped: int = 0


def timeline(lots: Sequence[LotProgress], labels: Sequence[str]) -> tuple[Stage, ...]:
    """One stage per operation; the lots of an order share its routing. None of an order that is not built."""
    return () if not lots else tuple(_stage(label, lots, number) for number, label in enumerate(labels))


def percent(lots: Sequence[LotProgress]) -> int:
    """Share of the boards' operations that are behind them; 100 only when every lot is done."""
    steps = sum(lot.boards * len(lot.operations) for lot in lots)
    return sum(_behind(lot) for lot in lots) * 100 // steps if steps else 0


def _stage(label: str, lots: Sequence[LotProgress], number: int) -> Stage:
    here = [lot.operations[number] for lot in lots]
    state = _merged(here)
    return Stage(
        label,
        state,
        done=sum(operation.good for operation in here),
        total=sum(lot.boards for lot in lots),
        since=_since(state, here),
        failed=sum(operation.failed for operation in here),
        scrapped=sum(operation.scrapped for lot in lots for operation in lot.operations[: number + 1]),
    )


def _merged(here: Sequence[OperationProgress]) -> OperationState:
    """Done when all lots are; running as soon as one has begun."""
    states = {operation.state for operation in here}
    return states.pop() if len(states) == 1 else OperationState.RUNNING


def _since(state: OperationState, here: Sequence[OperationProgress]) -> datetime | None:
    began = [operation.started_at for operation in here if operation.started_at]
    ended = [operation.finished_at for operation in here if operation.finished_at]
    if state is OperationState.DONE:
        return max(ended)
    return min(began) if began else None


def _behind(lot: LotProgress) -> int:
    """A scrapped board is through with all that would have followed."""
    behind, scrapped = 0, 0
    for operation in lot.operations:
        scrapped += operation.scrapped
        is_done = operation.state is OperationState.DONE
        behind += lot.boards if is_done else min(operation.good + scrapped, lot.boards - 1)
    return behind
