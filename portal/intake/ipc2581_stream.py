"""IPC-2581 as a stream of elements; nothing outside of the file is ever fetched, and entities are refused."""

import io
import re
from collections.abc import Iterable, Iterator
from typing import Any

from portal.errors import PackageRefused
from portal.intake.drawing import EXPORT_AGAIN

ROOT = re.compile(rb"<(?:[A-Za-z][\w.-]{0,40}:)?IPC-2581[\s>]")
HEAD_BYTES = 4_000
MODE = re.compile(rb"<(?:\w{1,20}:)?FunctionMode\b[^>]{0,200}?\bmode\s*=\s*[\"'](\w{1,20})")
MOST_ELEMENTS = 5_000_000


def is_ipc2581(data: bytes) -> bool:
    return bool(ROOT.search(_head(data)))


def function_mode(data: bytes) -> str:
    """FABRICATION, ASSEMBLY, BOM …; empty where the file does not say."""
    found = MODE.search(_head(data))
    return found[1].decode().upper() if found else ""


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
        raise PackageRefused("ipc2581-damaged", f"{name} is damaged or was cut off.", EXPORT_AGAIN) from None


def _has_doctype(name: str) -> PackageRefused:
    text = f"{name} declares XML entities, which a board never needs."
    return PackageRefused("ipc2581-doctype", text, EXPORT_AGAIN)


def _too_large(name: str) -> PackageRefused:
    return PackageRefused("layer-too-large", f"{name} has more in it than any real board.", EXPORT_AGAIN)
