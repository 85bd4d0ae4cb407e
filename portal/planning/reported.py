"""From what the floor reports to where a slot really is: done, running, or late because nobody has begun it.

Boards are counted over all lots of an order together: the lots of a plan and those of the floor need not be the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from math import ceil

from portal.planning.blocks import Block, Turn
from portal.planning.calendar import Calendar
from portal.planning.capacity import Booking, WorkCentre


@dataclass(frozen=True, slots=True)
class Report:
    """More boards that are good or scrapped at an operation of the routing; fewer where a miscount was taken back."""

    operation: int
    at: datetime
    good: int = 0
    scrapped: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """Of one slot: when it was begun and done, which share of its boards is through, and when that was last heard."""

    begun: datetime | None = None
    done: datetime | None = None
    share: Fraction = Fraction(0)
    heard: datetime | None = None


@dataclass(frozen=True)
class Reports:
    """All reports of an order, in order of time."""

    reports: Sequence[Report]

    def standing(self, first: int, last: int, boards: tuple[int, int]) -> Standing:
        """Of the operations `first` to `last`, for the boards from one number to another."""
        before, until = boards
        through = sum(self._through(report, last) for report in self.reports)
        share = Fraction(min(max(through - before, 0), until - before), max(1, until - before))
        here = [report.at for report in self.reports if first <= report.operation <= last]
        begun = self._begun(first, before)
        done = self._reached(last, until) if through >= until else None
        return Standing(begun, done, share, here[-1] if here and begun else None)

    @staticmethod
    def _through(report: Report, operation: int) -> int:
        """A board that was scrapped before never comes, so it is through here as well."""
        if report.operation == operation:
            return report.good + report.scrapped
        return report.scrapped if report.operation < operation else 0

    def _reached(self, operation: int, boards: int) -> datetime | None:
        """Since when it is so: what a miscount said before it was taken back does not count."""
        through, since = 0, None
        for report in self.reports:
            through += self._through(report, operation)
            if through < boards:
                since = None
            elif report.operation <= operation:
                since = since or report.at
        return since

    def _begun(self, operation: int, before: int) -> datetime | None:
        """At the first report of it after the lots before were through."""
        through = 0
        for report in self.reports:
            if report.operation == operation and through >= before:
                return report.at
            through += self._through(report, operation)
        return None


def is_at(slot: Booking, standing: Standing, calendar: Calendar, *, now: datetime) -> Booking:
    """Where the slot is, or is expected to be. What is ahead of its plan keeps its place until it is done; then the
    rest of it is given back.
    """
    if standing.done:
        end = min(slot.end, max(calendar.worked(standing.done), slot.start + 1))
        return replace(slot, end=end, set_up=min(slot.set_up, end - slot.start))
    minute, length = calendar.worked(now), slot.end - slot.start
    if standing.begun is None:
        late = max(0, minute - slot.start)
        return replace(slot, start=slot.start + late, end=slot.end + late) if late else slot
    heard = calendar.worked(standing.heard or standing.begun)
    left = ceil((slot.end - slot.work_start) * (1 - standing.share)) if standing.share else length
    return replace(slot, end=max(slot.end, heard + left, minute))


def turns_of(slots: Sequence[Booking], order: Sequence[Block], centres: Sequence[WorkCentre]) -> list[Turn]:
    """Which block of which lot each slot is for. A block's slots are its lots, in order of time.

    Blocks that look alike from their slots take them in the order of the routing. Empty where the counts do not match:
    the shop's rules have changed since.
    """
    by_name = {centre.name: centre for centre in centres}
    found: dict[tuple[int, ...], list[int]] = {}
    for number, slot in enumerate(slots):
        found.setdefault(_could_be(slot, order, by_name[slot.centre]), []).append(number)
    turns: dict[int, Turn] = {}
    for blocks, numbers in found.items():
        if not blocks or len(numbers) % len(blocks):
            return []
        lots = len(numbers) // len(blocks)
        for place, number in enumerate(sorted(numbers, key=lambda number: slots[number].start)):
            at = blocks[place // lots]
            turns[number] = Turn(place % lots, at, order[at])
    return [turns[number] for number in range(len(slots))]


def _could_be(slot: Booking, order: Sequence[Block], centre: WorkCentre) -> tuple[int, ...]:
    """The blocks that this place does; where its set-up is known, only those that need it."""
    here = [at for at, block in enumerate(order) if serves(centre, block)]
    alike = [at for at in here if order[at].job.load == slot.load]
    return tuple(alike or here)


def serves(centre: WorkCentre, block: Block) -> bool:
    if block.stations:
        return bool(centre.stations) and block.stations <= centre.stations
    return centre.takes(block.centre)


def operations_of(order: Sequence[Block]) -> list[tuple[int, int]]:
    """The first and the last operation of each block, by their places in the routing."""
    spans, first = [], 0
    for block in order:
        spans.append((first, first + len(block.operations) - 1))
        first += len(block.operations)
    return spans
