"""Ten lines that a customer reads, not four hundred."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from portal.board.design import Finding, Place, Severity
from portal.intake.grouping import MOST_OF_A_KIND, grouped, some

findings = st.lists(
    st.builds(
        lambda code, where: Finding(Severity.ASK, code, where, "is odd", "Look at it."),
        st.sampled_from(["placed-twice", "bom-alternates", "far-cells"]),
        st.integers(1, 60).map("R{}".format),
    ),
    max_size=120,
)


def odd(*names: str, code: str = "placed-twice") -> list[Finding]:
    return [Finding(Severity.ASK, code, name, "is odd", "Look at it.") for name in names]


def test_three_that_say_the_same_are_named_each():
    three = odd("R0", "R1", "R2")

    assert grouped(three) == tuple(three)


def test_four_that_say_the_same_are_one():
    [finding] = grouped(odd("R0", "R1", "R2", "R3"))

    assert finding.where == "R0, R1, R2, R3"


def test_ten_that_say_something_else_each_stay_and_eleven_are_one():
    eleven = [replace(finding, message=f"is {at} off") for at, finding in enumerate(odd(*"ABCDEFGHIJK"))]

    assert (len(grouped(eleven[:10])), len(grouped(eleven))) == (10, 1)


def test_rows_of_a_part_list_are_named_by_their_designators():
    rows = [replace(row, place=Place(designators=(f"C{row.where}",))) for row in odd("1", "2", "3", "4")]
    [finding] = grouped(rows)

    assert (finding.where, finding.place.designators) == ("C1, C2, C3, C4", ("C1", "C2", "C3", "C4"))


def test_kinds_are_counted_apart():
    many, few = odd(*(f"R{at}" for at in range(40))), odd("C1", "C2", code="far-cells")

    assert [finding.where for finding in grouped([*many, *few])] == ["R0, R1, R2, R3, R4 and 35 more", "C1", "C2"]


def test_the_same_finding_twice_is_one():
    assert len(grouped(odd("R1", "R1", "R1"))) == 1


def test_a_few_names_are_all_named():
    assert (some(()), some(("R1",)), some(("R1", "R2"))) == ("", "R1", "R1, R2")


def test_many_names_are_counted():
    assert some(("R1", "R2", "R3", "R4"), named=3) == "R1, R2, R3 and 1 more"


@given(findings)
def test_no_kind_takes_more_than_ten_lines_and_none_is_lost(found):
    codes = [finding.code for finding in grouped(found)]

    assert set(codes) == {finding.code for finding in found}
    assert all(codes.count(code) <= MOST_OF_A_KIND for code in codes)


@given(findings)
def test_grouping_twice_changes_nothing(found):
    assert grouped(grouped(found)) == grouped(found)
