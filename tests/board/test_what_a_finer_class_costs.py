"""Which feature makes the bare board dearer, at how many places, and what width would save it."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.board.capability import Capabilities, Limit, capability, demands
from portal.board.design import Enough, Finding, Severity
from portal.board.edges import UNSURE_OF_EDGE, asks_for_edge
from portal.board.spots import ROUNDING_MM, Feature, Spots, spots

CLASSES = ("pool", "plain", "fine")
A_PAGE = {"source": "a maker's page", "date": date(2026, 11, 22), "grade": "A"}
TRACK = Limit(Feature.TRACK, (0.15, 0.1, 0.075), "mm", **A_PAGE)
DRILL = Limit(Feature.DRILL, (0.3, 0.2, 0.15), "mm", **A_PAGE)
ASPECT = Limit(Feature.ASPECT, (8.0, 10.0, 12.0), "", is_most=True, **A_PAGE)
INK = Limit(Feature.LEGEND_LINE, (0.15, 0.1, 0.08), "mm", mended="it is drawn wider", **A_PAGE)
TABLE = Capabilities(CLASSES, (TRACK, DRILL, ASPECT, INK))
WIDE = {Feature.TRACK: (0.3,), Feature.DRILL: (0.5,), Feature.ASPECT: (3.2,), Feature.LEGEND_LINE: (0.2,)}


def at(values, file="top.gbr"):
    """Places 5 mm apart."""
    x = np.arange(len(values)) * 5.0
    return spots(np.array(values, dtype=float), np.column_stack((x, x, x + 0.1, x)), file=file)


def measured(**values):
    return {feature: at(values.get(feature.name.lower(), usual)) for feature, usual in WIDE.items()}


def needed(**values):
    return capability(TABLE, measured(**values))[0]


def asked(**values):
    return [(one.feature, one.places, one.needs, one.enough, one.takes, one.cheaper)
            for one in demands(TABLE, measured(**values))]  # fmt: skip


def test_an_ordinary_board_demands_nothing():
    assert asked() == []
    assert needed() == "pool"


def test_a_board_of_which_nothing_was_measured_demands_nothing():
    nothing = {limit.feature: Spots() for limit in TABLE.limits}
    assert (capability(TABLE, nothing), list(demands(TABLE, nothing))) == (("pool", ()), [])


@pytest.mark.parametrize(
    ("track", "name"),
    [(0.15, "pool"), (0.149, "pool"), (0.147, "plain"), (0.1, "plain"), (0.09, "fine"), (0.075, "fine"), (0.06, None)],
)
def test_a_track_takes_the_first_class_that_can_etch_it(track, name):
    assert needed(track=(track,)) == name


@pytest.mark.parametrize(
    ("ratio", "name"), [(8.0, "pool"), (8.1, "plain"), (10.0, "plain"), (12.0, "fine"), (12.1, None)]
)
def test_a_deep_hole_takes_the_first_class_that_can_plate_it(ratio, name):
    assert needed(aspect=(ratio,)) == name


def test_three_thin_tracks_say_what_would_be_enough():
    assert asked(track=(0.12, 0.11, 0.3, 0.14)) == [("track", 3, 0.11, 0.15, "plain", "pool")]


def test_each_cheaper_class_says_how_many_places_it_asks_to_be_widened():
    [demand] = demands(TABLE, measured(track=(0.08, 0.09, 0.12, 0.14, 0.2)))

    assert (demand.takes, demand.enough_for("plain")) == ("fine", Enough("plain", 0.1, 2))
    assert demand.further == (Enough("pool", 0.15, 4),)


def test_a_class_that_can_build_it_asks_for_nothing():
    [demand] = demands(TABLE, measured(track=(0.12,)))

    assert (demand.enough_for("plain"), demand.enough_for("fine")) == (None, None)
    assert demand.enough_for("pool") == Enough("pool", 0.15, 1)


def test_only_the_places_that_force_the_dearest_class_are_counted():
    """Two tracks of 0.12 need the plain class; the one of 0.08 needs the fine one and is the one to change."""
    assert asked(track=(0.12, 0.12, 0.08)) == [("track", 1, 0.08, 0.1, "fine", "plain")]


def test_the_deepest_hole_is_the_one_that_is_told():
    [(feature, places, needs, enough, takes, _)] = asked(aspect=(9.0, 8.5, 3.0))
    assert (feature, places, needs, enough, takes) == ("aspect ratio", 2, 9.0, 8.0, "plain")


def test_each_feature_demands_for_itself():
    found = asked(track=(0.12,), drill=(0.16,))
    assert [(one[0], one[4]) for one in found] == [("track", "plain"), ("drill", "fine")]


def test_beyond_all_classes_there_is_none_to_take():
    assert asked(drill=(0.1,)) == [("drill", 1, 0.1, 0.15, None, "fine")]


def test_what_the_maker_mends_costs_nothing():
    assert asked(legend_line=(0.05, 0.05)) == []
    assert needed(legend_line=(0.05,)) == "pool"


def test_what_the_maker_mends_is_told_once_with_what_he_does():
    [finding] = capability(TABLE, measured(legend_line=(0.05, 0.07)))[1]
    assert (finding.code, finding.severity) == ("fab-will-mend", Severity.NOTE)
    assert finding.message == "2 places need 0.05 mm (legend line), below 0.15 mm: it is drawn wider."


def test_a_dear_feature_beside_an_impossible_one_is_told_as_well():
    name, findings = capability(TABLE, measured(track=(0.12,), drill=(0.1,)))
    assert name is None
    assert [finding.code for finding in findings] == ["fab-class-dearer", "fab-beyond-limits"]


def test_a_question_says_what_would_do_and_a_note_what_it_saves():
    note, ask = capability(TABLE, measured(track=(0.12,), drill=(0.1,)))[1]
    assert note.remedy == "Change it to 0.15 mm where you can; the prices tell what that saves."
    assert ask.remedy == "Change it to 0.15 mm, or ask us."


def test_a_ratio_has_no_unit():
    [finding] = capability(TABLE, measured(aspect=(9.0,)))[1]
    assert "1 place needs 9 (aspect ratio); at 8 class pool" in finding.message


def test_the_place_of_a_deep_hole_is_that_of_the_deepest():
    [finding] = capability(TABLE, measured(aspect=(9.5, 9.0)))[1]
    assert finding.place.box_mm == (0, 0, 0.1, 0)


def test_a_finding_names_the_file_in_which_the_thinnest_track_is():
    found = measured() | {Feature.TRACK: at((0.12,), file="bottom.gbr")}
    [finding] = capability(TABLE, found)[1]
    assert finding.where == "bottom.gbr"


def test_with_one_class_everything_finer_is_beyond_it():
    table = Capabilities(("pool",), (Limit(Feature.TRACK, (0.15,), "mm", **A_PAGE),))
    assert capability(table, {Feature.TRACK: at((0.12,))})[0] is None


widths = st.lists(st.floats(0.05, 0.4), min_size=1, max_size=8)


@given(tracks=widths, drills=widths)
def test_a_board_that_demands_nothing_is_of_the_cheapest_class(tracks, drills):
    assert (needed(track=tracks, drill=drills) == "pool") is (asked(track=tracks, drill=drills) == [])


@given(tracks=widths, drills=widths)
def test_the_class_is_the_dearest_that_anything_takes(tracks, drills):
    takes = [one[4] for one in asked(track=tracks, drill=drills)]
    dearest = None if None in takes else max(takes, key=CLASSES.index, default="pool")
    assert needed(track=tracks, drill=drills) == dearest


@given(tracks=widths)
def test_who_widens_as_told_gets_the_cheaper_class(tracks):
    for _, _, _, enough, _, cheaper in asked(track=tracks):
        mended = [max(track, enough) for track in tracks]
        assert CLASSES.index(needed(track=mended)) <= CLASSES.index(cheaper)


@given(width=st.floats(0.05, 0.4), off=st.floats(0, ROUNDING_MM * 0.99))
def test_a_hair_of_rounding_never_changes_the_class_for_the_worse(width, off):
    exact, rounded = (needed(track=(value,)) for value in (width + off, width + ROUNDING_MM))
    order = {name: place for place, name in enumerate((*CLASSES, None))}
    assert order[rounded] <= order[exact]


def test_a_note_about_the_edge_asks_for_nothing():
    code = min(UNSURE_OF_EDGE)
    said = {severity: Finding(severity, code, "", "m", "r.") for severity in Severity}
    assert not asks_for_edge([said[Severity.NOTE]])
    assert asks_for_edge([said[Severity.NOTE], said[Severity.ASK]])
