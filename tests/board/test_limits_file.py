"""The makers' limits as a file that a shop writes by hand: every fault told at once, nothing half-read."""

from datetime import date, datetime
from decimal import Decimal
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.board.capability import Capabilities, Limit, capability, read_capabilities
from portal.board.design import Severity
from portal.board.spots import ROUNDING_MM, Feature, Spots, gathered, spots
from portal.errors import RatesRefused

HEAD = 'classes = ["plain", "fine", "finest"]\n'
ROW = {
    "feature": '"track"',
    "unit": '"mm"',
    "at_least": "[0.15, 0.1, 0.08]",
    "source": '"a maker\'s page"',
    "date": "2026-11-22",
    "grade": '"A"',
}
CLASSES = ("plain", "fine", "finest")


def written(*rows, head=HEAD) -> str:
    """Rows as a shop writes them; a value of None is left out."""
    tables = ("\n".join(f"{key} = {value}" for key, value in row.items() if value is not None) for row in rows)
    return head + "".join(f"[[limit]]\n{table}\n" for table in tables)


def row(**changed) -> dict:
    return {**ROW, **changed}


def faults(text) -> list[str]:
    with pytest.raises(RatesRefused) as refused:
        read_capabilities(text, file="c.toml")
    return [fault.removeprefix("c.toml: ") for fault in refused.value.faults]


def test_a_row_is_read_as_it_is_written():
    [limit] = read_capabilities(written(ROW), file="c.toml").limits

    assert (limit.feature, limit.values, limit.unit) == (Feature.TRACK, (0.15, 0.1, 0.08), "mm")
    assert (limit.source, limit.date, limit.grade) == ("a maker's page", date(2026, 11, 22), "A")


def test_a_limit_upwards_is_one_that_must_not_be_exceeded():
    [limit] = read_capabilities(written(row(at_least=None, at_most="[8, 10, 12]")), file="c.toml").limits

    assert (limit.is_most, limit.values) == (True, (8.0, 10.0, 12.0))


@pytest.mark.parametrize("feature", list(Feature))
def test_every_feature_can_have_a_limit(feature):
    [limit] = read_capabilities(written(row(feature=f'"{feature}"')), file="c.toml").limits

    assert limit.feature is feature


WRONG = {
    "classes as one word": (written(ROW, head='classes = "plain"\n'), "classes is a list of names, cheapest first"),
    "classes as a number": (written(ROW, head="classes = 3\n"), "classes is a list of names, cheapest first"),
    "a class without a name": (
        written(ROW, head='classes = ["plain", " ", "c"]\n'),
        "classes is a list of names, cheapest first",
    ),
    "a class twice": (
        written(ROW, head='classes = ["plain", "plain", "fine"]\n'),
        "classes is a list of names, cheapest first",
    ),
    "no limits": (HEAD, "limit is a list of rows, each under [[limit]]"),
    "limits as a number": (HEAD + "limit = 3", "limit is a list of rows, each under [[limit]]"),
    "limits as numbers": (HEAD + "limit = [1, 2]", "limit is a list of rows, each under [[limit]]"),
    "one table": (HEAD + "[limit]\nunit = 'mm'", "limit is a list of rows, each under [[limit]]"),
    "a list as feature": (written(row(feature='["track"]')), "limit 1: feature ['track'] is none of track"),
    "a number as unit": (written(row(unit="3")), "limit 1: unit is missing"),
    "a number as source": (written(row(source="3")), "limit 1: source is missing"),
    "no source": (written(row(source='"  "')), "limit 1: source is missing"),
    "a time as date": (written(row(date="2026-11-22T10:00:00")), "limit 1: date is written as 2026-11-22"),
    "a word as date": (written(row(date='"2026-11-22"')), "limit 1: date is written as 2026-11-22"),
    "a lower-case grade": (written(row(grade='"a"')), "limit 1: grade 'a' is none of A, B, C, U"),
    "too few figures": (written(row(at_least="[0.15, 0.1]")), "limit 1: at_least has one number for each class"),
    "too many figures": (written(row(at_least="[4, 3, 2, 1]")), "limit 1: at_least has one number for each class"),
    "one figure": (written(row(at_least="0.15")), "limit 1: at_least has one number for each class"),
    "words for figures": (written(row(at_least='["a", "b", "c"]')), "limit 1: at_least has one number for each class"),
    "truth for figures": (
        written(row(at_least="[true, true, false]")),
        "limit 1: at_least has one number for each class",
    ),
    "below nothing": (written(row(at_least="[1, 0, -1]")), "limit 1: at_least has one number for each class"),
    "no number": (written(row(at_least="[nan, nan, nan]")), "limit 1: at_least has one number for each class"),
    "without end": (written(row(at_least="[inf, 2, 1]")), "limit 1: at_least has one number for each class"),
    "dearer and worse": (written(row(at_least="[0.1, 0.15, 0.2]")), "limit 1: at_least: a dearer class can do no less"),
    "both ways": (written(row(at_most="[1, 2, 3]")), "limit 1: has either at_least or at_most"),
    "neither way": (written(row(at_least=None)), "limit 1: has either at_least or at_most"),
    "an unknown key": (written(row(colour='"red"')), "limit 1: colour is not a known key"),
    "an unknown head": (written(ROW, head='currency = "EUR"\n' + HEAD), "currency is not a known key"),
    "what is mended without words": (written(row(mended="true")), "limit 1: mended is a sentence"),
}


@pytest.mark.parametrize("what", WRONG)
def test_it_is_said_what_is_wrong_with(what):
    text, sentence = WRONG[what]

    assert any(fault.startswith(sentence) for fault in faults(text))


@pytest.mark.parametrize("what", WRONG)
def test_one_fault_is_told_once(what):
    assert len(faults(WRONG[what][0])) == 1


IN_A_ROW = {"unit": '""', "source": '""', "date": '"x"', "grade": '"Z"', "feature": '"width"', "at_least": "[1]"}


@pytest.mark.parametrize("keys", list(combinations(IN_A_ROW, 3)))
def test_all_faults_of_a_row_are_told_together(keys):
    told = faults(written(row(**{key: IN_A_ROW[key] for key in keys})))

    assert len(told) == 3
    assert all(any(key in fault for fault in told) for key in keys)


@pytest.mark.parametrize("count", [2, 5])
def test_each_row_has_its_number(count):
    features = [f'"{feature}"' for feature in list(Feature)[:count]]
    told = faults(written(*(row(feature=feature, grade='"Z"') for feature in features)))

    assert [fault.split(":")[0] for fault in told] == [f"limit {n}" for n in range(1, count + 1)]


def test_a_file_that_is_no_toml_is_told_with_its_line():
    [fault] = faults("classes = [\n")

    assert "is not TOML" in fault


def limit(feature=Feature.TRACK, values=(0.15, 0.1, 0.08), **more) -> Limit:
    return Limit(feature, values, "mm", "a page", date(2026, 11, 22), "A", **more)


def at(*values, file="top.gbr", step=5.0) -> Spots:
    x = np.arange(len(values)) * step
    return spots(np.array(values, dtype=float), np.column_stack((x, x, x + 0.1, x + 0.1)), file=file)


def judged(**found):
    """Of a table with one limit for each named feature, all of the same figures."""
    measured = {Feature[name]: value for name, value in found.items()}
    return capability(Capabilities(CLASSES, tuple(limit(feature) for feature in measured)), measured)


@given(st.lists(st.floats(0.01, 0.5), max_size=8))
def test_the_class_is_the_first_that_holds_for_all(values):
    able = [all(value >= least - ROUNDING_MM for value in values) for least in (0.15, 0.1, 0.08)]

    assert judged(TRACK=at(*values))[0] == (CLASSES[able.index(True)] if True in able else None)


@given(st.lists(st.floats(0.01, 0.5), max_size=6), st.lists(st.floats(0.01, 0.5), max_size=6))
def test_two_features_take_the_dearer_of_their_classes(tracks, gaps):
    rank = (*CLASSES, None)
    alone = [judged(TRACK=at(*tracks))[0], judged(CLEARANCE=at(*gaps))[0]]

    assert rank.index(judged(TRACK=at(*tracks), CLEARANCE=at(*gaps))[0]) == max(map(rank.index, alone))


@given(st.lists(st.floats(0.01, 0.5), max_size=8))
def test_there_is_a_finding_exactly_where_the_first_class_cannot(values):
    name, findings = judged(TRACK=at(*values))

    assert bool(findings) is (name != "plain")


@given(st.lists(st.floats(0.01, 0.5), min_size=1, max_size=8))
def test_a_finding_counts_the_places_that_keep_a_board_from_the_class_below(values):
    name, findings = judged(TRACK=at(*values))
    below = (0.15, 0.1, 0.08)[(*CLASSES, None).index(name) - 1]
    count = sum(value < below - ROUNDING_MM for value in values)

    assert all(finding.message.startswith(f"{count} place") for finding in findings)


@given(st.lists(st.floats(0.01, 0.5), min_size=1, max_size=8))
def test_the_place_is_that_of_the_worst(values):
    _, findings = judged(TRACK=at(*values))
    x = 5.0 * int(np.argmin(values))

    assert all(finding.place.box_mm == (x, x, x + 0.1, x + 0.1) for finding in findings)


def test_each_feature_that_forces_a_class_is_named():
    _, findings = judged(TRACK=at(0.12), CLEARANCE=at(0.09), RING=at(0.2), DRILL=at(0.05))

    assert [finding.message.split("(")[1].split(")")[0] for finding in findings] == ["track", "clearance", "drill"]
    assert [finding.severity for finding in findings] == [Severity.NOTE, Severity.NOTE, Severity.ASK]


def test_the_layer_of_the_worst_is_named():
    both = gathered([at(0.12, file="top.gbr"), at(0.11, file="bottom.gbr")])
    [finding] = judged(TRACK=both)[1]

    assert (finding.where, finding.place.layer) == ("bottom.gbr", "bottom.gbr")


@pytest.mark.parametrize("step", [0.2, 0.3])
def test_what_lies_close_together_is_one_place(step):
    [finding] = judged(TRACK=at(0.12, 0.12, 0.12, step=step))[1]

    assert finding.message.startswith("1 place needs")


def test_a_table_of_one_class_either_holds_or_does_not():
    table = Capabilities(("only",), (limit(values=(0.15,)),))

    assert capability(table, {Feature.TRACK: at(0.2)})[0] == "only"
    assert capability(table, {Feature.TRACK: at(0.1)})[0] is None


@pytest.mark.parametrize("written_as", ["[0.15, 0.1, 0.08]", "[0.150, 1e-1, 0.08]", "[0.15, 0.10, 8e-2]"])
def test_figures_may_be_written_in_any_way(written_as):
    [read] = read_capabilities(written(row(at_least=written_as)), file="c.toml").limits

    assert [Decimal(str(value)) for value in read.values] == [Decimal("0.15"), Decimal("0.1"), Decimal("0.08")]


def test_a_day_is_no_moment():
    [read] = read_capabilities(written(ROW), file="c.toml").limits

    assert not isinstance(read.date, datetime)


@settings(max_examples=30)
@given(st.lists(st.tuples(st.floats(0.01, 1), st.sampled_from(["top", "in1", "bottom"])), min_size=1, max_size=8))
def test_gathered_places_come_worst_first_and_keep_their_layer(rows):
    found = gathered([at(value, file=file) for value, file in rows])

    assert found.value.tolist() == sorted(value for value, _ in rows)
    assert found.file_of_worst() == min(rows, key=lambda pair: pair[0])[1]


@given(st.lists(st.floats(0.01, 1), max_size=8), st.floats(0.01, 1))
def test_a_limit_parts_what_is_below_from_what_is_above(values, limit):
    found = at(*values)

    assert len(found.below(limit)) + len(found.above(limit)) <= len(found)
    assert (found.below(limit).value < limit).all()


def test_nothing_gathered_is_nothing():
    assert (len(gathered([])), gathered([]).smallest, gathered([]).file_of_worst()) == (0, None, "")
