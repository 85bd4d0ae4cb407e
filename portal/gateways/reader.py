"""Reading an untrusted package in a child process with limits on CPU, memory, files and time, and without a network.

The child says JSON lines: {"step": …} while it reads, and last {"reading": …} or {"refused": …}. A child that dies
says nothing more: that is a finding for the customer and a notice for staff, never an error of ours.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Protocol

from portal.board.design import Side
from portal.board.record import design_from_json
from portal.errors import PackageRefused
from portal.intake.limits import LIMITS
from portal.intake.reading import Reading, read_package

OnStep = Callable[[str], None]
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
CHILD = (sys.executable, "-I", "-m", "portal.intake")
LAST_WORDS = 4000  # bytes of a traceback
NO_NETWORK = ("unshare", "--map-root-user", "--net")


class Reader(Protocol):
    def read(self, path: Path, *, name: str, take: str | None = None, on_step: OnStep) -> Reading: ...


class ReaderKilled(PackageRefused):
    """The child died, ran out of its limits, or gave no answer. `detail` is its last words, for staff."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(
            "reader-killed",
            "This package could not be read within our limits.",
            "Our staff have been told; please also try it as one zip with only the files of this board.",
        )
        self.detail = detail


class LimitedReader:
    """Starts `python -m portal.intake` for each package; the child sets its own limits before it reads a byte."""

    def __init__(self, *, wall_s: float = LIMITS.wall_s, command: tuple[str, ...] = CHILD) -> None:
        self.wall_s, self.command = wall_s, command

    def read(self, path: Path, *, name: str, take: str | None = None, on_step: OnStep) -> Reading:
        """The reading, or PackageRefused with the customer's sentence."""
        asked = [str(path.resolve()), f"--name={name}", *([f"--take={take}"] if take else [])]
        with TemporaryFile() as complaints:
            with self._child(asked, complaints) as child:
                last = _last_word(child, on_step)
            if last is None:
                raise ReaderKilled(_end_of(complaints))
        if "refused" in last:
            raise PackageRefused(**last["refused"])
        return reading_of(last["reading"])

    @contextmanager
    def _child(self, asked: list[str], complaints: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
        """A child in its own session, ended with all of its own when the time is over or the block is left."""
        child = subprocess.Popen(
            [*without_network(), *self.command, *asked],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=complaints,
            env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", **ONE_THREAD},
            cwd="/",
            start_new_session=True,
        )
        alarm = threading.Timer(self.wall_s, _end, (child,))
        alarm.start()
        try:
            yield child
        finally:
            alarm.cancel()
            _end(child)
            child.wait()
            _out(child).close()


def _end(child: subprocess.Popen[bytes]) -> None:
    """The child and whatever it started; it leads a group of its own and is not yet waited for."""
    with suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)


def _end_of(complaints: IO[bytes]) -> str:
    """What the child complained of last: a traceback of ours, or nothing when it was killed."""
    size = complaints.seek(0, os.SEEK_END)
    complaints.seek(max(0, size - LAST_WORDS))
    return complaints.read().decode("utf-8", "replace")


def _out(child: subprocess.Popen[bytes]) -> IO[bytes]:
    if child.stdout is None:
        raise AssertionError("the child was started with a pipe")
    return child.stdout


def _last_word(child: subprocess.Popen[bytes], on_step: OnStep) -> dict[str, Any] | None:
    """Pass the steps on; the line that ends it, None when there is none."""
    while said := _line(_out(child)):
        if "step" not in said:
            return said if said.keys() & {"reading", "refused"} else None
        on_step(str(said["step"]))
    return None


def _line(out: IO[bytes]) -> dict[str, Any] | None:
    try:
        said = json.loads(out.readline(LIMITS.result_bytes))
    except ValueError:  # the end, half a line, or no JSON
        return None
    return said if isinstance(said, dict) else None


def reading_of(said: dict[str, Any]) -> Reading:
    return Reading(
        design=design_from_json(said["design"]),
        pictures={Side(side): svg for side, svg in said["pictures"].items()},
        seconds=said["seconds"],
    )


@cache
def without_network() -> tuple[str, ...]:
    """A network namespace with nothing in it, where this machine lets us have one."""
    try:
        tried = subprocess.run([*NO_NETWORK, "true"], capture_output=True, check=False, timeout=10)
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return NO_NETWORK if tried.returncode == 0 else ()


class DirectReader:
    """The twin for tests: reads in this process, without limits."""

    def read(self, path: Path, *, name: str, take: str | None = None, on_step: OnStep) -> Reading:
        return read_package(path, name=name, take=take, progress=on_step)
