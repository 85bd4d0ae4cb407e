"""Five job shops of the literature: never better than the proven optimum, and near it after seconds of search."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from job_shops import SHOPS, JobShop


@pytest.mark.parametrize(("name", "tries"), [("ft06", 20_000), ("la01", 5_000)])
def test_the_optimum_of_a_small_shop_is_found(name, tries):
    shop = JobShop(name)

    assert shop.searched(tries=tries).cost == shop.optimum


@pytest.mark.parametrize("name", ["ft10", "la16", "la21"])
def test_a_hard_shop_is_well_on_its_way_after_a_few_thousand_tries(name):
    # Within 8 % after 15 seconds: benchmarks/job_shops.py.
    shop = JobShop(name)
    found = shop.searched(tries=4_000)

    assert shop.optimum <= found.cost <= 1.2 * shop.optimum


@pytest.mark.parametrize("name", SHOPS)
def test_what_the_search_costs_is_what_an_independent_checker_finds(name):
    shop = JobShop(name)
    found = shop.searched(tries=300)
    steps, end = shop.built(found.order)

    assert list(shop.faults(steps)) == []
    assert max(step[3] for step in steps) == end == found.cost >= shop.optimum


@given(st.permutations(JobShop("ft06").queue))
def test_every_queue_gives_a_schedule_without_fault(queue):
    shop = JobShop("ft06")
    steps, end = shop.built(queue)

    assert list(shop.faults(steps)) == []
    assert end >= shop.optimum


def test_the_search_begins_with_the_queue_it_was_given():
    shop = JobShop("ft06")
    found = shop.searched(tries=1)

    assert (list(found.order), found.tried) == (shop.queue, 1)


def test_the_same_seed_finds_the_same():
    shop = JobShop("la01")

    assert shop.searched(tries=500, seed=4) == shop.searched(tries=500, seed=4)


def test_more_tries_are_never_worse_than_the_queue_given():
    shop = JobShop("ft10")

    assert shop.searched(tries=200).cost <= shop.built(shop.queue)[1]


def test_a_checker_that_finds_nothing_would_be_no_checker():
    shop = JobShop("ft06")
    steps, _ = shop.built(shop.queue)
    [job, machine, start, end] = steps[7]

    assert list(shop.faults([*steps[:7], (job, machine, start + 1, end), *steps[8:]])) != []
    assert list(shop.faults([(a, b, 0, d - c) for a, b, c, d in steps])) != []
