"""A shop of round figures, so that every operation can be worked out in the head: one chip is one second."""

from functools import cache

from portal.board.design import Design
from portal.parts.packages import PackageClass
from portal.routing.operations import Operation, Process
from portal.routing.options import BuildOptions
from portal.routing.shop import Shop, read_shop
from portal.routing.ways import routings

FIGURES = """
panel          rail_mm 5, gap_mm 2, least_mm 10
line           max_width_mm 100, max_height_mm 100
line           balance 0.8, uptime 0.5, changeover_min 20, feeder_min 0.5, first_programme_min 30
line           load_unload_s 10, fiducial_s 2
machine        nominal_per_hour 10000, derate 0.5, feeder_slots 3
machine        nominal_per_hour 10000, derate 0.4, feeder_slots 2
printing       set_up_min 8, handling_s 20, squeegee_mm_s 50, strokes 2, wipe_s 12, wipe_every_prints 6
oven           heated_s 300, heated_cm 200, gap_cm 4
look           paste_cm2_s 10, optical_cm2_s 5, panel_least_s 3, optical_set_up_min 25
chips          01005 2, 0201 1.5, 0402 1, 0603 1, 0805 1, 1206+ 1, sot 2, soic 3, fine-pitch 4, qfp 5
chips          qfn 6, bga 7, electrolytic 3, connector 8, through-hole 9, module 10, odd-form 11
chips          bare-copper 0, unknown 12
feeders        toe_mm 1
inspection     first_article_min 40, xray_set_up_min 35, xray_board_s 50
bench          most_boards 20, most_parts 5, touch_factor 2, set_up_min 45, place_s 20, oven_board_s 240
bench          inspect_board_s 300
through_hole   set_up_min 12, insert_per_hour 600, solder_joint_s 5, rework_share 0.1, joints_when_unknown 6
through_hole   touch_factor 1
selective      set_up_min 40, handling_s 10, joint_s 2, move_s 1
wave           set_up_min 50, speed_mm_min 1200, gap_mm 18
testing        flying_probe_set_up_min 90, flying_probe_board_s 200, functional_set_up_min 15, functional_board_s 60
logistics      kit_line_min 3, depanel_handling_s 8, depanel_mm_s 100, depanel_route_mm_s 10, depanel_snap_s 4
logistics      pack_set_up_min 6, pack_board_s 25, ship_set_up_min 9, ship_parcel_s 240, parcel_cm2 1000
washing        set_up_min 12, batch_boards 10, batch_s 600
coating        set_up_min 20, board_s 40, mask_part_s 15
programming    set_up_min 25, board_s 30
yields         wave_dpmo 500, aoi_coverage 0.9, xray_coverage 0.95, flying_probe_coverage 0.8
yields         functional_coverage 0.5, scrap_share 0, confidence 0.9
stencil        margin_mm 100
"""
CENTRES = (
    "kitting printing placement reflow inspection xray bench through-hole selective wave depanelling "
    "washing coating programming test packing"
)
LINE = ("machine", "printing", "oven", "look")
TAPES = "8 12 16 24 32 44 56"
WHERE_FROM = 'unit = "x", source = "round figure", date = 2026-11-01, grade = "U"'


def figure(value: str) -> str:
    return f'{{ value = "{value}", {WHERE_FROM} }}'


def tables() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for number, row in enumerate(FIGURES.strip().splitlines()):
        table, rest = row.split(maxsplit=1)
        keys = [f'"{key}" = {figure(value)}' for key, value in (pair.split() for pair in rest.split(", "))]
        name = f"machine {number}" if table == "machine" else table
        found.setdefault(name, []).extend(keys)
    return found


def list_of(name: str, values: dict[str, object]) -> str:
    """A table of figures that share where they are from."""
    each = ", ".join(f'"{key}" = "{value}"' for key, value in values.items())
    return f"[{name}]\n{WHERE_FROM.replace(', ', chr(10))}\nvalues = {{ {each} }}"


def shop_text() -> str:
    """Every part stands on tape of 8 mm and takes a slot; ten joints in a million fail, each mended in a minute."""
    found = tables()
    stations = (
        'stations = { printing = "printing", placement = "placement", reflow = "reflow", inspection = "inspection" }'
    )
    written = ['name = "Small shop"', "[work_centres]", *(f'{name} = "{name}"' for name in CENTRES.split())]
    written += ["[[lines]]", 'name = "line"', stations, *found["line"]]
    for name in [name for name in found if name.startswith("machine")]:
        written += ["[[lines.machines]]", 'name = "placer"', *found[name]]
    for name, table in (("printing", "printing"), ("oven", "oven"), ("inspection", "look")):
        written += [f"[lines.{name}]", *found[table]]
    for name in [name for name in found if name != "line" and not name.startswith(LINE)]:
        written += [f"[{name}]", *found[name]]
    tapes, classes = TAPES.split(), list(PackageClass)
    written += [
        list_of("feeders.slots", dict.fromkeys(tapes, 1)),
        list_of("feeders.tape_mm", dict.fromkeys(classes, 8)),
    ]
    written += [list_of("feeders.pocket_mm", {tape: int(tape) / 2 for tape in tapes})]
    written += [
        list_of(f"yields.{name}", dict.fromkeys(classes, value)) for name, value in (("dpmo", 10), ("rework_min", 1))
    ]
    return "\n".join(written)


@cache
def small_shop() -> Shop:
    return read_shop(shop_text())


def operations(
    design: Design, *, boards: int = 16, process: Process = Process.MACHINE, way: str = "", **options: object
) -> dict[str, Operation]:
    """By label; in a small shop no label comes twice. Without a `way`: on the line, pins by iron, every reflow."""
    wanted = way or ("on the line" if process is Process.MACHINE else "by hand")
    found = routings(design, BuildOptions(**options), small_shop(), boards=boards)
    [routing] = [routing for routing in found if routing.way == wanted]
    return {operation.label: operation for operation in routing.operations}
