"""Every finding of the table readers can be earned, says what to do, and stands in docs/findings.md."""

import re

import pytest
from finding_codes import PAGE, codes_in, page
from finding_examples import BOARD, CENTROIDS, PAIRS, PART_LISTS, REFUSALS, WORKBOOKS

from portal.board.design import Finding
from portal.intake.bom import read_bom
from portal.intake.centroid import read_centroid
from portal.intake.checks import cross_check
from portal.intake.table import TableRefused

CODE = re.compile(r"^\| `([a-z0-9-]+)` \|", re.MULTILINE)


def documented(text: str) -> list[str]:
    return CODE.findall(text)


def of_part_list(name: str, data: bytes) -> tuple[Finding, ...]:
    reading = read_bom(name, data)
    return (*reading.findings, *cross_check(reading.lines, ()))


def of_centroid(text: str) -> tuple[Finding, ...]:
    reading = read_centroid("positions.csv", text.encode())
    return (*reading.findings, *cross_check((), reading.placements))


def of_pair(parts: str, places: str) -> tuple[Finding, ...]:
    return cross_check(
        read_bom("bom.csv", parts.encode()).lines, read_centroid("positions.csv", places.encode()).placements
    )


def earned() -> list[tuple[str, tuple[Finding, ...]]]:
    return [
        *((code, of_part_list("bom.csv", text.encode())) for code, text in PART_LISTS.items()),
        *((code, of_part_list("bom.xlsx", data)) for code, data in WORKBOOKS.items()),
        *((code, of_centroid(text)) for code, text in CENTROIDS.items()),
        *((code, of_pair(*pair)) for code, pair in PAIRS.items()),
    ]


EARNED = earned()


@pytest.mark.parametrize(("code", "findings"), EARNED, ids=[code for code, _ in EARNED])
def test_the_smallest_example_earns_its_finding_and_no_other(code, findings):
    assert {finding.code for finding in findings} == {code}


@pytest.mark.parametrize(("code", "findings"), EARNED, ids=[code for code, _ in EARNED])
def test_a_finding_says_where_what_and_what_to_do(code, findings):
    for finding in findings:
        assert finding.where
        assert not finding.message.endswith(".")
        assert finding.remedy.endswith(".")


@pytest.mark.parametrize(("code", "data"), REFUSALS.items())
def test_a_file_that_cannot_be_read_is_refused_with_what_to_do(code, data):
    with pytest.raises(TableRefused) as refused:
        read_bom("bom.xlsx", data)

    assert (refused.value.code, refused.value.remedy[-1]) == (code, ".")


def test_a_part_list_without_faults_earns_nothing():
    assert of_part_list("bom.csv", BOARD.encode()) == ()


def test_every_code_of_the_source_stands_in_the_documentation():
    """Write it anew with: python tests/intake/finding_codes.py"""
    assert documented(PAGE.read_text(encoding="utf-8")) == documented(page())


def test_every_code_of_the_table_readers_has_an_example():
    of_tables = ("bom-", "cell-", "centroid-", "designator-", "quantity-", "quote-", "table-", "text-", "hidden-")
    known = {*PART_LISTS, *CENTROIDS, *PAIRS, *WORKBOOKS, *REFUSALS}

    assert [code for code in documented(page()) if code.startswith(of_tables) and code not in known] == []


def test_codes_are_told_from_character_sets_and_pieces_of_texts():
    import ast

    tree = ast.parse('f("bom-empty", "utf-8", f"{a}table-row", "two words", "single")')

    assert codes_in(tree) == {"bom-empty"}
