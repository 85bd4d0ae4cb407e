"""Ten lines that a customer reads, not four hundred."""

from hypothesis import given
from hypothesis import strategies as st

from portal.board.design import Finding, Severity
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


def test_ten_of_a_kind_are_named_each():
    ten = odd(*(f"R{at}" for at in range(10)))

    assert grouped(ten) == tuple(ten)


def test_eleven_of_a_kind_are_one_with_two_names():
    [finding] = grouped(odd(*(f"R{at}" for at in range(11))))

    assert finding.where == "R0, R1 and 9 more"


def test_kinds_are_counted_apart():
    many, few = odd(*(f"R{at}" for at in range(40))), odd("C1", "C2", code="far-cells")

    assert [finding.where for finding in grouped([*many, *few])] == ["R0, R1 and 38 more", "C1", "C2"]


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
