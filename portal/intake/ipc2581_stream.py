"""IPC-2581 as a stream of elements; nothing outside of the file is ever fetched, and entities are refused."""

import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from portal.errors import PackageRefused
from portal.intake.drawing import EXPORT_AGAIN

ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]{0,40}:)?IPC-2581[\s>]")
HEAD_BYTES = 4_000
MODE = re.compile(rb"<(?:\w{1,20}:)?FunctionMode\b[^>]{0,200}?\bmode\s*=\s*[\"'](\w{1,20})")
STEP = re.compile(rb"<(?:\w{1,20}:)?StepRef\b[^>]{0,200}?\bname\s*=\s*[\"']([^\"']{1,200})")
FULLEST = ("", "FABRICATION", "ASSEMBLY", "STENCIL", "TEST", "STACKUP", "BOM")
MOST_ELEMENTS = 5_000_000


def is_ipc2581(data: bytes) -> bool:
    return bool(ROOT.search(_head(data)))


@dataclass(frozen=True, slots=True)
class Mode:
    """For whom the file was written, and the step (the board) that it is about."""

    name: str
    step: str

    @classmethod
    def of(cls, data: bytes) -> "Mode":
        """Both empty where the file does not say."""
        mode, step = MODE.search(_head(data)), STEP.search(_head(data))
        return cls(mode[1].decode().upper() if mode else "", step[1].decode("utf-8", "replace") if step else "")

    @property
    def rank(self) -> int:
        """The fullest first; one that nobody knows may be full."""
        return FULLEST.index(self.name) if self.name in FULLEST else 0

    def completes(self, other: "Mode") -> bool:
        """Whether both are files of one board, written for different people."""
        return bool(self.step) and self.step == other.step and self.name != other.name


def _head(data: bytes) -> bytes:
    """The first bytes; UTF-16 loses its zeros."""
    return data[:HEAD_BYTES].replace(b"\0", b"")


def elements(data: bytes, name: str, tags: Iterable[str]) -> Iterator[Any]:
    """The elements that we know how to take, each as it ends; they are emptied afterwards."""
    from lxml import etree  # noqa: PLC0415 - slow to import, and few packages hold XML

    if b"<!DOCTYPE" in _head(data).upper():
        raise _has_doctype(name)
    wanted = [f"{{*}}{each}" for each in tags]
    settings = {"remove_comments": True, "remove_pis": True, "resolve_entities": False, "load_dtd": False}
    stream = etree.iterparse(
        io.BytesIO(data), events=("end",), tag=wanted, no_network=True, huge_tree=False, **settings
    )
    try:
        for count, (_, element) in enumerate(stream):
            if not count and element.getroottree().docinfo.doctype:
                raise _has_doctype(name)
            if count > MOST_ELEMENTS:
                raise _too_large(name)
            yield element
            element.clear(keep_tail=False)
    except etree.XMLSyntaxError:
        raise PackageRefused("ipc-damaged", f"{name} is damaged or was cut off.", EXPORT_AGAIN) from None


def _has_doctype(name: str) -> PackageRefused:
    text = f"{name} declares XML entities, which a board never needs."
    return PackageRefused("ipc-doctype", text, EXPORT_AGAIN)


def _too_large(name: str) -> PackageRefused:
    return PackageRefused("layer-too-large", f"{name} has more in it than any real board.", EXPORT_AGAIN)
