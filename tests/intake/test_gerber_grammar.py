"""Statements of the right letters that mean nothing: refused or read, and never a crash."""

from contextlib import suppress

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.board.artwork import Artwork, DrillHits
from portal.intake.drill import DrillRefused, is_drill, read_drill
from portal.intake.gerber import GerberRefused, is_gerber, read_gerber

MANY = settings(max_examples=300)
digits = st.text("0123456789", max_size=9)
number = st.one_of(st.integers(-(10**7), 10**7).map(str), digits, st.sampled_from(["", "-", "+5", "1.5", ".5", "--1"]))
code = st.sampled_from(["D01", "D02", "D03", "D10", "D11", "D20", "D3", "D99999999", ""])
mode = st.sampled_from(["G01", "G02", "G03", "G36", "G37", "G74", "G75", "G54", "G55", "G70", "G71", "G90", "G91", ""])


def words(*letters: str) -> st.SearchStrategy[str]:
    return st.tuples(*(st.one_of(st.just(""), number.map(lambda n, a=letter: a + n)) for letter in letters)).map(
        "".join
    )


operation = st.tuples(mode, words("X", "Y", "I", "J"), code).map(lambda parts: "".join(parts) + "*\n")
expression = st.text("0123456789.$+-xX/()", max_size=12)
primitive = st.tuples(
    st.sampled_from([*"0124567", "20", "21", "22", "99", "$1=", "$2="]), st.lists(expression, max_size=12)
).map(lambda parts: ",".join([parts[0], *parts[1]]) + "*")
macro = st.lists(primitive, max_size=4).map(lambda body: "%AMPAD*" + "".join(body) + "%\n")
modifiers = st.lists(number, max_size=5).map("X".join)
shape = st.sampled_from(["C", "R", "O", "P", "PAD", "NOBODY"])
definition = st.tuples(st.sampled_from(["10", "11", "20", "999999999"]), shape, modifiers).map(
    lambda parts: f"%ADD{parts[0]}{parts[1]},{parts[2]}*%\n"
)
repeat = words("X", "Y", "I", "J").map(lambda text: f"%SR{text}*%\n")
setting = st.sampled_from(
    [
        "LPC",
        "LPD",
        "LMX",
        "LMXY",
        "LMN",
        "LR45",
        "LR",
        "LS0",
        "LS2",
        "LS-1",
        "ABD20",
        "ABD21",
        "AB",
        "SR",
        "IPNEG",
        "IPPOS",
        "OFA1B1",
        "OF",
        "SFA0B9",
        "MIA1B1",
        "IR0",
        "ASAXBY",
        "MOIN",
        "MOMM",
        "FSLAX24Y24",
        "FSTIX66Y66",
        "TF.X,1",
        "TA.AperFunction",
        "TD",
        "TO.N,1",
        "KOC",
        "IFother",
        "LNx",
        "ZZ",
    ]
).map(lambda text: f"%{text}*%\n")
comment = st.text("abc %*#@!TF.,", max_size=20).map(lambda text: f"G04 {text}*\n")
end = st.sampled_from(["M02*\n", "M00*\n", "M01*\n", "%", "*", ""])
layer = st.lists(st.one_of(operation, operation, definition, macro, repeat, setting, comment, end), max_size=40)
HEAD = "%FSLAX26Y26*%\n%MOMM*%\n%ADD10C,0.2*%\n%ADD11R,1X2*%\nD10*\nX0Y0D03*\n"


def read_or_refused(data: bytes) -> Artwork | None:
    with suppress(GerberRefused):
        return read_gerber(data)
    return None


def holds_together(artwork: Artwork) -> bool:
    """Every number finite, every row with its aperture, every contour with its points."""
    places = [artwork.flashes.x, artwork.flashes.y, artwork.draws.ends, artwork.draws.centres, artwork.regions.points]
    used = np.concatenate((artwork.flashes.aperture, artwork.draws.aperture))
    return (
        all(bool(np.isfinite(place).all()) for place in places)
        and bool(((used > 0) & (used < len(artwork.apertures))).all())
        and artwork.regions.starts[-1] == len(artwork.regions.points)
        and len(artwork.regions.starts) == len(artwork.regions) + 1
    )


@MANY
@given(layer)
def test_statements_in_any_order_are_read_or_refused(statements):
    artwork = read_or_refused((HEAD + "".join(statements)).encode())

    assert artwork is None or holds_together(artwork)


@MANY
@given(layer)
def test_statements_without_a_head_are_read_or_refused(statements):
    artwork = read_or_refused("".join(statements).encode())

    assert artwork is None or holds_together(artwork)


@MANY
@given(st.lists(macro, max_size=3), modifiers)
def test_macros_of_any_make_are_drawn_or_left_out(macros, values):
    artwork = read_or_refused((HEAD + "".join(macros) + f"%ADD20PAD,{values}*%\nD20*\nX0Y0D03*\nM02*\n").encode())

    assert artwork is None or holds_together(artwork)


@MANY
@given(layer, st.integers(0, 2000))
def test_a_layer_cut_off_anywhere_is_read_or_refused(statements, length):
    artwork = read_or_refused((HEAD + "".join(statements)).encode()[:length])

    assert artwork is None or holds_together(artwork)


@given(st.binary(max_size=200))
def test_any_bytes_are_gerber_or_not(data):
    assert is_gerber(data) in {True, False}
    assert is_drill(data) in {True, False}


tool = st.tuples(
    st.sampled_from(["1", "01", "2", "0", "999999", ""]), st.sampled_from(["", "C0.8", "C.5F10S3", "C", "CX"])
).map(lambda parts: f"T{parts[0]}{parts[1]}\n")
move = st.tuples(st.sampled_from(["", "G00", "G01", "G02", "G05", "G85", "G93"]), words("X", "Y", "A", "I", "J")).map(
    "".join
)
line = st.one_of(move, words("R", "X", "Y"), st.tuples(move, move).map("G85".join)).map(lambda text: text + "\n")
word = st.sampled_from(
    [
        "M48",
        "%",
        "M95",
        "M30",
        "M00",
        "M15",
        "M16",
        "M17",
        "M25",
        "M01",
        "M02X1Y1",
        "M08",
        "M71",
        "M72",
        "METRIC",
        "INCH",
        "METRIC,LZ,000.000",
        "INCH,TZ,00.0000",
        "INCH,LZ",
        "G90",
        "G91",
        "G05",
        "G81",
        "FMAT,2",
        "VER,1",
        "ICI,OFF",
        ";TYPE=NON_PLATED",
        ";FILE_FORMAT=9:9",
        ";FORMAT={-:-/ absolute / metric / decimal}",
        ";T1 Holesize 1. = 12.0 PLATED MILS",
        "(comment)",
    ]
).map(lambda text: text + "\n")
routing = st.lists(st.one_of(tool, line, line, word), max_size=40)


def hits_or_refused(text: str, **more) -> DrillHits | None:
    with suppress(DrillRefused):
        return read_drill(text.encode(), **more)
    return None


def holes_hold_together(hits: DrillHits) -> bool:
    places = (hits.x_mm, hits.y_mm, hits.slots[:, :4])
    sizes = np.concatenate((hits.diameter_mm, hits.slots[:, 4]))
    return (
        all(bool(np.isfinite(place).all()) for place in places)
        and not (sizes <= 0).any()
        and len(hits.plating_each) == len(hits.x_mm) + len(hits.slots)
        and hits.count <= len(hits.x_mm) + len(hits.slots)
    )


@MANY
@given(routing)
def test_drill_lines_in_any_order_are_read_or_refused(lines):
    hits = hits_or_refused("M48\nMETRIC\nT1C0.8\n%\nT1\nX1.0Y1.0\n" + "".join(lines))

    assert hits is None or holes_hold_together(hits)


@MANY
@given(routing, st.tuples(*[st.floats(-100, 100)] * 4))
def test_drill_lines_without_a_head_are_read_or_refused(lines, corners):
    x0, y0, x1, y1 = corners
    hits = hits_or_refused("".join(lines), near=(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)))

    assert hits is None or holes_hold_together(hits)
