"""Which class of maker a board takes, and what makes it dear."""

from datetime import date
from pathlib import Path

import numpy as np
import pytest
from boards import codes, made, pad, together, track
from hypothesis import given
from hypothesis import strategies as st
from stacks import drilled

from portal.board.capability import Capabilities, Limit, capability, read_capabilities
from portal.board.design import Severity
from portal.board.spots import Feature, Spots, gathered, spots
from portal.errors import RatesRefused

CONFIG = Path(__file__).resolve().parents[2] / "config" / "capabilities.toml"
HOUSE = read_capabilities(CONFIG.read_text(encoding="utf-8"), file="capabilities.toml")
ROW = """
classes = ["plain", "fine"]
[[limit]]
feature = "track"
unit = "mm"
at_least = [0.15, 0.1]
source = "a maker's page"
date = 2026-11-22
grade = "A"
"""
WIDE = track(2, 10, 12, 10, 0.3)


def limit(feature=Feature.TRACK, values=(0.15, 0.1), **more) -> Limit:
    return Limit(feature, values, "mm", "a page", date(2026, 11, 22), "A", **more)


def at(*values, file="top.gbr") -> Spots:
    """Values of one feature, 5 mm apart from each other."""
    x = np.arange(len(values)) * 5.0
    return spots(np.array(values, dtype=float), np.column_stack((x, x, x + 0.1, x)), file=file)


def judged(found: Spots, *limits: Limit):
    limits = limits or (limit(),)
    return capability(Capabilities(("plain", "fine"), limits), {each.feature: found for each in limits})


def test_a_coarse_board_takes_the_cheapest_class_and_costs_no_finding():
    assert judged(at(0.2, 0.15)) == ("plain", ())


def test_one_fine_place_takes_a_dearer_class_and_is_shown():
    name, [finding] = judged(at(0.12, 0.2))

    assert (name, finding.severity, finding.place.box_mm) == ("fine", Severity.NOTE, (0, 0, 0.1, 0))
    assert "1 place needs 0.12 mm (track); at 0.15 mm class plain can build it" in finding.message


def test_places_are_counted():
    _, [finding] = judged(at(0.12, 0.11, 0.12, 0.2))

    assert finding.message.startswith("3 places need 0.11 mm")


def test_what_no_class_can_do_is_asked_about():
    name, [finding] = judged(at(0.05))

    assert (name, finding.code, finding.severity) == (None, "fab-beyond-limits", Severity.ASK)


def test_mils_rounded_to_millimetres_break_no_limit():
    assert judged(at(0.1485))[0] == "plain"
    assert judged(at(0.1475))[0] == "fine"


def test_some_limits_are_not_to_be_exceeded():
    name, [finding] = judged(at(6, 9), limit(Feature.ASPECT, (8, 10), is_most=True))

    assert (name, finding.place.box_mm) == ("fine", (5, 5, 5.1, 5))


def test_what_makers_mend_forces_no_class():
    name, [finding] = judged(at(0.05), limit(Feature.MASK_WEB, mended="the mask is left away"))

    assert (name, finding.code) == ("plain", "fab-will-mend")
    assert finding.message.endswith("the mask is left away.")


def test_the_dearest_need_decides():
    found = {Feature.TRACK: at(0.12), Feature.RING: at(0.3)}
    table = Capabilities(("plain", "fine"), (limit(), limit(Feature.RING)))

    assert capability(table, found)[0] == "fine"


@given(st.lists(st.floats(0.02, 0.4), min_size=1, max_size=6), st.floats(0, 0.1))
def test_wider_tracks_never_take_a_dearer_class(widths, more):
    rank = ["plain", "fine", None]

    assert rank.index(judged(at(*(w + more for w in widths)))[0]) <= rank.index(judged(at(*widths))[0])


def test_the_house_table_has_a_source_for_each_row():
    assert HOUSE.classes[0] == "standard"
    assert all(row.source and row.grade in "ABCU" for row in HOUSE.limits)


BOARDS = {
    "standard": (together(WIDE, track(2, 10.5, 12, 10.5)), ()),
    "fine": (together(WIDE, track(2, 10.38, 12, 10.38)), ()),
    "advanced": (together(WIDE, track(2, 11, 12, 11, 0.11)), ()),
    "finest": (together(WIDE, pad(5, 5, 0.35)), [drilled((5, 5, 0.2), plated=True)]),
}


@pytest.mark.parametrize("name", BOARDS)
def test_each_class_has_its_boards(name):
    artwork, drills = BOARDS[name]

    assert made(artwork, drills=drills, table=HOUSE).capability == name


def test_a_thicker_board_may_take_a_dearer_class():
    board = (together(WIDE, pad(5, 5, 0.8)), WIDE)
    hole = [drilled((5, 5, 0.3), plated=True)]

    assert made(*board, drills=hole, table=HOUSE).capability == "standard"
    assert made(*board, drills=hole, table=HOUSE, thickness_mm=2.7).capability == "advanced"


def test_copper_that_nearly_touches_is_one_finding_not_a_class():
    board = made(together(pad(5, 10), pad(6.01, 10)), table=HOUSE)

    assert (board.capability, codes(board)) == ("standard", ["copper-almost-touches"])


def test_nothing_is_judged_without_copper():
    assert made(drills=[drilled((5, 5, 0.05), plated=True)], table=HOUSE).capability is None


FAULTS = {
    "at_least = [0.15, 0.1]": ("at_least = [0.15]", "limit 1: at_least has one number for each class"),
    "[0.15, 0.1]": ("[0.1, 0.15]", "limit 1: at_least: a dearer class can do no less than a cheaper one"),
    '"track"': ('"width"', "limit 1: feature 'width' is none of track"),
    'grade = "A"': ('grade = "Z"', "limit 1: grade 'Z' is none of A, B, C, U"),
    "date = 2026-11-22": ('date = "today"', "limit 1: date is written as 2026-11-22, without quotes"),
    'source = "a maker\'s page"\n': ("", "limit 1: source is missing"),
    'unit = "mm"': ('unit = "mm"\nminimum = 3', "limit 1: minimum is not a known key"),
    'classes = ["plain", "fine"]': ("classes = []", "classes is a list of names, cheapest first"),
    "at_least": ("about", "limit 1: has either at_least or at_most"),
}


@pytest.mark.parametrize("right", FAULTS)
def test_each_fault_of_the_file_is_told_by_its_row(right):
    wrong, sentence = FAULTS[right]

    with pytest.raises(RatesRefused) as refused:
        read_capabilities(ROW.replace(right, wrong), file="c.toml")
    assert any(fault.startswith(f"c.toml: {sentence}") for fault in refused.value.faults)


def test_all_faults_are_told_at_once():
    with pytest.raises(RatesRefused) as refused:
        read_capabilities(ROW.replace('"A"', '"Z"').replace('"track"', '"width"') + 'colour = "red"', file="c.toml")
    assert len(refused.value.faults) == 3


def test_the_same_feature_twice_is_a_fault():
    twice = ROW + ROW[ROW.index("[[limit]]") :]

    with pytest.raises(RatesRefused, match="track stands there twice"):
        read_capabilities(twice, file="c.toml")


def test_what_is_no_toml_is_refused():
    with pytest.raises(RatesRefused, match="is not TOML"):
        read_capabilities("classes = [", file="c.toml")


def test_near_neighbours_are_one_place():
    close = spots(np.array([0.1, 0.1, 0.1]), np.array([[5.1, 5, 5.1, 5], [5.2, 5, 5.2, 5], [9, 9, 9, 9.0]]))

    assert close.places == 2


def test_the_same_place_on_two_layers_is_two():
    both = gathered([at(0.1, file="top.gbr"), at(0.2, file="bottom.gbr")])

    assert (both.places, both.smallest, both.file_of_worst(last=True)) == (2, 0.1, "bottom.gbr")
