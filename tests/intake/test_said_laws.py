"""What holds for every table that a customer maps himself: his word for the columns reads what the headings would."""

from hypothesis import given
from hypothesis import strategies as st
from workbooks import csv_of

from portal.board.design import Placement, Side
from portal.intake.bom import read_bom
from portal.intake.centroid import read_centroid
from portal.intake.corrections import TableSaid
from portal.intake.preview import table_preview

LIST_WORDS = {
    "designator": "Designator",
    "quantity": "Qty",
    "value": "Value",
    "package": "Footprint",
    "mpn": "MPN",
    "mpn 2": "MPN 2",
    "not_fitted": "DNP",
}
PLACE_WORDS = {"designator": "Designator", "x": "Mid X", "y": "Mid Y", "rotation": "Rotation", "side": "Layer"}
STRANGE = ("Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta")

parts = st.lists(
    st.fixed_dictionaries(
        {
            "designator": st.builds("{}{}".format, st.sampled_from(["R", "C", "U"]), st.integers(1, 400)),
            "quantity": st.just("1"),
            "value": st.sampled_from(["10k", "4,7µF", "LM358"]),
            "package": st.sampled_from(["0603", "SOIC-8"]),
            "mpn": st.sampled_from(["RC0603FR-0710KL", "LM358DR", ""]),
            "mpn 2": st.sampled_from(["CRCW060310K0FKEA", ""]),
            "not_fitted": st.sampled_from(["", "x", "DNP"]),
        }
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda part: part["designator"],
)
places = st.lists(
    st.builds(
        Placement,
        st.builds("{}{}".format, st.sampled_from(["R", "C", "U"]), st.integers(1, 400)),
        st.sampled_from(Side),
        st.integers(-2_000, 4_000).map(lambda tenths: tenths / 10),
        st.integers(-2_000, 4_000).map(lambda tenths: tenths / 10),
        st.sampled_from([0.0, 90.0, 180.0, 270.0]),
    ),
    min_size=1,
    max_size=12,
    unique_by=lambda part: part.designator,
)


def said_of(words, units=None) -> TableSaid:
    return TableSaid({word: at for at, word in enumerate(words)}, header_row=1, units=units)


def cells_of(part: Placement) -> tuple[str, ...]:
    return part.designator, str(part.x_mm), str(part.y_mm), str(part.rotation_deg), part.side.value


@given(parts, st.permutations(list(LIST_WORDS)))
def test_columns_that_are_named_read_as_known_headings_do(rows, order):
    body = [[row[word] for word in order] for row in rows]
    known = read_bom("a.csv", csv_of([LIST_WORDS[word] for word in order], *body))
    named = read_bom("a.csv", csv_of(STRANGE[: len(order)], *body), said_of(order))

    assert named.lines == known.lines


@given(places, st.permutations(list(PLACE_WORDS)))
def test_places_that_are_named_read_as_known_headings_do(board, order):
    at = [list(PLACE_WORDS).index(word) for word in order]
    body = [[cells_of(part)[column] for column in at] for part in board]
    named = read_centroid("a.csv", csv_of(STRANGE[: len(order)], *body), said_of(order, units="mm"))

    assert named.placements == tuple(board)
    assert (named.units, named.findings) == ("mm", ())


@given(parts, st.permutations(list(LIST_WORDS)))
def test_agreeing_to_the_guesses_of_the_preview_changes_nothing(rows, order):
    data = csv_of([LIST_WORDS[word] for word in order], *([row[word] for word in order] for row in rows))
    [sheet] = table_preview("a.csv", data).sheets
    agreed = TableSaid({guess.word: guess.column for guess in sheet.columns}, header_row=sheet.header_row)

    assert read_bom("a.csv", data, agreed).lines == read_bom("a.csv", data).lines


@given(places, st.sampled_from(["mm", "mil", "inch"]))
def test_the_unit_that_was_named_is_the_unit(board, unit):
    per_mm = {"mm": 1.0, "mil": 1 / 0.0254, "inch": 1 / 25.4}[unit]
    rows = [(p.designator, f"{p.x_mm * per_mm:.6f}", f"{p.y_mm * per_mm:.6f}", "0", "T") for p in board]
    reading = read_centroid("a.csv", csv_of(STRANGE[:5], *rows), said_of(PLACE_WORDS, units=unit))

    assert [round(part.x_mm, 3) for part in reading.placements] == [round(part.x_mm, 3) for part in board]
    assert reading.units == unit


@given(parts, st.integers(0, 6))
def test_what_stands_above_the_row_that_was_named_is_never_read(rows, above):
    body = [[row[word] for word in LIST_WORDS] for row in rows]
    title = [("R99", "1", "10k")] * above
    said = TableSaid({word: at for at, word in enumerate(LIST_WORDS)}, header_row=above + 1)
    reading = read_bom("a.csv", csv_of(*title, STRANGE, *body), said)

    assert [line.row for line in reading.lines] == list(range(above + 2, above + 2 + len(rows)))
