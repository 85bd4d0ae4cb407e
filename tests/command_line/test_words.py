"""What people read when they did not ask for JSON."""

import pytest

from portal.words import inspection_in_words, price_in_words, verification_in_words

BOARD = {
    "width_mm": 50.8,
    "height_mm": 30.0,
    "copper_layers": 4,
    "drills": {"hits": 312, "sizes": 9},
    "min_track_mm": 0.15,
    "min_annular_ring_mm": 0.13,
}
BOM = {"lines": 41, "designators": 188, "not_fitted": 3}
LINE = {
    "label": "Feeder changeover",
    "quantity": "24",
    "unit": "min",
    "rate": "0.65",
    "amount": "15.60",
    "because": "41 feeders",
}


def inspected(*findings, **board):
    report = {"board": BOARD | board, "bom": BOM, "placements": {"top": 150, "bottom": 38}, "findings": list(findings)}
    return inspection_in_words(report).splitlines()


def finding(severity, where):
    return {"severity": severity, "where": where, "message": "is placed but not listed.", "remedy": "Add it."}


def test_a_board_is_told_in_seven_lines():
    assert inspected() == [
        "Size            50.8 × 30.0 mm",
        "Copper layers   4",
        "Holes           312 in 9 sizes",
        "Finest track    0.15 mm",
        "Smallest ring   0.13 mm",
        "BOM             41 lines, 188 designators, 3 not fitted",
        "Placements      150 top, 38 bottom",
    ]


@pytest.mark.parametrize(
    ("unknown", "said"),
    [
        ("copper_layers", "Copper layers   not known"),
        ("drills", "Holes           not known"),
        ("min_track_mm", "Finest track    not known"),
        ("min_annular_ring_mm", "Smallest ring   not known"),
    ],
)
def test_what_is_not_known_is_said_to_be_unknown(unknown, said):
    assert said in inspected(**{unknown: None})


def test_an_unknown_size_has_no_unit():
    assert inspected(width_mm=None, height_mm=None)[0] == "Size            not known × not known"


def test_no_hole_is_something_else_than_not_known():
    assert "Holes           0 in 0 sizes" in inspected(drills={"hits": 0, "sizes": 0})


def test_a_finding_says_how_bad_where_what_and_what_to_do():
    assert inspected(finding("ask", "R12"))[-1] == "ASK   R12: is placed but not listed. Add it."


def test_a_finding_of_the_whole_package_has_no_place():
    assert inspected(finding("stop", ""))[-1] == "STOP  is placed but not listed. Add it."


def test_a_price_ends_in_its_total():
    report = {"lines": [LINE, LINE], "total": "31.20", "currency": "EUR", "unpriced": []}

    assert price_in_words(report).splitlines() == ["Feeder changeover: 24 × 0.65 = 15.60"] * 2 + ["Total 31.20 EUR"]


def test_a_fault_stands_below_its_check():
    checks = [
        {"name": "Totals add up", "looked_at": 12, "faults": []},
        {"name": "Jobs are in one state", "looked_at": 3, "faults": ["job a is dead", "job b is dead"]},
    ]

    assert verification_in_words({"checks": checks}).splitlines() == [
        "ok     Totals add up (12)",
        "FAULT  Jobs are in one state (3)",
        "       job a is dead",
        "       job b is dead",
    ]
