"""What a customer says of the columns of a table: which words are enough, what is remembered, what is refused."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from portal.board.design import FileRole, SourceFile
from portal.intake.preview import SHOWN_CHARACTERS, WORDS, ColumnGuess, Confidence, SheetPreview
from portal.web.forms.columns import LABELS, ColumnsForm, Shown, label

ROWS = (("Bauteil", "Menge", "Bestellnummer"), ("R1, R2", "2", "RC0603FR-0710KL"), ("U1", "1", "LM358DR"))
PLACES = (("Ref", "X", "Y", "Rot", "Seite"), ("R1", "10,5", "3,2", "90", "T"))
GUESSES = (ColumnGuess(0, "designator", "Bauteil", Confidence.LIKELY), ColumnGuess(2, "mpn", "C", Confidence.GUESS))


def a_file(name: str, role: FileRole) -> SourceFile:
    return SourceFile(name, role, 100, "0" * 64)


def bom(rows=ROWS, *, first=1, header=1, guesses=GUESSES, taken_for=FileRole.BOM) -> Shown:
    sheet = SheetPreview("Tabelle1", first, rows, header, guesses, taken_for)
    return Shown(a_file("stueckliste.xlsx", taken_for), FileRole.BOM, sheet)


def places() -> Shown:
    sheet = SheetPreview("", 1, PLACES, 1, (), FileRole.CENTROID)
    return Shown(a_file("bestueckung.txt", FileRole.CENTROID), FileRole.CENTROID, sheet)


@pytest.fixture
def form(portal):
    """The dialog as it was sent, with these words above the columns."""
    with portal.app.test_request_context():

        def sent(shown, *words, header="1", **more):
            typed = {f"columns-{at}": word for at, word in enumerate(words)} | {"header_row": header} | more
            return ColumnsForm.about(shown, MultiDict(typed))

        yield sent


class TestShown:
    def test_a_sheet_is_as_wide_as_its_longest_row(self):
        assert bom((("a",), ("a", "b", "c"), ())).width == 3

    def test_an_empty_sheet_has_no_width(self):
        assert bom(()).width == 0

    def test_rows_have_the_numbers_of_the_customers_file(self):
        assert [number for number, _ in bom(first=7).numbered] == [7, 8, 9]

    def test_a_heading_beyond_a_short_row_is_nothing(self):
        assert bom((("Bauteil",), ("R1", "2"))).heading(1, 1) == ""

    def test_a_heading_of_a_row_that_is_not_shown_is_nothing(self):
        assert bom().heading(99, 0) == ""

    def test_a_kind_of_table_offers_its_own_words(self):
        assert {choice.value for choice in places().choices} == {"", *WORDS[FileRole.CENTROID]}


class TestWords:
    @pytest.mark.parametrize("word", sorted({word for words in WORDS.values() for word in words}))
    def test_every_word_has_a_label_for_people(self, word):
        assert label(word).startswith(LABELS[word.partition(" ")[0]])

    def test_a_second_column_of_numbers_says_so(self):
        assert label("mpn 2") == "MPN, second column"

    @pytest.mark.parametrize("role", list(WORDS))
    def test_no_two_words_of_one_table_have_the_same_label(self, role):
        labels = [label(word) for word in WORDS[role]]

        assert len(set(labels)) == len(labels)


class TestEnough:
    @pytest.mark.parametrize(
        "words",
        [("designator", "", ""), ("", "quantity", "mpn"), ("", "quantity", "value"), ("designator", "quantity", "mpn")],
    )
    def test_a_bom_needs_designators_or_counts_with_something_to_buy(self, form, words):
        assert form(bom(), *words).problem(FileRole.BOM) is None

    @pytest.mark.parametrize("words", [("", "", ""), ("quantity", "", ""), ("", "", "mpn"), ("value", "mpn", "notes")])
    def test_less_than_that_is_no_bom_and_says_what_to_name(self, form, words):
        assert "column of designators" in form(bom(), *words).problem(FileRole.BOM)

    def test_a_centroid_file_needs_both_coordinates(self, form):
        assert "X and Y" in form(places(), "designator", "x", "").problem(FileRole.CENTROID)
        assert form(places(), "designator", "x", "y").problem(FileRole.CENTROID) is None

    def test_one_word_over_two_columns_is_refused_by_its_label(self, form):
        problem = form(bom(), "designator", "mpn", "mpn").problem(FileRole.BOM)

        assert problem == "Two columns are called MPN. Please name each once."

    def test_two_columns_of_numbers_may_be_named_first_and_second(self, form):
        assert form(bom(), "designator", "mpn", "mpn 2").problem(FileRole.BOM) is None

    @settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(words=st.lists(st.sampled_from(["", *WORDS[FileRole.BOM]]), min_size=3, max_size=3))
    def test_whatever_is_named_is_a_mapping_or_a_sentence(self, form, words):
        named = {word for word in words if word}
        is_enough = "designator" in named or {"quantity", "mpn"} <= named or {"quantity", "value"} <= named
        is_once = len(named) == sum(map(bool, words))

        assert (form(bom(), *words).problem(FileRole.BOM) is None) == (is_enough and is_once)


class TestSaid:
    def table(self, form, shown, *words, lasting=False, **more):
        sent = form(shown, *words, **more)
        said = sent.lasting(shown) if lasting else sent.corrections(shown)
        return said.tables[shown.file.name]

    def test_columns_are_said_by_their_places(self, form):
        assert self.table(form, bom(), "designator", "", "mpn").columns == {"designator": 0, "mpn": 2}

    def test_of_the_sheet_that_was_shown(self, form):
        assert self.table(form, bom(), "designator", "", "").sheet == "Tabelle1"

    def test_a_bom_has_no_unit(self, form):
        assert self.table(form, bom(), "designator", "", "", units="inch").units is None

    @pytest.mark.parametrize(("typed", "unit"), [("", None), ("mm", "mm"), ("mil", "mil"), ("inch", "inch")])
    def test_coordinates_have_the_unit_that_was_chosen(self, form, typed, unit):
        assert self.table(form, places(), "designator", "x", "y", "", "", units=typed).units == unit

    def test_for_packages_to_come_headings_are_kept(self, form):
        kept = self.table(form, bom(), "designator", "", "mpn", lasting=True).headings

        assert kept == {"designator": "Bauteil", "mpn": "Bestellnummer"}

    def test_a_table_without_headings_keeps_none(self, form):
        assert self.table(form, bom(), "designator", "", "mpn", header="0", lasting=True).headings == {}

    def test_a_heading_that_was_cut_is_not_kept(self, form):
        rows = (("B" * SHOWN_CHARACTERS, "Menge", "Bestellnummer"), *ROWS[1:])
        kept = self.table(form, bom(rows), "designator", "", "mpn", lasting=True).headings

        assert kept == {"mpn": "Bestellnummer"}

    def test_a_table_that_was_taken_for_another_is_said_to_be_this(self, form):
        shown = bom(taken_for=FileRole.DOCUMENT)
        said = form(shown, "designator", "", "").corrections(shown)

        assert said.roles["stueckliste.xlsx"].role is FileRole.BOM

    def test_one_that_was_taken_rightly_is_not_said_again(self, form):
        assert form(bom(), "designator", "", "").corrections(bom()).roles == {}


class TestDialog:
    def test_what_we_would_take_a_column_for_is_chosen(self, portal):
        with portal.app.test_request_context():
            form = ColumnsForm.about(bom())
            assert [column.data for column in form.columns] == ["designator", "", "mpn"]

    def test_a_guess_of_another_kind_of_table_is_left_open(self, portal):
        guesses = (ColumnGuess(0, "x", "Bauteil", Confidence.GUESS),)
        with portal.app.test_request_context():
            assert [column.data for column in ColumnsForm.about(bom(guesses=guesses)).columns] == ["", "", ""]

    def test_the_rows_that_are_shown_can_be_the_headings_and_none(self, portal):
        with portal.app.test_request_context():
            choices = [choice.value for choice in ColumnsForm.about(bom(first=4, header=4)).header_row.choices]
            assert choices == ["0", "4", "5", "6"]

    def test_a_word_that_no_list_offers_is_refused(self, form):
        assert not form(bom(), "designator", "weight", "").validate()

    def test_a_heading_row_that_is_not_shown_is_refused(self, form):
        assert not form(bom(), "designator", "", "", header="99").validate()
