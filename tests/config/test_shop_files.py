"""config/ is read whole: each figure with unit, source, date and grade, and every mistake in one message."""

import re
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from portal.costing.cards import load_rate_card
from portal.costing.company import load_company, read_company
from portal.errors import RatesRefused
from portal.parts.catalogue import load_catalogue
from portal.parts.packages import Mount, package_of
from portal.routing.choices import load_options, read_options
from portal.routing.options import BuildOptions, Finish, MaskColour, TestLevel
from portal.routing.shop import load_shop, read_shop
from portal.routing.sourced import Sourced, checked

CONFIG = Path(__file__).resolve().parents[2] / "config"
MACHINES = (CONFIG / "machines.toml").read_text(encoding="utf-8")
COMPANY = (CONFIG / "company.toml").read_text(encoding="utf-8")
FIGURE = 'value = "1.5"\nunit = "s"\nsource = "a page"\ndate = 2026-11-22\ngrade = "B"\n'


def faults(read, text):
    with pytest.raises(RatesRefused) as refused:
        read(text)
    return refused.value.faults


def figures(tree):
    """Every value with a unit, however deep."""
    if isinstance(tree, dict) and "unit" in tree and "value" in tree:
        yield tree
    elif isinstance(tree, dict | list):
        for branch in tree.values() if isinstance(tree, dict) else tree:
            yield from figures(branch)


def without(text, key):
    """The text without the first line that sets this key."""
    return re.sub(rf"^{re.escape(key)} = .*\n", "", text, count=1, flags=re.MULTILINE)


def test_the_demo_shop_is_whole():
    shop = load_shop(CONFIG / "machines.toml")

    assert [line.name for line in shop.lines] == ["full line", "small line"]
    assert [machine.name for machine in shop.lines[0].machines] == ["Chip shooter", "Flexible placer"]


def test_every_figure_of_the_demo_shop_says_where_it_comes_from():
    found = list(figures(tomllib.loads(MACHINES)))

    assert len(found) > 60
    assert all(figure["source"] and figure["unit"] and figure["grade"] in "ABCU" for figure in found)
    assert all(isinstance(figure["date"], date) for figure in found)


@pytest.mark.parametrize("key", ["uptime", "balance", "rail_mm", "kit_line_min", "bench"])
def test_a_missing_figure_is_missed_by_its_name(key):
    [fault] = faults(read_shop, without(MACHINES, key))

    assert fault.startswith("machines.toml: ")
    assert fault.endswith(f"{key}: is missing")


def test_every_mistake_of_the_file_is_in_one_message():
    text = without(without(MACHINES, "uptime"), "rail_mm").replace("[lines.printing]", "[lines.printing]\nspeed = 5", 1)

    assert [fault.removeprefix("machines.toml: ") for fault in faults(read_shop, text)] == [
        "panel.rail_mm: is missing",
        "lines.0.uptime: is missing",
        "lines.0.printing.speed: is not a known key",
    ]


@pytest.mark.parametrize("name", ["uptime", "balance", "heated_cm", "insert_per_hour", "parcel_cm2"])
def test_what_is_divided_by_is_above_zero(name):
    text = re.sub(rf'^{name} = {{ value = "[^"]*"', f'{name} = {{ value = "0"', MACHINES, count=1, flags=re.MULTILINE)

    [fault] = faults(read_shop, text)

    assert fault.endswith(f"{name}.value: expected a number above zero (found '0')")


def test_a_package_class_without_its_time_is_named():
    [fault] = faults(read_shop, without(MACHINES, '"bga"'))

    assert fault == "machines.toml: chips.bga: is missing"


def test_a_shop_has_a_line():
    text = MACHINES[: MACHINES.index("[[lines]]")] + MACHINES[MACHINES.index("\n[chips]") :]

    assert faults(read_shop, text) == ["machines.toml: lines: is missing"]
    assert faults(read_shop, f"lines = []\n{text}") == ["machines.toml: lines: expected at least one line"]


def test_the_shop_cannot_be_changed_while_it_is_in_use():
    shop = load_shop(CONFIG / "machines.toml")

    with pytest.raises(ValueError, match="frozen"):
        shop.name = "another"


@pytest.mark.parametrize("key", ["value", "unit", "source", "date", "grade"])
def test_a_figure_without_its_papers_is_refused(key):
    with pytest.raises(RatesRefused, match=f"shop.toml: {key}: is missing"):
        checked(Sourced, without(FIGURE, key), file="shop.toml")


def test_a_figure_is_exact():
    assert checked(Sourced, FIGURE, file="shop.toml").value == Decimal("1.5")


@pytest.mark.parametrize("value", ['"-1"', '"NaN"', '"-Infinity"', '"much"', "true", '"9e99"', "[]"])
def test_a_figure_that_is_no_exact_number_is_refused(value):
    """1.5 without quotes is a binary fraction before anybody can stop it."""
    with pytest.raises(RatesRefused, match="shop.toml: value: expected a number"):
        checked(Sourced, FIGURE.replace('"1.5"', value), file="shop.toml")


def test_the_company_is_whole_and_says_it_is_an_example():
    company = load_company(CONFIG / "company.toml")

    assert "not a company" in company.legal_name
    assert company.currency == load_rate_card(CONFIG / "rates.toml").currency


@pytest.mark.parametrize("key", ["name", "address", "email", "currency", "terms"])
def test_a_company_without_what_is_printed_is_refused(key):
    assert faults(read_company, without(COMPANY, key)) == [f"company.toml: {key}: is missing"]


@pytest.mark.parametrize(
    ("was", "now", "key"),
    [
        ("quotes@example.org", "quotes at example.org", "email"),
        ('"DE"', '"Germany"', "country"),
        ('"EUR"', '"€"', "currency"),
        ('"0.19"', '"19 %"', "vat.rate.value"),
    ],
)
def test_a_company_with_a_misspelt_entry_is_refused(was, now, key):
    [fault] = faults(read_company, COMPANY.replace(was, now))

    assert fault.startswith(f"company.toml: {key}: ")


def test_the_options_that_ship_are_the_ones_the_house_proposes():
    assert load_options(CONFIG / "options.toml") == BuildOptions()


def test_parts_supplied_in_part_and_alternates_are_options_of_a_file_too():
    found = read_options('supplied = { U1 = 40, "RES 1K" = 5 }\nalternates = false')

    assert (found.supplied, found.alternates) == ((("RES 1K", 5), ("U1", 40)), False)


@pytest.mark.parametrize("count", ["0", "-1", "1.5", '"many"', "true", "1000000000"])
def test_a_count_of_supplied_parts_is_a_whole_number_of_them(count):
    [fault] = faults(read_options, f"supplied = {{ U1 = {count} }}")

    assert fault.startswith("options.toml: supplied.U1: ")


def test_what_an_options_file_leaves_out_stays_as_the_house_proposes():
    assert read_options('finish = "osp"') == BuildOptions(finish=Finish.OSP)


def test_every_option_may_be_chosen():
    text = 'thickness_mm = "0.8"\nmask_colour = "black"\ntest = "functional"\nconsigned = ["MCU"]'

    assert read_options(text) == BuildOptions(
        thickness_mm=Decimal("0.8"),
        mask_colour=MaskColour.BLACK,
        test=TestLevel.FUNCTIONAL,
        consigned=frozenset({"MCU"}),
    )


@pytest.mark.parametrize(
    "text",
    [
        'finish = "gold"',
        'thickness_mm = "thin"',
        'mask_colour = "mauve"',
        'test = "all"',
        'colour = "red"',
        "consigned = 5",
    ],
)
def test_an_option_that_does_not_exist_is_refused_by_its_name(text):
    [fault] = faults(read_options, text)

    assert fault.startswith(f"options.toml: {text.split()[0]}: ")


def test_the_demo_catalogue_dates_and_grades_every_price():
    offers = [offer for found in load_catalogue(CONFIG / "catalogue.csv").offers.values() for offer in found]

    assert len(offers) > 40
    assert all(offer.grade in {"B", "U"} and offer.source for offer in offers)


def test_the_demo_catalogue_knows_what_every_part_is():
    offers = [offer for found in load_catalogue(CONFIG / "catalogue.csv").offers.values() for offer in found]
    unknown = {o.mpn for o in offers if package_of(o.package, o.description).mount is Mount.UNKNOWN}

    assert unknown == {"SRN6045-150M"}  # an inductor of which neither footprint nor description tells the mounting


@pytest.mark.parametrize(("board", "left_out"), [("sensor-node", set()), ("motor-driver", {"DRV8871DDAR"})])
def test_one_example_board_is_priced_whole_and_the_other_shows_a_part_that_nobody_knows(board, left_out):
    plan = tomllib.loads((CONFIG / "examples" / f"{board}.toml").read_text(encoding="utf-8"))
    catalogue = load_catalogue(CONFIG / "catalogue.csv")
    unknown = {kind["mpn"] for kind in plan["kinds"].values() if not catalogue.find(kind["mpn"])}

    assert unknown == left_out
