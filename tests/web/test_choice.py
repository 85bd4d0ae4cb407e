"""The choice as a value: what is typed is read exactly, or refused with a sentence."""

import pytest
import shown_boards as boards
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from portal.routing.options import BuildOptions, Finish, MaskColour, TestLevel
from portal.web.forms.choice import LARGEST, MOST_QUANTITIES, ChoiceForm, quantities_of

QUANTITIES = st.lists(st.integers(1, LARGEST), min_size=1, max_size=MOST_QUANTITIES)


@given(QUANTITIES, st.sampled_from([", ", ",", ";", " ", "\n", " ; "]))
def test_every_list_is_read_whatever_stands_between(quantities, separator):
    assert set(quantities_of(separator.join(map(str, quantities)))) == set(quantities)


@given(QUANTITIES)
def test_quantities_rise_and_none_is_there_twice(quantities):
    found = quantities_of(", ".join(map(str, quantities)))

    assert list(found) == sorted(set(found))


@given(QUANTITIES)
def test_what_was_read_is_read_the_same_again(quantities):
    once = quantities_of(", ".join(map(str, quantities)))

    assert quantities_of(", ".join(map(str, once))) == once


def read_or_said(text):
    try:
        return quantities_of(text), ""
    except ValueError as fault:
        return (), str(fault)


@given(st.text(max_size=60))
def test_any_text_is_a_list_within_the_limits_or_a_sentence(text):
    found, said = read_or_said(text)

    assert bool(found) != said.endswith(".")
    assert all(1 <= quantity <= LARGEST for quantity in found)


@given(st.integers().filter(lambda n: not 1 <= n <= LARGEST))
def test_a_number_beyond_the_limits_is_named(number):
    with pytest.raises(ValueError, match=f"“{str(number)[:20]}”"):
        quantities_of(str(number))


def choice(app, sent, design=None):
    with app.test_request_context():
        form = ChoiceForm.about(design or boards.sensor_node(), MultiDict(sent))
        form.validate()
        return form


def test_nothing_chosen_is_the_usual_build(app):
    assert choice(app, []).options == BuildOptions()


def test_what_is_chosen_is_what_is_built(app):
    sent = [("finish", "hasl"), ("mask_colour", "black"), ("test", "functional"), ("consigned", "STM32G071CBT6")]
    options = choice(app, sent).options

    assert (options.finish, options.mask_colour) == (Finish.HASL, MaskColour.BLACK)
    assert options.test is TestLevel.FUNCTIONAL
    assert options.consigned == {"STM32G071CBT6"}


@pytest.mark.parametrize("enum", [Finish, MaskColour, TestLevel])
def test_everything_that_the_shop_builds_can_be_chosen(app, enum):
    offered = {value for field in choice(app, []) if field.type == "SelectField" for value, *_ in field.iter_choices()}

    assert {member.value for member in enum} <= offered


def test_the_same_choice_can_be_sent_again(app):
    sent = [("quantities", "7;7 3"), ("finish", "osp"), ("consigned", "STM32G071CBT6"), ("thickness_mm", "0.8")]
    first = choice(app, sent)
    again = choice(app, [(k, one) for k, v in first.query.items() for one in ([v] if isinstance(v, str) else v)])

    assert again.options == first.options
    assert again.chosen_quantities == first.chosen_quantities == (3, 7)


def test_a_part_that_stands_on_two_lines_is_offered_once(app):
    twice = tuple(boards.BomLine(row, (f"R{row}",), mpn="RC0603FR-07120RL") for row in (1, 2))

    assert choice(app, [], boards.sensor_node(bom=twice)).consigned.choices == ["RC0603FR-07120RL"]


def test_a_part_that_is_not_fitted_is_not_asked_for(app):
    assert "0R 0603" not in choice(app, []).consigned.choices
