"""A Design as JSON text and back: how it travels from the limited child and how it is stored."""

import json
from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING

from portal.board.design import Design

if TYPE_CHECKING:
    from pydantic import TypeAdapter


def design_to_json(design: Design) -> str:
    return json.dumps(asdict(design), ensure_ascii=False, separators=(",", ":"))


def design_from_json(text: str) -> Design:
    """The design that was written; ValueError when the text is none."""
    return _adapter().validate_json(text)


@cache
def _adapter() -> "TypeAdapter[Design]":
    from pydantic import TypeAdapter  # noqa: PLC0415 - the child only writes, and starts faster without it

    return TypeAdapter(Design)
