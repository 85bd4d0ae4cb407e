"""What a customer said about a file holds for the next revision's file of the same kind, and for no other."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.board.design import FileRole
from portal.intake.corrections import RoleSaid
from portal.intake.naming import pattern_of, said_of

MASK = RoleSaid(FileRole.MASK)


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("amp-F_Fab.gbr", "*-f_fab.gbr"),
        ("out/v2/amp-F_Fab.gbr", "*-f_fab.gbr"),
        ("LimeSDR-QPCIe_1v2.GM1", "*.gm1"),
        ("amp-v1.2-assy_notes.gbr", "*-assy_notes.gbr"),
        ("amp_extra_v12.gbr", "*extra_*.gbr"),
        ("amp extra rev C.gbr", "*c.gbr"),
        ("L2-GND1.art", "l2-gnd1.art"),
        ("top.gbr", "top.gbr"),
        ("2024-11-02.gbr", "*.gbr"),
        ("Widget (3).frame.gbr", "*frame.gbr"),
        ("readme", "readme"),
        ("", "*"),
    ],
)
def test_the_boards_own_name_and_its_version_stand_for_nothing(name, pattern):
    assert pattern_of(name) == pattern


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("amp-v1.2-frame.gbr", "amp-v1.3-frame.gbr"),
        ("amp_r4_frame.gbr", "amp_r5_frame.gbr"),
        ("rev A/amp-F_Fab.gbr", "rev B/amp-F_Fab.gbr"),
        ("amp-frame-2024.gbr", "amp-frame-2025.gbr"),
    ],
)
def test_the_next_revision_has_the_same_pattern(old, new):
    assert pattern_of(old) == pattern_of(new)


@pytest.mark.parametrize(
    ("one", "other"),
    [("L2.gbr", "L3.gbr"), ("amp-in1.gbr", "amp-in2.gbr"), ("amp.GM1", "amp.GM2"), ("amp_top.gbr", "amp_bottom.gbr")],
)
def test_another_layer_has_another_pattern(one, other):
    assert pattern_of(one) != pattern_of(other)


def test_the_very_name_is_believed_before_its_pattern():
    said = {"*-f_fab.gbr": MASK, "amp-F_Fab.gbr": RoleSaid(FileRole.DRAWING)}

    assert said_of("amp-F_Fab.gbr", said) == RoleSaid(FileRole.DRAWING)
    assert said_of("pump-F_Fab.gbr", said) == MASK


def test_of_a_file_that_nobody_spoke_of_nothing_is_said():
    assert said_of("amp-F_Cu.gbr", {"*-f_fab.gbr": MASK}) is None


@given(name=st.text(max_size=60))
def test_every_name_has_a_pattern_that_fits_it(name):
    pattern = pattern_of(name)
    plain = name.replace("\\", "/").rsplit("/", 1)[-1].lower()

    assert re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), plain, re.DOTALL)


@given(name=st.text(alphabet="abvr-_. 0123456789", max_size=40))
def test_a_pattern_is_small_and_without_a_folder(name):
    pattern = pattern_of(f"Folder/{name}")

    assert pattern == pattern.lower()
    assert "/" not in pattern
