"""Of several boards one is taken first: none that was put aside, the newest of its revisions; and it is said which."""

import itertools

import pytest
from packages_made import board_files, copper_of, gerber_of, members_of, read_of

from portal.intake.candidates import candidates
from portal.intake.first_taken import plotted_on, version_of
from portal.intake.roles import assign_roles


def boards_of(*sets):
    return candidates(assign_roles(members_of({name: data for one in sets for name, data in one.items()})))


def width_of(folder):
    """Another board in each folder."""
    return 20 + sum(map(ord, folder)) % 97 / 100


def board(folder, stem="amp", day="", more=()):
    """In a folder ("" is the top of the package); `day` is when its films say that they were plotted."""
    files = board_files(stem, width_of(folder)) | dict.fromkeys(more, copper_of(19))
    said = f"G04 plotted {day}*\n".encode() if day else b""
    return {f"{folder}/{name}".lstrip("/"): said + data if b"%FS" in data else data for name, data in files.items()}


def first_of(*sets):
    return boards_of(*sets)[0].folder


COUPONS = {
    f"misc/coupon-{name}.gbr": gerber_of((at, 1, 9, 9)) for at, name in enumerate(["F_Cu", "In1_Cu", "In2_Cu", "B_Cu"])
}


def test_a_folder_of_odds_and_ends_is_not_the_board_however_many_films_it_has():
    assert first_of(board("main"), COUPONS) == "main"


@pytest.mark.parametrize(
    "aside", ["misc", "old", "Archive", "backup", "test", "coupons", "alt", "alte Version", "ancien", "旧", "_older"]
)
def test_what_was_put_aside_comes_last_although_it_has_more_layers(aside):
    four = board(aside, more=["amp-In1_Cu.gbr", "amp-In2_Cu.gbr"])

    for order in itertools.permutations([board("now"), four]):
        assert first_of(*order) == "now"


@pytest.mark.parametrize("name", ["oldham", "mischief", "latest", "contest", "altimeter", "temperature", "prevail"])
def test_a_name_that_only_contains_such_a_word_is_a_board(name):
    four = board(name, more=["amp-In1_Cu.gbr", "amp-In2_Cu.gbr"])

    assert first_of(board("now"), four) == name


def test_where_all_is_put_aside_something_is_taken_all_the_same():
    assert [one.folder for one in boards_of(board("old/v1"), board("old/v2"))] == ["old/v2", "old/v1"]


@pytest.mark.parametrize("past", ["Rev-0", "rev 0", "v0.0"])
def test_the_top_of_the_package_is_newer_than_a_revision_nought_in_it(past):
    assert first_of(board("", stem="amp2"), board(past, more=["amp-In1_Cu.gbr"])) == ""


@pytest.mark.parametrize(
    ("newer", "older"),
    [("rev B", "rev A"), ("Rev_C", "Rev_B"), ("r12", "r9"), ("v2", "v1.9"), ("ver 1.10", "ver 1.9"), ("v3", "")],
)
def test_the_higher_number_is_the_newer_revision(newer, older):
    assert first_of(board(older), board(newer)) == newer


def test_the_newer_revision_is_taken_although_the_older_has_more_layers():
    assert first_of(board("v2"), board("v1", more=["amp-In1_Cu.gbr"])) == "v2"


def test_without_numbers_on_all_of_them_the_films_say_when_they_were_plotted():
    older, newer = board("rev1", day="2021-02-03"), board("", day="2023-05-01T10:00:00")

    assert first_of(older, newer) == ""
    assert first_of(board("", day="2021-02-03"), board("rev1", day="2023-05-01")) == "rev1"


def test_where_one_of_them_says_no_date_the_number_decides():
    assert first_of(board("", day="2024-01-01"), board("rev1")) == "rev1"


def test_numbers_are_believed_before_dates():
    """An old revision is plotted anew for a repair; that makes it no newer."""
    assert first_of(board("v2", day="2021-01-01"), board("v1", day="2024-01-01")) == "v2"


def test_dates_of_different_boards_decide_nothing():
    assert first_of(board("main", day="2020-01-01"), board("display", day="2024-01-01")) == "main"


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("2023-05-01T10:00:00+02:00", "2023-05-01 10:00"),
        ("2023/05/01 07:30", "2023-05-01 07:30"),
        ("2023-05-01", "2023-05-01"),
        ("01/05/23", ""),
        ("part 2023-99-01", ""),
    ],
)
def test_a_date_is_read_where_it_can_be_read_one_way_only(said, day):
    assert plotted_on(boards_of(board("a", day=said))[0]) == day


@pytest.mark.parametrize(("folder", "number"), [("amp-v1.2", (1, 2, 0)), ("rev D", (4, 0, 0)), ("driver7", None)])
def test_a_revision_is_a_number_or_a_letter_behind_a_word_for_it(folder, number):
    assert version_of(boards_of(board(folder))[0]) == number


def test_the_customer_reads_which_revision_was_taken_and_can_take_the_other(tmp_path):
    files = board("", day="2023-05-01") | board("Rev-0", day="2021-02-03")
    [asked] = [one for one in read_of(tmp_path, files).design.findings if one.code == "several-boards"]

    assert "was taken first (plotted 2023-05-01)" in asked.message
    assert "Rev-0 (another revision or variant, plotted 2021-02-03)" in asked.message
    assert read_of(tmp_path, files, take="Rev-0").design.board.width_mm == width_of("Rev-0")
