"""machines.toml is kept by hand: every fault in it is told at once, by its key, with what was expected."""

import pytest
from small_shop import figure, read_shop, shop_text

from portal.errors import RatesRefused
from portal.parts.packages import PackageClass
from portal.routing.shop import WORK_CENTRES, load_shop


def faults(text):
    with pytest.raises(RatesRefused) as refused:
        read_shop(text)
    return [fault.removeprefix("machines.toml: ") for fault in refused.value.faults]


def with_figure(key, value):
    """The first figure of this name, changed."""
    rows = shop_text().splitlines()
    at = next(number for number, row in enumerate(rows) if row.startswith(f'"{key}" ='))
    return "\n".join([*rows[:at], f'"{key}" = {value}', *rows[at + 1 :]])


def without(start):
    return "\n".join(row for row in shop_text().splitlines() if not row.startswith(start))


def test_the_small_shop_itself_is_whole():
    assert read_shop(shop_text()).name == "Small shop"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (figure("-1"), "balance.value: expected a number above zero (found '-1')"),
        (figure("fast"), "balance.value: expected a number, such as \"0.65\" (found 'fast')"),
        (figure(""), "balance.value: expected a number, such as \"0.65\" (found '')"),
        (figure("NaN"), "balance.value: expected a number, such as \"0.65\" (found 'NaN')"),
        (figure("-Infinity"), "balance.value: expected a number, such as \"0.65\" (found '-Infinity')"),
        (figure("1e12"), "balance.value: expected a number, such as \"0.65\" (found '1e12')"),
        (figure("0,65"), "balance.value: expected a number, such as \"0.65\" (found '0,65')"),
        (figure("1_000"), "balance.value: expected a number, such as \"0.65\" (found '1_000')"),
        (figure("٣"), "balance.value: expected a number, such as \"0.65\" (found '٣')"),
        (figure("0"), "balance.value: expected a number above zero (found '0')"),
        (figure("0.65").replace('"0.65"', "true"), "balance.value: expected a number"),
        (figure("0.65").replace('"0.65"', f"{10**15}"), "balance.value: expected a number"),
        (figure("1").replace('grade = "U"', 'grade = "D"'), "balance.grade: expected 'A', 'B', 'C' or 'U'"),
        (figure("1").replace("2026-11-01", '"last year"'), "balance.date: expected a day, such as 2026-11-23"),
        (figure("1").replace(" }", ', note = "x" }'), "balance.note: is not a known key"),
        ('"0.65"', "balance: expected a table in braces"),
    ],
)
def test_a_figure_that_cannot_be_worked_with_is_refused_by_its_key(value, said):
    [fault] = faults(with_figure("balance", value))

    assert fault.startswith(f"lines.0.{said}")


@pytest.mark.parametrize("key", ["value", "unit", "source", "date", "grade"])
def test_a_figure_without_its_origin_is_no_figure(key):
    parts = figure("0.8").strip("{} ").split(", ")
    shortened = f"{{ {', '.join(part for part in parts if not part.startswith(key))} }}"

    assert faults(with_figure("balance", shortened)) == [f"lines.0.balance.{key}: is missing"]


@pytest.mark.parametrize(
    ("key", "table"),
    [
        ("uptime", "lines.0"),
        ("rail_mm", "panel"),
        ("wipe_every_prints", "lines.0.printing"),
        ("gap_cm", "lines.0.oven"),
        ("xray_board_s", "inspection"),
        ("most_boards", "bench"),
        ("rework_share", "through_hole"),
        ("functional_board_s", "testing"),
        ("parcel_cm2", "logistics"),
    ],
)
def test_a_figure_that_is_left_out_is_missed_by_its_table(key, table):
    assert faults(without(f'"{key}"')) == [f"{table}.{key}: is missing"]


@pytest.mark.parametrize(
    "key",
    [
        "squeegee_mm_s",
        "wipe_every_prints",
        "heated_cm",
        "paste_cm2_s",
        "optical_cm2_s",
        "insert_per_hour",
        "depanel_mm_s",
        "parcel_cm2",
        "uptime",
        "nominal_per_hour",
        "derate",
    ],
)
def test_nothing_is_divided_by_zero(key):
    [fault] = faults(with_figure(key, figure("0")))

    assert fault.endswith(f".{key}.value: expected a number above zero (found '0')")


def test_a_line_that_holds_no_whole_reel_cannot_place():
    text = shop_text().replace('"feeder_slots" = { value = "3"', '"feeder_slots" = { value = "0.4"')
    text = text.replace('"feeder_slots" = { value = "2"', '"feeder_slots" = { value = "0.4"')

    assert faults(text) == ["lines.0.machines.feeder_slots: expected one whole slot at least"]


@pytest.mark.parametrize("key", ["rework_share", "gap_mm", "first_programme_min", "bare-copper", "most_boards"])
def test_what_is_only_added_or_compared_may_be_nothing(key):
    assert read_shop(with_figure(key, figure("0")))


@pytest.mark.parametrize("name", WORK_CENTRES)
def test_every_work_centre_has_a_name_for_people(name):
    assert faults(without(f'{name} = "')) == [f"work_centres.{name}: is missing"]


@pytest.mark.parametrize("name", list(PackageClass))
def test_every_class_of_part_has_its_time(name):
    assert faults(without(f'"{name}" = {{')) == [f"chips.{name}: is missing"]


def test_a_class_of_part_that_nobody_knows_is_a_mistake():
    [fault] = faults(with_figure("0402", f'{figure("1")}\n"0403" = {figure("1")}'))

    assert fault.startswith("chips.0403.")


def test_a_line_without_machines_is_no_line():
    text = shop_text()
    machines = text[text.index("[[lines.machines]]") : text.index("[lines.printing]")]

    assert faults(text.replace(machines, "")) == ["lines.0.machines: is missing"]
    empty = text.replace(machines, "").replace('name = "line"', 'name = "line"\nmachines = []')
    assert faults(empty) == ["lines.0.machines: expected at least one machine"]


def test_a_machine_has_one_rate_by_one_rule():
    both = f'"ipc9850_per_hour" = {figure("5500")}'
    [fault] = faults(shop_text().replace('name = "placer"', f'name = "placer"\n{both}', 1))

    assert fault.startswith("lines.0.machines.0: expected nominal_per_hour or ipc9850_per_hour, one of the two")


def test_two_lines_have_two_names():
    text = shop_text()
    line = text[text.index("[[lines]]") : text.index("[panel]")]

    assert faults(f"{text}\n{line}") == ["lines: 'line' stands twice; expected a name of its own"]


@pytest.mark.parametrize("table", ["feeders.slots", "feeders.pocket_mm"])
def test_every_tape_has_its_place(table):
    text = shop_text()
    at = text.index(f"[{table}]")

    assert faults(text[:at] + text[at:].replace('"44" = ', '"45" = ', 1)) == [f"{table}.values.44: is missing"]


def test_a_tape_is_one_that_is_made():
    text = shop_text().replace('"sot" = "8"', '"sot" = "10"')

    assert faults(text) == ["feeders.tape_mm.values.sot: expected one of 0, 8, 12, 16, 24, 32, 44, 56"]


@pytest.mark.parametrize("key", ["aoi_coverage", "scrap_share", "confidence"])
def test_a_share_is_below_one(key):
    assert faults(with_figure(key, figure("1"))) == [f"yields.{key}: expected a share below one"]


def test_faults_of_all_kinds_stand_in_one_message():
    text = with_figure("balance", figure("-1")).replace('"gap_cm"', '"gap_inch"').replace('"strokes"', '"hits"')
    found = [fault.split(": ")[0] for fault in faults(text)]

    assert sorted(found) == [
        "lines.0.balance.value",
        "lines.0.oven.gap_cm",
        "lines.0.oven.gap_inch",
        "lines.0.printing.hits",
        "lines.0.printing.strokes",
    ]


def test_the_file_is_named_as_it_is_called(tmp_path):
    path = tmp_path / "our machines.toml"
    path.write_text(without('"uptime"'), encoding="utf-8")

    with pytest.raises(RatesRefused, match=r"^our machines\.toml: lines\.0\.uptime: is missing$"):
        load_shop(path)


def test_text_that_is_no_toml_is_told_with_its_line():
    [fault] = faults("name = Small shop")

    assert fault.startswith("is not TOML: ")
    assert "line 1" in fault
