"""A call-off plan on paper: each release with its boards, its days and its price."""

import pytest
from quote_papers import a_snapshot, document, text_of

RELEASE = {
    "work_cost": "10.00",
    "p50": None,
    "p95": None,
    "begins": None,
    "unknown": [],
    "material": [],
    "purchases": [],
    "tasks": [],
}


@pytest.fixture
def plan():
    snapshot = a_snapshot()
    [cell, *_] = snapshot["cells"]
    releases = [
        {"name": "Release 1", "boards": 40, "wanted": "2027-01-15", "p80": "2027-01-13", "price": "1234.50", **RELEASE},
        {"name": "Release 2", "boards": 60, "wanted": "2027-03-15", "p80": None, "price": "987.65", **RELEASE},
    ]
    return {**snapshot, "cells": [{**cell, "releases": releases}]}


def test_each_release_is_on_paper_with_its_days_and_its_price(plan):
    said = text_of(document(plan))

    assert "Release 1 40 Fri 15 Jan 2027 Wed 13 Jan 2027 1,234.50" in said
    assert "Release 2 60 Mon 15 Mar 2027 not known 987.65" in said


def test_a_quote_that_is_no_plan_has_no_releases():
    assert "Releases" not in text_of(document())


def test_several_quantities_stand_on_one_table():
    snapshot = a_snapshot()
    said = text_of(document(snapshot))

    assert len({cell["quantity"] for cell in snapshot["cells"]}) > 1
    assert all(f"{cell['quantity']:,}" in said for cell in snapshot["cells"])


def test_a_note_to_the_customer_is_on_paper_and_none_where_there_is_none():
    said = text_of(document(a_snapshot(note="U1 comes on a reel.\nSecond line <b>")))

    assert "U1 comes on a reel." in said
    assert "Second line <b>" in said
    assert "A note from" not in text_of(document())
