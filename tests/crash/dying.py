"""A deed in a process of its own that dies at one of its points: before a statement, around a commit, around a word
to the outside. What it said before it died is what was acknowledged.
"""

import os
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.orm import Session

Say = Callable[[str], None]
OUTSIDE = {"socket.connect", "http.client.send", "smtplib.send", "os.rename", "os.link"}  # Python's own audit events


@dataclass(frozen=True, slots=True)
class End:
    """`points`: how many were passed; None where it was killed."""

    said: tuple[str, ...]
    points: int | None
    took_s: float

    @property
    def was_killed(self) -> bool:
        return self.points is None


def run(deed: Callable[[Say], None], *, dies_at: int | None = None, dies_after_s: float | None = None) -> End:
    """Fork, do it, and tell how it ended. The parent has no open connection to a database meanwhile."""
    heard, mouth = os.pipe()
    began, child = time.perf_counter(), os.fork()
    if child == 0:
        _child(deed, mouth, dies_at)
    os.close(mouth)
    if dies_after_s is not None:
        time.sleep(dies_after_s)
        os.kill(child, signal.SIGKILL)  # one that is done is a zombie until it is waited for: this harms nobody
    with os.fdopen(heard) as words:
        said = words.read().split("\n")[:-1]
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the deed itself went wrong: see above"
    points = int(said.pop()) if os.WIFEXITED(status) else None
    return End(tuple(said), points, time.perf_counter() - began)


def _child(deed: Callable[[Say], None], mouth: int, dies_at: int | None) -> None:
    def say(words: str) -> None:
        os.write(mouth, f"{words}\n".encode())

    try:
        passed = _count(dies_at)
        deed(say)
        say(str(passed()))
        os._exit(0)
    except BaseException:  # noqa: BLE001 - nothing of the child may run on as a second test run
        traceback.print_exc(file=sys.__stderr__)
        os._exit(1)


def _count(dies_at: int | None) -> Callable[[], int]:
    """Count the points from now on, in this process alone, and die at that one."""
    numbers, passed = count(1), [0]

    def point(*_args: Any, **_kwargs: Any) -> None:
        passed[0] = next(numbers)
        if passed[0] == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    for target, name in ((sa.Engine, "before_cursor_execute"), (sa.Engine, "commit"), (Session, "after_commit")):
        event.listen(target, name, point)
    sys.addaudithook(lambda name, _args: point() if name in OUTSIDE else None)
    return lambda: passed[0]
