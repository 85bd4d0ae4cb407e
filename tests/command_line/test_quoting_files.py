"""`portal quote`: prices with their reasons and dates, without a database; and what cannot be asked."""

import json
import shutil
import subprocess
from contextlib import suppress
from decimal import Decimal

import pytest
from calling import CONFIG, EXAMPLE, asked, call, refused, run
from hypothesis import given
from hypothesis import strategies as st

from portal.desk import parse_quantities, parse_speeds
from portal.errors import BadInput

# The example of design.md §6, key by key. A key may be added; none may go.
CONTRACT = {"currency", "rate_card", "cells", "advice", "findings"}
CELL = {"quantity", "speed", "total", "unit_price", "process", "promise", "lines"}
PROMISE = {"p50", "p80", "p95", "critical"}
LINE = {"group", "label", "quantity", "unit", "rate", "amount", "because"}


def quote(*words, quantities="10", speeds="standard", **environment):
    return asked("quote", EXAMPLE, "--quantities", quantities, "--speeds", speeds, *words, **environment)


def not_quoted(*words, **environment):
    return refused("quote", EXAMPLE, *words, **environment)


@pytest.fixture(scope="module")
def report():
    return quote(quantities="1,100", speeds="standard,express")


@pytest.fixture
def a_file(tmp_path):
    def write(text, name="given.toml"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


def test_the_contract_is_kept(report):
    assert report.keys() >= CONTRACT
    assert all(cell.keys() >= CELL and cell["promise"].keys() >= PROMISE for cell in report["cells"])
    assert all(line.keys() == LINE for cell in report["cells"] for line in cell["lines"])


def test_there_is_a_cell_for_each_quantity_at_each_speed(report):
    cells = [(cell["quantity"], cell["speed"]) for cell in report["cells"]]

    assert cells == [(1, "standard"), (1, "express"), (100, "standard"), (100, "express")]


def test_every_amount_can_be_checked_by_hand(report):
    for line in (line for cell in report["cells"] for line in cell["lines"]):
        exact = Decimal(line["quantity"]) * Decimal(line["rate"])
        assert abs(Decimal(line["amount"]) - exact) <= Decimal("0.005"), line


def test_every_total_is_the_sum_of_its_amounts(report):
    for cell in report["cells"]:
        assert Decimal(cell["total"]) == sum(Decimal(line["amount"]) for line in cell["lines"])


def test_every_date_comes_after_the_likelier_one(report):
    for promise in (cell["promise"] for cell in report["cells"]):
        assert promise["p50"] <= promise["p80"] <= promise["p95"]
        assert promise["critical"]


def test_money_is_text_so_that_no_reader_rounds_it(report):
    assert all(isinstance(cell["total"], str) and isinstance(cell["unit_price"], str) for cell in report["cells"])


@pytest.mark.parametrize(
    ("typed", "quantities"),
    [
        ("1", [1]),
        (" 10 , 1 ", [10, 1]),
        ("5;5;5", [5]),
        ("100000", [100_000]),
        ("1,2,3,4,5,6,7,8,9,10,11,12", list(range(1, 13))),
    ],
)
def test_quantities_are_taken_as_people_type_them(typed, quantities):
    assert parse_quantities(typed) == quantities


@pytest.mark.parametrize(
    "typed", ["", "0", "-1", "1.5", "1e3", "ten", "100001", "1,,2", "१", "9" * 5000, "0x10", "1 000"]
)
def test_what_is_no_quantity_is_refused_in_words(typed):
    with pytest.raises(BadInput, match="is not a quantity. Please give whole numbers from 1 to 100,000") as refusal:
        parse_quantities(typed)

    assert len(refusal.value.sentence) < 120


def test_more_than_twelve_quantities_are_refused():
    with pytest.raises(BadInput, match="13 quantities are too many at once"):
        parse_quantities(",".join(map(str, range(1, 14))))


@given(st.text(max_size=30))
def test_whatever_is_typed_is_quantities_or_a_sentence(typed):
    with suppress(BadInput):
        assert all(1 <= boards <= 100_000 for boards in parse_quantities(typed))


def test_a_speed_is_asked_once_and_in_order():
    assert parse_speeds("express, standard,express") == ["express", "standard"]


@pytest.mark.parametrize("typed", ["", "fast", "standard,", "Standard"])
def test_what_is_no_speed_is_refused_with_those_that_are(typed):
    with pytest.raises(BadInput, match="is not a speed. Please choose from standard, express."):
        parse_speeds(typed)


@pytest.mark.parametrize(("option", "typed"), [("--quantities", "ten"), ("--speeds", "fast")])
def test_a_bad_choice_is_the_customers_fault_with_a_finding(option, typed):
    assert typed in not_quoted(option, typed)


class TestOptions:
    def test_a_finish_of_the_customers_is_priced(self, a_file):
        usual, hasl = quote(), quote("--options", a_file('finish = "hasl"\n'))

        assert Decimal(hasl["cells"][0]["total"]) < Decimal(usual["cells"][0]["total"])

    def test_the_houses_own_file_is_what_is_proposed(self):
        assert quote("--options", CONFIG / "options.toml")["cells"][0]["total"] == quote()["cells"][0]["total"]

    def test_a_part_that_the_customer_supplies_costs_no_purchase(self, a_file):
        cell = quote("--options", a_file('consigned = ["STM32L031K6U6"]\n'))["cells"][0]

        assert "STM32L031K6U6" not in [line["label"] for line in cell["lines"]]

    @pytest.mark.parametrize(
        ("text", "says"),
        [
            ('finish = "gold"', "finish: "),
            ('finnish = "enig"', "finnish: is not a known key"),
            ("thickness_mm = -1", "thickness_mm: expected a number that is not below zero"),
            ("thickness_mm = true", "thickness_mm: expected a number, such as"),
            ("finish = ", "is not TOML"),
            (b"\xff\xfe", "cannot be read as UTF-8 text"),
        ],
    )
    def test_a_faulty_file_is_refused_in_its_own_words(self, a_file, text, says):
        sentence = not_quoted("--options", a_file(text, "mine.toml"))

        assert sentence.startswith("mine.toml")
        assert says in sentence
        assert "pydantic" not in sentence


class TestRates:
    @pytest.mark.parametrize("card", sorted((CONFIG / "cards").glob("*.toml")), ids=lambda card: card.stem)
    def test_a_published_price_list_is_a_rate_card(self, card):
        report = quote("--rates", card)

        assert report["rate_card"] == card.stem
        assert report["cells"][0]["is_complete"] is (report["cells"][0]["unpriced"] == [])

    def test_the_card_and_its_currency_are_named(self, report):
        assert (report["currency"], report["rate_card"]) == ("EUR", "house-2026-11")

    def test_a_faulty_card_is_refused(self, a_file):
        assert "name: is missing" in not_quoted("--rates", a_file('currency = "EUR"\n'))

    def test_a_folder_is_no_card(self, tmp_path):
        assert "is a directory" in not_quoted("--rates", tmp_path)

    def test_a_catalogue_that_knows_nothing_prices_no_part(self, a_file):
        catalogue = a_file("mpn,supplier,as_of,breaks\nNOTHING,demo,2026-11-01,1:0.10\n", "offers.csv")

        cell = quote("--catalogue", catalogue)["cells"][0]
        assert cell["is_complete"] is False
        assert "STM32L031K6U6" in [line["name"] for line in cell["unpriced"]]

    def test_a_catalogue_that_is_no_table_is_refused(self, a_file):
        assert not_quoted("--catalogue", a_file(b"\xff\xfe\x00", "offers.csv")).startswith("offers.csv cannot be read")


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "quote.pdf"
    report = quote("--pdf", path, quantities="10,100")
    text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True).stdout
    return report, text.replace("\u00a0", " ")


class TestPdf:
    def test_it_has_the_same_totals(self, printed):
        report, text = printed

        for cell in report["cells"]:
            assert f"{Decimal(cell['total']):,.2f}" in text
            assert f"{Decimal(cell['unit_price']):,.2f}" in text

    def test_it_says_that_it_binds_nobody(self, printed):
        assert "Budget: not binding until we have reviewed it." in printed[1]

    def test_it_names_its_files_by_their_hashes(self, printed):
        assert "sensor-node-F_Cu.gbr" in printed[1]

    def test_a_folder_that_is_not_there_is_said_before_the_work(self, tmp_path):
        assert "There is no folder" in not_quoted("--pdf", tmp_path / "nowhere" / "quote.pdf")

    def test_a_refused_question_leaves_no_document(self, tmp_path):
        not_quoted("--quantities", "ten", "--pdf", tmp_path / "quote.pdf")

        assert list(tmp_path.iterdir()) == []


def test_a_package_without_parts_is_quoted_with_what_is_missing(tmp_path):
    with_only_copper = tmp_path / "board"
    shutil.unpack_archive(EXAMPLE, with_only_copper)
    for table in with_only_copper.glob("*.csv"):
        table.unlink()

    cell = asked("quote", with_only_copper, "--quantities", "10", "--speeds", "standard")["cells"][0]
    assert cell["is_complete"] is False
    assert cell["unpriced"][0]["because"]


def test_what_is_no_package_is_refused_as_inspect_refuses_it(tmp_path):
    (tmp_path / "board.zip").write_bytes(b"nothing")

    assert refused("quote", tmp_path / "board.zip") == refused("inspect", tmp_path / "board.zip")


def test_a_house_without_its_files_says_which_is_missing(tmp_path):
    assert "cannot be read" in not_quoted(config_dir=tmp_path)


def test_the_program_prints_one_object_and_nothing_else(tmp_path):
    done = run("quote", EXAMPLE, "--quantities", "10", "--json", folder=tmp_path)

    assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)
    assert len(json.loads(done.stdout)["cells"]) == 2


def test_in_words_each_line_says_quantity_times_rate():
    words = call("quote", EXAMPLE, "--quantities", "10", "--speeds", "standard").stdout

    assert words.startswith("Prices in EUR without VAT, rate card house-2026-11\n\n10 boards, standard, ")
    assert "       75.00  Order handling: 1 order × 75\n" in words
