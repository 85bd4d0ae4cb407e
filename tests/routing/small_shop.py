"""A shop of round figures, so that every operation can be worked out in the head: one chip is one second."""

from functools import cache

from portal.board.design import Design
from portal.routing.operations import Operation, Process
from portal.routing.options import BuildOptions
from portal.routing.shop import Shop, read_shop
from portal.routing.ways import routings

FIGURES = """
panel          max_width_mm 100, max_height_mm 100, rail_mm 5, gap_mm 2
line           balance 0.8, uptime 0.5, changeover_min 20, feeder_min 0.5, first_programme_min 30
line           load_unload_s 10, fiducial_s 2
machine        nominal_per_hour 10000, derate 0.5, feeder_slots 3
machine        nominal_per_hour 10000, derate 0.4, feeder_slots 2
chips          01005 2, 0201 1.5, 0402 1, 0603 1, 0805 1, 1206+ 1, sot 2, soic 3, fine-pitch 4, qfp 5
chips          qfn 6, bga 7, electrolytic 3, connector 8, through-hole 9, module 10, odd-form 11
chips          bare-copper 0, unknown 12
printing       set_up_min 8, handling_s 20, squeegee_mm_s 50, strokes 2, wipe_s 12, wipe_every_prints 6
oven           heated_s 300, heated_cm 200, gap_cm 4
inspection     paste_cm2_s 10, optical_cm2_s 5, panel_least_s 3, optical_set_up_min 25, first_article_min 40
inspection     xray_set_up_min 35, xray_board_s 50
bench          most_boards 20, touch_factor 2, set_up_min 45, place_s 20, oven_board_s 240, inspect_board_s 300
through_hole   set_up_min 12, insert_per_hour 600, solder_joint_s 5, rework_share 0.1, joints_when_unknown 6
testing        flying_probe_set_up_min 90, flying_probe_board_s 200, functional_set_up_min 15, functional_board_s 60
logistics      kit_line_min 3, depanel_handling_s 8, depanel_mm_s 100, pack_set_up_min 6, pack_board_s 25
logistics      ship_set_up_min 9, ship_parcel_s 240, parcel_cm2 1000
"""
CENTRES = "kitting printing placement reflow inspection xray bench through-hole depanelling test packing"
WHERE_FROM = 'unit = "x", source = "round figure", date = 2026-11-01, grade = "U"'


def figure(value: str) -> str:
    return f'{{ value = "{value}", {WHERE_FROM} }}'


def shop_text() -> str:
    centres = [f'{name} = "{name}"' for name in CENTRES.split()]
    tables = {"work_centres": centres}
    machines = []
    for row in FIGURES.strip().splitlines():
        table, rest = row.split(maxsplit=1)
        keys = [f'"{key}" = {figure(value)}' for key, value in (pair.split() for pair in rest.split(", "))]
        if table == "machine":
            machines.append("\n".join(["[[line.machines]]", 'name = "placer"', *keys]))
        else:
            tables.setdefault(table, []).extend(keys)
    written = ["\n".join([f"[{name}]", *keys]) for name, keys in tables.items()]
    return "\n".join(['name = "Small shop"', *written, *machines])


@cache
def small_shop() -> Shop:
    return read_shop(shop_text())


def operations(
    design: Design, *, boards: int = 16, process: Process = Process.MACHINE, **options: object
) -> dict[str, Operation]:
    """By label; in a small shop no label comes twice."""
    found = routings(design, BuildOptions(**options), small_shop(), boards=boards)
    [routing] = [routing for routing in found if routing.process is process]
    return {operation.label: operation for operation in routing.operations}
