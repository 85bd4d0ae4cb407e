"""Grammars of Gerber and Excellon as Hypothesis strategies, and the ways in which a real file gets damaged.

The statements have the right letters and any order and sense; the damages are those of disks, mails and editors.
"""

import zipfile
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from portal.intake.drill import is_drill
from portal.intake.gerber import is_gerber

MOST = 16  # statements of one input: faults need few, and short inputs are many
EXAMPLES = Path(__file__).parents[2] / "config" / "examples"
BASE_BYTES = 6_000  # of a real file: its head, and enough of its body

HEAD = "%FSLAX26Y26*%\n%MOMM*%\n%ADD10C,0.2*%\n%ADD11R,1X2*%\nD10*\nX0Y0D03*\n"
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
        "TO.N,A\\u002CB",
        "TO.P,U1,2",
        "TO.N",
        "TD.N",
        "TD.P",
        "KOC",
        "IFother",
        "LNx",
        "ZZ",
    ]
).map(lambda text: f"%{text}*%\n")
comment = st.text("abc %*#@!TF.,", max_size=20).map(lambda text: f"G04 {text}*\n")
end = st.sampled_from(["M02*\n", "M00*\n", "M01*\n", "%", "*", ""])
layer = st.lists(st.one_of(operation, operation, definition, macro, repeat, setting, comment, end), max_size=MOST)

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
routing = st.lists(st.one_of(tool, line, line, word), max_size=MOST)
SCRAPS = [
    *(
        b"*",
        b"%",
        b"*%",
        b"%*",
        b"-",
        b"+",
        b".",
        b"X",
        b"Y",
        b"I",
        b"D",
        b"G",
        b"\n",
        b"\0",
        b"\xff",
        b"\xef\xbb\xbf",
        b"e9",
    ),
    *(b"999999999999", b"9" * 20, b"X-0", b"D03*", b"D02*", b"D10*", b"G36*", b"G37*", b"G74*", b"G75*G02*", b"G04 "),
    *(b"%SRX99Y99I1J1*%", b"%ABD10*%", b"%AB*%", b"%LPC*%", b"%LMX*%", b"%LR33*%", b"%ADD10C,0*%", b"%TD*%", b"M02*"),
    *(
        b"M48\n",
        b"%\n",
        b"T1\n",
        b"T0\n",
        b"G85",
        b"R99X1Y1\n",
        b"M15\n",
        b"M16\n",
        b"G02",
        b"INCH,LZ\n",
        b"M95\n",
        b";",
    ),
]
scrap = st.one_of(st.sampled_from(SCRAPS), st.binary(min_size=1, max_size=4))
# where (as a share of the file), what comes there, how many bytes go, how often it comes
damage = st.tuples(
    st.floats(0, 1), scrap, st.sampled_from([0, 0, 1, 2, 5, 40, 3_000]), st.sampled_from([1, 1, 1, 2, 50])
)
damages = st.lists(damage, min_size=1, max_size=6)


def damaged(data: bytes, changes: list[tuple[float, bytes, int, int]]) -> bytes:
    for share, piece, gone, times in changes:
        at = int(share * len(data))
        data = data[:at] + piece * times + data[at + gone :]
    return data


@cache
def bases(kind: str) -> list[bytes]:
    """The beginnings of the Gerber or drill files of the project's own examples."""
    fits = {"gerber": is_gerber, "drill": is_drill}[kind]
    found = []
    for package in sorted(EXAMPLES.glob("*.zip")):
        with zipfile.ZipFile(package) as archive:
            found += [archive.read(name)[:BASE_BYTES] for name in archive.namelist() if not name.endswith("/")]
    return [data for data in found if fits(data)]
