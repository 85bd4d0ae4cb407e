"""Centroid lines without headings, told from everything else that has numbers in columns."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.board.design import FileRole, Side
from portal.intake.centroid import read_centroid
from portal.intake.positions import has_place, is_bare_centroid, is_position
from portal.intake.tables import table_role

EAGLE = """\
C1   10.00 -20.00   0 4.7uF C0805
R1   12.70 -20.00  90 10k R0603
U1   25.40 -30.50 270 LM358 SO08
"""
ALLEGRO = """\
UUNITS = MILS
C1                   393.701     -787.402        0    C0805
D1                   393.701    -1574.803      180  m LED0603
FID1                 100.000     -100.000        0    FIDUCIAL_1MM
"""
# What else a package holds in columns of numbers.
OTHERS = {
    "drill report": "T1   0.30  312  0  PTH\nT2   0.60   12  0  PTH\nT3   1.00    4  0  NPTH\n",
    "drill tools": "T01 8.000 312 0 PLATED\nT02 20.000 12 0 PLATED\n",
    "netlist": "R1-1 GND 1.0 2.0\nR1-2 VCC 1.0 2.0\nC1-1 GND 4.0 2.0\n",
    "aperture list": "D10 ROUND 0.150 0.150 LINE\nD11 RECT 0.600 0.800 FLASH\n",
    "stack-up": "L1 0.035 1.0 0 COPPER\n",
    "Excellon": "M48\nMETRIC\nT1C0.3\nX1.0Y2.0\nX3.0Y4.0\n",
    "licence": "Permission is hereby granted, free of charge, to any person\nobtaining a copy of this software\n",
    "designators": "R1:1\nR2:1\nC1:4\n",
}


@pytest.mark.parametrize("text", [EAGLE, ALLEGRO], ids=["Eagle", "Allegro"])
def test_mount_files_are_known_by_their_lines(text):
    assert is_bare_centroid(text.splitlines())


@pytest.mark.parametrize("text", OTHERS.values(), ids=OTHERS)
def test_other_columns_of_numbers_are_no_mount_file(text):
    assert not is_bare_centroid(text.splitlines())
    assert table_role("report.txt", text.encode()) is None


@pytest.mark.parametrize(
    ("line", "does"),
    [
        ("R1 5.00 10.00 90 10k R0603", True),
        ("R1 -5.00 -10.00 0 R0603", True),
        ("LED12 1e1 2e1 359.9 LED0603", True),
        ("R1 5.00 10.00 90", False),
        ("R1 5.00 ten 90 R0603", False),
        ("R1 5.00 10.00 1000 R0603", False),
        ("R1 5.00 10.00 90 1206", False),
        ("10k 5.00 10.00 90 R0603", False),
        ("", False),
    ],
)
def test_a_position_is_a_designator_a_place_an_angle_and_a_name(line, does):
    assert is_position(line.split()) is does


@pytest.mark.parametrize("line", ["MH-TOP 100.0 200.0 0 1206", "LOGO 1 2 0 LOGO", "R1 5.00 10.00 90 1206"])
def test_in_a_file_that_is_known_odd_names_and_packages_of_digits_count_too(line):
    assert has_place(line.split())
    assert not is_position(line.split())


def test_allegros_lone_m_is_a_side_and_no_package():
    parts = read_centroid("place_txt.txt", ALLEGRO.encode()).placements

    assert [(part.side, part.package) for part in parts] == [
        (Side.TOP, "C0805"),
        (Side.BOTTOM, "LED0603"),
        (Side.TOP, "FIDUCIAL_1MM"),
    ]


def test_an_eagle_part_without_a_value_has_only_its_package():
    [first, *_] = read_centroid("a.mnt", b"C1 1.0 2.0 0 C0805\nR1 3.0 4.0 0 10k R0603\nU1 1 1 0 a b SO08\n").placements

    assert (first.value, first.package) == ("", "C0805")


def test_an_eagle_value_of_several_words_stays_together():
    parts = read_centroid("a.mnt", b"U1 1.0 2.0 0 LM 358 D SO08\nR1 3.0 4.0 0 10k R0603\n").placements

    assert parts[0].value == "LM 358 D"


def test_eagles_angles_with_letters_say_the_side_too():
    parts = read_centroid("a.mnt", b"U1 1.0 2.0 MR90 LM358 SO08\nR1 3.0 4.0 R180 10k R0603\n").placements

    assert [(part.side, part.rotation_deg) for part in parts] == [(Side.BOTTOM, 90.0), (Side.TOP, 180.0)]


def test_an_empty_mount_file_is_a_side_without_parts():
    assert table_role("board.mnb", b"") is FileRole.CENTROID
    assert read_centroid("board.mnb", b"").placements == ()


NAMES = st.builds("{}{}".format, st.sampled_from(["R", "C", "U", "LED"]), st.integers(1, 999))
PLACES = st.integers(-9_999, 9_999).map(lambda hundredths: f"{hundredths / 100:.2f}")


@given(
    st.lists(
        st.tuples(NAMES, PLACES, PLACES, st.integers(0, 359).map(str), st.sampled_from(["10k", "LM358"])),
        min_size=2,
        max_size=15,
        unique_by=lambda part: part[0],
    )
)
def test_a_mount_file_reads_back(parts):
    text = "\n".join(
        f"{' '.join(part)} SO08" for part in [("R1000", "1", "1", "0", "x"), ("C1000", "1", "1", "0", "x"), *parts]
    )
    reading = read_centroid("board.mnt", text.encode())

    assert [(p.designator, f"{p.x_mm:.2f}", f"{p.y_mm:.2f}", p.value) for p in reading.placements][2:] == [
        (name, f"{float(x):.2f}", f"{float(y):.2f}", value) for name, x, y, _, value in parts
    ]


@given(st.lists(st.text("R1C2 .-\tNa", max_size=30), max_size=15))
def test_any_lines_are_a_mount_file_or_none(lines):
    assert is_bare_centroid(lines) in {True, False}
