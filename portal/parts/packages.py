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


P, M = PackageClass, Mount
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
    row(METRIC + r"0402X", P.CHIP_01005, M.SMD, joints=2),
    row(METRIC + r"0603X", P.CHIP_0201, M.SMD, joints=2),
    row(METRIC + r"1005X", P.CHIP_0402, M.SMD, joints=2),
    row(METRIC + r"16\d\dX", P.CHIP_0603, M.SMD, joints=2),
    row(METRIC + r"20\d\dX", P.CHIP_0805, M.SMD, joints=2),
    row(METRIC + r"(3\d|4\d|5\d|6\d)\d\dX", P.CHIP_1206, M.SMD, joints=2),
    row(r"\b(?:TSSOP|SSOP|SOP50|SOP65)\d*P[\dX]+-(?P<n>\d+)", P.FINE_PITCH, M.SMD, joints=PINS),
    row(r"\b(?:SOIC|SOP|SO)\d+P[\dX]+-(?P<n>\d+)", P.SOIC, M.SMD, joints=PINS),
    row(r"\bDIP\d+P[\dX]+-(?P<n>\d+)", P.THROUGH_HOLE, M.THROUGH_HOLE, joints=PINS),
    row(r"\b[TL]?QFP\d+P[\dX]+-(?P<n>\d+)", P.QFP, M.SMD, joints=PINS),
    row(r"\b(?:QFN|DFN|SON)\d+P[\dX]+-(?P<n>\d+)", P.QFN, M.SMD, joints=PINS),
    row(r"\bBGA(?P<n>\d+)", P.BGA, M.SMD, joints=PINS),
    row(r"\bSOT\d+P[\dX]+-(?P<n>\d)", P.SOT, M.SMD, joints=PINS),
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
    row(r"(conn|JST|molex|header|receptacle|jack|RJ45|D-?SUB|\bUSB).*(THT|through)", P.CONNECTOR, M.THROUGH_HOLE),
    row(r"(conn|JST|molex|header|receptacle|jack).*(SMD|SMT)", P.CONNECTOR, M.SMD),
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
    # area arrays, leadless, fine pitch
    row(r"(?:BGA|CSP|LGA)[-_ ]?(?P<n>\d+)", P.BGA, M.SMD, joints=PINS),
    row(r"BGA|WLCSP|\bCSP|\bLGA", P.BGA, M.SMD),
    row(r"(?:[A-Z]?QFN|[A-Z]{0,3}DFN|[WVUX]?SON|MLF|MLP|(?<!P)LCC)[-_ ]?(?P<n>\d+)", P.QFN, M.SMD, joints=PINS),
    row(r"QFN|DFN|[WVUX]SON\b|\bMLF|\bMLP", P.QFN, M.SMD),
    row(r"QFP[-_ ]?(?P<n>\d+)", P.QFP, M.SMD, joints=PINS),
    row(r"QFP", P.QFP, M.SMD),
    row(r"(?P<n>\d*)-?(?:H?T?S?SSOP|TSSOP|TSOP|MSOP|VSSOP|QSOP)[-_ ]?(?P<n2>\d*)", P.FINE_PITCH, M.SMD, joints=PINS),
    # small outlines
    row(r"SOT-?(223|89)", P.SOT, M.SMD, joints=4),
    row(r"SOT-?(23|323|523|753|363|563|666|353|553|143|343|1\d\d)-(?P<n>[3-8])" + END, P.SOT, M.SMD, joints=PINS),
    row(r"SOT-?(363|563|666)|SC-?(88|89)" + END, P.SOT, M.SMD, joints=6),
    row(r"SOT-?(353|553|753)|SC-?70-5", P.SOT, M.SMD, joints=5),
    row(r"SOT-?(143|343)", P.SOT, M.SMD, joints=4),
    row(r"SOT-?\d|\bSC-?(59|70|75)", P.SOT, M.SMD, joints=3),
    row(r"\bTO-?(252|263|268)-(?P<n>[4-9])" + END, P.SOT, M.SMD, joints=PINS),
    row(r"\bTO-?(252|263|268)|D2?PAK", P.SOT, M.SMD, joints=3),
    row(r"SOD-?\d+|\bD?O?-?214|\bSM[ABC][FJ]?" + END + r"|D_SM[ABC]|MELF", P.SOT, M.SMD, joints=2),
    row(r"(?:\b|_)(?:N?SOIC|[HP]?SOP|SOJ|SO)[-_ ]?(?P<n>\d+)", P.SOIC, M.SMD, joints=PINS),
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
        r"crystal|oscillator|XTAL|\bABM\d|inductor|L_(?!\d{4})\w+|\bSW_|switch|buzzer|relay|battery",
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
    pins = groups.get("n") or groups.get("n2")
    if pins is None:
        return None
    rows = groups.get("rows") or groups.get("rows2")
    exposed_pad = 1 if re.search(r"\dEP", match.string, re.IGNORECASE) else 0
    return int(pins) * int(rows or 1) + exposed_pad
