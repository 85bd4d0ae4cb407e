"""The capacity board where the screen is narrow: one row for each order, from its first slot to its last."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.services.capacity import BookedSlot, SlotState


@dataclass(frozen=True, slots=True)
class Stay:
    """An order, or a quote whose date is held, in the weeks shown. Its slots are in order of time."""

    reference: str
    slots: tuple[BookedSlot, ...]

    @property
    def places(self) -> list[str]:
        """Where it goes, each work centre once."""
        return list(dict.fromkeys(slot.centre for slot in self.slots))

    @property
    def starts(self) -> datetime:
        return self.slots[0].starts

    @property
    def ends(self) -> datetime:
        return max(slot.ends for slot in self.slots)

    @property
    def state(self) -> SlotState:
        """Of what is not over yet, the first that holds."""
        ahead = {slot.state for slot in self.slots} - {SlotState.OVER}
        return next((state for state in SlotState if state in ahead), SlotState.OVER)


def stays(slots: Sequence[BookedSlot]) -> list[Stay]:
    """Whoever comes first stands first."""
    found: dict[str, list[BookedSlot]] = defaultdict(list)
    for slot in sorted(slots, key=lambda slot: slot.starts):
        found[slot.reference].append(slot)
    return [Stay(reference, tuple(each)) for reference, each in found.items()]
