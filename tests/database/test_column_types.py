"""Amounts are exact, JSON is canonical, references can be said on the phone."""

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.models.base import Amount, canonical, reference, token

AMOUNT = Amount()


@given(st.decimals(-(10**9), 10**9, places=2))
def test_an_amount_comes_back_as_it_went_in(amount):
    assert AMOUNT.process_result_value(AMOUNT.process_bind_param(amount, None), None) == amount


def test_an_amount_is_stored_as_whole_millionths():
    assert AMOUNT.process_bind_param(Decimal("12.34"), None) == 12_340_000


def test_an_amount_finer_than_a_millionth_is_our_bug():
    with pytest.raises(ValueError, match="more than six decimals"):
        AMOUNT.process_bind_param(Decimal("0.0000001"), None)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(json_values)
def test_the_same_value_is_always_the_same_text(value):
    import json

    assert canonical(json.loads(canonical(value))) == canonical(value)


def test_the_order_of_keys_does_not_matter():
    assert canonical({"b": 1, "a": "ü"}) == canonical({"a": "ü", "b": 1}) == '{"a":"ü","b":1}'


def test_a_reference_has_no_letter_that_is_misread():
    assert re.fullmatch(r"Q-[2-9A-Z]{4}-[2-9A-Z]{4}", reference("Q"))
    assert not set("01IO") & set("".join(reference("Q")[2:] for _ in range(200)))


def test_a_token_cannot_be_guessed():
    assert len({token() for _ in range(1000)}) == 1000
    assert len(token()) >= 22
