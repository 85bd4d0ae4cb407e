"""Places of a feature, the worst first."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.board.spots import Spots, gathered, spots

VALUES = st.lists(st.floats(0.01, 1), min_size=1, max_size=12)


def row(*values, file="top.gbr"):
    x = np.arange(len(values)) * 3.0
    return spots(np.array(values, dtype=float), np.column_stack((x + 1, x, x, x + 1)), file=file)


def test_nothing_has_no_smallest_and_no_place():
    assert (Spots().smallest, Spots().places, Spots().file_of_worst()) == (None, 0, "")


def test_boxes_get_their_corners_in_order():
    assert row(0.1).box.tolist() == [[0, 0, 1, 1]]


@given(VALUES)
def test_the_smallest_comes_first(values):
    assert row(*values).value.tolist() == sorted(values)


@given(VALUES, st.floats(0.01, 1))
def test_below_and_above_share_nothing(values, limit):
    found = row(*values)

    assert len(found.below(limit)) + len(found.above(limit)) <= len(found)
    assert (found.below(limit).value < limit).all()
    assert (found.above(limit).value > limit).all()


@given(VALUES, VALUES)
def test_gathered_layers_keep_their_values_and_files(top, bottom):
    found = gathered([row(*top, file="top.gbr"), row(*bottom, file="bottom.gbr")])

    assert found.value.tolist() == sorted(top + bottom)
    assert sum(found.files[layer] == "top.gbr" for layer in found.layer) == len(top)


def test_the_same_file_gathered_twice_is_one():
    assert gathered([row(0.2), row(0.1)]).files == ("top.gbr",)


@pytest.mark.parametrize(("limit", "count"), [(0.1, 0), (0.102, 0), (0.103, 1)])
def test_a_limit_is_broken_only_by_more_than_rounding(limit, count):
    assert len(row(0.1).below(limit)) == count
