"""IPC-2581 (revisions A to C): one XML file that holds the whole board."""

import re

from portal.errors import PackageRefused
from portal.intake.whole import WholeBoard

ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]{0,40}:)?IPC-2581[\s>]")
HEAD_BYTES = 4_000


def is_ipc2581(data: bytes) -> bool:
    return bool(ROOT.search(data[:HEAD_BYTES].replace(b"\0", b"")))


def read_ipc2581(data: bytes, *, name: str) -> WholeBoard:
    raise PackageRefused(
        "ipc2581-unread", f"{name} ({len(data)} bytes) is not read yet.", "Send the Gerber and drill files."
    )
