"""How high a part stands on the board, at most: from its package name or description, else by its standard outline.

Names say it in several ways (RESC1608X55N is 0.55 mm high, CP_Elec_8x10 10 mm); standards give the most that an
outline may have. A name that neither tells stays unknown: None.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

LOWEST_MM, HIGHEST_MM = 0.1, 80.0  # what is outside was read from something that is no height
HUNDREDTHS, TENTHS = 0.01, 0.1


@dataclass(frozen=True, slots=True)
class Height:
    """`mm` is the most; `because` says where it is from, `grade` how good that is (A, B, C, U as everywhere)."""

    mm: float
    because: str
    grade: str


@dataclass(frozen=True, slots=True)
class Said:
    """The group of the pattern is the height, in `unit_mm`."""

    pattern: re.Pattern[str]
    unit_mm: float
    because: str


@dataclass(frozen=True, slots=True)
class Standard:
    pattern: re.Pattern[str]
    mm: float
    because: str
    grade: str


def said(pattern: str, because: str, *, unit_mm: float = 1.0) -> Said:
    return Said(re.compile(pattern, re.IGNORECASE), unit_mm, because)


def standard(pattern: str, mm: float, because: str, *, grade: str = "B") -> Standard:
    return Standard(re.compile(pattern, re.IGNORECASE), mm, because, grade)


MM = r"(\d{1,2}(?:\.\d+)?)"
ENDS = r"(?![\d.])"
IPC = "its IPC-7351 name"
CHIPS = r"(?:RES|CAP|IND|LED|DIO|FUS|BEAD|XTAL|OSC)[A-Z]{0,4}"

IN_PACKAGE = (  # read from the top
    said(r"\bCAPAE\d{3,4}X(\d{3,4})", IPC, unit_mm=HUNDREDTHS),
    said(r"\b" + CHIPS + r"\d{4,6}X(\d{2,4})" + ENDS, IPC, unit_mm=HUNDREDTHS),
    said(r"\b" + CHIPS + r"\d{3,4}X\d{3,4}X(\d{2,3})" + ENDS, IPC, unit_mm=HUNDREDTHS),
    said(r"\b[A-Z]{2,7}\d*[CN]?\d+P\d+(?:X\d+)?X(\d{2,4})(?=[-_LMN]|$)", IPC, unit_mm=HUNDREDTHS),
    said(r"\bBGA\w*_\d{3,4}X\d{3,4}X(\d{2,3})" + ENDS, IPC, unit_mm=HUNDREDTHS),
    said(r"\b[A-Z]{3,7}[\dWLDP]+H(\d{3,4})(?=Q|[LMNB]|$)", IPC, unit_mm=HUNDREDTHS),
    said(r"EIA-\d{4}-(\d\d)" + ENDS, "the case code EIA-LLWW-HH", unit_mm=TENTHS),
    said(r"(?:^|[_\- ])H" + MM + r"mm", "its name, H"),
    said(r"\bCP?_Elec_\d+(?:\.\d+)?x" + MM, "its name, diameter × height"),
    said(r"_D" + MM + r"mm_.*Horizontal", "its name: it lies on its side, D"),
    said(r"\bD\d+(?:\.\d+)?(?:mm)?[x*]L?" + MM + r"(?:mm)?" + ENDS, "its name, diameter × length"),
)
IN_WORDS = (
    said(r"(?:height|seated(?:\s*\(?max\.?\)?)?|\bH\s*=)\D{0,12}?" + MM + r"\s*mm", "its description"),
    said(MM + r"\s*mm\s*(?:\(?max\.?\)?\s*)?(?:height|high\b|tall\b|seated|H\b)", "its description"),
)

EDGE, END = r"(?:^|[^A-Z0-9])", r"(?![A-Z0-9])"
SIZED = r"(?:^|[^A-Z0-9.]|(?<![A-Z0-9])[RCLD]|RES|CAP|IND|LED)[-_ ]?"
THICKEST = "the thickest usual ceramic capacitor of this size (Murata GRM); resistors are lower"
PROFILE = "JESD30, the profile letter of its outline"

STANDARDS = (  # at most; read from the top
    standard(SIZED + r"01005" + END, 0.25, THICKEST),
    standard(SIZED + r"0201" + END, 0.4, THICKEST),
    standard(SIZED + r"0402" + END, 0.7, THICKEST),
    standard(SIZED + r"0603" + END, 1.0, THICKEST),
    standard(SIZED + r"0805" + END, 1.5, THICKEST),
    standard(SIZED + r"1206" + END, 1.9, THICKEST),
    standard(SIZED + r"1210" + END, 2.8, THICKEST),
    standard(r"L[FQ]?F?BGA|LBGA|LQFP|LSSOP", 1.7, PROFILE),
    standard(r"T[FQ]?F?BGA|HTSSOP|TSSOP|TSOP|TQFP|TQFN|TSON|TDFN", 1.2, PROFILE),
    standard(r"V[FQ]?F?BGA|VF?QF(?:P?N|P)|VSON|VDFN", 1.0, PROFILE),
    standard(r"[WUX][FQ]?F?BGA|[WUX]QFN|[WUX]SON|[WUX]DFN", 0.8, PROFILE),
    standard(r"MSOP|VSSOP", 1.1, "JEDEC MO-187"),
    standard(r"QSOP", 1.75, "JEDEC MO-137"),
    standard(r"SSOP", 2.0, "JEDEC MO-150"),
    standard(r"QFN|DFN|MLF\b|MLP\b", 1.0, "JEDEC MO-220 and MO-229"),
    standard(r"PLCC[-_ ]?(?:20|28|32|44|52|68|84)" + END, 4.57, "JEDEC MS-018"),
    standard(r"QFP", 4.1, "JEDEC MO-112, its tallest"),
    standard(r"(?<![A-Z])BGA", 3.5, "JEDEC MS-034, its tallest"),
    standard(EDGE + r"(?:SOT-?(?:323|353|363)|SC-?(?:70|88))", 1.1, "JEDEC MO-203"),
    standard(EDGE + r"SOT-?223", 1.8, "JEDEC TO-261"),
    standard(EDGE + r"SOT-?89", 1.6, "JEDEC TO-243"),
    standard(EDGE + r"(?:SOT-?23|TSOT-?23|SOT-?2[56]|SC-?59|SC-?74A?)" + r"(?!\d)", 1.45, "JEDEC MO-178 and TO-236"),
    standard(EDGE + r"SOT-?(?:143|343)", 1.22, "JEDEC TO-253"),
    standard(EDGE + r"(?:TO-?252|D-?PAK)", 2.39, "JEDEC TO-252"),
    standard(EDGE + r"(?:TO-?263|D2-?PAK|DDPAK)", 4.83, "JEDEC TO-263"),
    standard(EDGE + r"(?:DO-?214(?:A[ABC])?|(?:D_)?SM[ABC]F?)" + END, 2.62, "JEDEC DO-214"),
    standard(r"SOD-?123", 1.35, "the usual data sheet of SOD-123", grade="C"),
    standard(r"SOD-?(?:323|523|923)", 1.1, "the usual data sheet of SOD-323", grade="C"),
    standard(r"(?:^|[^A-Z])N?SO(?:IC|P)?" + r"[-_ ]?\d", 2.65, "JEDEC MS-013, the wide one"),
    standard(EDGE + r"P?DIP[-_ ]?\d", 5.33, "JEDEC MS-001"),
    standard(r"Pin(?:Header|Socket).*2\.54.*Vertical", 8.6, "the usual header: 2.5 mm of body, 6 mm of pin", grade="C"),
    standard(r"HC-?49-?U(?!S)", 13.5, "the usual data sheet of HC-49/U", grade="C"),
    standard(r"HC-?49", 4.5, "the usual data sheet of the low HC-49", grade="C"),
)


@lru_cache(maxsize=20_000)
def height_of(package: str, description: str = "") -> Height | None:
    """What the name says goes before what the description says, and that before the standard outline."""
    return next(_heights(package, description), None)


def _heights(package: str, description: str) -> Iterator[Height]:
    for text, rows in ((package, IN_PACKAGE), (description, IN_WORDS)):
        for row in rows:
            match = row.pattern.search(text) if text else None
            mm = round(float(match.group(1)) * row.unit_mm, 3) if match else 0.0
            if LOWEST_MM <= mm <= HIGHEST_MM:
                yield Height(mm, row.because, "A")
    for text in (package, description):
        yield from (Height(row.mm, row.because, row.grade) for row in STANDARDS if text and row.pattern.search(text))
