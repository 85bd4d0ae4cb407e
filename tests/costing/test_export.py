"""What a customer takes away adds up to the cent with a script that shares no code with the portal."""

import csv
import io
import json
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from functools import cache

import pytest
from costing_examples import CONFIG, ROOT, SENSOR, a_design, demo_basis
from golden_quotes import DESIGNS
from hypothesis import given
from hypothesis import strategies as st

from portal.costing.cards import read_rate_card
from portal.costing.discounts import Discount, discount_line
from portal.costing.export import csv_of_cell, exported_cell
from portal.costing.lines import CostGroup, CostLine, CostSheet, UnpricedLine
from portal.costing.matrix import matrix
from portal.costing.report import quote_report
from portal.routing.operations import Process
from portal.routing.options import BuildOptions, Speed, TestLevel

SCRIPT = ROOT / "docs" / "recompute.py"
RATES = (CONFIG / "rates.toml").read_text(encoding="utf-8")


def recompute(*paths):
    """As a customer runs it: another Python, no path to the portal."""
    return subprocess.run([sys.executable, "-I", SCRIPT, *paths], capture_output=True, text=True, check=False)


@cache
def cells(name):
    design = DESIGNS[name]() if name in DESIGNS else a_design(SENSOR)
    return matrix(design, BuildOptions(), demo_basis(), quantities=[7, 5000], speeds=list(Speed))


def written(tmp_path, name, text):
    path = tmp_path / name
    path.write_bytes(text.encode())
    return str(path)


EXAMPLES = pytest.mark.parametrize("name", DESIGNS)  # every board whose whole quote is kept as text


@EXAMPLES
def test_each_example_is_recomputed_to_the_cent_from_its_json(tmp_path, name):
    sheets = [cell.sheet for cell in cells(name)]
    texts = [json.dumps(exported_cell(sheet, demo_basis().card)) for sheet in sheets]
    said = recompute(*(written(tmp_path, f"{n}.json", text) for n, text in enumerate(texts)))

    assert (said.returncode, said.stdout.count("right"), said.stderr) == (0, 4, "")
    assert all(f"total {sheet.total}: right" in said.stdout for sheet in sheets)


@EXAMPLES
def test_each_example_is_recomputed_to_the_cent_from_its_csv(tmp_path, name):
    sheets = [cell.sheet for cell in cells(name)]
    said = recompute(*(written(tmp_path, f"{n}.csv", csv_of_cell(sheet)) for n, sheet in enumerate(sheets)))

    assert (said.returncode, said.stderr) == (0, "")
    assert all(f"{len(sheet.lines)} lines, total {sheet.total}: right" in said.stdout for sheet in sheets)


TEN_CELLS = {
    "unknown parts": ("R1 | R_0402 | NOBODY | top\nU1 | QFN-32 | WHO | top", {}, 7),
    "parts of the customer's": (SENSOR, {"consigned": frozenset({"STM32L031K6U6"})}, 40),
    "supplied in part": (SENSOR, {"supplied": (("RC0402FR-071KL", 50),)}, 40),
    "a repeat with every step": (
        SENSOR,
        {"repeat_order": True, "coating": True, "wash": True, "programming": True},
        250,
    ),
    "a board of unknown size": (a_design(SENSOR, size=None, layers=None), {}, 12),
    "pins over the wave": ("J1 | PinHeader_1x04_P2.54mm | 61300411121", {}, 10_000),
    "one board": (SENSOR, {}, 1),
    "a hundred thousand": (SENSOR, {}, 100_000),
    "a dear test": (SENSOR, {"test": TestLevel.FLYING_PROBE}, 3),
    "both sides": (f"{SENSOR}C9 | C_0402_1005Metric | CL05B104KB54PNC | bottom", {}, 99),
}


@pytest.mark.parametrize("money", ["EUR", "JPY"])
@pytest.mark.parametrize("sort", TEN_CELLS)
def test_a_cell_of_each_sort_is_recomputed_to_its_smallest_coin(tmp_path, sort, money):
    """Less a discount, which is a line below zero; a yen has no hundredths."""
    parts, options, boards = TEN_CELLS[sort]
    design = a_design(parts) if isinstance(parts, str) else parts
    card = read_rate_card(RATES.replace('currency = "EUR"', f'currency = "{money}"'), file="rates.toml")
    basis = replace(demo_basis(), card=card)
    [cell] = matrix(design, BuildOptions(**options), basis, quantities=[boards], speeds=[Speed.EXPRESS])
    less = discount_line(Discount("Loyal", "ten orders", Decimal("7.5"), True, None), tuple(cell.sheet.lines), money)
    sheet = replace(cell.sheet, lines=(*cell.sheet.lines, less))
    files = {"cell.json": json.dumps(exported_cell(sheet, card)), "cell.csv": csv_of_cell(sheet, currency=money)}
    said = recompute(*(written(tmp_path, name, text) for name, text in files.items()))

    assert (said.returncode, said.stdout.count(f"total {sheet.total}: right"), less.amount < 0) == (0, 2, True)


def test_a_whole_quote_is_recomputed_cell_by_cell(tmp_path):
    quote = quote_report(cells("sensor-node"), [None] * 4, demo_basis().card)

    assert recompute(written(tmp_path, "quote.json", json.dumps(quote))).stdout.count("right") == 4


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("total", "1.00", "the lines add up to "),
        ("unit_price", "0.01", "one of 7 is "),
    ],
)
def test_a_total_that_somebody_changed_is_told(tmp_path, key, value, said):
    cell = exported_cell(cells("sensor-node")[0].sheet, demo_basis().card) | {key: value}
    found = recompute(written(tmp_path, "cell.json", json.dumps(cell)))

    assert found.returncode == 1
    assert said in found.stdout


def test_a_line_that_does_not_multiply_is_told_by_its_label(tmp_path):
    text = csv_of_cell(cells("sensor-node")[0].sheet).replace("75.00,once", "76.00,once")
    found = recompute(written(tmp_path, "cell.csv", text))

    assert (found.returncode, "Order handling: 1 × 75 is 75.00, not 76.00" in found.stdout) == (1, True)


@pytest.mark.parametrize("text", ["", "[]", "5", '{"lines": 5}', '{"lines": [{}], "total": "1"}', "\x00"])
@pytest.mark.parametrize("kind", ["json", "csv"])
def test_what_is_no_price_is_said_to_be_none(tmp_path, text, kind):
    found = recompute(written(tmp_path, f"cell.{kind}", text))

    assert (found.returncode, found.stdout) == (2, "")
    assert "cannot be read as a price" in found.stderr


def test_without_a_file_the_script_does_nothing():
    assert recompute().returncode == 2


def test_the_json_names_the_card_its_day_and_its_money():
    cell = exported_cell(cells("sensor-node")[0].sheet, demo_basis().card, promise={"p50": "2026-12-04"})

    assert (cell["currency"], cell["rate_card"], cell["rate_card_as_of"]) == ("EUR", "house-2026-11", "2026-11-01")
    assert cell["promise"] == {"p50": "2026-12-04"}


def a_sheet(*lines, unpriced=()):
    return CostSheet(10, Speed.STANDARD, Process.HAND, lines, unpriced)


PLACING = CostLine(CostGroup.ASSEMBLY, "Placing", Decimal(70), "parts", Decimal("0.035"), "10 boards of 7")


def test_the_csv_is_these_rows():
    unknown = UnpricedLine("MYSTERY", ("U9",), "MYSTERY is in no catalogue")

    assert csv_of_cell(a_sheet(PLACING, unpriced=(unknown,))).splitlines() == [
        "group,label,quantity,unit,rate,amount,because",
        "assembly,Placing,70,parts,0.035,2.45,10 boards of 7",
        "unpriced,MYSTERY,,,,,MYSTERY is in no catalogue",
        'total,"10 boards, standard",,,,2.45,',
    ]


def test_the_total_names_its_money():
    assert csv_of_cell(a_sheet(PLACING), currency="CHF").splitlines()[-1] == 'total,"10 boards, standard",,CHF,,2.45,'


@pytest.mark.parametrize("label", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "  =1", "\0=1", "＝1", "－1"])
def test_a_spreadsheet_finds_no_formula_in_a_customers_words(label):
    text = csv_of_cell(a_sheet(replace(PLACING, label=label)))

    assert next(csv.DictReader(io.StringIO(text, newline="")))["label"] == f"'{label}"


def test_a_discount_stays_a_number_below_zero():
    text = csv_of_cell(a_sheet(replace(PLACING, rate=Decimal("-0.1"))))

    assert "70,parts,-0.1,-7.00," in text


FIGURES = st.decimals("-1000", "1000", places=5)


@given(st.lists(st.tuples(FIGURES, FIGURES, st.text(max_size=20)), max_size=8))
def test_whatever_stands_in_the_lines_the_csv_gives_it_back(rows):
    lines = [CostLine(CostGroup.PARTS, "x", quantity, "pcs", rate, because) for quantity, rate, because in rows]
    read = list(csv.DictReader(io.StringIO(csv_of_cell(a_sheet(*lines)), newline="")))

    assert sum(Decimal(row["amount"]) for row in read[:-1]) == Decimal(read[-1]["amount"])
    assert [row["because"].removeprefix("'") for row in read[:-1]] == [line.because.removeprefix("'") for line in lines]
