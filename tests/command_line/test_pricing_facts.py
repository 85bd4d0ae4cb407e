"""`portal price`: given facts with any rate card."""

import json

import pytest
from calling import CONFIG, asked, call, refused

AISLER = CONFIG / "cards" / "aisler-2024.toml"
FACTS = {
    "board": 30,
    "smt_per_board": 23,
    "tht_per_board": 8,
    "bom_line": 13,
    "side": 1,
    "product": 109,
    "width_mm": 80,
    "height_mm": 57,
    "consigned_line": 0,
    "speed": "standard",
}


@pytest.fixture
def facts(tmp_path):
    def write(given):
        path = tmp_path / "facts.json"
        path.write_bytes(given if isinstance(given, bytes) else json.dumps(given).encode())
        return path

    return write


def test_a_published_price_comes_out_to_the_cent(facts):
    """AISLER's own test: 30 boards of 31 parts in 13 lines are 75.00 + 262.20 + 91.20 = 428.40 to assemble."""
    report = asked("price", facts(FACTS), "--rates", AISLER)

    assembly = [line["amount"] for line in report["lines"] if line["group"] == "assembly"]
    assert (assembly, report["currency"], report["rate_card"]) == (["75.00", "262.20", "91.20"], "EUR", "aisler-2024")


def test_in_words_the_total_stands_last(facts):
    words = call("price", facts(FACTS), "--rates", AISLER).stdout.splitlines()

    total = asked("price", facts(FACTS), "--rates", AISLER)["total"]
    assert words[-1] == f"Total {total} EUR"


def test_a_number_is_read_by_its_digits(facts):
    given = facts(b'{"board": 1, "smt_placement": 0.1, "joint": 1.7000000000000000001}')
    card = CONFIG / "cards" / "jlcpcb-economic-2026.toml"

    assert "extended_part" in refused("price", given, "--rates", card)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (b"", "facts.json is not JSON"),
        (b"[]", "is not one JSON object"),
        (b'"board"', "is not one JSON object"),
        (b"\xff", "cannot be read as UTF-8 text"),
        (b'{"board": NaN}', "board: expected a number"),
        ({"boards": 30}, "boards: is not a known driver"),
        ({"board": -1}, "board: expected a number from 0"),
        ({"board": None}, "board: expected a number"),
        ({"board": [1]}, "board: expected a number"),
        ({}, "cannot be priced"),
    ],
)
def test_facts_that_cannot_be_priced_are_refused_by_name(facts, given, says):
    sentence = refused("price", facts(given), "--rates", AISLER)

    assert sentence.startswith("facts.json")
    assert says in sentence


def test_people_read_each_fault_in_a_row_of_its_own(facts):
    said = call("price", facts({"board": 0, "width_mm": 0}), "--rates", AISLER).stderr

    assert said.splitlines() == [
        "facts.json: board: expected a whole number from 1 to 10,000,000, found 0",
        "facts.json: width_mm: expected a number above 0, found 0",
    ]


@pytest.mark.parametrize(
    ("written", "says"),
    [
        (
            "x = { 1 = 5, 1.6 = 4 }",
            "a key stands twice (at line 1, column 21), which reads 'x = { 1 = 5, 1.6 = 4 }'; where keys",
        ),
        ("[x]\n1.6 = 5\n1 = 4\n", '; where keys have a point put them in quotes, such as "1.6"'),
        ("x = " + "[" * 3000, "is not TOML: brackets within brackets without end"),
        ("as_of = 2026-13-01", "(at line 1, column 13), which reads 'as_of = 2026-13-01'"),
        ('name = "a"\nname = "b"\n', "a key stands twice (at line 2, column 11), which reads 'name = \"b\"'"),
    ],
)
def test_a_card_that_is_no_toml_shows_the_row(facts, tmp_path, written, says):
    (tmp_path / "mine.toml").write_text(written)

    assert says in refused("price", facts(FACTS), "--rates", tmp_path / "mine.toml")


def test_every_fault_is_told_at_once(facts):
    sentence = refused("price", facts({"boards": 1, "sides": 2}), "--rates", AISLER)

    assert "boards: " in sentence
    assert "sides: " in sentence


def test_a_card_is_needed(facts):
    assert "--rates" in refused("price", facts(FACTS))


def test_a_faulty_card_is_refused_by_its_own_name(facts, tmp_path):
    (tmp_path / "mine.toml").write_text("name = ")

    assert refused("price", facts(FACTS), "--rates", tmp_path / "mine.toml").startswith("mine.toml: is not TOML")
