"""What the routing tests share: the demo shop, and a board written as a small parts list."""

from functools import cache
from pathlib import Path

from portal.board.design import Board, BomLine, Design, Placement, Side
from portal.routing.operations import Process, Routing
from portal.routing.options import BuildOptions
from portal.routing.shop import Shop, load_shop
from portal.routing.ways import routings

MACHINES = Path(__file__).resolve().parents[2] / "config" / "machines.toml"
CHIPS = "R1 R2 R3 | R_0402_1005Metric | RES | top"
BOTH_SIDES = "R1 R2 | R_0402_1005Metric | RES | top\nC1 | C_0402_1005Metric | CAP | bottom"
WITH_QFN = "U1 | QFN-32_5x5mm_P0.5mm | MCU | top"
WITH_BGA = "U1 | BGA-256 | FPGA | top"
WITH_HEADER = "R1 | R_0402_1005Metric | RES | top\nJ1 | PinHeader_1x04_P2.54mm | HDR | -"
ONLY_HEADERS = "J1 J2 | PinHeader_1x04_P2.54mm | HDR | -"


@cache
def demo_shop() -> Shop:
    return load_shop(MACHINES)


def a_board(parts: str, *, size: tuple[float, float] | None = (50, 30)) -> Design:
    """`R1 R2 | R_0402 | RES-1K | top`, one BOM line a row; side `-`: the centroid file does not name it."""
    rows = [[cell.strip() for cell in row.split("|")] for row in parts.strip().splitlines()]
    bom = tuple(
        BomLine(number, tuple(names.split()), package=package, mpn=mpn)
        for number, (names, package, mpn, _) in enumerate(rows, start=1)
    )
    placed = [(name, row[3]) for row in rows if row[3] != "-" for name in row[0].split()]
    placements = tuple(Placement(name, Side(side), 1.0, 1.0, 0.0) for name, side in placed)
    width, height = size or (None, None)
    return Design("test board", board=Board(width, height, 2), bom=bom, placements=placements)


def built(parts: str | Design, *, boards: int = 100, process: Process = Process.MACHINE, **options: object) -> Routing:
    design = a_board(parts) if isinstance(parts, str) else parts
    found = routings(design, BuildOptions(**options), demo_shop(), boards=boards)
    return next(routing for routing in found if routing.process is process)


def names(parts: str, *, boards: int) -> list[str]:
    return [routing.way for routing in routings(a_board(parts), BuildOptions(), demo_shop(), boards=boards)]


def labels(routing: Routing) -> list[str]:
    return [operation.label for operation in routing.operations]


def step(routing: Routing, label: str):
    [found] = [operation for operation in routing.operations if operation.label == label]
    return found
