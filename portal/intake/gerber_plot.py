"""What the %commands% of a Gerber file say: format, units, apertures, polarity, repeats, attributes."""

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from portal.board.design import Finding, Severity
from portal.board.shapes import NOTHING, Aperture, Late
from portal.errors import PackageRefused
from portal.intake.apertures import ApertureFault, build, read_definition
from portal.intake.gerber_text import Command
from portal.intake.macros import Macro, MacroFault, read_macro

MM_PER_INCH = 25.4
MOST_APERTURES = 20_000
MOST_VERTICES = 2_000_000  # of all apertures together
MOST_REPEATS = 100_000
MOST_MACRO_EFFORT = 200_000  # of all apertures together; real files stay below 50 000
LONGEST_ATTRIBUTE = 2_000

PLOT_AGAIN = "Export this layer again as Gerber X2 (or RS-274X) and check it in a Gerber viewer."


_AS_IT_IS = np.eye(2)


class GerberRefused(PackageRefused):
    """A layer that cannot be read, or would cost more than any real one."""


@dataclass(frozen=True)
class NumberFormat:
    """Digits before and after the decimal point that is not written, for X and for Y."""

    digits_x: tuple[int, int]
    digits_y: tuple[int, int]
    trailing_omitted: bool = False
    incremental: bool = False


@dataclass(frozen=True)
class Repeat:
    columns: int
    rows: int
    step_x: float
    step_y: float


@dataclass
class Plot:
    """The state that the commands leave behind. Lists hold (statement from which it counts, value)."""

    format: NumberFormat | None = None
    units: list[tuple[int, float]] = field(default_factory=list)
    fallback_unit: float = MM_PER_INCH
    clear: list[tuple[int, bool]] = field(default_factory=list)
    turns: list[tuple[int, NDArray[np.float64]]] = field(default_factory=list)
    apertures: list[Aperture] = field(default_factory=lambda: [NOTHING])
    definitions: dict[int, list[tuple[int, int]]] = field(default_factory=dict)
    turned_to: dict[tuple[int, bytes], int] = field(default_factory=dict)
    macros: dict[str, Macro] = field(default_factory=dict)
    faulty_macros: dict[str, str] = field(default_factory=dict)
    blocks: list[tuple[int, int | None]] = field(default_factory=list)
    repeats: list[tuple[int, Repeat | None]] = field(default_factory=list)
    attributes: dict[str, tuple[str, ...]] = field(default_factory=dict)
    function: tuple[str, ...] = ()
    nets: list[tuple[int, str]] = field(default_factory=list)
    pins: list[tuple[int, str]] = field(default_factory=list)
    components: set[str] = field(default_factory=set)
    offset: tuple[float, float] = (0.0, 0.0)
    factor: tuple[float, float] = (1.0, 1.0)
    negative: bool = False
    findings: dict[str, Finding] = field(default_factory=dict)
    vertices: int = 0
    effort: int = 0
    mirrored: str = "N"
    rotation_deg: float = 0.0
    scaled: float = 1.0

    @property
    def mm_per_unit(self) -> float:
        return self.units[-1][1] if self.units else self.fallback_unit

    def note(self, severity: Severity, code: str, message: str) -> None:
        """One finding for each code: the first says enough."""
        self.findings.setdefault(code, Finding(severity, code, "", message, PLOT_AGAIN))

    def aperture_at(self, code: int, statement: int) -> int:
        """The aperture that this D code means here; codes may be defined again, or late. 0 where never."""
        known = self.definitions.get(code)
        if not known:
            return 0
        return known[max(bisect_right(known, (statement, len(self.apertures))) - 1, 0)][1]

    def define(self, code: int, statement: int, aperture: Aperture) -> None:
        self.definitions.setdefault(code, []).append((statement, self._added(aperture)))

    def turned(self, index: int, turn: int) -> int:
        """The aperture as LM, LR and LS left it at this turn; -1 is before any. Each way is made once."""
        matrix = self.turns[turn][1] if turn >= 0 else _AS_IT_IS
        if np.allclose(matrix, _AS_IT_IS) or self.apertures[index].kind in ("nothing", "block"):
            return index
        key = (index, np.round(matrix, 9).tobytes())
        if key not in self.turned_to:
            self.turned_to[key] = self._added(self.apertures[index].turned(matrix))
        return self.turned_to[key]

    def _added(self, aperture: Aperture) -> int:
        if not isinstance(aperture.rings, Late):  # what a macro will draw is counted as effort
            self.vertices += sum(map(len, aperture.rings))
        if len(self.apertures) >= MOST_APERTURES or self.vertices > MOST_VERTICES:
            raise GerberRefused("gerber-too-large", "This layer defines more apertures than any real one.", PLOT_AGAIN)
        self.apertures.append(aperture)
        return len(self.apertures) - 1


def obey(commands: tuple[Command, ...], *, fallback_unit: float) -> Plot:
    """Carry out all commands in order. One that nobody knows is a finding, one that costs too much is refused."""
    plot = Plot(fallback_unit=fallback_unit)
    for command in commands:
        handler = _COMMANDS.get(command.text[:2])
        if handler:
            handler(plot, command.statement, command.text[2:])
        else:
            plot.note(Severity.NOTE, "gerber-unknown-command", f"has the unknown command {command.text[:20]!r}.")
    return plot


def _format(plot: Plot, _: int, text: str) -> None:
    found = re.match(r"\s*([LTDA]?)([AI]?)(?:[NGDM]\d)*X(\d)(\d)Y(\d)(\d)", text)
    if not found:
        return
    zeros, notation, *digits = found.groups()
    xi, xd, yi, yd = map(int, digits)
    first = NumberFormat((xi, xd), (yi, yd), trailing_omitted=zeros == "T", incremental=notation == "I")
    plot.format = plot.format or first


def _units(plot: Plot, statement: int, text: str) -> None:
    unit = {"IN": MM_PER_INCH, "MM": 1.0}.get(text[:2])
    if unit is None:
        return
    if plot.units and plot.units[-1][1] != unit:
        plot.note(Severity.ASK, "gerber-two-units", "changes between inch and millimetre; each was taken as it came.")
    plot.units.append((statement, unit))


def _aperture(plot: Plot, statement: int, text: str) -> None:
    try:
        code, template, values = read_definition(text.removeprefix("D"))
    except ApertureFault as fault:
        plot.note(Severity.ASK, "gerber-aperture", f"defines an aperture that is left out: {fault}.")
        return
    try:
        _spend(plot, template)
        shape = build(template, values, plot.macros, mm_per_unit=plot.mm_per_unit)
    except ApertureFault as fault:
        why = plot.faulty_macros.get(template, fault)
        plot.note(Severity.ASK, "gerber-aperture", f"leaves out what aperture D{code} draws: {why}.")
        return
    if plot.function:
        shape = Aperture(shape.kind, shape.rings, shape.diameter_mm, plot.function)
    plot.define(code, statement, shape)


def _spend(plot: Plot, template: str) -> None:
    """A macro of a thousand parts may be used by one aperture, not by thousands."""
    macro = plot.macros.get(template)
    plot.effort += macro.effort if macro else 0
    if plot.effort > MOST_MACRO_EFFORT:
        raise GerberRefused("gerber-too-large", "This layer's macros draw more than any real ones.", PLOT_AGAIN)


def _macro(plot: Plot, _: int, text: str) -> None:
    name, _star, body = text.partition("*")
    plot.faulty_macros.pop(name.strip(), None)
    try:
        plot.macros[name.strip()] = read_macro(body)
    except MacroFault as fault:
        plot.faulty_macros[name.strip()] = str(fault)


def _polarity(plot: Plot, statement: int, text: str) -> None:
    plot.clear.append((statement, text[:1] == "C"))


def _turn(plot: Plot, statement: int) -> None:
    angle = np.radians(plot.rotation_deg)
    rotate = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    mirror = np.diag([-1.0 if "X" in plot.mirrored else 1.0, -1.0 if "Y" in plot.mirrored else 1.0])
    plot.turns.append((statement, rotate @ mirror * plot.scaled))


def _mirror(plot: Plot, statement: int, text: str) -> None:
    plot.mirrored = text
    _turn(plot, statement)


def _rotation(plot: Plot, statement: int, text: str) -> None:
    plot.rotation_deg = _number(text)
    _turn(plot, statement)


def _scaling(plot: Plot, statement: int, text: str) -> None:
    plot.scaled = min(max(_number(text), 1e-3), 1e3)
    _turn(plot, statement)


def _number(text: str) -> float:
    found = re.match(r"[+-]?(?:\d{1,9}\.?\d{0,12}|\.\d{1,12})", text.strip())
    return float(found[0]) if found else 0.0


def _pair(text: str, default: float) -> tuple[float, float]:
    """`A1B-2` as used by OF, SF, MI: what is not said has the default."""
    found = dict(re.findall(r"([AB])([+-]?[\d.]{1,20})", text))
    return tuple(_number(found[axis]) if axis in found else default for axis in "AB")  # type: ignore[return-value]


def _block(plot: Plot, statement: int, text: str) -> None:
    code = int(found[0]) if (found := re.findall(r"D(\d{1,9})", text)) else None
    plot.blocks.append((statement, code))
    if code is not None:
        plot.define(code, statement, Aperture("block", ()))


def _repeat(plot: Plot, statement: int, text: str) -> None:
    found = {key: _number(value) for key, value in re.findall(r"([XYIJ])([+-]?[\d.]{1,20})", text)}
    columns, rows = int(found.get("X", 1)), int(found.get("Y", 1))
    if columns * rows > MOST_REPEATS:
        raise GerberRefused("gerber-too-large", f"This layer repeats itself {columns} × {rows} times.", PLOT_AGAIN)
    steps = (found.get("I", 0.0) * plot.mm_per_unit, found.get("J", 0.0) * plot.mm_per_unit)
    plot.repeats.append((statement, Repeat(columns, rows, *steps) if columns * rows > 1 else None))


def _file_attribute(plot: Plot, _: int, text: str) -> None:
    name, *values = text[:LONGEST_ATTRIBUTE].split(",")
    if len(plot.attributes) < 100:
        plot.attributes[name.strip()] = tuple(value.strip() for value in values)


def _aperture_attribute(plot: Plot, _: int, text: str) -> None:
    name, *values = text[:LONGEST_ATTRIBUTE].split(",")
    if name == ".AperFunction":
        plot.function = tuple(value.strip() for value in values)


def _object_attribute(plot: Plot, statement: int, text: str) -> None:
    """An object of several nets (a net tie), of none, or of a pad that stands alone (N/C) is left without a net."""
    name, *values = (value.strip() for value in text[:LONGEST_ATTRIBUTE].split(","))
    if name == ".N":
        plot.nets.append((statement, values[0] if len(values) == 1 and values[0] != "N/C" else ""))
    elif name == ".P":
        plot.pins.append((statement, ",".join(values[:2])))
    elif name == ".C" and values:
        plot.components.add(values[0])


def _forget_attribute(plot: Plot, statement: int, text: str) -> None:
    name = text.strip()
    if name in ("", ".AperFunction"):
        plot.function = ()
    for changes in (plot.nets if name in ("", ".N") else [], plot.pins if name in ("", ".P") else []):
        if changes:
            changes.append((statement, ""))


def _image_polarity(plot: Plot, _: int, text: str) -> None:
    plot.negative = text.startswith("NEG")


def _offset(plot: Plot, _: int, text: str) -> None:
    a, b = _pair(text, 0.0)
    plot.offset = (a * plot.mm_per_unit, b * plot.mm_per_unit)


def _factor(plot: Plot, _: int, text: str) -> None:
    a, b = _pair(text, 1.0)
    plot.factor = (plot.factor[0] * (a or 1.0), plot.factor[1] * (b or 1.0))


def _image_mirror(plot: Plot, _: int, text: str) -> None:
    a, b = _pair(text, 0.0)
    plot.factor = (plot.factor[0] * (-1 if a else 1), plot.factor[1] * (-1 if b else 1))


def _image_rotation(_: Plot, _statement: int, text: str) -> None:
    if _number(text) % 360:
        raise GerberRefused(
            "gerber-rotated", "This layer is rotated as a whole (IR), as nobody does today.", PLOT_AGAIN
        )


def _axes(_: Plot, _statement: int, text: str) -> None:
    if text.startswith("AYBX"):
        raise GerberRefused(
            "gerber-rotated", "This layer has its axes exchanged (AS), as nobody does today.", PLOT_AGAIN
        )


def _include(plot: Plot, _: int, _text: str) -> None:
    plot.note(Severity.ASK, "gerber-include", "asks for another file to be read into it; that was not done.")


def _knockout(plot: Plot, _: int, text: str) -> None:
    if text.strip():
        plot.note(Severity.ASK, "gerber-knockout", "uses knock-out (KO), which is left out here.")


def _nothing(_: Plot, _statement: int, _text: str) -> None:
    """Names: nothing of the picture depends on them."""


_COMMANDS: dict[str, Callable[[Plot, int, str], None]] = {
    "FS": _format,
    "MO": _units,
    "AD": _aperture,
    "AM": _macro,
    "AB": _block,
    "SR": _repeat,
    "LP": _polarity,
    "LM": _mirror,
    "LR": _rotation,
    "LS": _scaling,
    "TF": _file_attribute,
    "TA": _aperture_attribute,
    "TD": _forget_attribute,
    "TO": _object_attribute,
    "IP": _image_polarity,
    "OF": _offset,
    "SF": _factor,
    "MI": _image_mirror,
    "IR": _image_rotation,
    "AS": _axes,
    "IF": _include,
    "KO": _knockout,
    "IN": _nothing,
    "LN": _nothing,
    "IJ": _nothing,
    "PF": _nothing,
    "RO": _nothing,
    "IC": _nothing,
}
