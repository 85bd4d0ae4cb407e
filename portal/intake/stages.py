"""What is known of a package while it is read: it grows stage by stage, and each stage can be shown.

(1) the design with size, layers, holes, tracks, paste and parts: a price can be given; (2) pictures of both sides;
(3) what takes longest to measure: gaps, mask webs, areas, what the fab and the line can do.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from portal.board.design import Design, Finding, Severity, Side
from portal.board.film import Film

NOT_MEASURED = Finding(
    Severity.ASK,
    "not-measured",
    "",
    "This board was too much to be measured in full: gaps and the assembly were not checked.",
    "Our staff have been told and will look at it before they confirm a price.",
)
ORDER = {severity: at for at, severity in enumerate(Severity)}


def film_key(at: int) -> str:
    """Under which the picture of one layer is kept; `at` counts from 0."""
    return f"film {at}"


@dataclass(frozen=True, slots=True)
class Reading:
    """`pictures`: an SVG of each side, `thumbnails` the same as PNG, `films` each layer alone.

    `seconds` by step, "total" among them.

    `fault` is for staff: the last words of a reader that died before it had measured everything.
    """

    design: Design
    pictures: dict[Side, str] = field(default_factory=dict)
    thumbnails: dict[Side, bytes] = field(default_factory=dict)
    viewer: bytes = b""
    films: tuple[Film, ...] = ()
    seconds: dict[str, float] = field(default_factory=dict)
    fault: str = ""

    @property
    def drawn(self) -> dict[str, bytes]:
        """Every file that was made of the board, by the name under which it is kept."""
        files = {str(side): svg.encode() for side, svg in self.pictures.items()}
        files |= {f"{side}.png": png for side, png in self.thumbnails.items()}
        files |= {film_key(at): film.png for at, film in enumerate(self.films)}
        return files | ({"viewer": self.viewer} if self.viewer else {})


class Clock:
    """Names each step aloud and remembers how long it took."""

    def __init__(self, progress: Callable[[str], None]) -> None:
        self.progress, self.began = progress, time.perf_counter()
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        self.progress(name)
        began = time.perf_counter()
        yield
        self.seconds[name] = round(time.perf_counter() - began, 4)

    def total(self) -> dict[str, float]:
        return {"total": round(time.perf_counter() - self.began, 4), **self.seconds}


def with_findings(design: Design, *more: Finding) -> Design:
    """The worst first, each once."""
    findings = dict.fromkeys((*design.findings, *more))
    return replace(design, findings=tuple(sorted(findings, key=lambda finding: ORDER[finding.severity])))


def unmeasured(reading: Reading, fault: str) -> Reading:
    """What is left when the reader died on the way: the design so far, and the word that the rest is missing."""
    return replace(reading, design=with_findings(reading.design, NOT_MEASURED), fault=fault or NOT_MEASURED.code)
