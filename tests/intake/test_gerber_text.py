"""The first cut through a file: what is comment, what is command, what is operation."""

import pytest

from portal.intake.gerber_text import Command, split


def commands(text: str) -> list[str]:
    return [command.text for command in split(text.encode()).commands]


def stream(text: str) -> str:
    return split(text.encode()).stream.decode()


@pytest.mark.parametrize(
    "comment", ["G04 hello*", "G4 hello*", "G04*", "G4*", "G04 100 % of it*", "G04 D10*", "G04X1Y1*"]
)
def test_comments_are_no_operations(comment):
    assert stream(f"D10*{comment}X1Y1D03*M02*") == "D10*X1Y1D03*"


def test_a_comment_may_speak_of_comments():
    assert stream("G04 after G04 comes text, G04 says*X1Y1D03*M02*") == "X1Y1D03*"


@pytest.mark.parametrize("code", ["G40*", "G041*", "XG04*", "G44*"])
def test_what_only_looks_like_a_comment_stays(code):
    assert stream(f"{code}X1Y1D03*M02*") == f"{code}X1Y1D03*"


def test_a_comment_that_is_never_ended_lasts_to_the_end():
    assert stream("X1Y1D03*G04 and so on") == "X1Y1D03*"


def test_an_attribute_in_a_comment_is_a_command():
    assert commands("G04 #@! TF.FileFunction,Copper,L1,Top*X1Y1D03*M02*") == ["TF.FileFunction,Copper,L1,Top"]


def test_a_command_counts_from_its_statement_on():
    script = split(b"D10*X1Y1D03*%LPC*%X2Y2D03*M02*")

    assert script.commands == (Command(2, "LPC"),)


def test_several_commands_may_share_one_pair_of_percent_signs():
    assert commands("%FSLAX24Y24*MOIN*%M02*") == ["FSLAX24Y24", "MOIN"]


def test_a_macro_keeps_its_stars():
    assert commands("%AMPAD*1,1,$1,0,0*%M02*") == ["AMPAD*1,1,$1,0,0*"]


@pytest.mark.parametrize("empty", ["%%", "%*%", "% %", "%**%"])
def test_an_empty_command_is_none(empty):
    assert commands(f"{empty}M02*") == []


def test_a_last_percent_sign_opens_nothing():
    assert stream("X1Y1D03*M02*%") == "X1Y1D03*"


@pytest.mark.parametrize("end", ["M02*", "M2*", "M00*", "M02 *", "M0*"])
def test_the_end_is_found_in_every_spelling(end):
    script = split(f"X1Y1D03*{end}X2Y2D03*".encode())

    assert (script.stream, script.has_end) == (b"X1Y1D03*", True)


def test_an_optional_stop_is_no_end():
    assert stream("X1Y1D03*M01*X2Y2D03*M02*") == "X1Y1D03*M01*X2Y2D03*"


@pytest.mark.parametrize("data", [b"", b"G", b"G4", b"*", b"%"])
def test_the_shortest_files_are_cut_too(data):
    assert split(data).commands == ()
