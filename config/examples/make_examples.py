# ruff: noqa: INP001 (a script, not a package)
"""`python config/examples/make_examples.py` makes the two example packages from their TOML files, always the same.

The boards are this project's own. They are small but whole: parts that can be bought, nets that are connected,
a ground zone, a legend. It takes some minutes: every track is laid anew.
"""

import json
import math
import tomllib
import zipfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from board_files import PEN_MM, Gerber, excellon, pad_aperture, table, zone
from footprints import FOOTPRINTS, Footprint, Pad
from lettering import strokes
from tracks import VIA_DRILL_MM, VIA_MM, Maze, Point, Shape

HERE = Path(__file__).parent
NAMES = ("sensor-node", "motor-driver")
SIDES = ("top", "bottom")
LETTER = {"top": "F", "bottom": "B"}
LEGEND_MM, EDGE_PEN_MM, CORNER_MM = 0.15, 0.1, 1.5


@dataclass(frozen=True)
class Part:
    designator: str
    kind: dict[str, str]
    at: Point
    rotation: int
    side: str
    nets: tuple[str, ...]
    not_fitted: bool

    @property
    def footprint(self) -> Footprint:
        return FOOTPRINTS[self.kind["footprint"]]

    def place(self, x: float, y: float) -> Point:
        """From the footprint's own frame to the board; seen from above, a bottom part is mirrored."""
        if self.side == "bottom":
            x = -x
        cos, sin = round(math.cos(math.radians(self.rotation))), round(math.sin(math.radians(self.rotation)))
        return self.at[0] + x * cos - y * sin, self.at[1] + x * sin + y * cos

    def pad(self, pad: Pad, net: str) -> Shape:
        w, h = (pad.h, pad.w) if self.rotation % 180 else (pad.w, pad.h)
        sides = (0, 1) if pad.drill else (SIDES.index(self.side),)
        at = self.place(pad.x, pad.y)
        if pad.round:
            return Shape(net, sides, at, at, w / 2, through=True)
        return Shape(net, sides, at, at, 0.0, w / 2, h / 2, through=bool(pad.drill))

    def pads(self) -> Iterator[tuple[Pad, Shape]]:
        for number, (pad, net) in enumerate(zip(self.footprint.pads, self.nets, strict=True), 1):
            yield pad, self.pad(pad, f"{self.designator}.{number}" if net == "-" else net)


def parts_of(plan: dict[str, Any]) -> list[Part]:
    return [
        Part(
            row["ref"],
            plan["kinds"][row["kind"]],
            (row["at"][0], row["at"][1]),
            row["at"][2],
            row.get("side", "top"),
            tuple(row["nets"].split()),
            row.get("not_fitted", False),
        )
        for row in plan["parts"]
    ]


def connected(plan: dict[str, Any], parts: list[Part]) -> Maze:
    """Planes first, then short nets before long ones: these have the least choice."""
    pads = [shape for part in parts for _, shape in part.pads()]
    fiducials = [Shape("fiducial", (0,), (x, y), (x, y), 1.0) for x, y in plan["fiducials"]]
    holes = [Shape("hole", (0, 1), (x, y), (x, y), d / 2 + 0.2) for x, y, d in plan["holes"]]
    ends: dict[str, list[Point]] = defaultdict(list)
    for shape in pads:
        ends[shape.net].append(shape.a)
    planes = set(plan["zones"].values())
    order = sorted(
        (net for net, at in ends.items() if len(at) > 1), key=lambda net: (net not in planes, _spread(ends[net]))
    )
    maze = Maze(*plan["size"], [*pads, *fiducials, *holes])
    maze.connect_all(order, plan["widths"], planes)
    return maze


def _spread(at: list[Point]) -> float:
    xs, ys = zip(*at, strict=True)
    return max(xs) - min(xs) + max(ys) - min(ys)


def copper(plan: dict[str, Any], maze: Maze, layer: str, number: int) -> Gerber:
    count = plan["layers"]
    place = {1: "Top", count: "Bot"}.get(number, "Inr")
    sheet = Gerber(f"Copper,L{number},{place}")
    side = {1: 0, count: 1}.get(number)
    here = [shape for shape in maze.copper if (side in shape.sides if side is not None else shape.through)]
    holes = [shape for shape in maze.copper if shape.net == "hole"]
    net = plan["zones"].get(layer)
    for a, b in zone([*here, *holes], net, plan["size"]) if net else ():
        sheet.line(PEN_MM, a, b)
    for shape in here:
        if shape.net == "fiducial":
            sheet.flash("C,1.000000", shape.a)
        elif shape.a != shape.b:
            sheet.line(2 * shape.r, shape.a, shape.b)
        elif shape.net != "hole":
            sheet.flash(pad_aperture(shape), shape.a)
    return sheet


def mask(plan: dict[str, Any], parts: list[Part], side: str) -> Gerber:
    """Vias stay covered; every pad is open by 0.05 mm more than its copper."""
    sheet = Gerber(f"Soldermask,{'Top' if side == 'top' else 'Bot'}", "Negative")
    for part in parts:
        for _, shape in part.pads():
            if SIDES.index(side) in shape.sides:
                sheet.flash(pad_aperture(shape, 0.05), shape.a)
    for x, y in plan["fiducials"] if side == "top" else ():
        sheet.flash("C,2.000000", (x, y))
    return sheet


def paste(parts: list[Part], side: str) -> Gerber:
    sheet = Gerber(f"Paste,{'Top' if side == 'top' else 'Bot'}")
    for part in (part for part in parts if part.side == side):
        for pad, shape in part.pads():
            if not pad.drill:
                _print(sheet, shape)
    return sheet


def _print(sheet: Gerber, shape: Shape) -> None:
    """A thermal pad gets a window pane: printed whole, the part would float."""
    if min(shape.hx, shape.hy) < 0.8:
        sheet.flash(pad_aperture(shape), shape.a)
        return
    pane = f"R,{0.8 * shape.hx:.6f}X{0.8 * shape.hy:.6f}"
    for sx, sy in ((-1, -1), (1, -1), (1, 1), (-1, 1)):
        sheet.flash(pane, (shape.a[0] + sx * shape.hx / 2, shape.a[1] + sy * shape.hy / 2))


def legend(plan: dict[str, Any], parts: list[Part], side: str) -> Gerber:
    sheet = Gerber(f"Legend,{'Top' if side == 'top' else 'Bot'}")
    for part in (part for part in parts if part.side == side):
        for a, b in [*_outline(part), *_lettering(part)]:
            sheet.line(LEGEND_MM, a, b)
        if part.footprint.dot:
            w, h = part.footprint.body
            sheet.flash("C,0.400000", part.place(-w / 2 - 0.45, h / 2 + 0.3))
    for text in (text for text in plan["texts"] if text["side"] == side):
        for a, b in strokes(text["text"], tuple(text["at"]), text["height"], mirrored=side == "bottom"):
            sheet.line(LEGEND_MM, a, b)
    return sheet


def _outline(part: Part) -> Iterator[tuple[Point, Point]]:
    """The body's long edges; the short ones of a chip would lie on its pads."""
    w, h = (value / 2 for value in part.footprint.body)
    corners = [part.place(*corner) for corner in ((-w, h), (w, h), (w, -h), (-w, -h))]
    edges = list(zip(corners, [*corners[1:], corners[0]], strict=True))
    yield from edges if w > 2 and h > 1 else (edges[0], edges[2])


def _lettering(part: Part) -> list[tuple[Point, Point]]:
    xs = [part.place(x, y)[1] for x in _reach(part, 0) for y in _reach(part, 1)]
    at = (part.at[0], max(xs) + 0.75)
    return strokes(part.designator, at, 0.8, mirrored=part.side == "bottom")


def _reach(part: Part, axis: int) -> tuple[float, float]:
    pads = part.footprint.pads
    far = max(abs(pad.x) + pad.w / 2 if axis == 0 else abs(pad.y) + pad.h / 2 for pad in pads)
    far = max(far, part.footprint.body[axis] / 2)
    return -far, far


def outline(plan: dict[str, Any]) -> Gerber:
    sheet = Gerber("Profile,NP", "")
    (w, h), r = plan["size"], CORNER_MM
    for a, b in (((r, 0), (w - r, 0)), ((w, r), (w, h - r)), ((w - r, h), (r, h)), ((0, h - r), (0, r))):
        sheet.line(EDGE_PEN_MM, a, b)
    sheet.corner(EDGE_PEN_MM, (w - r, 0), (w, r), (w - r, r))
    sheet.corner(EDGE_PEN_MM, (w, h - r), (w - r, h), (w - r, h - r))
    sheet.corner(EDGE_PEN_MM, (r, h), (0, h - r), (r, h - r))
    sheet.corner(EDGE_PEN_MM, (0, r), (r, 0), (r, r))
    return sheet


def bom(parts: list[Part]) -> str:
    """One line per kind, as a grouped export; what is left off the build stays listed and says so."""
    lines: dict[tuple[str, bool], list[Part]] = {}
    for part in parts:
        lines.setdefault((part.kind["mpn"], part.not_fitted), []).append(part)
    head = ("Reference", "Qty", "Value", "Footprint", "Manufacturer", "MPN", "Description", "DNP")
    return table([head, *(_bom_row(line) for line in lines.values())])


def _bom_row(line: list[Part]) -> tuple[str, ...]:
    kind = line[0].kind
    words = (kind["value"], kind["footprint"], kind["manufacturer"], kind["mpn"], kind["description"])
    return ",".join(part.designator for part in line), str(len(line)), *words, "DNP" if line[0].not_fitted else ""


def centroid(parts: list[Part]) -> str:
    head = ("Ref", "Val", "Package", "PosX", "PosY", "Rot", "Side")
    rows = (
        (
            part.designator,
            part.kind["value"],
            part.kind["footprint"],
            f"{part.at[0]:.6f}",
            f"{part.at[1]:.6f}",
            f"{part.rotation:.6f}",
            part.side,
        )
        for part in parts
        if not part.not_fitted
    )
    return table([head, *rows])


def drills(plan: dict[str, Any], parts: list[Part], maze: Maze) -> dict[str, str]:
    through = [(shape.a, pad.drill) for part in parts for pad, shape in part.pads() if pad.drill]
    plated = [*((via.a, VIA_DRILL_MM) for via in maze.copper if via.r == VIA_MM / 2 and via.through), *through]
    bare = [((x, y), d) for x, y, d in plan["holes"]]
    last = plan["layers"]
    return {
        "PTH.drl": excellon(f"Plated,1,{last},PTH", plated),
        "NPTH.drl": excellon(f"NonPlated,1,{last},NPTH", bare),
    }


def layer_names(count: int) -> list[str]:
    return ["F_Cu", *(f"In{n}_Cu" for n in range(1, count - 1)), "B_Cu"]


def gerbers(plan: dict[str, Any], parts: list[Part], maze: Maze) -> dict[str, str]:
    sheets = {
        f"{layer}.gbr": copper(plan, maze, layer, number) for number, layer in enumerate(layer_names(plan["layers"]), 1)
    }
    for side in SIDES:
        sheets[f"{LETTER[side]}_Mask.gbr"] = mask(plan, parts, side)
        sheets[f"{LETTER[side]}_Silkscreen.gbr"] = legend(plan, parts, side)
        if any(part.side == side and not part.footprint.pads[0].drill for part in parts):
            sheets[f"{LETTER[side]}_Paste.gbr"] = paste(parts, side)
    sheets["Edge_Cuts.gbr"] = outline(plan)
    return {name: sheet.text() for name, sheet in sheets.items()}


def job(plan: dict[str, Any], files: Iterable[str]) -> str:
    """The Gerber job file: size and layers once more, for whoever wants to compare."""
    facts = {
        "Header": {"GenerationSoftware": {"Vendor": "Boardwright", "Application": "Example boards", "Version": "1"}},
        "GeneralSpecs": {
            "ProjectId": {"Name": plan["name"], "Revision": plan["revision"]},
            "Size": {"X": plan["size"][0], "Y": plan["size"][1]},
            "LayerNumber": plan["layers"],
            "BoardThickness": 1.6,
        },
        "FilesAttributes": [{"Path": name} for name in files],
    }
    return json.dumps(facts, indent=2) + "\n"


def package(plan: dict[str, Any]) -> dict[str, str]:
    """Every file of the package by its name, in the order in which it is packed."""
    parts = parts_of(plan)
    maze = connected(plan, parts)
    name = plan["name"]
    made = {f"{name}-{end}": text for end, text in {**gerbers(plan, parts, maze), **drills(plan, parts, maze)}.items()}
    made[f"{name}-job.gbrjob"] = job(plan, [end for end in made if end.endswith(".gbr")])
    files = {f"gerbers/{end}": text for end, text in made.items()}
    return {**files, f"{name}-bom.csv": bom(parts), f"{name}-all-pos.csv": centroid(parts)}


def pack(files: dict[str, str], path: Path) -> None:
    """No time of day in it: the same plan is the same zip."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            member = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.external_attr = 0o644 << 16
            archive.writestr(member, text)


def plan_of(name: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


if __name__ == "__main__":
    for board in NAMES:
        pack(package(plan_of(board)), HERE / f"{board}.zip")
