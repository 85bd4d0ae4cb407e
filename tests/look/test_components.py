"""What each component says, read from its markup without a browser."""

from dataclasses import replace
from decimal import Decimal

import gallery_data as data
import pytest
from lxml import html

from portal.board.design import Finding, Severity
from portal.costing.lines import UnpricedLine

HOSTILE = '<img src=x onerror="alert(1)">.gbr'


@pytest.fixture
def drawn(environment):
    """Draws one component: drawn("badge", "badge('firm')")."""

    def draw(name: str, use: str, **values: object):
        source = f'{{% from "components/{name}.html" import {name} %}}<main>{{{{ {use} }}}}</main>'
        return html.fromstring(environment.from_string(source).render(**values))

    return draw


def words(element) -> str:
    return " ".join(element.text_content().split())


def named(element, name: str) -> list:
    return element.find_class(name)


def test_a_cost_line_says_quantity_rate_amount_and_why(drawn):
    table = drawn("cost_table", "cost_table(lines, total=0, currency='EUR')", lines=data.LINES[4:5])
    [line] = named(table, "cost-table__line")

    assert words(line) == "Feeder changeover 41 feeders, 0.6 min each, once a lot 24.6 min 0.65 € 15.99 €"


def test_a_printed_line_checks_by_hand(drawn):
    table = drawn("cost_table", "cost_table(lines, total=0, currency='EUR')", lines=data.LINES)
    for row, line in zip(named(table, "cost-table__line"), data.LINES, strict=True):
        quantity, rate, amount = (Decimal(words(cell).split()[0].replace(",", "")) for cell in row.findall("td"))
        assert quantity * rate == line.quantity * line.rate
        assert amount == line.amount


def test_the_total_is_the_callers(drawn):
    table = drawn(
        "cost_table", "cost_table(lines, total=total, currency='CHF')", lines=data.LINES, total=Decimal("7.00")
    )
    assert words(table.find(".//tfoot")) == "Total, net 7.00 CHF"


def test_a_group_is_named_once(drawn):
    table = drawn("cost_table", "cost_table(lines, total=0, currency='EUR')", lines=data.LINES)
    groups = [words(group) for group in named(table, "cost-table__group")]
    assert groups == ["Boards", "Stencil", "Parts", "Assembly", "Logistics"]


def test_what_nobody_can_price_is_listed_and_the_total_says_so(drawn):
    use = "cost_table((), total=0, currency='EUR', unpriced=unpriced)"
    table = drawn("cost_table", use, unpriced=data.UNPRICED)

    assert "no supplier in the catalogue sells it (L1, L2, L3) not priced" in words(table)
    assert "Total, net, without what is not priced" in words(table)


def test_work_without_a_price_has_no_designators_and_no_brackets_for_them(drawn):
    line = UnpricedLine("Bare boards", (), "the price list has no rate for 12 copper layers; it has 2, 4")
    table = drawn("cost_table", "cost_table((), total=0, currency='EUR', unpriced=unpriced)", unpriced=[line])

    assert "Bare boards the price list has no rate for 12 copper layers; it has 2, 4 not priced" in words(table)


@pytest.fixture
def matrix(drawn):
    return drawn(
        "price_matrix", "price_matrix(['standard', 'express'], rows, 'EUR', target='#lines')", rows=data.PRICE_ROWS
    )


def test_a_price_cell_says_total_price_of_one_and_day(matrix):
    [chosen] = matrix.xpath("//*[@aria-current='true']")
    assert words(chosen) == "1,291.40 € 12.91 € each plus 1 not priced Tue 8 Dec 2026"


def test_a_cell_without_a_promise_names_no_date(matrix):
    [first, *_] = matrix.xpath("//a")
    assert words(first).endswith("date not known yet")


def test_what_is_not_offered_says_why_and_cannot_be_chosen(matrix):
    [none] = named(matrix, "price-matrix__cell--none")
    assert (none.tag, words(none)) == ("p", "not by express: parts are 8 days away")


def test_a_click_on_a_price_swaps_only_its_target(matrix):
    assert {link.get("hx-target") for link in matrix.xpath("//a")} == {"#lines"}


def test_findings_come_worst_first(drawn):
    titles = [words(title) for title in named(drawn("findings", "findings(all)", all=data.FINDINGS), "findings__title")]
    assert titles == ["Nothing can be built before this is solved 1", "Please decide 2", "Good to know 1"]


def test_a_finding_says_where_what_and_what_to_do(drawn):
    [finding] = named(drawn("findings", "findings(all)", all=data.FINDINGS[1:2]), "findings__finding")
    assert words(finding) == "R12 is in the centroid file but not in the BOM. Add it or mark it as not fitted."


def test_no_findings_is_said_too(drawn):
    assert words(drawn("findings", "findings([])")) == "Nothing was found that keeps this board from being built."


def test_a_hostile_name_is_only_a_name(drawn):
    finding = Finding(Severity.STOP, "x", HOSTILE, HOSTILE, HOSTILE)
    file = replace(data.FILES[0], name=HOSTILE, tool=HOSTILE, evidence=HOSTILE)

    assert drawn("findings", "findings([f])", f=finding).xpath("//img") == []
    assert drawn("file_table", "file_table([f])", f=file).xpath("//img") == []


def test_a_file_says_what_it_was_taken_for_and_why(drawn):
    [row] = drawn("file_table", "file_table(files)", files=data.FILES[:1]).xpath("//tbody/tr")
    assert words(row) == "sensor-F_Cu.gbr Copper top L1 its file function says so KiCad 8.0.1 183.2 kB"


def test_a_fact_that_is_none_is_not_known_but_zero_is(drawn):
    facts = drawn("facts", "facts([('Slots', 0), ('Plated holes', none)])")
    assert [words(value) for value in facts.xpath("//dd")] == ["0", "not known"]


def test_a_side_without_a_picture_says_so(drawn):
    picture = drawn("board_picture", "board_picture('node', top='/t.svg', bottom=none)")
    assert picture.xpath("//img/@alt") == ["Top of node"]
    assert "The files hold nothing to draw here." in words(picture)


def test_the_state_of_a_step_is_said_and_not_only_coloured(drawn):
    steps = drawn("progress_steps", "progress_steps(steps)", steps=data.READING)
    assert [words(label) for label in named(steps, "progress-steps__label")][2:] == [
        "Compare BOM and placements (running)",
        "Draw both sides (waiting)",
        "Ask the catalogue (failed)",
    ]


def test_a_lot_says_how_many_are_good_to_mend_and_scrapped(drawn):
    stages = named(drawn("timeline", "timeline(stages)", stages=data.STAGES), "timeline__stage")
    assert "98 of 100 good, 1 to mend, 1 scrapped" in words(stages[2])
    assert "good" not in words(stages[4])


def test_only_the_running_stage_has_a_bar(drawn):
    line = drawn("timeline", "timeline(stages)", stages=data.STAGES)
    assert line.xpath("//progress/@aria-label") == ["Reflow, top"]


def test_a_promise_shows_three_dates_and_what_everything_waits_for(drawn):
    chain = drawn("promise_chain", "promise_chain(p)", p=data.PROMISE)
    assert [words(day) for day in chain.xpath("//dd")] == ["Fri 4 Dec 2026", "Tue 8 Dec 2026", "Fri 11 Dec 2026"]
    assert "Everything waits for U3 STM32F407VGT6" in words(chain)


def test_without_a_date_the_unknown_lead_times_are_named(drawn):
    chain = drawn("promise_chain", "promise_chain(p)", p=data.NO_PROMISE)
    assert chain.xpath("//dd") == []
    assert "The lead time is not known for: Würth 7443340330" in words(chain)


def test_a_field_is_tied_to_its_hint_and_its_error(drawn):
    field = drawn("field", "field(form.quantities, hint='Up to 100,000.')", form=data.form)
    [box] = field.xpath("//input")

    assert box.get("aria-describedby") == "quantities-hint quantities-error"
    assert box.get("aria-invalid") == "true"
    assert words(field.get_element_by_id("quantities-error")).startswith("Give at least one quantity")


def test_a_choice_of_one_is_a_group_with_a_legend(drawn):
    field = drawn("field", "field(form.speed)", form=data.form)
    assert words(field.find(".//fieldset/legend")) == "Speed"
    assert field.xpath("//input[@checked]/@value") == ["express"]


def test_a_button_with_an_address_is_a_link(drawn):
    assert drawn("button", "button('Open', href='/q')").find(".//a").get("href") == "/q"
    assert drawn("button", "button('Send')").find(".//button").get("type") == "submit"


def test_a_list_at_its_end_has_no_further_page(drawn):
    pages = drawn("pagination", "pagination('1 to 3 of 3', previous=none, following=none)")
    assert pages.xpath("//a") == []


def test_columns_of_numbers_line_up_at_the_right(environment):
    source = '{% from "components/table.html" import table %}{% call table("T", ["Part", "#Stock"]) %}{% endcall %}'
    heads = html.fromstring(environment.from_string(source).render()).xpath("//thead//th")
    assert [(words(head), head.get("class")) for head in heads] == [("Part", None), ("Stock", "number")]


@pytest.mark.parametrize(
    ("name", "use"),
    [("page_title", "page_title('Orders')"), ("empty_state", "empty_state('No orders yet', 'Nothing was ordered.')")],
)
def test_a_title_needs_no_buttons(drawn, name, use):
    assert drawn(name, use).xpath("//button | //a") == []
