"""VAT ids out of letters, registers and spreadsheets: one id has one form, its prefix in front of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.errors import BadInput
from portal.production.vat_ids import read_vat_id

MUELLER, ATHENS, LONDON = "DE136695976", "EL094259216", "GB980780684"
STROKES = st.sampled_from(["", " ", ".", "-", ",", "/", "\t", "\u00a0"])


def number(text, country):
    return read_vat_id(text, country=country).number


@pytest.mark.parametrize(
    "text",
    ["DE136695976", "de136695976", "DE 136695976", "DE 136 695 976", "DE-136.695.976", "DE/136/695/976",
     "DE 136,695,976", " DE136695976\n", "136695976", "136 695 976"],
)  # fmt: skip
def test_one_german_id_has_one_form(text):
    assert number(text, "DE") == MUELLER


@pytest.mark.parametrize("text", ["EL094259216", "GR094259216", "gr 094 259 216", "094259216"])
def test_a_greek_id_may_be_written_with_the_letters_of_the_country(text):
    assert number(text, "GR") == ATHENS


@pytest.mark.parametrize("text", ["GB 980 7806 84", "980780684", "980-7806-84"])
def test_a_british_id_gets_its_prefix_too(text):
    assert number(text, "GB") == LONDON


@pytest.mark.parametrize("text", ["NO 923 609 016 MVA", "923609016 MVA"])
def test_a_norwegian_id_gets_its_prefix_too(text):
    assert number(text, "NO") == "NO923609016MVA"


@pytest.mark.parametrize(
    ("text", "country", "kept"),
    [
        ("U13585627", "AT", "ATU13585627"),
        ("428759497", "BE", "BE428759497"),
        ("X5253868R", "ES", "ESX5253868R"),
        ("K7 399 859 412", "FR", "FRK7399859412"),
        ("6433435F", "IE", "IE6433435F"),
        ("4495445B01", "NL", "NL4495445B01"),
        ("18547290", "RO", "RO18547290"),
    ],
)
def test_an_id_without_its_prefix_gets_that_of_the_address(text, country, kept):
    found = read_vat_id(text, country=country)
    assert (found.number, found.is_checked) == (kept, True)


@pytest.mark.parametrize("country", ["US", "LI", "XK"])
def test_where_no_format_is_known_no_prefix_is_made_up(country):
    found = read_vat_id("12-345", country=country)
    assert (found.number, found.is_checked) == ("12345", False)


def test_a_british_number_with_a_wrong_digit_is_kept_and_not_said_to_be_checked():
    found = read_vat_id("GB980780685", country="GB")
    assert (found.number, found.is_checked) == ("GB980780685", False)


def test_a_northern_irish_number_with_a_wrong_digit_is_refused():
    with pytest.raises(BadInput, match="Please check each digit"):
        read_vat_id("XI980780685", country="GB")


@pytest.mark.parametrize(("text", "country"), [(MUELLER, "AT"), (MUELLER, "MC"), (ATHENS, "DE"), ("ATU13585627", "FR")])
def test_the_id_of_another_state_names_both(text, country):
    with pytest.raises(BadInput, match=f"of {text[:2]}, the address is in {country}"):
        read_vat_id(text, country=country)


@pytest.mark.parametrize("text", ["", " ", "\t\n", "-", " . - / "])
def test_only_strokes_are_no_id(text):
    found = read_vat_id(text, country="DE")
    assert (found.number, found.is_checked) == ("", False)


def test_a_sentence_in_the_field_is_refused_and_cut_short_in_the_message():
    with pytest.raises(BadInput) as refused:
        read_vat_id("please ask our accounting department for it" * 5, country="DE")
    assert len(str(refused.value)) < 150


@given(strokes=st.lists(STROKES, min_size=len(MUELLER), max_size=len(MUELLER)))
def test_strokes_between_the_digits_change_nothing(strokes):
    typed = "".join(digit + stroke for digit, stroke in zip(MUELLER, strokes, strict=True))
    assert number(typed, "DE") == MUELLER


@given(place=st.integers(2, 10), digit=st.integers(0, 9))
def test_one_digit_mistyped_is_found(place, digit):
    typed = MUELLER[:place] + str(digit) + MUELLER[place + 1 :]
    if typed != MUELLER:
        with pytest.raises(BadInput):
            read_vat_id(typed, country="DE")


@given(number_=st.sampled_from([(MUELLER, "DE"), (ATHENS, "GR"), (LONDON, "GB"), ("NO923609016MVA", "NO")]))
def test_what_is_kept_is_read_again_as_it_is(number_):
    text, country = number_
    assert number(number(text, country), country) == text
