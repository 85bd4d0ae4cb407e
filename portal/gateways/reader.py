"""Reading an untrusted package in a child process with limits on CPU, memory, files and time, and without a network.

The child says JSON lines: {"step": …} while it reads; {"reading": …}, {"pictures": …} and last {"design": …} as each
stage is there; or {"refused": …}. A child that dies says nothing more: what it has said until then is kept, with a
finding for the customer and a notice for staff. Where it has said nothing yet, the package is refused.
"""

import base64
import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from ctypes.util import find_library
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TYPE_CHECKING, Any, Protocol

from portal.board.design import Design, Side
from portal.board.film import Film
from portal.board.record import design_from_json
from portal.errors import PackageRefused
from portal.intake.corrections import NOTHING_SAID, Corrections
from portal.intake.corrections_text import corrections_to_json
from portal.intake.limits import LIMITS, MIB
from portal.intake.stages import Reading, unmeasured

if TYPE_CHECKING:
    from portal.intake.inside import Inside

# What reads a package is only imported where it is done in this process: the command line starts a child for it,
# and would otherwise load the same rooms twice.

OnStep = Callable[[str], None]
OnStage = Callable[[Reading], None]
ONE_THREAD = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")
# The GNU allocator gives each larger array back to the kernel at once; to be handed it anew, page by page, takes
# a tenth of the time of reading a layer. Another allocator does not know these words.
KEEP_MEMORY = {
    "MALLOC_MMAP_THRESHOLD_": str(32 * MIB),
    "MALLOC_TRIM_THRESHOLD_": str(128 * MIB),
    "MALLOC_TOP_PAD_": str(16 * MIB),
}
ALWAYS = {"LANG": "C.UTF-8", **ONE_THREAD, **KEEP_MEMORY}
CHILD = (sys.executable, "-I", "-m", "portal.intake")
CAPABILITIES = Path(__file__).resolve().parents[2] / "config" / "capabilities.toml"
LAST_WORDS = 4000  # bytes of a traceback
NO_NETWORK = ("unshare", "--map-root-user", "--net")


def unheard(_reading: Reading) -> None:
    """Nobody waits for the first stages."""


class Reader(Protocol):
    def read(
        self,
        path: Path,
        *,
        name: str,
        take: str | None = None,
        corrections: Corrections = NOTHING_SAID,
        on_step: OnStep,
        on_stage: OnStage = unheard,
    ) -> Reading:
        """All that was read; each earlier stage of it is said to `on_stage` as soon as it is there."""
        ...

    def inside(self, path: Path, corrections: Corrections) -> "Inside":
        """What the dialogs show of the package."""
        ...


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

    def __init__(
        self, *, wall_s: float = LIMITS.wall_s, command: tuple[str, ...] = CHILD, capabilities: Path = CAPABILITIES
    ) -> None:
        self.wall_s, self.command, self.capabilities = wall_s, command, capabilities

    def read(
        self,
        path: Path,
        *,
        name: str,
        take: str | None = None,
        corrections: Corrections = NOTHING_SAID,
        on_step: OnStep,
        on_stage: OnStage = unheard,
    ) -> Reading:
        """The reading, or PackageRefused with the customer's sentence."""
        asked = [str(path.resolve()), f"--name={name}", f"--capabilities={self.capabilities.resolve()}"]
        asked += [f"--take={take}"] if take else []
        heard = Heard(on_step, on_stage)
        with TemporaryFile() as complaints:
            with self._child(asked, said_aside(corrections), complaints) as child:
                heard.listen(_out(child))
            last_words = _end_of(complaints)
        if heard.is_whole and heard.reading:
            return heard.reading
        if heard.reading:
            return unmeasured(heard.reading, last_words)
        raise heard.refusal or ReaderKilled(last_words)

    def inside(self, path: Path, corrections: Corrections) -> "Inside":
        """A look inside, or PackageRefused with the customer's sentence."""
        asked = [str(path.resolve()), f"--name={path.name}", "--inside"]
        with TemporaryFile() as complaints:
            with self._child(asked, said_aside(corrections), complaints) as child:
                said = _line(_out(child)) or {}
            last_words = _end_of(complaints)
        if "refused" in said:
            raise PackageRefused(**said["refused"])
        if "inside" not in said:
            raise ReaderKilled(last_words)
        from portal.intake.inside import inside_from  # noqa: PLC0415

        return inside_from(json.loads(said["inside"]))

    @contextmanager
    def _child(self, asked: list[str], said: IO[bytes], complaints: IO[bytes]) -> Iterator[subprocess.Popen[bytes]]:
        """A child in a group of its own, ended with all of its own when the time is over or the block is left."""
        with said:
            child = subprocess.Popen(
                [*without_network(), *self.command, *asked],
                stdin=said,
                stdout=subprocess.PIPE,
                stderr=complaints,
                env={
                    "PATH": os.environ.get("PATH", ""),
                    "LANG": "C.UTF-8",
                    **ONE_THREAD,
                    **KEEP_MEMORY,
                    **libarchive(),
                },
                cwd="/",
                process_group=0,  # not a session, which Linux would give as much of the processor as all the pages
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


def said_aside(corrections: Corrections) -> IO[bytes]:
    """What the customer said, as a file that the child can read and nobody else can name."""
    said = TemporaryFile()  # noqa: SIM115 - closed by whoever starts the child
    if corrections != NOTHING_SAID:
        said.write(corrections_to_json(corrections).encode())
        said.seek(0)
    return said


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


class Heard:
    """What the child has said until now."""

    def __init__(self, on_step: OnStep, on_stage: OnStage) -> None:
        self.on_step, self.on_stage = on_step, on_stage
        self.reading: Reading | None = None
        self.refusal: PackageRefused | None = None
        self.is_whole = False

    def listen(self, out: IO[bytes]) -> None:
        """To the last word, or to the first that makes no sense."""
        while not (self.is_whole or self.refusal) and (said := _line(out)):
            if "step" in said:
                self.on_step(str(said["step"]))
            elif "refused" in said:
                self.refusal = PackageRefused(**said["refused"])
            else:
                self._stage(said)

    def _stage(self, said: dict[str, Any]) -> None:
        if "reading" in said:
            told = said.pop("reading")
            self.reading = Reading(design_from_json(told.pop("design")), seconds=told["seconds"])
        elif self.reading and "pictures" in said:
            self.reading = replace(self.reading, pictures=_by_side(said["pictures"]), thumbnails=_pngs(said))
        elif self.reading and "design" in said:
            viewer, films, seconds = base64.b64decode(said.pop("viewer")), _films(said), said["seconds"]
            rest = replace(self.reading, design=Design(""), viewer=viewer, films=films, seconds=seconds)
            self.reading = None  # a list of 50,000 lines is not held twice
            self.reading = replace(rest, design=design_from_json(said.pop("design")))
            self.is_whole = True
            return
        if self.reading:
            self.on_stage(self.reading)


def _by_side(said: dict[str, str]) -> dict[Side, str]:
    return {Side(side): text for side, text in said.items()}


def _pngs(said: dict[str, Any]) -> dict[Side, bytes]:
    return {side: base64.b64decode(text) for side, text in _by_side(said["thumbnails"]).items()}


def _films(said: dict[str, Any]) -> tuple[Film, ...]:
    return tuple(Film(film["name"], film["file"], base64.b64decode(film["png"])) for film in said["films"])


def _line(out: IO[bytes]) -> dict[str, Any] | None:
    try:
        said = json.loads(out.readline(LIMITS.result_bytes))
    except ValueError:  # the end, half a line, or no JSON
        return None
    return said if isinstance(said, dict) else None


@cache
def libarchive() -> dict[str, str]:
    """Where the shared library lies: to find it takes programs, which the child may not start."""
    found = find_library("archive")
    return {"LIBARCHIVE": found} if found else {}


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

    def read(
        self,
        path: Path,
        *,
        name: str,
        take: str | None = None,
        corrections: Corrections = NOTHING_SAID,
        on_step: OnStep,
        on_stage: OnStage = unheard,
    ) -> Reading:
        from portal.board.capability import read_capabilities  # noqa: PLC0415
        from portal.intake.reading import read_in_stages  # noqa: PLC0415

        table = read_capabilities(CAPABILITIES.read_text("utf-8"), file=CAPABILITIES.name)
        asked = replace(corrections, take=take or corrections.take)
        *stages, last = read_in_stages(path, name=name, corrections=asked, capabilities=table, progress=on_step)
        for stage in stages:
            on_stage(stage)
        return last

    def inside(self, path: Path, corrections: Corrections) -> "Inside":
        from portal.intake.looking import look_inside  # noqa: PLC0415

        return look_inside(path, corrections)
