"""A small writer of ODB++ and IPC-2581: one board in numbers, written as either format in any unit.

Written for the tests, from the formats' own words, so that what is read can be held against what was meant.
"""

from dataclasses import dataclass, replace

from ipc2581_made import LAYERS, features, ipc, polygon, step
from odb_jobs_made import files, matrix, members

from portal.intake.ipc2581 import read_ipc2581
from portal.intake.odb import read_odb

ODB_UNITS = {"MM": (1.0, 1000.0), "INCH": (25.4, 1000.0)}  # name -> (mm of a length, symbol units of a length)
IPC_UNITS = {"MILLIMETER": 1.0, "INCH": 25.4, "MICRON": 0.001}


@dataclass(frozen=True)
class Scene:
    """Millimetres. dots: x, y, diameter; bars: x, y, turn (2 × 1 mm); tracks: x0, y0, x1, y1 (0.2 mm wide);

    holes: x, y, diameter; parts: designator, x, y, turn, counter-clockwise; edge: the corners of the board.
    """

    dots: tuple = ()
    bars: tuple = ()
    tracks: tuple = ()
    planes: tuple = ()
    holes: tuple = ()
    parts: tuple = ()
    edge: tuple = ((0, 0), (80, 0), (80, 50), (0, 50))

    def moved(self, dx, dy):
        def shifted(row):
            return (row[0] + dx, row[1] + dy, *row[2:])

        return replace(
            self,
            dots=tuple(map(shifted, self.dots)),
            bars=tuple(map(shifted, self.bars)),
            tracks=tuple((*shifted(row)[:2], row[2] + dx, row[3] + dy) for row in self.tracks),
            planes=tuple(tuple(map(shifted, ring)) for ring in self.planes),
            holes=tuple(map(shifted, self.holes)),
            parts=tuple((name, x + dx, y + dy, turn) for name, x, y, turn in self.parts),
            edge=tuple(map(shifted, self.edge)),
        )

    def turned(self):
        """A quarter counter-clockwise about the origin."""

        def quarter(row):
            return (-row[1], row[0], *row[2:])

        return replace(
            self,
            dots=tuple(map(quarter, self.dots)),
            bars=tuple((-y, x, (turn + 90) % 360) for x, y, turn in self.bars),
            tracks=tuple((-y0, x0, -y1, x1) for x0, y0, x1, y1 in self.tracks),
            planes=tuple(tuple(map(quarter, ring)) for ring in self.planes),
            holes=tuple(map(quarter, self.holes)),
            parts=tuple((name, -y, x, (turn + 90) % 360) for name, x, y, turn in self.parts),
            edge=tuple(map(quarter, self.edge)),
        )


def _surface(ring, mm):
    (x0, y0), *rest = ring
    ends = "".join(f"OS {x / mm} {y / mm}\n" for x, y in (*rest, (x0, y0)))
    return f"S P 0\nOB {x0 / mm} {y0 / mm} I\n{ends}OE\nSE\n"


def _symbols(sizes, per_mm):
    return "".join(f"${at} {size(per_mm)}\n" for at, size in enumerate(sizes))


def _named(diameter):
    return lambda per_mm: f"r{diameter * per_mm:.9f}"


def odb_of(scene, *, unit="MM"):
    """The texts of a job, by their paths."""
    mm, thousand = ODB_UNITS[unit]
    per_mm, head = thousand / mm, f"UNITS={unit}\n"
    pens = [
        *[_named(d) for *_, d in scene.dots],
        lambda k: f"rect{2 * k:.9f}x{k:.9f}",
        lambda k: f"r{0.2 * k:.9f}",
    ]
    bar, pen = len(scene.dots), len(scene.dots) + 1
    top = head + _symbols(pens, per_mm)
    top += "".join(f"P {x / mm} {y / mm} {at} P 0 8 0\n" for at, (x, y, _) in enumerate(scene.dots))
    top += "".join(f"P {x / mm} {y / mm} {bar} P 0 8 {-turn % 360}\n" for x, y, turn in scene.bars)
    top += "".join(f"L {' '.join(str(v / mm) for v in row)} {pen} P 0\n" for row in scene.tracks)
    top += "".join(_surface(ring, mm) for ring in scene.planes)
    drill = head + _symbols([_named(d) for *_, d in scene.holes], per_mm)
    drill += "".join(f"P {x / mm} {y / mm} {at} P 0 8 0\n" for at, (x, y, _) in enumerate(scene.holes))
    parts = (f"CMP 0 {x / mm} {y / mm} {-t % 360} N {name} RES\n" for name, x, y, t in scene.parts)
    return files(top=top, bottom=head, drill=drill) | {
        "matrix/matrix": matrix(),
        "steps/pcb/stephdr": head,
        "steps/pcb/profile": head + _surface(scene.edge, mm),
        "steps/pcb/layers/comp_+_top/components": head + "".join(parts),
    }


def ipc_of(scene, *, unit="MILLIMETER"):
    """The bytes of a file."""
    mm = IPC_UNITS[unit]

    def at(x, y):
        return f'<Location x="{x / mm}" y="{y / mm}"/>'

    def ring(points):
        return polygon(*((x / mm, y / mm) for x, y in (*points, points[0])))

    top = "".join(f'<Set><Pad>{at(x, y)}<Circle diameter="{d / mm}"/></Pad></Set>' for x, y, d in scene.dots)
    bar = '<StandardPrimitiveRef id="bar"/>'
    top += "".join(f'<Set><Pad><Xform rotation="{t}"/>{at(x, y)}{bar}</Pad></Set>' for x, y, t in scene.bars)
    for x0, y0, x1, y1 in scene.tracks:
        ends = f'startX="{x0 / mm}" startY="{y0 / mm}" endX="{x1 / mm}" endY="{y1 / mm}"'
        top += f'<Set><Features><Line {ends}><LineDescRef id="thin"/></Line></Features></Set>'
    for points in scene.planes:
        top += f"<Set><Features><Contour><Polygon>{ring(points)}</Polygon></Contour></Features></Set>"
    holes = "".join(
        f'<Set><Hole name="H" diameter="{d / mm}" platingStatus="PLATED" x="{x / mm}" y="{y / mm}"/></Set>'
        for x, y, d in scene.holes
    )
    parts = "".join(
        f'<Component refDes="{name}" packageRef="R0603" layerRef="TOP"><Xform rotation="{t}"/>{at(x, y)}</Component>'
        for name, x, y, t in scene.parts
    )
    profile = f"<Profile><Polygon>{ring(scene.edge)}</Polygon></Profile>"
    content = parts + features("TOP", top) + features("DRILL", holes)
    return ipc(steps=step(content, profile=profile), layers=LAYERS, units=unit)


def odb_read(scene, *, unit="MM"):
    return read_odb(members(odb_of(scene, unit=unit)), name="odbjob")


def ipc_read(scene, *, unit="MILLIMETER"):
    return read_ipc2581(ipc_of(scene, unit=unit), name="board.xml")


READERS = {
    "ODB++ in mm": (odb_read, "MM"),
    "ODB++ in inch": (odb_read, "INCH"),
    "IPC-2581 in mm": (ipc_read, "MILLIMETER"),
    "IPC-2581 in inch": (ipc_read, "INCH"),
    "IPC-2581 in micrometres": (ipc_read, "MICRON"),
}
