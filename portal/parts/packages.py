"""From a package name, as a CAD tool or a customer writes it, to its class, how it is mounted, how many joints it has.

A table of patterns, read from the top: the first row that fits decides. Nothing is guessed: a name that fits no
row is UNKNOWN, its mounting is UNKNOWN, and its joints are None.
"""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache


class PackageClass(StrEnum):
    """What the shop tells apart when it places, loses and inspects parts. Chips are named by their inch code."""

    CHIP_01005 = "01005"
    CHIP_0201 = "0201"
    CHIP_0402 = "0402"
    CHIP_0603 = "0603"
    CHIP_0805 = "0805"
    CHIP_1206 = "1206+"
    SOT = "sot"
    SOIC = "soic"
    FINE_PITCH = "fine-pitch"
    QFP = "qfp"
    QFN = "qfn"
    BGA = "bga"
    ELECTROLYTIC = "electrolytic"
    CONNECTOR = "connector"
    THROUGH_HOLE = "through-hole"
    MODULE = "module"
    ODD_FORM = "odd-form"
    BARE_COPPER = "bare-copper"  # test points, mounting holes, solder jumpers: nothing is placed
    UNKNOWN = "unknown"

    @property
    def is_leadless(self) -> bool:
        """Its joints hide below the body: only X-ray sees them."""
        return self in {PackageClass.QFN, PackageClass.BGA}


class Mount(StrEnum):
    SMD = "smd"
    THROUGH_HOLE = "through-hole"
    NONE = "none"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Package:
    """What a package name tells. `joints` None: the name does not say."""

    package_class: PackageClass
    mount: Mount
    joints: int | None


PINS = "pins"  # the joints stand in the name, as the group `n`, or as the grid `rows` × `n`


@dataclass(frozen=True, slots=True)
class Row:
    pattern: re.Pattern[str]
    package_class: PackageClass
    mount: Mount
    joints: int | str | None


def row(pattern: str, package_class: PackageClass, mount: Mount, *, joints: int | str | None = None) -> Row:
    return Row(re.compile(pattern, re.IGNORECASE), package_class, mount, joints)


def family(names: str, package_class: PackageClass, *, digits: int = 3) -> Row:
    """A family says its joints in four ways: QFN50P500X500X80-33N and QFN4x4-16 (IPC-7351: pitch or size, then the
    joints), QFN-32, DFN1006-2 (four digits are a size), 32-QFN. Sizes and pitches alone are no joints.
    """
    size = r"[-_ ]?\d+(?:P[\dX]*|(?:X\d+(?:\.\d+)?)+)(?:[-_](?P<n>\d+)" + NO_SIZE + ")?"
    short = r"[-_ ]?(?P<n2>\d{1," + str(digits) + "})" + NO_SIZE
    code = r"[-_ ]?\d{4}(?!\d)(?:[-_](?P<n3>\d+)" + NO_SIZE + ")?"
    before = r"(?<![A-Z0-9.])(?P<n4>\d{1,4})-[A-Z]{0,4}(?:" + names + r")(?![-_ ]?\d|[A-Z])"
    pattern = f"{before}|(?:{names})(?:{size}|{short}|{code})"
    return row(pattern, package_class, Mount.SMD, joints=PINS)


P, M = PackageClass, Mount
NO_SIZE = r"(?!\d|[.,]\d|\s?X\s?\d|\s?mm)"
EDGE, END = r"(?:^|[^A-Z0-9])", r"(?![A-Z0-9])"
CHIP = r"(?:^|[^A-Z0-9.]|(?<![A-Z0-9])(?:R|C|L|D|F|FB|RES|CAP|IND|LED|RC|CC|CR|SM|SMD|CHIP)[-_ ]?|[RCL]-(?:EU|US)[RCL])"
GRID_EDGE, GRID_END = r"(?<![\d.])", r"(?!\d|\.\d|mm)"  # 1x04 is a grid; 3.2x1.5mm and 4x4mm are sizes
METRIC = r"(?:RES|CAP|IND|LED|DIO|FUS|BEAD)[A-Z]{0,4}"  # IPC-7351 names carry the metric code: RESC1608X55N

ROWS: tuple[Row, ...] = (
    row(
        r"test[-_ ]?point|mounting[-_ ]?hole|solder[-_ ]?jumper|net[-_ ]?tie|fiducial", P.BARE_COPPER, M.NONE, joints=0
    ),
    row(r"^(TP|MH|FID)[-_ ]?\d", P.BARE_COPPER, M.NONE, joints=0),
    # IPC-7351 and KiCad names say it best
    row(r"\bCAPAE\d|CAP-SMD_BD", P.ELECTROLYTIC, M.SMD, joints=2),
    row(r"\b(?:SOD(?:FL)?\d+X|DIO(?:M|MELF)\d+)", P.SOT, M.SMD, joints=2),
    row(METRIC + r"0402X", P.CHIP_01005, M.SMD, joints=2),
    row(METRIC + r"0603X", P.CHIP_0201, M.SMD, joints=2),
    row(METRIC + r"1005X", P.CHIP_0402, M.SMD, joints=2),
    row(METRIC + r"16\d\dX", P.CHIP_0603, M.SMD, joints=2),
    row(METRIC + r"20\d\dX", P.CHIP_0805, M.SMD, joints=2),
    row(METRIC + r"(3\d|4\d|5\d|6\d)\d\dX", P.CHIP_1206, M.SMD, joints=2),
    row(r"\b[HPV]?SOP(?:40|50|635|65)P[\dX]+[-_](?P<n>\d+)", P.FINE_PITCH, M.SMD, joints=PINS),
    row(r"\b[HPV]?(?:SOIC|SOP|SOJ|SO)\d+P[\dX]+[-_](?P<n>\d+)", P.SOIC, M.SMD, joints=PINS),
    row(r"\bDIP\d+P[\dX]+[-_](?P<n>\d+)", P.THROUGH_HOLE, M.THROUGH_HOLE, joints=PINS),
    row(r"\bBGA(?P<n>\d+)[CN]\d+P", P.BGA, M.SMD, joints=PINS),
    row(r"\bBGA\d+P\d+X\d+", P.BGA, M.SMD),  # pitch and grid: how much of it is taken, is not said
    row(r"\bSOT(?:FL)?\d+P[\dX]+[-_](?P<n>\d)", P.SOT, M.SMD, joints=PINS),
    # connectors and headers before everything that shares their digits
    row(GRID_EDGE + r"(?P<rows>\d{1,2})X(?P<n>\d{1,2})" + GRID_END + r".*(SMD|SMT)", P.CONNECTOR, M.SMD, joints=PINS),
    row(r"(SMD|SMT).*" + GRID_EDGE + r"(?P<rows>\d)X(?P<n>\d{1,2})" + GRID_END, P.CONNECTOR, M.SMD, joints=PINS),
    row(GRID_EDGE + r"(?P<rows>\d)X(?P<n>\d{1,2})-\dMP", P.CONNECTOR, M.SMD, joints=PINS),  # mounting pads: SMD
    row(r"(?:CONN|HDR)-SMD_(?P<n>\d+)P", P.CONNECTOR, M.SMD, joints=PINS),
    row(r"(?:CONN|HDR)-TH_(?P<n>\d+)P", P.CONNECTOR, M.THROUGH_HOLE, joints=PINS),
    row(
        r"(?:pin|header|socket|conn|strip|terminal|screw|jst|molex|hdr).*?"
        + (GRID_EDGE + r"(?P<rows>\d{1,2})X(?P<n>\d{1,2})" + GRID_END + END),
        P.CONNECTOR,
        M.THROUGH_HOLE,
        joints=PINS,
    ),
    row(r"^(?P<rows>[1-4])X(?P<n>\d{1,2})" + END, P.CONNECTOR, M.THROUGH_HOLE, joints=PINS),
    row(
        r"pin[-_ ]?(header|hd|socket)|PINHD|terminal[-_ ]?block|screw[-_ ]?terminal|barrel[-_ ]?jack",
        P.CONNECTOR,
        M.THROUGH_HOLE,
    ),
    row(r"USB[-_ ]?(C|micro|mini).*|FPC|FFC|board[-_ ]?to[-_ ]?board|micro[-_ ]?SD|SIM[-_ ]?card", P.CONNECTOR, M.SMD),
    row(r"conn|JST|molex|receptacle|header|\bjack|RJ45|D-?SUB|\bUSB|socket", P.CONNECTOR, M.UNKNOWN),
    # through-hole
    row(EDGE + r"P?C?DI[PL][-_ ]?(?P<n>\d+)", P.THROUGH_HOLE, M.THROUGH_HOLE, joints=PINS),
    row(EDGE + r"SIP[-_ ]?(?P<n>\d+)", P.THROUGH_HOLE, M.THROUGH_HOLE, joints=PINS),
    row(r"\bTO-?(220|247|92|126|218|3P)-(?P<n>[2-7])" + END, P.THROUGH_HOLE, M.THROUGH_HOLE, joints=PINS),
    row(r"\bTO-?(220|247|92|126|218|3P)", P.THROUGH_HOLE, M.THROUGH_HOLE, joints=3),
    row(
        r"axial|radial|(?:\b|_)DO-?(35|41|201)|(?<!SMD_)HC-?49(?!.*SMD)|CP_Radial|C_Disc|LED[-_]D[35]",
        P.THROUGH_HOLE,
        M.THROUGH_HOLE,
        joints=2,
    ),
    # small outlines by their own numbers: distributors name them behind the families that they are like
    row(r"SOT-?(223|89)-(?P<n>[5-8])L?" + END, P.SOT, M.SMD, joints=PINS),
    row(r"SOT-?(223|89)" + END, P.SOT, M.SMD, joints=4),
    row(
        r"(?:SOT-?(?:23|323|523|753|363|563|666|353|553|143|343)|SC-?70)[-_](?:OT)?(?P<n>[3-8])[LP]?" + END,
        P.SOT,
        M.SMD,
        joints=PINS,
    ),
    row(r"(?:Super|S)SOT[-_ ]?(?P<n>[3-8])" + END, P.SOT, M.SMD, joints=PINS),
    row(r"SOT-?(26|363|457|563|666)" + END + r"|SC-?(74|88|89)" + END, P.SOT, M.SMD, joints=6),
    row(r"SOT-?(25|353|553|753)" + END + r"|SC-?(74A|88A)" + END, P.SOT, M.SMD, joints=5),
    row(r"SOT-?(143|343)|SC-?(61|82)" + END, P.SOT, M.SMD, joints=4),
    row(r"SOT-?(23|323|346|416|490|523|623|723|923|1123)(?![0-9])|\bTO-?236", P.SOT, M.SMD, joints=3),
    # area arrays, leadless, fine pitch
    family("LFCSP(?:_[A-Z]{1,2})?|VFQFPN", P.QFN),
    family("BGA|CSP|LGA", P.BGA, digits=4),
    row(r"LFCSP", P.QFN, M.SMD),
    row(r"BGA|WL?CSP|\bCSP|\bLGA", P.BGA, M.SMD),
    family("QFN|DFN|[WVUX]?SON|MLF|MLP|(?<!P)LCC", P.QFN),
    row(r"QFN|DFN|[WVUX]SON\b|\bMLF|\bMLP", P.QFN, M.SMD),
    family("QFP", P.QFP),
    row(r"QFP", P.QFP, M.SMD),
    row(r"(?<![A-Z0-9])(?P<n>\d+)[A-Z]{0,2}SSOP" + END, P.FINE_PITCH, M.SMD, joints=PINS),
    family("SSOP|TSOP|MSOP|QSOP", P.FINE_PITCH),
    row(r"SSOP|TSOP|MSOP|QSOP", P.FINE_PITCH, M.SMD),
    # other small outlines
    row(r"\bSC-?(59|70|75)", P.SOT, M.SMD, joints=3),
    row(r"SOT-?\d", P.SOT, M.SMD),
    row(r"\bTO-?(252|263|268)-(?P<n>[4-9])" + END, P.SOT, M.SMD, joints=PINS),
    row(r"\bTO-?(252|263|268)|D[23]?-?PAK", P.SOT, M.SMD, joints=3),
    row(r"SOD-?\d+|\bD?O?-?214|\bSM[ABC][FJ]?" + END + r"|D_SM[ABC]|MELF", P.SOT, M.SMD, joints=2),
    family(r"(?:\b|_)(?:N?SOIC|[EHP]?SOP|SOJ|SO)", P.SOIC),
    row(r"\bN?SOIC|\bSOP\b", P.SOIC, M.SMD),
    # chips by their inch code, metric beside it or not
    row(CHIP + r"01005" + END, P.CHIP_01005, M.SMD, joints=2),
    row(CHIP + r"0201" + END, P.CHIP_0201, M.SMD, joints=2),
    row(CHIP + r"0402" + END, P.CHIP_0402, M.SMD, joints=2),
    row(CHIP + r"0603" + END, P.CHIP_0603, M.SMD, joints=2),
    row(CHIP + r"0805" + END, P.CHIP_0805, M.SMD, joints=2),
    row(CHIP + r"(1008|1206|1210|1806|1812|2010|2220|2512|2816|2835)" + END, P.CHIP_1206, M.SMD, joints=2),
    # parts of their own form
    row(
        r"CP_?Elec|electrolytic.*(SMD|can)|\b[EC]P?_?\d+(\.\d)?X\d.*elec|PANASONIC_[A-G]\b",
        P.ELECTROLYTIC,
        M.SMD,
        joints=2,
    ),
    row(r"tantal|CP_EIA|EIA-?(3216|3528|6032|7343)|\bCASE[-_ ]?[A-E]\b", P.CHIP_1206, M.SMD, joints=2),
    row(r"ESP32-|ESP-12|WROOM|WROVER|MINI-1|module|RFM\d|BLE11", P.MODULE, M.SMD),
    row(r"PLCC-?(?P<n>\d)(?!\d)", P.SOT, M.SMD, joints=PINS),
    row(r"WS2812|SK6812", P.SOT, M.SMD),
    row(r"(crystal|oscillator|\bOSC-|relay|switch|inductor|SW_|\bSW-|IND[-_]).*SMD", P.ODD_FORM, M.SMD),
    row(
        r"crystal|oscillator|XTAL|\bABM\d|inductor|(?<![A-Z0-9])L_(?!\d{4})\w+|\bSW_|switch|buzzer|relay|battery",
        P.ODD_FORM,
        M.UNKNOWN,
    ),
)


@lru_cache(maxsize=20_000)
def package_of(package: str, description: str = "") -> Package:
    """The customer's package name decides; only where it tells nothing, the description is asked."""
    found = first_fit(package) or first_fit(description) or Package(PackageClass.UNKNOWN, Mount.UNKNOWN, None)
    if found.mount is Mount.UNKNOWN:
        return replace(found, mount=mount_in_words(f"{package} {description}"))
    return found


def first_fit(text: str) -> Package | None:
    for candidate in ROWS:
        if text and (match := candidate.pattern.search(text)):
            return Package(candidate.package_class, candidate.mount, joints(candidate, match))
    return None


def mount_in_words(text: str) -> Mount:
    """Connectors, switches and crystals exist in both; sometimes the words around them tell."""
    if re.search(r"SMD|SMT|surface", text, re.IGNORECASE):
        return Mount.SMD
    if re.search(r"THT|THD|through", text, re.IGNORECASE):
        return Mount.THROUGH_HOLE
    return Mount.UNKNOWN


def package_class(package: str, description: str = "") -> PackageClass:
    return package_of(package, description).package_class


def joints(found: Row, match: re.Match[str]) -> int | None:
    """A grid is rows × columns; a number of pins is one more joint when the name names an exposed pad."""
    if not isinstance(found.joints, str):
        return found.joints
    groups = {name: text for name, text in match.groupdict().items() if text}
    pins = next((groups[name] for name in ("n", "n2", "n3", "n4") if name in groups), None)
    if pins is None:
        return None
    exposed_pad = 1 if re.search(r"(?<![A-Z])EP(?![A-Z])", match.string, re.IGNORECASE) else 0
    return int(pins) * int(groups.get("rows") or 1) + exposed_pad
