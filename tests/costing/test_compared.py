"""Two rate cards compared: what changed is named by charge and key, and nothing else is."""

from dataclasses import astuple

import pytest
from costing_examples import CONFIG, a_card, demo_basis
from hypothesis import given
from hypothesis import strategies as st

from portal.costing.cards import read_rate_card
from portal.costing.compared import LONGEST, differences

PLACING = 'label = "Placing"\nper = "smt_placement"\nrate = "{rate}"'
STENCIL = 'label = "Stencil"\nper = "stencil"\nrate = "98"'
HOUSE = (CONFIG / "rates.toml").read_text("utf-8")


def card(*charges, rate="0.10", head=""):
    return a_card(PLACING.format(rate=rate), *charges, head=head)


def told(old, new):
    return [astuple(difference) for difference in differences(old, new)]


def test_a_changed_rate_is_named_with_both_values():
    assert told(card(), card(rate="0.12")) == [("Placing", "rate", "0.10", "0.12")]


def test_a_new_charge_and_one_that_is_gone_are_named():
    assert told(card(), card(STENCIL)) == [("Stencil", "the whole of it", "", "there")]
    assert told(card(STENCIL), card()) == [("Stencil", "the whole of it", "there", "")]


@pytest.mark.parametrize("ranges", ['steps = {{ 1 = "{}", 10 = "1" }}', 'up_to = {{ 10 = "{}", more = "1" }}'])
def test_a_range_is_told_as_it_was_written(ranges):
    old, new = (
        a_card(f'label = "Boards"\nper = "board"\ntiers = {{ by = "board", {ranges.format(one)} }}') for one in "32"
    )
    [(label, key, before, after)] = told(old, new)
    assert (label, key.partition(".")[0]) == ("Boards", "tiers")
    assert ("3" in before, "2" in after, "Infinity" in after) == (True, True, False)


def test_a_key_that_is_new_in_a_charge_is_named():
    cheaper = f'{PLACING.format(rate="0.10")}\nminimum = {{ amount = "20", per = "order" }}'
    [difference] = differences(card(), a_card(cheaper))

    assert (difference.where, difference.what, difference.before) == ("Placing", "minimum", "")
    assert "20" in difference.after


def test_a_change_of_the_card_itself_is_named():
    assert told(card(), card(head='note = "valid from May"')) == [("The card", "note", "", "valid from May")]


def test_what_is_covered_is_told_as_a_list():
    [(where, what, _, after)] = told(card(), card(head='covered = ["lot_area_cm2", "aperture"]'))

    assert (where, what, after) == ("The card", "covered", "lot_area_cm2, aperture")


def test_the_order_of_charges_and_remarks_say_nothing():
    head, *charges = HOUSE.split("\n[[charges]]\n")
    body, attrition = charges[-1].split("\n# Parts lost")
    turned = "\n[[charges]]\n".join([head, body, *charges[:-1]]) + "\n# Parts lost" + attrition

    assert differences(demo_basis().card, read_rate_card(turned, file="rates.toml")) == ()


def test_two_charges_of_one_label_are_told_apart():
    twice = (STENCIL, STENCIL.replace("98", "50") + '\nwhen = { speed = { one_of = ["express"] } }')

    assert told(card(*twice), card(twice[0], twice[1].replace("50", "55"))) == [("Stencil (2)", "rate", "50", "55")]


def test_one_rate_of_the_house_is_one_difference():
    dearer = HOUSE.replace('per = "minute:packing"\nrate = "0.92"', 'per = "minute:packing"\nrate = "0.99"')

    assert told(demo_basis().card, read_rate_card(dearer, file="rates.toml")) == [("Packing", "rate", "0.92", "0.99")]


def test_a_change_of_attrition_is_told_by_its_class():
    more = HOUSE.replace('"0402" = { share = "0.2"', '"0402" = { share = "0.25"')
    [(where, what, before, after)] = told(demo_basis().card, read_rate_card(more, file="rates.toml"))

    assert (where, what) == ("attrition", "by_class")
    assert before != after or len(after) == LONGEST


@pytest.mark.parametrize("rate", ["0", "1000000", "0.000001"])
def test_a_card_against_itself_has_no_difference(rate):
    assert differences(card(rate=rate), card(rate=rate)) == ()


@given(st.decimals("0", "1000", places=4), st.decimals("0", "1000", places=4))
def test_one_rate_is_told_as_it_changed_and_back(one, other):
    forth, back = (told(card(rate=str(a)), card(rate=str(b))) for a, b in ((one, other), (other, one)))

    assert [(w, k, after, before) for w, k, before, after in forth] == back
    assert bool(forth) == (one != other)
