"""Build options written by hand in a TOML file: what is read, what stays as proposed, what is refused and how."""

from dataclasses import fields
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import RatesRefused
from portal.routing.choices import Choices, load_options, read_options
from portal.routing.options import BuildOptions, Finish, MaskColour, Separation, TestLevel
from portal.routing.sourced import decimal_of, exact


def refusal(text):
    with pytest.raises(RatesRefused) as refused:
        read_options(text, file="order.toml")
    return str(refused.value)


def test_every_option_can_be_written_in_a_file():
    assert set(Choices.model_fields) == {field.name for field in fields(BuildOptions)}


@pytest.mark.parametrize(
    ("line", "name", "value"),
    [
        ('finish = "hasl"', "finish", Finish.HASL),
        ('mask_colour = "black"', "mask_colour", MaskColour.BLACK),
        ('test = "flying-probe"', "test", TestLevel.FLYING_PROBE),
        ('separation = "in-panels"', "separation", Separation.IN_PANELS),
        ("thickness_mm = 0.8", "thickness_mm", Decimal("0.8")),
        ('thickness_mm = "0.8"', "thickness_mm", Decimal("0.8")),
        ("thickness_mm = 1", "thickness_mm", Decimal(1)),
        ("wash = true", "wash", True),
        ("first_article = false", "first_article", False),
        ('consigned = ["U1", "J4"]', "consigned", frozenset({"U1", "J4"})),
        ('consigned = ["U1", "U1"]', "consigned", frozenset({"U1"})),
    ],
)
def test_an_option_is_read_as_it_is_written(line, name, value):
    assert getattr(read_options(line), name) == value


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ('finish = "gold"', "finish"),
        ('finish = "HASL"', "finish"),
        ('mask_colour = "pink"', "mask_colour"),
        ('test = "everything"', "test"),
        ("thickness_mm = -1.6", "thickness_mm"),
        ('thickness_mm = "thick"', "thickness_mm"),
        ("thickness_mm = true", "thickness_mm"),
        ("thickness_mm = nan", "thickness_mm"),
        ("thickness_mm = inf", "thickness_mm"),
    ],
)
def test_what_the_shop_does_not_offer_is_refused_by_its_key(line, key):
    assert f"order.toml: {key}: " in refusal(line)


def test_a_mistyped_key_is_not_passed_over():
    assert "order.toml: thicknes_mm: is not a known key" in refusal("thicknes_mm = 1.6")


def test_all_mistakes_of_a_file_stand_in_one_message():
    said = refusal('finish = "gold"\nthicknes_mm = 1.6\ntest = "all"')
    assert all(key in said for key in ("finish", "thicknes_mm", "test"))


def test_a_file_that_is_no_toml_says_where():
    assert "order.toml: is not TOML" in refusal("finish = ")
    assert "line 2" in refusal('finish = "hasl"\nwash = maybe')


def test_a_file_on_disk_is_named_as_it_is_called(tmp_path):
    path = tmp_path / "sensor.toml"
    path.write_text('finish = "gold"', encoding="utf-8")
    with pytest.raises(RatesRefused, match=r"sensor\.toml: finish"):
        load_options(path)


@pytest.mark.parametrize("text", ["0.1", "1e-3", "12", "0.10", "-5", "999999999999"])
def test_a_number_keeps_all_its_digits(text):
    assert str(exact(text)) == str(Decimal(text))


@pytest.mark.parametrize("text", ["", "abc", "1_000", "１２", "NaN", "Infinity", "1e13", None, True, 0.1])
def test_what_is_no_exact_number_is_refused(text):
    with pytest.raises(ValueError, match="expected a number"):
        exact(text)


def test_digits_of_a_file_never_become_a_float():
    assert decimal_of("0.1") == Decimal("0.1")


@given(thickness=st.decimals("0.01", "9.99", places=2))
def test_a_thickness_is_the_same_with_quotes_and_without(thickness):
    assert read_options(f"thickness_mm = {thickness}") == read_options(f'thickness_mm = "{thickness}"')


@given(names=st.sets(st.text("ABCUJR0123456789", min_size=1, max_size=6), max_size=6))
def test_the_order_of_supplied_parts_in_the_file_does_not_matter(names):
    rows = [f"{name} = {number}" for number, name in enumerate(sorted(names), 1)]
    there, back = (read_options("\n".join(["[supplied]", *order])) for order in (rows, rows[::-1]))
    assert there == back
