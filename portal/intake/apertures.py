"""Aperture definitions (AD): from the file's words to shapes in millimetres."""

import math
import re
from collections.abc import Callable
from functools import partial

import numpy as np

from portal.board.shapes import (
    Aperture,
    Box,
    Late,
    Ring,
    box_of,
    composed,
    disc,
    hole,
    obround,
    rectangle,
    regular_polygon,
)
from portal.intake.macros import Macro, MacroFault, Primitive, drawn, extent, reach

LARGEST_MM = 2_000.0

_DEFINITION = re.compile(r"0*(\d{1,9})\s*([A-Za-z_.$][^,]*?)\s*(?:,(.*))?", re.DOTALL)


class ApertureFault(ValueError):
    """An aperture that cannot be drawn; the message says why."""


def read_definition(text: str) -> tuple[int, str, list[float]]:
    """`10C,0.2X0.1` as code 10, template C, modifiers."""
    found = _DEFINITION.fullmatch(text.strip())
    if not found:
        raise ApertureFault("its definition cannot be read")
    code, template, modifiers = found.groups()
    words = (modifiers or "").replace("x", "X").replace(",", "X").split("X")
    try:
        values = [float(word) for word in words if word.strip()]
    except ValueError as fault:
        raise ApertureFault("its size is not a number") from fault
    if not all(map(math.isfinite, values)):
        raise ApertureFault("its size is not a number")
    return int(code), template, values


def build(template: str, values: list[float], macros: dict[str, Macro], *, mm_per_unit: float) -> Aperture:
    """The aperture in millimetres. Sizes below zero or beyond any machine are faults, not shapes."""
    if template in macros:
        try:
            return _macro(macros[template].primitives(values), mm_per_unit)
        except MacroFault as fault:
            raise ApertureFault(f"its macro {template[:40]} cannot be drawn: {fault}") from fault
    if template not in _STANDARD:
        raise ApertureFault(f"its macro {template[:40]} is not in the file")
    if not values or any(value < 0 for value in values[:2]):
        raise ApertureFault("its size is missing or below zero")
    if max(values[:2]) / 2 * mm_per_unit > LARGEST_MM:
        raise ApertureFault("it is larger than any board")
    return _STANDARD[template](values, mm_per_unit)


def _macro(primitives: tuple[Primitive, ...], mm_per_unit: float) -> Aperture:
    aperture = Aperture(
        "macro", Late(partial(_united, primitives, mm_per_unit), partial(extent, primitives, mm_per_unit))
    )
    if reach(primitives) * mm_per_unit > LARGEST_MM and max(map(abs, aperture.box)) > LARGEST_MM:
        raise ApertureFault("it is larger than any board")
    return aperture


def _united(primitives: tuple[Primitive, ...], mm_per_unit: float) -> tuple[Ring, ...]:
    return composed(drawn(primitives, mm_per_unit))


def _with_hole(make: Callable[[], Ring], sizes: list[float]) -> tuple[Ring, ...]:
    """One more modifier is a round hole, two are a rectangular one (old files). One that does not fit is none."""
    ring = make()
    if not sizes or max(sizes) >= float(np.ptp(ring, axis=0).max()):
        return (ring,)
    return (ring, hole(disc(sizes[0]) if len(sizes) == 1 else rectangle(sizes[0], sizes[1])))


def _late(ring: Callable[[], Ring], box: Callable[[], Box], *, holes: list[float], scale: float) -> Late:
    sizes = [value * scale for value in holes if value > 0][:2] if holes else []
    return Late(partial(_with_hole, ring, sizes), box)


def _half(width: float, height: float) -> Box:
    return (-width / 2, -height / 2, width / 2, height / 2)


def _circle(values: list[float], scale: float) -> Aperture:
    diameter = values[0] * scale
    if not diameter:
        return Aperture("circle", (), 0.0)
    rings = _late(partial(disc, diameter), partial(_half, diameter, diameter), holes=values[1:], scale=scale)
    return Aperture("circle", rings, diameter)


def _rectangle(values: list[float], scale: float) -> Aperture:
    return _oblong("rectangle", rectangle, values, scale=scale)


def _obround(values: list[float], scale: float) -> Aperture:
    return _oblong("obround", obround, values, scale=scale)


def _oblong(kind: str, shape: Callable[[float, float], Ring], values: list[float], *, scale: float) -> Aperture:
    width, height = _sides(values, scale)
    if not width or not height:
        return Aperture(kind, ())
    return Aperture(
        kind, _late(partial(shape, width, height), partial(_half, width, height), holes=values[2:], scale=scale)
    )


def _sides(values: list[float], scale: float) -> tuple[float, float]:
    return values[0] * scale, values[min(1, len(values) - 1)] * scale


def _polygon(values: list[float], scale: float) -> Aperture:
    corners = int(values[1]) if len(values) > 1 else 0
    if not 3 <= corners <= 12:
        raise ApertureFault("its polygon has not 3 to 12 corners")
    if not values[0]:
        return Aperture("polygon", ())
    ring = partial(regular_polygon, corners, values[0] * scale, values[2] if len(values) > 2 else 0.0)
    return Aperture("polygon", _late(ring, partial(_own_box, ring), holes=values[3:], scale=scale))


def _own_box(ring: Callable[[], Ring]) -> Box:
    return box_of([ring()])


_STANDARD = {"C": _circle, "R": _rectangle, "O": _obround, "P": _polygon}
