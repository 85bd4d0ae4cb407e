"""Figures and rows as people type them for sales and releases: read exactly, or refused with an example."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from wtforms import Form, StringField

from portal.board.design import Design, FileRole, SourceFile
from portal.errors import BadInput
from portal.services.call_off_plans import MOST_RELEASES
from portal.web.forms.call_off_plans import Row, Rows
from portal.web.forms.corrections import file_of, is_correctable
from portal.web.forms.releases import PRICE
from portal.web.forms.sales import a_decimal, stripped

MONDAY = date(2026, 11, 23)


def a_file(name: str, role: FileRole) -> SourceFile:
    return SourceFile(name, role, 100, "0" * 64)


DESIGN = Design("sensor", files=tuple(a_file(name, FileRole.COPPER) for name in ("top.gbr", "bottom.gbr")))


class Figures(Form):
    amount = StringField(validators=[a_decimal(2)], filters=[stripped])
    discount = StringField(validators=[a_decimal(2, signed=True)], filters=[stripped])
    price = StringField(validators=[PRICE])


def said(**typed):
    """What is wrong with the one figure that was typed; empty where nothing is."""
    form = Figures(MultiDict(typed))
    form.validate()
    [name] = typed
    return "; ".join(form[name].errors)


def rows(*pairs, **more):
    sent = MultiDict([("boards", boards) for boards, _ in pairs] + [("day", day) for _, day in pairs])
    sent.update(more)
    return Rows.of(sent, today=MONDAY)


class TestFigures:
    @pytest.mark.parametrize("typed", ["12.50", "0", "0.01", "9999999.99", " 12.5 ", "007"])
    def test_an_amount_is_taken_as_people_write_it(self, typed):
        assert said(amount=typed) == ""

    @pytest.mark.parametrize(
        "typed", ["", "12,50", "1e3", "1.234", "-1", "+1", "12.", ".5", "NaN", "١٢", "12.50\n9", "10000000", "1 000"]
    )
    def test_what_could_be_read_in_two_ways_is_refused_with_an_example(self, typed):
        assert "such as 12.50" in said(amount=typed)

    @pytest.mark.parametrize("typed", ["-12.50", "12.50", "-0.01"])
    def test_a_discount_may_be_below_nothing(self, typed):
        assert said(discount=typed) == ""

    def test_its_example_has_the_sign(self):
        assert "such as -12.50" in said(discount="--5")

    @given(st.decimals("0", "9999999.99", places=2))
    def test_every_amount_of_money_can_be_typed_and_is_read_exactly(self, amount):
        assert said(amount=str(amount)) == ""
        assert Decimal(str(amount)) == amount

    @given(st.text(max_size=12))
    def test_whatever_is_taken_is_a_number(self, typed):
        if not said(amount=typed):
            assert Decimal(typed.strip()) >= 0

    @pytest.mark.parametrize("typed", ["12.50", "0.00", "999999999.99"])
    def test_a_price_of_the_page_comes_back_as_it_stood(self, typed):
        assert said(price=typed) == ""

    @pytest.mark.parametrize("typed", ["12.5", "12", "-1.00", "", "1,000.00", "12.50\n"])
    def test_a_price_that_no_page_showed_is_refused(self, typed):
        assert said(price=typed)


class TestRows:
    def test_nothing_typed_is_a_proposal_and_no_question(self):
        assert not rows().is_asked
        assert rows().is_whole

    @pytest.mark.parametrize("boards", ["1", "100", "999999"])
    def test_a_count_is_a_whole_number(self, boards):
        assert Row(boards, "2027-03-15").wanted.boards == int(boards)

    @pytest.mark.parametrize("boards", ["0", "000", "-1", "1.5", "", "1e3", "1000000", "٣", " 5"])
    def test_what_is_none_says_what_to_give(self, boards):
        assert "such as 100" in Row(boards, "2027-03-15").fault
        assert Row(boards, "2027-03-15").wanted is None

    @pytest.mark.parametrize("day", ["", "tomorrow", "15.03.2027", "2027-02-29", "2027-13-01", "0000-01-01"])
    def test_a_day_that_is_none_is_asked_for(self, day):
        assert Row("100", day).fault == "Please give a day."

    def test_the_29th_of_february_is_a_day_in_a_leap_year(self):
        assert Row("100", "2028-02-29").wanted.day == date(2028, 2, 29)

    def test_one_wrong_row_leaves_the_others(self):
        found = rows(("100", "2027-03-15"), ("many", "2027-04-15"))

        assert ([wanted.boards for wanted in found.wanted], found.is_whole) == ([100], False)

    def test_a_row_is_taken_out_by_its_place(self):
        found = rows(("100", "2027-03-15"), ("200", "2027-04-15"), out="0")

        assert [row.boards for row in found.rows] == ["200"]

    @pytest.mark.parametrize("out", ["-1", "2", "nonsense", "", "99999999999999999999"])
    def test_a_place_that_is_not_there_takes_none_out(self, out):
        assert len(rows(("100", "2027-03-15"), ("200", "2027-04-15"), out=out).rows) == 2

    def test_a_row_added_after_an_unreadable_one_is_a_monday_to_come(self):
        added = rows(("many", "soon"), add="").rows[-1]

        assert date.fromisoformat(added.day).weekday() == 0
        assert date.fromisoformat(added.day) > MONDAY

    def test_a_row_is_added_over_the_turn_of_the_year(self):
        assert rows(("50", "2026-12-14"), add="").rows[-1] == Row("50", "2027-01-11")

    def test_a_thirteenth_row_is_not_added(self):
        many = [("100", f"{MONDAY + timedelta(weeks=number + 4)}") for number in range(MOST_RELEASES)]

        assert len(rows(*many, add="").rows) == MOST_RELEASES

    def test_more_counts_than_days_are_cut_to_pairs(self):
        sent = MultiDict([("boards", "100"), ("boards", "200"), ("day", "2027-03-15")])

        assert len(Rows.of(sent, today=MONDAY).rows) == 1

    @given(st.lists(st.tuples(st.integers(1, 999_999), st.dates(date(2027, 1, 1))), min_size=1, max_size=12))
    def test_an_address_holds_the_plan_exactly(self, wanted):
        found = rows(*[(str(boards), day.isoformat()) for boards, day in wanted])
        again = Rows.of(MultiDict(found.query), today=MONDAY)

        assert again == found
        assert [(one.boards, one.day) for one in again.wanted] == wanted


class TestFiles:
    @pytest.mark.parametrize(("number", "name"), [("0", "top.gbr"), ("1", "bottom.gbr"), ("01", "bottom.gbr")])
    def test_a_file_is_named_by_its_place(self, number, name):
        assert file_of(DESIGN, number).name == name

    @pytest.mark.parametrize("number", [None, "", "-1", "2", "1.0", "¹", "١", "top.gbr", "9" * 5000])
    def test_what_is_no_place_of_the_list_is_refused_with_what_to_do(self, number):
        with pytest.raises(BadInput, match="Reload the page"):
            file_of(DESIGN, number)

    def test_a_package_without_files_has_none(self):
        with pytest.raises(BadInput):
            file_of(Design("sensor"), "0")

    def test_litter_is_not_asked_about(self):
        assert not is_correctable(a_file("Thumbs.db", FileRole.LITTER))
        assert is_correctable(a_file("top.gbr", FileRole.COPPER))
