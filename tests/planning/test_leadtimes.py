"""The lead-time file: its figures with their origin, and every fault of it told at once."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from planning_shop import CONFIG

from portal.errors import RatesRefused
from portal.planning.leadtimes import Delivery, read_lead_times
from portal.routing.options import Speed

FILE = (CONFIG / "leadtimes.toml").read_text(encoding="utf-8")
LEAD_TIMES = read_lead_times(FILE)


def faults(text):
    with pytest.raises(RatesRefused) as refused:
        read_lead_times(text)
    return refused.value.faults


def test_every_figure_of_the_shop_has_a_source_and_a_grade():
    evidence = [lead.evidence for lead in (*LEAD_TIMES.leads, LEAD_TIMES.maker)]

    assert all(fact.source and fact.grade in "ABCU" for fact in evidence)


@pytest.mark.parametrize("delivery", list(Delivery))
@pytest.mark.parametrize("speed", list(Speed))
def test_the_shop_knows_every_delivery_at_every_speed(delivery, speed):
    assert LEAD_TIMES.lead(delivery, speed, layers=2, area_m2=0.5)


def test_the_first_row_that_covers_the_board_counts():
    two, eight = (LEAD_TIMES.lead(Delivery.BOARDS, Speed.STANDARD, layers=layers, area_m2=0.5) for layers in (2, 8))

    assert two.wait.median_days < eight.wait.median_days


def test_no_row_covers_forty_layers():
    assert LEAD_TIMES.lead(Delivery.BOARDS, Speed.STANDARD, layers=40, area_m2=0.5) is None


@given(layers=st.integers(1, 8), area=st.floats(0, 10))
def test_express_boards_are_never_later_than_standard_ones(layers, area):
    standard, express = (
        LEAD_TIMES.lead(Delivery.BOARDS, speed, layers=layers, area_m2=area).wait
        for speed in (Speed.STANDARD, Speed.EXPRESS)
    )

    assert express.median_days <= standard.median_days
    assert express.p95_days <= standard.p95_days


@given(layers=st.integers(1, 8), area=st.floats(0, 100), more=st.floats(0, 100))
def test_more_boards_never_come_earlier(layers, area, more):
    few, many = (
        LEAD_TIMES.lead(Delivery.BOARDS, Speed.STANDARD, layers=layers, area_m2=size).wait
        for size in (area, area + more)
    )

    assert few.median_days <= many.median_days


def test_a_file_that_is_no_toml_is_refused():
    [fault] = faults("[[lead]\n")

    assert fault.startswith("this is no TOML")


def test_every_fault_is_told_at_once():
    broken = FILE.replace('grade = "C"', 'grade = "Z"', 1).replace("lo_share = 0.7", "lo_share = 1.2")
    broken = broken.replace('delivery = "preparation"', 'delivery = "prayer"', 1)

    assert faults(broken) == [
        "lead 1: delivery 'prayer' is none of preparation, boards, stencil, stocked-parts",
        "lead 11: grade 'Z' is none of A, B, C, U",
        "maker: lo_share is below 1, and p95_share is 1 or more",
        "there is no lead row for preparation, standard",
    ]


def test_days_that_contradict_each_other_are_refused():
    [fault] = faults(FILE.replace("median_days = 5\n", "median_days = 3\n", 1))

    assert fault.startswith("lead 3: A wait is one certain day, or lo < median <= p95 days")


def test_a_mistyped_key_is_refused():
    assert faults(FILE.replace("layers_up_to", "layer_up_to", 1)) == ["lead 3: layer_up_to is not known here"]


def test_a_figure_without_its_source_is_refused():
    assert faults(FILE.replace('source = "cut on the day of the order"\n', "")) == ["lead 12: source is missing"]


def test_an_empty_source_is_none():
    assert faults(FILE.replace("cut on the day of the order", " ")) == ["lead 12: source is empty"]


@pytest.mark.parametrize(("written", "told"), [('"0.7"', "'0.7', not a float"), ("true", "True, not a float")])
def test_a_number_is_written_as_a_number(written, told):
    assert faults(FILE.replace("lo_share = 0.7", f"lo_share = {written}"))[0] == f"maker: lo_share is {told}"


def test_an_empty_file_lacks_everything():
    assert {"maker: source is missing", "there is no lead row for boards, express"} <= set(faults(""))


def test_rows_that_are_no_tables_are_refused():
    assert "lead is written as [[lead]], one table a row" in faults("lead = [3]")
