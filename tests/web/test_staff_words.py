"""What the staff's pages work out by themselves: gaps, sales lines, the audit in words."""

from datetime import date
from types import SimpleNamespace

import pytest

from portal.costing.lines import CostGroup
from portal.errors import BadInput
from portal.models.work import AuditEntry
from portal.production.floor import LotProgress, OperationProgress
from portal.production.lifecycle import OperationState
from portal.web.floor.standing import Step
from portal.web.sales.changes import cost_line, with_sales_date
from portal.web.sales.gaps import cell_name, gaps
from portal.web.sales.history import SENTENCES, event

ADC = {"name": "ADS131", "designators": ["U7", "U8"], "because": "in no catalogue"}
WAITING, RUNNING, DONE = OperationState


def a_cell(quantity, speed="standard", *, unpriced=(), p80="2026-12-04", unknown=()):
    promise = {"p50": p80, "p80": p80, "p95": p80, "unknown": list(unknown), "critical": "boards"}
    return {"quantity": quantity, "speed": speed, "unpriced": list(unpriced), "promise": promise}


def test_nothing_is_missing_where_all_is_known():
    assert gaps({"cells": [a_cell(1), a_cell(10)]}) == []


def test_a_price_that_is_missing_everywhere_is_missing_once():
    [gap] = gaps({"cells": [a_cell(1, unpriced=[ADC]), a_cell(10, unpriced=[ADC])]})

    assert (gap.part, gap.designators, gap.cells, gap.where) == ("ADS131", ("U7", "U8"), (0, 1), "every cell")


def test_a_price_that_is_missing_somewhere_names_the_cells():
    [gap] = gaps({"cells": [a_cell(1), a_cell(1000, unpriced=[ADC]), a_cell(1000, "express", unpriced=[ADC])]})

    assert gap.where == "1,000 boards, standard; 1,000 boards, express"


def test_dates_are_missing_for_what_is_not_known():
    [gap] = gaps({"cells": [a_cell(1, p80=None, unknown=["U7", "J1"]), a_cell(10)]})

    assert (gap.part, gap.because, gap.where) == ("", "the lead time is not known of U7, J1", "1 board, standard")


def test_a_date_may_be_missing_without_a_reason():
    [gap] = gaps({"cells": [a_cell(1, p80=None)]})

    assert gap.because == "no date is promised"


def test_prices_stand_before_dates():
    found = gaps({"cells": [a_cell(1, p80=None, unknown=["U7"], unpriced=[ADC])]})

    assert [gap.part for gap in found] == ["ADS131", ""]


@pytest.mark.parametrize(("quantity", "name"), [(1, "1 board, standard"), (100_000, "100,000 boards, standard")])
def test_a_cell_is_called_by_its_boards_and_speed(quantity, name):
    assert cell_name(a_cell(quantity)) == name


def a_form(**changes):
    typed = {
        "label": "ADS131",
        "quantity": "2",
        "unit": "parts",
        "per": "board",
        "rate": "4.205",
        "reason": "list price",
    }
    return SimpleNamespace(**{name: SimpleNamespace(data=data) for name, data in (typed | changes).items()})


def test_a_line_for_each_board_is_counted_by_the_boards():
    line = cost_line(a_form(), boards=100, currency="EUR")

    assert (str(line.quantity), str(line.rate), str(line.amount)) == ("200", "4.205", "841.00")
    assert line.because == "list price (2 for each of 100)"


def test_a_line_for_the_order_is_the_same_for_every_quantity():
    lines = [cost_line(a_form(per="order", rate="-20"), boards=boards, currency="EUR") for boards in (1, 1000)]

    assert [str(line.amount) for line in lines] == ["-40.00", "-40.00"]
    assert lines[0].because == "list price"


def test_what_sales_add_is_an_adjustment():
    assert cost_line(a_form(), boards=1, currency="EUR").group is CostGroup.ADJUSTMENT


def test_a_round_quantity_is_written_as_people_write_it():
    assert "(10 for each of 1,000)" in cost_line(a_form(quantity="10.000"), boards=1000, currency="EUR").because


def a_date_form(day, cells):
    return a_form(day=day, cells=cells)


def test_a_date_of_sales_stands_in_the_chosen_cells():
    snapshot = {"cells": [a_cell(1, p80=None), a_cell(10, p80=None)]}

    dated = with_sales_date(snapshot, a_date_form(date(2026, 12, 4), [1]), today=date(2026, 12, 4))
    assert [cell["promise"]["p80"] for cell in dated["cells"]] == [None, "2026-12-04"]


def test_a_day_that_has_passed_cannot_be_promised():
    with pytest.raises(BadInput, match="has passed"):
        with_sales_date({"cells": []}, a_date_form(date(2026, 12, 3), []), today=date(2026, 12, 4))


def an_entry(action, **changes):
    return AuditEntry(at=None, actor="sam", action=action, subject="O-1-1", reason="why", changes=changes)


def test_the_audit_says_what_was_done():
    assert event(an_entry("quote.moved", was="budget", to="firm")).action == "moved it from budget to firm"


def test_an_operation_is_counted_from_one_by_people():
    said = event(an_entry("floor.counted", operation=0, good=4, failed=1, scrapped=0)).action

    assert said == "counted at operation 1 of O-1-1: 4 good, 1 failed, 0 scrapped"


def test_an_action_without_a_sentence_is_shown_by_its_name():
    assert event(an_entry("package.swept", files=3)).action == "package.swept"


def test_more_changes_than_the_sentence_names_do_no_harm():
    assert event(an_entry("quote.frozen", revision=2, sha256="0" * 64)).action == "froze revision 2"


def test_every_act_of_the_floor_has_a_sentence():
    kinds = ("started", "counted", "reworked", "corrected", "finished")

    assert {f"floor.{kind}" for kind in kinds} <= set(SENTENCES)


def a_step(number, *operations, boards=10):
    return Step(number, None, LotProgress(boards, operations))


def test_the_first_operation_may_start_at_once_and_the_second_with_a_first_good_board():
    idle = OperationProgress()

    assert a_step(0, idle, idle).can_start
    assert not a_step(1, OperationProgress(RUNNING), idle).can_start
    assert a_step(1, OperationProgress(RUNNING, good=1), idle).can_start


def test_an_operation_to_which_nothing_comes_any_more_may_start_to_be_finished():
    assert a_step(1, OperationProgress(DONE, scrapped=10), OperationProgress()).can_start


@pytest.mark.parametrize(
    ("before", "now", "can"),
    [
        (OperationProgress(DONE, good=10), OperationProgress(RUNNING), True),
        (OperationProgress(RUNNING, good=9), OperationProgress(RUNNING), False),
        (OperationProgress(DONE, good=10), OperationProgress(RUNNING, failed=1), False),
        (OperationProgress(DONE, good=10), OperationProgress(WAITING), False),
        (OperationProgress(DONE, good=10), OperationProgress(DONE, good=10), False),
    ],
)
def test_an_operation_is_finished_when_all_came_and_none_waits_for_rework(before, now, can):
    assert a_step(1, before, now).can_finish is can
