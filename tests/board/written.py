"""Whole packages written as bytes by a tiny Gerber and Excellon writer, as a CAD tool would send them.

`Written()` is a board of 60 × 60 mm with parts and fiducials on its top, about which nothing is to be said: a test
draws one fault into it. Lengths are millimetres.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from portal.board.capability import read_capabilities
from portal.board.design import Design
from portal.intake.reading import read_package

CONFIG = Path(__file__).resolve().parents[2] / "config" / "capabilities.toml"
HOUSE = read_capabilities(CONFIG.read_text(encoding="utf-8"), file="capabilities.toml")
FILMS = {
    "edge": ("Edge_Cuts", "Profile,NP"),
    "top": ("F_Cu", "Copper,L1,Top"),
    "bottom": ("B_Cu", "Copper,L2,Bot"),
    "mask": ("F_Mask", "Soldermask,Top"),
    "mask below": ("B_Mask", "Soldermask,Bot"),
    "paste": ("F_Paste", "Paste,Top"),
    "legend": ("F_Silkscreen", "Legend,Top"),
}
MASK_MM = 0.05  # larger than the pad, on each side
MARKS = ((6, 6), (54, 6), (6, 54))
Thing = tuple[str, str]  # the aperture ("" for none), and what is drawn with it
Pad = tuple[float, float, float, float]  # x, y, width, height
CHIP = ((-0.8, 0, 0.8, 0.95), (0.8, 0, 0.8, 0.95))  # an 0603
SOIC = tuple((side * 2.7, 1.27 * (row - 1.5), 1.6, 0.6) for side in (-1, 1) for row in range(4))


def at(x: float, y: float) -> str:
    return f"X{round(x * 1e6)}Y{round(y * 1e6)}"


def dot(x: float, y: float, diameter: float) -> Thing:
    return f"C,{diameter:.6f}", f"{at(x, y)}D03*"


def pad(x: float, y: float, width: float, height: float) -> Thing:
    return f"R,{width:.6f}X{height:.6f}", f"{at(x, y)}D03*"


def path(*points: tuple[float, float], width: float = 0.3) -> list[Thing]:
    return [(f"C,{width:.6f}", f"{at(*a)}D02*\n{at(*b)}D01*") for a, b in pairwise(points)]


def box(x0: float, y0: float, x1: float, y1: float, width: float = 0.1) -> list[Thing]:
    return path((x0, y0), (x1, y0), (x1, y1), (x0, y1), (x0, y0), width=width)


def area(*points: tuple[float, float]) -> Thing:
    first, *others = (at(*point) for point in points)
    return "", "\n".join(["G36*", f"{first}D02*", *(f"{point}D01*" for point in (*others, first)), "G37*"])


def cleared(*things: Thing) -> list[Thing]:
    return [("", "%LPC*%"), *things, ("", "%LPD*%")]


def gerber(function: str, things: Sequence[Thing]) -> str:
    numbers = {name: number for number, name in enumerate(dict.fromkeys(name for name, _ in things if name), 10)}
    head = [f"%TF.FileFunction,{function}*%", "%FSLAX46Y46*%", "%MOMM*%", "%LPD*%"]
    tools = [f"%ADD{number}{name}*%" for name, number in numbers.items()]
    body = [f"D{numbers[name]}*\n{drawn}" if name else drawn for name, drawn in things]
    return "\n".join([*head, *tools, "G01*", *body, "M02*", ""])


def excellon(hits: Sequence[Sequence[float]]) -> str:
    """Rows of x, y, diameter; of a slot also where it ends."""
    tools = {size: number for number, size in enumerate(dict.fromkeys(row[2] for row in hits), 1)}
    head = ["M48", "METRIC,TZ", *(f"T{number}C{size:.3f}" for size, number in tools.items()), "%", "G90", "G05"]
    body = [f"T{tools[row[2]]}\n{_hole(row)}" for row in hits]
    return "\n".join([*head, *body, "M30", ""])


def _hole(row: Sequence[float]) -> str:
    x, y, _, *end = row
    return f"X{x:.3f}Y{y:.3f}" + (f"G85X{end[0]:.3f}Y{end[1]:.3f}" if end else "")


@dataclass
class Written:
    """`films` by the names of FILMS; a film that is taken out is not sent."""

    films: dict[str, list[Thing]] = field(default_factory=lambda: {name: [] for name in FILMS})
    plated: list[Sequence[float]] = field(default_factory=list)
    bare: list[Sequence[float]] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    bom: list[str] = field(default_factory=list)
    files: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.draw("edge", *box(0, 0, 60, 60))
        for spot in MARKS:
            self.draw("top", dot(*spot, 1.0))
            self.draw("mask", dot(*spot, 3.0))
        for number, spot in enumerate(((20, 20), (20, 30), (20, 40), (30, 45)), 1):
            self.place(f"R{number}", "0603", *spot, CHIP)
        self.place("U1", "SOIC-8", 40, 40, SOIC)
        self.draw("top", *path((20.8, 20), (30, 20)), dot(30, 20, 0.8))
        self.draw("bottom", *path((30, 20), (30, 30)), dot(30, 20, 0.8), dot(30, 30, 0.8))
        self.draw("legend", *path((18, 22), (22, 22), width=0.15))
        self.plated += [(30, 20, 0.4)]
        self.draw("top", dot(30, 30, 0.8))
        self.plated += [(30, 30, 0.4)]

    def draw(self, film: str, *things: Thing) -> None:
        self.films[film] += things

    def place(self, name: str, package: str, x: float, y: float, pads: Iterable[Pad], *, mask: float = MASK_MM) -> None:
        """A part on the top with its mask and paste."""
        for dx, dy, width, height in pads:
            self.draw("top", pad(x + dx, y + dy, width, height))
            self.draw("mask", pad(x + dx, y + dy, width + 2 * mask, height + 2 * mask))
            self.draw("paste", pad(x + dx, y + dy, width, height))
        self.parts.append(f"{name},{x:.4f}mm,{y:.4f}mm,0,Top,{package}")
        self.bom.append(f"{name},1,10k,{package},MPN-{name[0]}{package}")

    def texts(self) -> dict[str, str]:
        films = {f"b-{FILMS[name][0]}.gbr": gerber(FILMS[name][1], things) for name, things in self.films.items()}
        drills = {"b-PTH.drl": excellon(self.plated)} | ({"b-NPTH.drl": excellon(self.bare)} if self.bare else {})
        tables = {
            "bom.csv": "\n".join(["Designator,Qty,Value,Package,MPN", *self.bom, ""]),
            "positions.csv": "\n".join(["Designator,Mid X,Mid Y,Rotation,Layer,Package", *self.parts, ""]),
        }
        return films | drills | tables | self.files

    def read(self, folder: Path) -> Design:
        for name, text in self.texts().items():
            (folder / name).write_text(text, encoding="utf-8")
        return read_package(folder, name="b", capabilities=HOUSE).design
