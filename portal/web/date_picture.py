"""Why a date is what it is, as a small picture: what is waited for side by side, then queue, work and the way out.

Pure: a promise in, bars on an axis from 0 to 100 out. A frozen promise has no more than its steps, so that each stage
is known by the label that planning gave its step.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from portal.planning.promise import Promise, PromiseStep
from portal.planning.promising import KIT_WHOLE

A_DAY = timedelta(days=1)


class Stage(StrEnum):
    """In the order in which they are drawn; the first four run side by side."""

    FILES = "Files and programs"
    BOARDS = "Bare boards"
    STENCIL = "Stencil"
    PARTS = "Parts"
    QUEUE = "Queue"
    WORK = "Work"
    SHIPPING = "Shipping"
    ALLOWANCE = "Allowance"


SIDE_BY_SIDE = (Stage.FILES, Stage.BOARDS, Stage.STENCIL, Stage.PARTS)
# How a label begins -> its stage: of a delivery, and of what follows once all deliveries are here.
DELIVERIES = {"Files and programs": Stage.FILES, "Bare boards": Stage.BOARDS, "Stencil": Stage.STENCIL}
FOLLOWING = {"Days already planned": Stage.QUEUE, "Shipping": Stage.SHIPPING, "Allowance": Stage.ALLOWANCE}
QUEUED = "after waiting for a free slot"  # planning's words; a gap without them is a night, a weekend or a holiday
UNTIL_FREE = "our line works for others until then"
RELEASE = "Release "
HALF = 0.5  # the last day is shared with the work


@dataclass(frozen=True, slots=True)
class Bar:
    """One stage; `start` and `length` in hundredths of the axis."""

    stage: Stage
    first: date
    last: date
    start: float
    length: float
    because: str
    is_critical: bool = False


@dataclass(frozen=True, slots=True)
class Picture:
    """`longest` names in a few words what takes longest; `kit_whole` is where on the axis everything is here."""

    bars: tuple[Bar, ...]
    longest: str
    kit_whole: float


def picture_of(promise: Promise) -> Picture | None:
    """None where there is no date, or where sales entered it: nobody planned a chain for that. A call-off plan has a
    table of its releases instead.
    """
    if promise.p80 is None or promise.p50 is None or not promise.steps or promise.steps[0].label.startswith(RELEASE):
        return None
    staged = list(_staged(promise.steps))
    first = min(step.start for step in promise.steps)
    days = (max(step.end for step in promise.steps) - first).days + 1
    bars = tuple(_bar(stage, steps, first=first, days=days) for stage, steps in _by_stage(staged))
    whole = next((step.end for step in promise.steps if step.label == KIT_WHOLE), first)
    return Picture(bars, _longest(staged), _hundredths((whole - first).days + 1, days))


def _staged(steps: Sequence[PromiseStep]) -> Iterator[tuple[Stage, PromiseStep]]:
    """Each step with its stage, and the wait for a free line between the kit and the work, which no step tells."""
    labels = [step.label for step in steps]
    at = labels.index(KIT_WHOLE) if KIT_WHOLE in labels else len(steps)
    deliveries, following = steps[:at], steps[at + 1 :]
    yield from ((_stage(step.label, DELIVERIES, Stage.PARTS), step) for step in deliveries)
    if following and QUEUED in following[0].because and following[0].start > steps[at].end + A_DAY:
        start = steps[at].end + A_DAY
        yield Stage.QUEUE, PromiseStep("A free line", start, following[0].start - A_DAY, UNTIL_FREE)
    yield from ((_stage(step.label, FOLLOWING, Stage.WORK), step) for step in following)


def _stage(label: str, stages: dict[str, Stage], otherwise: Stage) -> Stage:
    return next((stage for begins, stage in stages.items() if label.startswith(begins)), otherwise)


def _by_stage(staged: list[tuple[Stage, PromiseStep]]) -> Iterator[tuple[Stage, list[PromiseStep]]]:
    for stage in Stage:
        if steps := [step for known, step in staged if known is stage]:
            yield stage, steps


def _bar(stage: Stage, steps: list[PromiseStep], *, first: date, days: int) -> Bar:
    start, end = min(step.start for step in steps), max(step.end for step in steps)
    shared = HALF if stage is Stage.SHIPPING else 0.0
    return Bar(
        stage=stage,
        first=start,
        last=end,
        start=_hundredths((start - first).days + shared, days),
        length=_hundredths((end - start).days + 1 - shared, days),
        because=_because(stage, steps),
        is_critical=any(step.is_critical for step in steps),
    )


def _because(stage: Stage, steps: list[PromiseStep]) -> str:
    """Of the step that counts: the critical one, else of the work the longest, of what is waited for the last."""
    if len(steps) == 1:
        return steps[0].because
    if stage is Stage.WORK:
        told = max(steps, key=lambda step: (step.is_critical, step.end - step.start))
        return f"{told.label}, the longest of {len(steps)} operations: {told.because}"
    told = max(steps, key=lambda step: (step.is_critical, step.end))
    return f"{told.label}, the last of {len(steps)} deliveries: {told.because}"


def _longest(staged: Iterable[tuple[Stage, PromiseStep]]) -> str:
    stage, step = next(((stage, step) for stage, step in staged if step.is_critical), (None, None))
    if stage is None or step is None:
        return ""
    if stage is Stage.PARTS:
        return "parts from stock" if " in stock" in step.label else step.label
    return step.label if stage is Stage.WORK else stage.value.lower()


def _hundredths(days: float, of: int) -> float:
    return round(100 * days / of, 2)
