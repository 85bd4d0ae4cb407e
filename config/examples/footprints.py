# ruff: noqa: INP001 (a script's neighbour, not a package)
"""Land patterns of the example boards: pads in the order of their pins, body outline for the legend.

Millimetres, Y up, seen from the top, at 0°. A pad with a drill goes through the board.
"""

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Pad:
    x: float
    y: float
    w: float
    h: float
    drill: float = 0.0
    round: bool = False


@dataclass(frozen=True)
class Footprint:
    """`body` is the size of the drawn outline; `dot` puts a mark at pin 1."""

    name: str
    pads: tuple[Pad, ...]
    body: tuple[float, float]
    dot: bool = False


def chip(name: str, pitch: float, pad: tuple[float, float], body: tuple[float, float]) -> Footprint:
    """Two pads, left and right."""
    return Footprint(name, (Pad(-pitch / 2, 0, *pad), Pad(pitch / 2, 0, *pad)), body)


def dual(  # noqa: PLR0913 (a land pattern has this many numbers)
    name: str,
    pins: int,
    pitch: float,
    span: float,
    *,
    pad: tuple[float, float],
    body: tuple[float, float],
    thermal: tuple[float, float] | None = None,
) -> Footprint:
    """Pins down the left, then up the right, as on every dual package."""
    half = pins // 2
    first = (half - 1) * pitch / 2
    left = [Pad(-span / 2, first - i * pitch, *pad) for i in range(half)]
    right = [Pad(span / 2, -first + i * pitch, *pad) for i in range(half)]
    middle = [Pad(0, 0, *thermal)] if thermal else []
    return Footprint(name, (*left, *right, *middle), body, dot=True)


def quad(  # noqa: PLR0913 (a land pattern has this many numbers)
    name: str,
    pins: int,
    pitch: float,
    span: float,
    *,
    pad: tuple[float, float],
    body: float,
    thermal: float = 0.0,
) -> Footprint:
    """Pins counter-clockwise from the top of the left side."""
    middle = (Pad(0, 0, thermal, thermal),) if thermal else ()
    return Footprint(name, (*_four_sides(pins // 4, pitch, span / 2, pad), *middle), (body, body), dot=True)


def _four_sides(side: int, pitch: float, reach: float, pad: tuple[float, float]) -> Iterator[Pad]:
    steps = [(i - (side - 1) / 2) * pitch for i in range(side)]
    length, width = pad
    yield from (Pad(-reach, -step, length, width) for step in steps)
    yield from (Pad(step, -reach, width, length) for step in steps)
    yield from (Pad(reach, step, length, width) for step in steps)
    yield from (Pad(-step, reach, width, length) for step in steps)


def row(name: str, pins: int, pitch: float, pad: float, drill: float, depth: float) -> Footprint:
    """A through-hole header or terminal: pins in a row, pin 1 square."""
    first = -(pins - 1) * pitch / 2
    pads = tuple(Pad(first + i * pitch, 0, pad, pad, drill, round=i > 0) for i in range(pins))
    return Footprint(name, pads, (pins * pitch + 0.2, depth), dot=True)


def _sot23() -> Footprint:
    return Footprint("SOT-23", (Pad(-1, 0.95, 1, 0.6), Pad(-1, -0.95, 1, 0.6), Pad(1, 0, 1, 0.6)), (0.8, 2.9))


def _sot23_5() -> Footprint:
    left = [Pad(-1.15, y, 1.1, 0.6) for y in (0.95, 0, -0.95)]
    right = [Pad(1.15, y, 1.1, 0.6) for y in (-0.95, 0.95)]
    return Footprint("SOT-23-5", (*left, *right), (1.0, 2.9), dot=True)


def _sot223() -> Footprint:
    left = [Pad(-3.1, y, 2, 1.5) for y in (2.3, 0, -2.3)]
    return Footprint("SOT-223-3_TabPin2", (*left, Pad(3.1, 0, 2, 3.8)), (3.6, 6.5), dot=True)


def _corners(name: str, at: tuple[float, float], pad: tuple[float, float], body: tuple[float, float]) -> Footprint:
    """Four pads at the corners, counter-clockwise from the lower left (crystals, push buttons)."""
    x, y = at
    return Footprint(name, tuple(Pad(sx * x, sy * y, *pad) for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1))), body)


FOOTPRINTS: dict[str, Footprint] = {
    footprint.name: footprint
    for footprint in (
        chip("R_0402_1005Metric", 1.0, (0.55, 0.6), (0.3, 0.9)),
        chip("C_0402_1005Metric", 1.0, (0.55, 0.6), (0.3, 0.9)),
        chip("R_0603_1608Metric", 1.6, (0.8, 0.95), (0.5, 1.5)),
        chip("C_0603_1608Metric", 1.6, (0.8, 0.95), (0.5, 1.5)),
        chip("LED_0603_1608Metric", 1.6, (0.8, 0.95), (3.0, 1.5)),
        chip("C_0805_2012Metric", 1.9, (1.0, 1.45), (0.6, 1.9)),
        chip("R_2512_6332Metric", 6.0, (1.4, 3.3), (4.2, 3.6)),
        chip("D_SMA", 4.0, (2.5, 1.8), (6.9, 3.0)),
        chip("D_SMB", 4.3, (2.5, 2.3), (7.2, 4.0)),
        chip("L_6.0x6.0mm", 4.4, (1.6, 5.6), (2.4, 6.2)),
        chip("CP_Elec_8x10.2", 6.5, (4.0, 1.8), (8.6, 8.6)),
        chip("Crystal_SMD_3215-2Pin", 2.5, (1.0, 1.8), (1.2, 2.0)),
        _corners("Crystal_SMD_3225-4Pin", (1.1, 0.85), (1.4, 1.2), (4.0, 3.1)),
        _corners("SW_Push_6x6mm", (3.95, 2.25), (1.5, 1.3), (6.2, 6.2)),
        _sot23(),
        _sot23_5(),
        _sot223(),
        dual("SOIC-8_3.9x4.9mm", 8, 1.27, 5.2, pad=(1.6, 0.6), body=(3.2, 4.9)),
        dual("HSOP-8_3.9x4.9mm_EP", 8, 1.27, 5.2, pad=(1.6, 0.6), body=(3.2, 4.9), thermal=(2.4, 3.0)),
        dual("DFN-8_2.5x2.5mm_P0.5mm", 8, 0.5, 2.5, pad=(0.6, 0.25), body=(2.7, 2.7), thermal=(1.0, 1.7)),
        quad("QFN-32_5x5mm_P0.5mm", 32, 0.5, 5.0, pad=(0.8, 0.25), body=5.4, thermal=3.3),
        quad("LQFP-48_7x7mm_P0.5mm", 48, 0.5, 8.5, pad=(1.3, 0.28), body=7.2),
        row("JST_PH_1x02_P2.00mm", 2, 2.0, 1.3, 0.75, 4.5),
        row("PinHeader_1x04_P2.54mm", 4, 2.54, 1.7, 1.0, 2.6),
        row("PinHeader_1x05_P2.54mm", 5, 2.54, 1.7, 1.0, 2.6),
        row("PinHeader_1x06_P2.54mm", 6, 2.54, 1.7, 1.0, 2.6),
        row("TerminalBlock_1x02_P5.08mm", 2, 5.08, 2.6, 1.3, 8.2),
    )
}
