"""A finding names the file as its sender would, not by five folders that all files share."""

import pytest

from portal.web.file_names import without_folders

FILES = ["gerbers/REV_C/top.gbr", "gerbers/REV_C/bot.gbr", "gerbers/REV_B/bot.gbr", "bom.csv", "old/bom 2.csv"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("gerbers/REV_C/top.gbr", "top.gbr"),
        ("The same line is on gerbers/REV_C/top.gbr and bom.csv.", "The same line is on top.gbr and bom.csv."),
        ("old/bom 2.csv was taken; also there: bom.csv", "bom 2.csv was taken; also there: bom.csv"),
        ("R1, R2", "R1, R2"),
        ("", ""),
    ],
)
def test_a_file_is_named_without_its_folders(text, shown):
    assert without_folders(text, FILES) == shown


@pytest.mark.parametrize("file", ["gerbers/REV_C/bot.gbr", "gerbers/REV_B/bot.gbr"])
def test_two_files_of_one_name_keep_their_folders(file):
    assert without_folders(f"{file} is not closed", FILES) == f"{file} is not closed"


def test_a_package_within_a_package_is_not_cut_out_of_its_files_names():
    assert without_folders("sent/v2.zip/top.gbr is cut", ["sent/v2.zip", "sent/v2.zip/top.gbr"]) == "top.gbr is cut"


def test_a_name_with_a_backslash_or_a_quote_stays_as_it_is():
    assert without_folders('a\\b "c".gbr is cut', ['a\\b "c".gbr']) == 'a\\b "c".gbr is cut'
