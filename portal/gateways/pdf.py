"""HTML to PDF in a limited child without a network (WeasyPrint's layout can be made to run for hours).

Each document has a child of its own, so that none sees another's. Half a second of it is getting ready: whoever prints
often keeps the next child waiting, ready.
"""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Protocol

WALL_S = 90
MOST_BYTES = 32 * 1024**2

Child = subprocess.Popen[bytes]


class PrinterFailed(Exception):
    """The child died or said no: our template is wrong or the document is far too long."""


class Printer(Protocol):
    def print(self, html: str, *, xml: bytes | None = None) -> bytes: ...


class LimitedPrinter:
    """Runs portal.gateways.pdf_child with limits on CPU, memory and files, and an empty environment.

    With `keeps_one_ready` the next child is started when one is taken. It ends by itself when this process does: then
    there is nobody at the other end of its stdin.
    """

    def __init__(self, *, keeps_one_ready: bool = False) -> None:
        self.keeps_one_ready = keeps_one_ready
        self._ready: Child | None = None
        self._lock = Lock()

    def print(self, html: str, *, xml: bytes | None = None) -> bytes:
        """With an invoice's XML the PDF is one for archives (PDF/A-3b) that carries it."""
        child = self._take()
        try:
            pdf, said = child.communicate(html.encode() + (b"\0" + xml if xml else b""), timeout=WALL_S)
        except subprocess.TimeoutExpired as late:
            child.kill()
            child.communicate()
            raise PrinterFailed(f"no PDF after {WALL_S} s") from late
        if child.returncode != 0 or not pdf.startswith(b"%PDF"):
            raise PrinterFailed(said.decode(errors="replace")[-2000:])
        return pdf

    def close(self) -> None:
        """Let the one go that waits for a document."""
        with self._lock:
            child, self._ready = self._ready, None
        if child:
            child.communicate()

    def _take(self) -> Child:
        with self._lock:
            ready = self._ready
            self._ready = started() if self.keeps_one_ready else None
        if ready and ready.poll() is None:
            return ready
        if ready:  # it died while it waited
            ready.communicate()
        return started()


def started() -> Child:
    return subprocess.Popen(
        [sys.executable, "-I", "-m", "portal.gateways.pdf_child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "HOME": "/nonexistent"},
        cwd=Path("/"),
        process_group=0,  # not a session, which Linux would give as much of the processor as all the pages
    )


@dataclass
class MemoryPrinter:
    """The twin for tests: keeps the HTML and gives back a marker."""

    printed: list[str] = field(default_factory=list)

    def print(self, html: str, *, xml: bytes | None = None) -> bytes:
        self.printed.append(html)
        return b"%PDF-twin " + html.encode() + (xml or b"")
