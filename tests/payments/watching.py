"""`portal verify` after each step of a long life: a check runs again when a table that it reads was written.

What a check reads is taken from its own statements, with nothing loaded before, each time that it runs. So it is known
to the row: what could be read only after another row was there is read again once that row is.
"""

import re
from functools import cache
from typing import Any

from sqlalchemy import Connection, event

from portal.db import reading
from portal.services.invariants import CHECKS
from portal.services.looking import Look, Tally

READ, WRITTEN = (re.compile(rf"\b(?:{words})\s+\"?(\w+)", re.IGNORECASE) for words in ("FROM|JOIN", "INTO|UPDATE|FROM"))


@cache
def tables(statement: str) -> tuple[bool, frozenset[str]]:
    """Whether it writes, and to or from where.

    A pragma looks at the file, which a step does not break: that is looked at in the beginning and at the end.
    """
    writes = statement.split(None, 1)[0].upper() in {"INSERT", "UPDATE", "DELETE"}
    return writes, frozenset((WRITTEN if writes else READ).findall(statement))


class Watch:
    """Over one connection, whose savepoints are the transactions."""

    def __init__(self, connection: Connection) -> None:
        self.reads: dict[str, set[str]] = {}
        self.written: set[str] = set()
        self.looks = self.ran = 0
        self._reading: set[str] = set()
        event.listen(connection.engine, "before_cursor_execute", self._hear)

    def _hear(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if statement.startswith(("SAVEPOINT", "RELEASE", "ROLLBACK")):
            return
        writes, named = tables(statement)
        (self.written if writes else self._reading).update(named)

    def forget(self) -> None:
        """Another life begins: nothing is known of it."""
        self.reads, self.written = {}, set()

    def faults(self, engine: Any, files: Any, at: Any) -> list[str]:
        self.looks += 1
        due = [name for name in CHECKS if self._is_due(name)]
        self.written = set()
        return [fault for name in due for fault in self._run(name, engine, files, at=at)]

    def _is_due(self, name: str) -> bool:
        known = self.reads.get(name)
        return known is None or not known.isdisjoint(self.written)

    def _run(self, name: str, engine: Any, files: Any, *, at: Any) -> list[str]:
        self._reading, self.ran = set(), self.ran + 1
        with reading(engine) as session:
            found = list(CHECKS[name](Look(session, files, at, rehash_files=False), Tally()))
        self.reads[name] = self._reading
        return found
