"""Things that hang together, and names that join them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.board.nets import grouped, is_named, joined_by_name

PAIRS = st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=40)


def groups(count, pairs):
    table = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    return grouped(count, table[:, 0], table[:, 1]).tolist()


def test_without_pairs_each_stands_alone():
    assert groups(3, []) == [0, 1, 2]


def test_a_chain_is_one_group_named_by_its_smallest():
    assert groups(5, [(4, 3), (3, 2), (1, 2)]) == [0, 1, 1, 1, 1]


def test_a_long_chain_is_followed_to_its_end():
    order = np.random.default_rng(7).permutation(20_000)

    assert set(groups(20_000, np.column_stack((order[:-1], order[1:])))) == {0}


@given(PAIRS)
def test_whoever_is_paired_shares_a_group(pairs):
    label = groups(20, pairs)

    assert all(label[a] == label[b] for a, b in pairs)


@given(PAIRS)
def test_nobody_else_does(pairs):
    """As many groups as a plain search finds."""
    label, left, count = groups(20, pairs), set(range(20)), 0
    while left:
        reached, count = {left.pop()}, count + 1
        while more := {b for pair in pairs for a, b in (pair, pair[::-1]) if a in reached} - reached:
            reached |= more
        left -= reached
    assert len(set(label)) == count


@given(PAIRS)
def test_the_order_of_the_pairs_does_not_matter(pairs):
    assert groups(20, pairs) == groups(20, [(b, a) for a, b in reversed(pairs)])


@pytest.mark.parametrize("net", ["GND", "/USB_D+", "Net-(R1-Pad1)", "3V3", "NC_RESET"])
def test_nets_have_names(net):
    assert is_named(net)


@pytest.mark.parametrize("net", ["", " ", "N/C", "nc", "<no net>", "unconnected-(U1-Pad7)", "Unconnected-(J1)"])
def test_words_for_no_net_are_no_names(net):
    assert not is_named(net)


def test_the_same_name_joins():
    one, other = joined_by_name(["GND", "VCC", "GND"], np.array([3, 4, 7]))

    assert list(zip(one.tolist(), other.tolist(), strict=True)) == [(3, 3), (4, 4), (3, 7)]
