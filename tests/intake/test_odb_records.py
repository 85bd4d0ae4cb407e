"""Records of ODB++ layers, packed files and damage: islands, holes, polarity, bad numbers, .Z members and bombs."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from odb_jobs_made import COPPER, files, members, packed

from portal.board.design import FileRole, Severity, Side
from portal.board.measure import measure
from portal.board.shapes import signed_area
from portal.board.solid import solid
from portal.errors import PackageRefused
from portal.intake.archives import Member
from portal.intake.odb import read_odb
from portal.intake.odb_features import read_features

HEAD = "UNITS=MM\n$0 r1000\n$1 s2000\n$2 r200\n"
TOP = "steps/pcb/layers/top/features"


def read(texts):
    return read_odb(members(texts), name="odbjob")


def artwork(records, *, head=HEAD):
    board = read(files(top=head + records) | {"steps/pcb/profile": None})
    [layer] = [each for each in board.stack.layers if each.role is FileRole.COPPER and each.side is Side.TOP]
    return layer.artwork


def covered(records):
    """The area that is copper in the end."""
    return solid(artwork(records), (-50, -50, 50, 50)).area


def ring(kind, *corners):
    (x0, y0), *rest = corners
    return f"OB {x0} {y0} {kind}\n" + "".join(f"OS {x} {y}\n" for x, y in (*rest, (x0, y0))) + "OE\n"


def square(kind, x, y, side):
    return ring(kind, (x, y), (x, y + side), (x + side, y + side), (x + side, y))


def surface(*rings, polarity="P"):
    return f"S {polarity} 0\n{''.join(rings)}SE\n"


def codes(board):
    return [(finding.severity, finding.code) for finding in board.findings]


SURFACES = {
    "one island": ((square("I", 0, 0, 10),), 100),
    "with a hole": ((square("I", 0, 0, 10), square("H", 4, 4, 2)), 96),
    "with two holes": ((square("I", 0, 0, 10), square("H", 1, 1, 2), square("H", 6, 6, 2)), 92),
    "two islands": ((square("I", 0, 0, 10), square("I", 20, 0, 5)), 125),
    "each with its hole": (
        (square("I", 0, 0, 10), square("H", 4, 4, 2), square("I", 20, 0, 5), square("H", 21, 1, 1)),
        120,
    ),
    "an island in a hole": ((square("I", 0, 0, 10), square("H", 2, 2, 6), square("I", 4, 4, 2)), 68),
    "drawn the other way": ((ring("I", (0, 0), (10, 0), (10, 10), (0, 10)),), 100),
    "not closed": (("OB 0 0 I\nOS 10 0\nOS 10 10\nOS 0 10\nOE\n",), 100),
    "without an end": (("OB 0 0 I\nOS 10 0\nOS 10 10\nOS 0 10\n",), 100),
    "a half circle": (("OB -5 0 I\nOC 5 0 0 0 Y\nOE\n",), 12.5 * math.pi),
    "the other half": (("OB -5 0 I\nOC 5 0 0 0 N\nOE\n",), 12.5 * math.pi),
    "a full circle": (("OB 5 0 I\nOC 5 0 0 0 Y\nOE\n",), 25 * math.pi),
    "a round hole": ((square("I", -10, -10, 20), "OB 5 0 H\nOC 5 0 0 0 N\nOE\n"), 400 - 25 * math.pi),
    "a hole without an island": ((square("H", 0, 0, 10),), 0),
    "nothing": ((), 0),
    "of two points": (("OB 0 0 I\nOS 10 0\nOE\n",), 0),
}


@pytest.mark.parametrize(("rings", "area"), SURFACES.values(), ids=SURFACES)
def test_a_surface_is_its_islands_less_their_holes(rings, area):
    assert covered(surface(*rings) + "P 40 40 0 P 0 8 0\n") - covered("P 40 40 0 P 0 8 0\n") == pytest.approx(
        area, rel=0.01, abs=1e-6
    )


DOT = math.pi / 4
POLARITIES = {
    "a dot taken from a square": ("P 0 0 1 P 0 8 0\nP 0 0 0 N 0 8 0\n", 4 - DOT),
    "what comes later fills again": ("P 0 0 1 P 0 8 0\nP 0 0 0 N 0 8 0\nP 0 0 1 P 0 8 0\n", 4),
    "taking away before there is anything": ("P 0 0 0 N 0 8 0\nP 0 0 1 P 0 8 0\n", 4),
    "a line taken away": ("P 0 0 1 P 0 8 0\nL -5 0 5 0 2 N 0\n", 4 - 0.4),
    "a surface taken away": (surface(square("I", 0, 0, 10)) + surface(square("I", 0, 0, 5), polarity="N"), 75),
    "a hole in what takes away": (
        surface(square("I", 0, 0, 10)) + surface(square("I", 0, 0, 6), square("H", 1, 1, 2), polarity="N"),
        100 - 36 + 4,
    ),
}


@pytest.mark.parametrize(("records", "area"), POLARITIES.values(), ids=POLARITIES)
def test_negative_features_take_away_from_what_came_before(records, area):
    assert covered(records) == pytest.approx(area, rel=0.01)


@pytest.mark.parametrize(
    ("record", "box"),
    [
        ("L 0 0 10 0 0 P 0", (-0.5, -0.5, 10.5, 0.5)),
        ("L 0 0 10 0 1 P 0", (-1, -1, 11, 1)),
        ("L 5 5 5 5 0 P 0", (4.5, 4.5, 5.5, 5.5)),
        ("A -5 0 5 0 0 0 0 P 0 Y", (-5.5, -0.5, 5.5, 5.5)),
        ("A -5 0 5 0 0 0 0 P 0 N", (-5.5, -5.5, 5.5, 0.5)),
        ("A 5 0 5 0 0 0 0 P 0 Y", (-5.5, -5.5, 5.5, 5.5)),
        ("L 1e1 0 -.5 +2 0 P 0;0=1;ID=5", (-1, -0.5, 10.5, 2.5)),
    ],
)
def test_lines_and_arcs_reach_as_far_as_their_pen(record, box):
    assert artwork(f"{record}\n").bounds_mm() == pytest.approx(box, abs=0.01)


@pytest.mark.parametrize(
    "record",
    [
        *("P ", "P 1", "P 1 1 0 P", "P 1 1 x P 0 8 0", "P one 1 0 P 0 8 0", "P 1 1 0 p 0 8 0", "P 1e7 1 0 P 0 8 0"),
        *("L 1 1 2 2", "L 1 1 2 2 0", "L 1 1 2 nan 0 P 0", "L 1 1 2 2 0 Z 0", "A 1 1 2 2 0 0 0 P 0", "A 1 1 2 2 0 0"),
        *("P 1 1 -1 0 P 0 8 0", "P 1 1 -1 0 inf P 0 8 0", "P 1 1 0 P x 8 0", "S ", "S X 0"),
    ],
)
def test_a_record_that_says_nothing_is_left_out_and_asked_about(record):
    found = artwork(f"{record}\nP 5 5 0 P 0 8 0\n")

    assert (len(found.flashes), [finding.code for finding in found.findings]) == (1, ["odb-unread"])


@pytest.mark.parametrize(
    "line", ["#", "# P 1 1 0 P 0 8 0", "", "   ", "F 12", "ID=7", "UNITS=MM", "&0 PAD", "X 1 2 3", "p 1 1"]
)
def test_lines_that_are_no_records_are_passed_over(line):
    found = artwork(f"{line}\nP 5 5 0 P 0 8 0\n{line}\n")

    assert (len(found.flashes), found.findings) == (1, ())


@pytest.mark.parametrize("between", ["#\n", "\n", "# corner\n\n", "\r\n"])
def test_comments_and_empty_lines_do_not_part_a_contour(between):
    text = surface(square("I", 0, 0, 10), square("H", 4, 4, 2)).replace("\n", f"\n{between}")

    assert covered(text) == pytest.approx(96)


@given(
    left=st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), max_size=8, unique=True),
    side=st.floats(0.2, 0.8),
)
def test_holes_take_their_area_wherever_they_lie(left, side):
    holes = [square("H", x + 0.1, y + 0.1, side) for x, y in left]

    areas = artwork(surface(square("I", 0, 0, 10), *holes)).regions.signed_areas_mm2()

    assert abs(areas.sum()) == pytest.approx(100 - len(left) * side**2)


@given(points=st.lists(st.tuples(st.integers(-9, 9), st.integers(-9, 9)), min_size=3, max_size=9, unique=True))
def test_a_surface_of_any_corners_has_the_area_of_its_polygon(points):
    found = artwork(surface(ring("I", *points))).regions.signed_areas_mm2()

    assert abs(found.sum()) == pytest.approx(abs(signed_area(np.array(points, dtype=float))), abs=1e-6)


PATHS = sorted(path for path in files() if path != "misc/info")


@pytest.mark.parametrize("suffix", [".Z", ".z"])
@pytest.mark.parametrize("path", PATHS)
def test_any_file_of_a_job_may_be_packed(path, suffix):
    plain = files()

    board = read({**plain, path: None, f"{path}{suffix}": packed(plain[path].encode())})

    assert measure(board.stack)[0] == measure(read(plain).stack)[0]
    assert (len(board.placements), len(board.lines)) == (1, 1)


def test_a_whole_job_may_be_packed():
    board = read({f"{path}.Z": packed(text.encode()) for path, text in files().items()})

    assert (measure(board.stack)[0].drills.hits, board.tool) == (3, "Example CAD")


def test_a_file_called_z_that_is_not_packed_is_read_as_it_is():
    assert len(read({**files(), TOP: None, f"{TOP}.Z": COPPER}).stack.of(FileRole.COPPER)) == 2


@pytest.fixture(scope="module")
def bomb():
    """Zeros without end, just beyond what is harmless."""
    return packed(bytes(4_300_000), widest=16)


@pytest.mark.parametrize(
    ("path", "severity"),
    [
        (TOP, Severity.STOP),
        ("steps/pcb/layers/drill/features", Severity.STOP),
        ("steps/pcb/layers/comp_+_top/components", Severity.ASK),
        ("steps/pcb/profile", Severity.ASK),
        ("steps/pcb/eda/data", Severity.NOTE),
    ],
)
def test_a_packed_bomb_costs_only_its_own_file(bomb, path, severity):
    board = read({**files(), path: None, f"{path}.Z": bomb})

    assert (severity, "archive-bomb") in codes(board)
    assert board.stack.layers


def test_a_bomb_for_a_list_of_layers_is_refused(bomb):
    with pytest.raises(PackageRefused) as refusal:
        read({**files(), "matrix/matrix": bomb})

    assert refusal.value.code == "archive-bomb"


def test_a_bomb_for_a_symbol_leaves_the_symbol_out(bomb):
    top = "UNITS=MM\n$0 special\n$1 r1000\nP 5 5 0 P 0 8 0\nP 9 9 1 P 0 8 0\n"

    board = read(files(top=top) | {"symbols/special/features": bomb})

    assert (Severity.ASK, "odb-symbol-unknown") in codes(board)


def nested(depth):
    """Symbols that each draw the one below them; the last is a dot."""
    symbols = {f"symbols/s{at}/features": f"UNITS=MM\n$0 s{at + 1}_\nP 0 0 0 P 0 8 0\n" for at in range(depth)}
    return {path: text.replace(f"s{depth}_", "r1000").replace("_", "") for path, text in symbols.items()}


@pytest.mark.parametrize(("depth", "known"), [(1, True), (2, True), (3, True), (5, False)])
def test_symbols_of_symbols_are_drawn_as_deep_as_jobs_nest_them(depth, known):
    board = read(files(top="UNITS=MM\n$0 s0\nP 5 5 0 P 0 8 0\n") | nested(depth))

    assert ((Severity.ASK, "odb-symbol-unknown") not in codes(board)) is known


def test_a_symbol_of_the_job_goes_before_the_standards():
    own = {"symbols/r1000/features": f"UNITS=MM\n{surface(square('I', -2, -2, 4))}"}
    board = read(files(top="UNITS=MM\n$0 r1000\nP 5 5 0 P 0 8 0\n") | own)

    assert board.stack.of(FileRole.COPPER, Side.TOP)[0].artwork.bounds_mm() == pytest.approx((3, 3, 7, 7))


def test_a_symbol_keeps_its_own_unit():
    own = {"symbols/tiny/features": f"UNITS=INCH\n{surface(square('I', 0, 0, 1))}"}
    board = read(files(top="UNITS=MM\n$0 tiny\nP 5 5 0 P 0 8 0\n") | own)

    assert board.stack.of(FileRole.COPPER, Side.TOP)[0].artwork.bounds_mm() == pytest.approx((5, 5, 30.4, 30.4))


def test_copper_without_any_symbol_is_said_by_number():
    board = read(files(top="UNITS=MM\nP 5 5 7 P 0 8 0\n"))

    assert "number 7" in next(f.message for f in board.findings if f.code == "odb-symbol-unknown")


@given(data=st.binary(max_size=200))
def test_any_bytes_for_a_layer_are_read_or_said(data):
    board = read_odb((*members(files() | {TOP: None}), Member(f"odbjob/{TOP}", data)), name="odbjob")

    assert all(np.isfinite(layer.artwork.bounds_mm() or 0).all() for layer in board.stack.layers)


@given(
    records=st.lists(
        st.sampled_from(
            ["P 1 1 0 P 0 8 0", "L 1 1 2 2 2 P 0", "T 1 1 f P 0 1 1 1 'x' 1", "B 1 1 c", "S P 0\nSE", "P x"]
        ),
        max_size=20,
    )
)
def test_records_are_numbered_as_the_netlist_counts_them(records):
    found = read_features("\n".join(["$0 r1", "$2 r1", *records]).encode(), mm=1.0)

    drawn = [at for at, record in enumerate(records) if record[0] in "PLS" and record != "P x"]
    assert [feature.number for feature in found.features] == drawn
