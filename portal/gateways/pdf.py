"""HTML to PDF in a limited child without a network (WeasyPrint's layout can be made to run for hours)."""

import os
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

WALL_S = 90
MOST_BYTES = 32 * 1024**2


class PrinterFailed(Exception):
    """The child died or said no: our template is wrong or the document is far too long."""


class Printer(Protocol):
    def print(self, html: str, *, xml: bytes | None = None) -> bytes: ...


class LimitedPrinter:
    """Runs portal.gateways.pdf_child with limits on CPU, memory and files, and an empty environment."""

    def print(self, html: str, *, xml: bytes | None = None) -> bytes:
        """With an invoice's XML the PDF is one for archives (PDF/A-3b) that carries it."""
        env = {"PATH": os.environ.get("PATH", ""), "LANG": "C.UTF-8", "HOME": "/nonexistent"}
        try:
            done = subprocess.run(
                [sys.executable, "-I", "-m", "portal.gateways.pdf_child"],
                input=html.encode() + (b"\0" + xml if xml else b""),
                capture_output=True,
                timeout=WALL_S,
                check=False,
                env=env,
                cwd=Path("/"),
                start_new_session=True,
            )
        except subprocess.TimeoutExpired as late:
            raise PrinterFailed(f"no PDF after {WALL_S} s") from late
        if done.returncode != 0 or not done.stdout.startswith(b"%PDF"):
            raise PrinterFailed(done.stderr.decode(errors="replace")[-2000:])
        return done.stdout


@dataclass
class MemoryPrinter:
    """The twin for tests: keeps the HTML and gives back a marker."""

    printed: list[str] = field(default_factory=list)

    def print(self, html: str, *, xml: bytes | None = None) -> bytes:
        self.printed.append(html)
        return b"%PDF-twin " + html.encode() + (xml or b"")
