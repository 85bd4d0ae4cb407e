"""What a check of the data looks at, and how it counts."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.gateways.files import Files


@dataclass(frozen=True, slots=True)
class Look:
    """What the checks look at."""

    session: Session
    files: Files
    at: datetime
    rehash_files: bool = True
    needs_second_factor: bool = False  # of staff: everywhere but in the demo

    def all(self, model: type[Any]) -> Iterator[Any]:
        return iter(self.session.scalars(sa.select(model)).yield_per(500))


@dataclass(frozen=True, slots=True)
class Checked:
    name: str
    looked_at: int
    faults: tuple[str, ...]


@dataclass(slots=True)
class Tally:
    """Counts what was looked at while the faults are yielded."""

    looked_at: int = 0


Check = Callable[[Look, Tally], Iterator[str]]
