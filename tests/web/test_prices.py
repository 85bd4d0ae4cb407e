"""The price page: an address is a choice, a cell says why, and what is not known is a budget."""

from urllib.parse import urlencode

import pytest
import shown_boards as boards

from portal.routing.options import Speed


@pytest.fixture
def prices(portal, visitor):
    """Ask for prices of the sensor board; the arguments are the address's."""
    reference = portal.design(visitor)

    def ask(status=200, **choice):
        return visitor.visit(f"/designs/{reference}/prices?{urlencode(choice, doseq=True)}", status=status)

    return ask


def cells(page):
    return page.all("//table[@class='price-matrix']//a")


def test_without_a_choice_the_usual_quantities_are_priced_at_both_speeds(prices):
    page = prices()

    rows = [row.text for row in page.all("//table[@class='price-matrix']/tbody//th")]
    assert rows == ["1", "10", "100", "1,000"]
    assert len(cells(page)) == 4 * len(Speed)


@pytest.mark.parametrize(("typed", "rows"), [("5", ["5"]), ("100000", ["100,000"]), ("20; 5 5,20", ["5", "20"])])
def test_any_list_of_quantities_is_priced_each_once_in_rising_order(prices, typed, rows):
    page = prices(quantities=typed)

    assert [row.text for row in page.all("//table[@class='price-matrix']/tbody//th")] == rows


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("0", "“0” is not a quantity"),
        ("100001", "is not a quantity from 1 to 100,000"),
        ("1.5", "“1.5” is not a quantity"),
        ("-3", "“-3” is not a quantity"),
        ("１２", "is not a quantity"),
        ("ten", "“ten” is not a quantity"),
        (",", "at least one quantity"),
        ("1,2,3,4,5,6,7,8,9,10,11,12,13", "At most 12 quantities"),
        ("1" * 130, "longer than 120"),
    ],
)
def test_what_is_no_list_of_quantities_is_said_and_nothing_is_priced(prices, typed, said):
    page = prices(quantities=typed, status=422)

    assert said in page.main
    assert cells(page) == []


def test_a_cell_has_its_total_its_unit_price_and_its_date(prices):
    text = cells(prices())[0].text_content()

    assert "€ each" in text.replace("\xa0", " ")
    assert "leaves by" in text


def test_the_chosen_cell_shows_its_lines_and_is_marked(prices):
    page = prices(quantities="10, 100", cell="100-express")

    assert page.all("//table[@class='price-matrix']//a[@aria-current='true']/@href")[0].endswith("cell=100-express")
    assert "for 100 boards, express" in page.main


def test_a_cell_that_is_not_in_the_matrix_chooses_the_first(prices):
    assert "for 10 boards, standard" in prices(quantities="10", cell="77-standard").main


def test_every_line_says_quantity_rate_amount_and_why(prices):
    for line in prices(cell="10-standard").all("//tr[@class='cost-table__line']"):
        assert all(cell.text_content().strip() for cell in line.xpath("td"))
        assert line.xpath("string(.//small)").strip()


def test_a_part_that_nobody_sells_makes_the_quote_a_budget(portal, visitor):
    unknown = boards.BomLine(1, ("U7",), mpn="NOBODY-SELLS-THIS-1")
    reference = portal.design(visitor, boards.sensor_node(bom=(unknown,)))

    page = visitor.visit(f"/designs/{reference}/prices?quantities=10")
    assert "A budget: something is not known yet" in page.main
    assert "date not known: lead time of NOBODY-SELLS-THIS-1 is missing" in page.main


def test_a_board_of_which_little_is_known_is_priced_as_far_as_it_goes(portal, visitor):
    page = visitor.visit(f"/designs/{portal.design(visitor, boards.bare())}/prices")

    assert "A budget" in page.main


def test_the_operations_and_the_dates_give_their_reasons(prices):
    page = prices(cell="100-standard")

    assert "How it is built" in page.main
    assert "Why this date" in page.main


def test_each_cell_shows_why_its_date_is_what_it_is_and_names_what_takes_longest(prices):
    for cell in cells(prices()):
        assert len(cell.xpath(".//svg/rect[contains(@class, '--critical')]")) == 1
        assert "longest: " in cell.text_content()


def test_the_chosen_cell_says_each_stage_of_its_date_in_words(prices):
    rows = prices(cell="100-express").all("//li[contains(@class, 'date-rows__row')]")

    assert [row.xpath("string(span)").split(" takes")[0].strip() for row in rows][:3] == [
        "Files and programs",
        "Bare boards",
        "Stencil",
    ]
    assert all(row.xpath("string(span[@class='date-rows__because'])").strip() for row in rows)


def test_the_lead_times_are_drawn_and_stand_in_a_table_too(prices):
    page = prices(quantities="1, 10, 100")

    assert len(page.all("//polyline")) == len(Speed)
    assert len(page.all("//table[caption[starts-with(., 'Dispatch dates')]]/tbody/tr")) == 3 * len(Speed)


def test_what_changes_at_a_quantity_is_said_with_what_it_does_to_a_board(prices):
    rows = prices(quantities="1, 1000", cell="1-express").all(
        "//table[caption[starts-with(., 'What changes')]]/tbody/tr"
    )
    said = [" ".join(row.text_content().split()) for row in rows]

    assert said
    assert any(row.startswith("1,000 against 1 ") for row in said)
    assert any("€" in row for row in said)


def test_one_quantity_has_nothing_that_changes(prices):
    assert "What changes with the quantity" not in prices(quantities="10").main


def test_one_quantity_has_no_chart(prices):
    assert prices(quantities="10").all("//polyline") == []


class TestOptions:
    def test_another_finish_is_another_price(self, prices):
        gold, plain = (prices(quantities="100", finish=finish) for finish in ("enig", "osp"))

        assert cells(gold)[0].text_content() != cells(plain)[0].text_content()

    def test_a_part_that_the_customer_supplies_costs_less(self, prices):
        part = "STM32G071CBT6"
        page = prices(quantities="100", consigned=part)

        assert page.all("//input[@name='consigned' and @checked]/@value") == [part]

    def test_a_part_that_is_not_on_the_board_cannot_be_supplied(self, prices):
        assert "not a valid choice" in prices(consigned="something else", status=422).main.lower()

    @pytest.mark.parametrize("wrong", ["finish", "thickness_mm", "mask_colour", "test"])
    def test_an_option_that_we_do_not_offer_is_refused(self, prices, wrong):
        assert cells(prices(**{wrong: "pink"}, status=422)) == []

    def test_a_link_of_the_matrix_keeps_the_whole_choice(self, prices):
        href = cells(prices(quantities="5", finish="hasl", consigned=["STM32G071CBT6"]))[0].get("href")

        assert "finish=hasl" in href
        assert "consigned=STM32G071CBT6" in href

    def test_each_fitted_line_can_be_supplied_by_the_customer(self, prices):
        assert len(prices().all("//input[@name='consigned']")) == 3


class TestParts:
    """htmx asks for what changed; the browser's history and everybody else for the page."""

    def test_a_change_is_answered_with_the_prices_alone(self, portal, visitor):
        answer = visitor.get(f"/designs/{portal.design(visitor)}/prices", headers={"HX-Request": "true"})

        assert "<html" not in answer.text
        assert "price-matrix" in answer.text
        assert "HX-Request" in answer.headers["Vary"]

    def test_going_back_is_answered_with_the_page(self, portal, visitor):
        headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}

        assert "<html" in visitor.get(f"/designs/{portal.design(visitor)}/prices", headers=headers).text

    def test_a_wrong_choice_is_said_in_the_part(self, portal, visitor):
        path = f"/designs/{portal.design(visitor)}/prices?quantities=0"
        answer = visitor.get(path, headers={"HX-Request": "true"})

        assert answer.status_code == 422
        assert "is not a quantity" in answer.text


def test_the_letters_that_grade_a_source_are_explained_where_they_stand(portal, visitor):
    page = visitor.visit(f"/designs/{portal.design(visitor)}/prices?quantities=10").main

    assert "grade U" in page
    assert "A grade says how good a source is" in page
