"""The choice as a value: what is typed is read exactly, or refused with a sentence."""

from dataclasses import replace

import pytest
import shown_boards as boards
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from portal.board.design import Alternate
from portal.routing.options import BuildOptions, Finish, MaskColour, TestLevel
from portal.web.forms.choice import LARGEST, MOST_QUANTITIES, ChoiceForm, quantities_of, query_of, supplied_of
from portal.web.options import OFFERED, as_text, choices_of, in_words, of_text

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


def choice(app, sent, design=None, **known):
    with app.test_request_context():
        form = ChoiceForm.about(design or boards.sensor_node(), MultiDict(sent), **known)
        form.validate()
        return form


def test_nothing_chosen_is_the_usual_build(app):
    assert choice(app, []).options == BuildOptions()


def test_only_a_board_that_was_built_can_be_ordered_again_as_a_repeat(app):
    """An address is typed easily: nobody saves a stencil that was never made."""
    sent = [("repeat_order", "yes")]

    assert choice(app, sent, was_built=True).options.repeat_order
    assert not choice(app, sent).options.repeat_order
    assert "repeat_order" not in choice(app, [])


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


def supplied_or_said(text, names):
    try:
        return supplied_of(text, names), ""
    except ValueError as fault:
        return (), str(fault)


class TestSuppliedInPart:
    NAMES = ("STM32G071CBT6", "0603WAF1503T5E", "10k 0603", "Größe : 5")

    @pytest.mark.parametrize(
        ("typed", "read"),
        [
            ("", ()),
            ("STM32G071CBT6 200", (("STM32G071CBT6", 200),)),
            ("stm32g071cbt6: 200\n\n10k 0603 50\n", (("10k 0603", 50), ("STM32G071CBT6", 200))),
            ("0603WAF1503T5E=5; STM32G071CBT6 × 7", (("0603WAF1503T5E", 5), ("STM32G071CBT6", 7))),
            ("Größe : 5 12", (("Größe : 5", 12),)),
            ("STM32G071CBT6 0", ()),
        ],
    )
    def test_parts_and_counts_are_read_as_people_write_them(self, typed, read):
        assert supplied_of(typed, self.NAMES) == read

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            ("STM32G071CBT6", "gives no count"),
            ("200", "gives no count"),
            ("STM32G071CBT6 ten", "gives no count"),
            ("STM32G071CBT6 ٣", "gives no count"),
            ("STM32G071CBT6 -3", "gives no count"),
            ("NE555 10", "“NE555” is no part of this board"),
            ("STM32G071CBT6 99999999", "at most 10,000,000"),
            ("STM32G071CBT6 1; STM32G071CBT6 2", "name each part once"),
        ],
    )
    def test_what_cannot_be_read_is_said(self, typed, said):
        with pytest.raises(ValueError, match=said):
            supplied_of(typed, self.NAMES)

    @given(st.text(max_size=60))
    def test_any_text_is_read_or_refused_with_a_sentence(self, text):
        found, said = supplied_or_said(text, self.NAMES)

        assert not said or said.endswith(("200.", "it.", "pieces."))
        assert all(name in self.NAMES and count > 0 for name, count in found)

    @given(st.dictionaries(st.sampled_from(NAMES), st.integers(1, 10_000_000)))
    def test_what_an_address_says_is_read_the_same_again(self, counts):
        options = BuildOptions(supplied=tuple(sorted(counts.items())))

        assert supplied_of(query_of(options, (1,))["supplied"], self.NAMES) == options.supplied

    def test_it_becomes_an_option(self, app):
        assert choice(app, [("supplied", "stm32g071cbt6 4")]).options.supplied == (("STM32G071CBT6", 4),)

    def test_a_wrong_one_is_said_at_its_field(self, app):
        assert "is no part of this board" in choice(app, [("supplied", "NE555 4")]).supplied.errors[0]


@pytest.mark.parametrize("name", OFFERED)
class TestEveryOption:
    """Whatever the routing room knows can be chosen here."""

    def test_it_has_words_for_each_of_its_choices(self, name):
        label, words = choices_of(name)

        assert label
        assert len(set(words.values())) == len(words) > 1

    def test_each_choice_is_the_option_it_says(self, name):
        for text in choices_of(name)[1]:
            assert as_text(of_text(name, text)) == text

    def test_the_usual_one_is_offered(self, name):
        assert as_text(getattr(BuildOptions(), name)) in choices_of(name)[1]

    def test_an_address_without_it_means_the_usual_one(self, app, name):
        assert getattr(choice(app, [("quantities", "5")]).options, name) == getattr(BuildOptions(), name)


def test_the_alternates_are_asked_for_where_the_bom_names_some(app):
    [line, *others] = boards.sensor_node().bom
    named = replace(line, alternates=(Alternate(mpn="0603WAF1200T5E"),))
    design = boards.sensor_node(bom=(named, *others))

    assert "alternates" not in choice(app, [])
    assert choice(app, [("alternates", "no")], design).options.alternates is False


def test_what_the_shop_proposes_is_found_chosen(app, tmp_path):
    (tmp_path / "options.toml").write_text('finish = "osp"\nthickness_mm = "0.8"\n')
    app.extensions["settings"] = app.extensions["settings"].model_copy(update={"config_dir": tmp_path})
    form = choice(app, [])

    assert (form.finish.data, form.thickness_mm.data, form.mask_colour.data) == ("osp", "0.8", "green")


def test_a_choice_is_told_in_words():
    said = dict(in_words(BuildOptions(consigned=frozenset({"U1"}), supplied=(("R1", 1200),))))

    assert (said["Surface finish"], said["Thickness"]) == ("ENIG (gold)", "1.6 mm")
    assert said["Supplied by you"] == "U1, R1 (1,200)"
