"""Land patterns of each family of packages as lists of pads, at rotation 0, as libraries draw them (mm)."""

Pad = tuple[float, float, float, float, float]  # x, y, width, height, hole


def row(count: int, pitch: float, size: tuple[float, float], at: float, *, hole: float = 0.0) -> list[Pad]:
    """A column of pads at x = `at`, its middle on the axis."""
    return [(at, (index - (count - 1) / 2) * pitch, *size, hole) for index in range(count)]


def rows(count: int, pitch: float, size: tuple[float, float], at: float) -> list[Pad]:
    """Two columns, left and right."""
    return [*row(count, pitch, size, -at), *row(count, pitch, size, at)]


def quad(count: int, pitch: float, size: tuple[float, float], at: float) -> list[Pad]:
    """Four rows about the middle."""
    side = rows(count, pitch, size, at)
    return [*side, *((y, x, high, wide, hole) for x, y, wide, high, hole in side)]


def balls(count: int, pitch: float, size: float) -> list[Pad]:
    return [pad for index in range(count) for pad in row(count, pitch, (size, size), (index - (count - 1) / 2) * pitch)]


def chip(apart: float, wide: float, high: float) -> list[Pad]:
    return [(-apart / 2, 0, wide, high, 0), (apart / 2, 0, wide, high, 0)]


def ring_of_balls(count: int, pitch: float, size: float, inside: int) -> list[Pad]:
    """A grid without its middle."""
    reach = (inside - 1) / 2 * pitch + 0.01
    return [ball for ball in balls(count, pitch, size) if max(abs(ball[0]), abs(ball[1])) > reach]


def pins(columns: int, count: int, pitch: float) -> list[Pad]:
    """A header about its middle."""
    return [
        pad
        for index in range(columns)
        for pad in row(count, pitch, (1.7, 1.7), (index - (columns - 1) / 2) * pitch, hole=1.0)
    ]


def heat(size: float) -> list[Pad]:
    return [(0, 0, size, size, 0)]


def across(pads: list[Pad], at: float) -> list[Pad]:
    """A column laid down as a row at y = `at`."""
    return [(y, at, high, wide, hole) for x, y, wide, high, hole in pads]


CHIPS = {
    "01005": chip(0.4, 0.22, 0.22),
    "0201": chip(0.66, 0.32, 0.36),
    "C0402": chip(0.96, 0.56, 0.62),
    "C0603": chip(1.55, 0.8, 0.95),
    "C0805": chip(1.9, 1.0, 1.45),
    "1206": chip(2.95, 1.1, 1.75),
    "1210": chip(2.95, 1.1, 2.65),
    "1812": chip(4.2, 1.3, 3.4),
    "2010": chip(4.8, 1.2, 2.65),
    "2512": chip(6.1, 1.3, 3.35),
    "SOD-123": chip(3.3, 0.9, 1.2),
    "SMA": chip(4.0, 2.5, 1.8),
    "CP-6.3": chip(5.4, 3.5, 1.6),
    "CP-10": chip(8.4, 4.4, 1.9),
}
SMALL = {
    "SOT23": [*row(2, 1.9, (1.3, 0.6), -1.0), (1.0, 0, 1.3, 0.6, 0)],
    "SOT23-5": [*row(3, 0.95, (1.3, 0.6), -1.14), *row(2, 1.9, (1.3, 0.6), 1.14)],
    "SOT23-6": rows(3, 0.95, (1.3, 0.6), 1.14),
    "SC70-6": rows(3, 0.65, (0.9, 0.4), 0.95),
    "SOT89": [*row(3, 1.5, (1.3, 0.9), -1.65), (0.9, 0, 3.0, 1.8, 0)],
    "SOT223": [*row(3, 2.3, (2.0, 1.5), -3.15), (3.15, 0, 2.0, 3.8, 0)],
    "DPAK": [*row(2, 4.56, (2.2, 1.2), -4.2), (2.1, 0, 6.4, 5.8, 0)],
}
GULL_WINGS = {
    **{f"SOIC{n}": rows(n // 2, 1.27, (1.95, 0.6), 2.475) for n in (8, 14, 16)},
    **{f"SOICW{n}": rows(n // 2, 1.27, (2.05, 0.6), 4.65) for n in (18, 20, 24, 28)},
    "MSOP8": rows(4, 0.65, (1.6, 0.4), 2.11),
    **{f"TSSOP{n}": rows(n // 2, 0.65, (1.475, 0.4), 2.86) for n in (8, 14, 16, 20, 24, 28)},
    "SSOP28": rows(14, 0.65, (1.75, 0.45), 3.6),
    "LQFP32": quad(8, 0.8, (1.5, 0.5), 4.18),
    "LQFP44": quad(11, 0.8, (1.475, 0.55), 5.66),
    "LQFP48": quad(12, 0.5, (1.475, 0.3), 4.16),
    "LQFP64": quad(16, 0.5, (1.475, 0.3), 5.66),
    "LQFP100": quad(25, 0.5, (1.475, 0.3), 7.66),
    "LQFP144": quad(36, 0.5, (1.475, 0.3), 10.66),
}
LEADLESS = {
    "QFN16": [*quad(4, 0.5, (0.8, 0.25), 1.45), *heat(1.7)],
    "QFN20": [*quad(5, 0.5, (0.8, 0.25), 1.95), *heat(2.6)],
    "QFN24": [*quad(6, 0.5, (0.8, 0.25), 1.95), *heat(2.6)],
    "QFN32": [*quad(8, 0.5, (0.8, 0.25), 2.45), *heat(3.3)],
    "QFN48": [*quad(12, 0.5, (0.8, 0.25), 3.45), *heat(5.2)],
    "QFN56": [*quad(14, 0.4, (0.8, 0.2), 3.45), *heat(5.4)],
    "DFN8": [*rows(4, 0.5, (0.8, 0.25), 1.45), (0, 0, 1.6, 2.3, 0)],
    "DFN10": [*rows(5, 0.5, (0.85, 0.25), 1.45), (0, 0, 1.6, 2.4, 0)],
    "LGA16": quad(4, 0.5, (0.6, 0.3), 1.3),
}
GRIDS = {
    "BGA64-0.8": balls(8, 0.8, 0.4),
    "BGA100-0.8": balls(10, 0.8, 0.4),
    "BGA100-0.5": balls(10, 0.5, 0.25),
    "BGA49-0.65": balls(7, 0.65, 0.33),
    "BGA256-1.0": balls(16, 1.0, 0.5),
    "BGA81-1.27": balls(9, 1.27, 0.6),
    "CSP9-0.4": balls(3, 0.4, 0.22),
    "BGA144-ring": ring_of_balls(14, 0.8, 0.4, 8),
}
LEADS = {
    "PIN2": pins(1, 2, 2.54),
    "PIN6": pins(1, 6, 2.54),
    "PIN2X5": pins(2, 5, 2.54),
    "PIN2X20": pins(2, 20, 2.54),
    "PIN1X8-2.0": [(x, y, 1.35, 1.35, 0.8) for x, y, *_ in pins(1, 8, 2.0)],
    "DIP8": [(side * 3.81, (n - 1.5) * 2.54, 1.6, 1.6, 0.8) for side in (-1, 1) for n in range(4)],
    "DIP28": [(side * 7.62, (n - 6.5) * 2.54, 1.6, 1.6, 0.8) for side in (-1, 1) for n in range(14)],
    "CP-RADIAL": [(-1.0, 0, 1.4, 1.4, 0.7), (1.0, 0, 1.4, 1.4, 0.7)],
    "HC49": [(-2.44, 0, 1.5, 1.5, 0.8), (2.44, 0, 1.5, 1.5, 0.8)],
    "SCREW3": [(x * 5.08, 0, 2.6, 2.6, 1.3) for x in (-1, 0, 1)],
}
ODD = {
    "JST4": [*across(row(4, 1.0, (1.55, 0.6), 0), -1.9), *((x, 1.9, 1.2, 1.8, 0) for x in (-2.8, 2.8))],
    "FFC10": [*across(row(10, 0.5, (1.1, 0.3), 0), -1.85), *((x, 1.65, 1.8, 2.2, 0) for x in (-4.15, 4.15))],
    "USB-C": [
        *across(row(12, 0.5, (1.45, 0.3), 0), -3.7),
        *((x, y, 1.0, 2.0, 0.7) for x in (-4.32, 4.32) for y in (-3.1, 1.1)),
    ],
    "XTAL4": [(x, y, 1.4, 1.2, 0) for x in (-1.1, 1.1) for y in (-0.85, 0.85)],
    "XTAL4-2016": [(x, y, 0.9, 0.8, 0) for x in (-0.7, 0.7) for y in (-0.55, 0.55)],
    "WROOM": [
        *rows(14, 1.27, (2.0, 0.9), 8.75),
        *across(row(10, 1.27, (2.0, 0.9), 0), -10.0),
        (-0.7, 1.2, 5.0, 5.0, 0),
    ],
    "CASTELLATED": rows(9, 1.5, (2.0, 1.0), 7.5),
}
FAMILIES: dict[str, list[Pad]] = CHIPS | SMALL | GULL_WINGS | LEADLESS | GRIDS | LEADS | ODD
KINDS = {
    **dict.fromkeys(CHIPS, "chip"),
    **dict.fromkeys(GULL_WINGS, "gull-wing"),
    **dict.fromkeys(LEADLESS, "leadless"),
    **dict.fromkeys(GRIDS, "grid"),
    **dict.fromkeys(LEADS, "pins"),
}
PITCHES = {
    **{name: pads[1][0] - pads[0][0] for name, pads in CHIPS.items()},
    **dict.fromkeys([name for name in GULL_WINGS if name.startswith("SOIC")], 1.27),
    **dict.fromkeys([name for name in GULL_WINGS if name.startswith(("TSSOP", "MSOP", "SSOP"))], 0.65),
    "LQFP32": 0.8,
    "LQFP44": 0.8,
    "LQFP48": 0.5,
    "LQFP64": 0.5,
    "LQFP100": 0.5,
    "LQFP144": 0.5,
    **{name: 0.4 if name == "QFN56" else 0.5 for name in LEADLESS},
    **{name: float(name.partition("-")[2]) for name in GRIDS if "ring" not in name},
    "PIN2": 2.54,
    "PIN6": 2.54,
    "PIN2X5": 2.54,
    "PIN2X20": 2.54,
    "PIN1X8-2.0": 2.0,
    "DIP8": 2.54,
    "SCREW3": 5.08,
    "SOT23": 1.9,
    "SOT23-5": 0.95,
    "SOT23-6": 0.95,
    "SC70-6": 0.65,
    "FFC10": 0.5,
    "USB-C": 0.5,
    "JST4": 1.0,
    "CASTELLATED": 1.5,
}
