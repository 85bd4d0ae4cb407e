"""KiCad's files as lists of lists: read in one pass, whatever is in them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.intake.s_expressions import DEEPEST, Damaged, number, read_s_expression

SEGMENT = '(segment (start 1 2.5) (end -3 4e-1) (width 0.25) (layer "F.Cu") (net 12) locked)'


def test_words_and_lists_of_a_list_are_kept_apart():
    segment = read_s_expression(SEGMENT)

    assert segment.name == "segment"
    assert segment.words == ["locked"]
    assert [child.name for child in segment.children] == ["start", "end", "width", "layer", "net"]


def test_numbers_are_asked_for_by_the_name_of_their_list():
    segment = read_s_expression(SEGMENT)

    assert segment.numbers("start", 2) == (1.0, 2.5)
    assert segment.numbers("end", 2) == (-3.0, 0.4)
    assert segment.number("width") == 0.25


def test_what_is_not_there_is_unknown():
    segment = read_s_expression(SEGMENT)

    assert (segment.number("drill"), segment.numbers("start", 3), segment.first("mid")) == (None, None, None)
    assert segment.word("layer") == "F.Cu"
    assert segment.word("uuid", "none") == "none"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ('"GND"', "GND"),
        ('"two words (and brackets)"', "two words (and brackets)"),
        (r'"a \"quoted\" word"', 'a "quoted" word'),
        (r'"back\\slash"', "back\\slash"),
        (r'"two\nlines"', "two\nlines"),
        ('""', ""),
        ("Net-C1-Pad1", "Net-C1-Pad1"),
        ('"µF Ω 电阻"', "µF Ω 电阻"),
    ],
)
def test_texts_are_read_with_and_without_quotes(written, read):
    assert read_s_expression(f"(net 1 {written})").words == ["1", read]


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("(via (free yes))", True),
        ("(via (free no))", False),
        ("(via (free))", True),
        ("(via free)", True),
        ("(via (at 1 2))", False),
    ],
)
def test_a_flag_is_a_word_in_old_files_and_a_list_in_new_ones(written, said):
    assert read_s_expression(written).says("free") is said


def test_points_of_a_polygon_are_rows_of_an_array():
    polygon = read_s_expression("(filled_polygon (pts\n  (xy 1 2) (xy 3.5 -4)\n\t(xy 5e-1 6)\n))")

    assert polygon.first("pts").points.tolist() == [[1, 2], [3.5, -4], [0.5, 6]]


def test_points_with_an_arc_between_them_stay_lists():
    points = read_s_expression("(gr_poly (pts (xy 0 0) (arc (start 0 0) (mid 1 1) (end 2 0))))").first("pts")

    assert [child.name for child in points.children] == ["xy", "arc"]


def test_identifiers_that_nobody_needs_are_skipped():
    via = read_s_expression('(via (at 1 2) (uuid "11e470c9-5561") (tstamp 11e470c9) (tedit 5B301BBE) (net 0))')

    assert [child.name for child in via.children] == ["at", "net"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "just words",
        "(kicad_pcb",
        "(kicad_pcb (layers)",
        '(kicad_pcb (gr_text "unclosed',
        "(kicad_pcb))",
        "(kicad_pcb) (kicad_pcb)",
        ")(",
        "()",
    ],
)
def test_what_does_not_end_as_it_began_is_damaged(text):
    with pytest.raises(Damaged) as refused:
        read_s_expression(text)

    assert refused.value.code == "board-damaged"
    assert refused.value.remedy.endswith(".")


def test_lists_may_lie_as_deep_as_kicad_ever_goes_and_no_deeper():
    deep = "(a " * DEEPEST + ")" * DEEPEST

    assert read_s_expression(deep).name == "a"
    with pytest.raises(Damaged) as refused:
        read_s_expression("(a " * 100_000)
    assert refused.value.code == "board-too-deep"


@pytest.mark.parametrize("word", ["nan", "inf", "-inf", "1e400", "10001", "wide", ""])
def test_a_length_that_no_board_has_is_damage(word):
    with pytest.raises(Damaged):
        number(word)


@pytest.mark.parametrize("pair", ["1 1e99", "1 -", "1.2.3 4", "e e"])
def test_a_point_that_no_board_has_is_damage(pair):
    with pytest.raises(Damaged):
        read_s_expression(f"(pts (xy {pair}))").points  # noqa: B018


NAMES = st.sampled_from(["at", "layer", "net", "pad"])
WORDS = st.text("abcXYZ.-_0123456789", min_size=1, max_size=8)
LISTS = st.recursive(WORDS, lambda inner: st.tuples(NAMES, st.lists(inner, max_size=5)), max_leaves=30)


def written(value: object) -> str:
    return f"({value[0]} {' '.join(map(written, value[1]))})" if isinstance(value, tuple) else f'"{value}"'


def read_back(node) -> tuple[str, list[str], list[object]]:
    return (node.name, list(node.words), [read_back(child) for child in node.children])


def expected(value: tuple[str, list[object]]) -> tuple[str, list[str], list[object]]:
    name, inner = value
    return (name, [v for v in inner if isinstance(v, str)], [expected(v) for v in inner if not isinstance(v, str)])


@given(value=st.tuples(NAMES, st.lists(LISTS, max_size=6)))
def test_every_list_is_read_as_it_was_written(value):
    assert read_back(read_s_expression(written(value))) == expected(value)


@given(text=st.text('()" \\\nabc01.-', max_size=60))
def test_any_text_is_read_or_refused(text):
    with suppress(Damaged):
        assert read_s_expression(text).name
