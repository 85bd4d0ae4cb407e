"""Package names as CAD tools and customers write them: most rows were met in real packages of the corpus."""

import pytest

from portal.parts.packages import Mount, PackageClass, package_class, package_of

CLASSES = """
R_0603_1608Metric                                 0603          smd           2
C_0805_2012Metric_Pad1.18x1.45mm_HandSolder       0805          smd           2
R_1210_3225Metric_Pad1.30x2.65mm_HandSolder       1206+         smd           2
L_1210_3225Metric                                 1206+         smd           2
LED_PLCC_2835_Handsoldering                       1206+         smd           2
Resistor_SMD:R_0402_1005Metric                    0402          smd           2
V0-Display:C_0805_2012Metric                      0805          smd           2
R-US_R0603                                        0603          smd           2
C1206                                             1206+         smd           2
LED0603                                           0603          smd           2
FB0603                                            0603          smd           2
INDUCTOR-0603                                     0603          smd           2
Ferrite_0805                                      0805          smd           2
SMD0603                                           0603          smd           2
0402                                              0402          smd           2
0201                                              0201          smd           2
01005                                             01005         smd           2
RESC1005X40N                                      0402          smd           2
RESC1608X55N                                      0603          smd           2
CAPC2012X140N                                     0805          smd           2
CAPC3216X180N                                     1206+         smd           2
RESC0603X26N                                      0201          smd           2
D_SOD-123                                         sot           smd           2
SOD-123FL                                         sot           smd           2
D_SMA                                             sot           smd           2
SUPPRESSOR-SMBJ                                   sot           smd           2
D_MiniMELF                                        sot           smd           2
SOT-23                                            sot           smd           3
SOT-23-5                                          sot           smd           5
SOT23-5                                           sot           smd           5
SOT-753                                           sot           smd           5
SOT-363                                           sot           smd           6
SOT-223-3_TabPin2                                 sot           smd           4
SC70-5                                            sot           smd           5
TO-252-2                                          sot           smd           3
SOT95P280X145-5N                                  sot           smd           5
SO-8                                              soic          smd           8
SOIC-8_3.9x4.9mm_P1.27mm                          soic          smd           8
SOP-8_3.9x4.9mm_P1.27mm                           soic          smd           8
HSOP-8_3.9x4.9mm                                  soic          smd           8
M25P40-VMN6TPB_SO8N                               soic          smd           8
SOIC127P790X216-8N                                soic          smd           8
TSSOP-20_4.4x6.5mm_P0.65mm                        fine-pitch    smd           20
MSOP-10                                           fine-pitch    smd           10
SSOP28                                            fine-pitch    smd           28
56HTSSOP                                          fine-pitch    smd           56
TSSOP                                             fine-pitch    smd           -
LQFP-48_7x7mm_P0.5mm                              qfp           smd           48
TQFP32-08                                         qfp           smd           32
QFN-32_5x5mm_P0.5mm                               qfn           smd           32
QFN-24-1EP_4x4mm_P0.5mm_EP2.6x2.6mm               qfn           smd           25
VQFN-32                                           qfn           smd           32
WSON-8                                            qfn           smd           8
DFN-8_2.5x2.5mm_P0.5mm                            qfn           smd           8
QFN50P500X500X100-33N                             qfn           smd           33
BGA-256                                           bga           smd           256
UFBGA-100                                         bga           smd           100
SOIC                                                  soic          smd           -
HSOIC127P600X175-9N                                   soic          smd           9
VSOP127P600X175-9N                                    soic          smd           9
SIP-4                                                 through-hole  through-hole  4
SIP9                                                  through-hole  through-hole  9
TP1                                                   bare-copper   none          0
MH-3                                                  bare-copper   none          0
RJ45_Jack_THT                                         connector     through-hole  -
JST_PH_SMD                                            connector     smd           -
SOP                                                   soic          smd           -
BGA                                                   bga           smd           -
Caravel_WCSP                                      bga           smd           -
WLCSP-49_3.2x3.2mm                                bga           smd           49
BGA100C80P10X10                                   bga           smd           100
CP_Elec_6.3x7.7                                   electrolytic  smd           2
CP_EIA-3216-18_Kemet-A                            1206+         smd           2
PinHeader_1x04_P2.54mm_Vertical                   connector     through-hole  4
PinHeader_2x05_P1.27mm_Vertical                   connector     through-hole  10
PinHeader_2x05_P1.27mm_Vertical_SMD               connector     smd           10
JST_XH_S3B-XH-A-1_1x03_P2.50mm_Horizontal         connector     through-hole  3
TerminalBlock_1x02_P5.08mm                        connector     through-hole  2
Conn_01x02                                        connector     through-hole  2
1X04                                              connector     through-hole  4
2X03                                              connector     through-hole  6
USB_C_Receptacle_USB2.0                           connector     smd           -
USB-A-2.0                                         connector     unknown       -
RJ45                                              connector     unknown       -
DIP-8_W7.62mm                                     through-hole  through-hole  8
TO-220-3_Vertical                                 through-hole  through-hole  3
R_Axial_DIN0207_L6.3mm                            through-hole  through-hole  2
CP_Radial_D5.0mm_P2.00mm                          through-hole  through-hole  2
LED_D5.0mm                                        through-hole  through-hole  2
ESP32-WROOM-32                                    module        smd           -
Crystal_SMD_3225-4Pin                             odd-form      smd           -
IND-SMD_L7.3-W6.8                                 odd-form      smd           -
L_Bourns-SRN6028                                  odd-form      unknown       -
SW_SPST_B3U                                       odd-form      unknown       -
MountingHole_3.2mm                                bare-copper   none          0
TestPoint_Pad_D1.5mm                              bare-copper   none          0
SolderJumper-3_P1.3mm_Bridged12                   bare-copper   none          0
Fiducial_1mm_Mask3mm                              bare-copper   none          0
weird                                             unknown       unknown       -
RC0603FR-0722RL                                   unknown       unknown       -
M20-9980346                                       unknown       unknown       -
"""
ROWS = [row.split() for row in CLASSES.strip().splitlines()]


@pytest.mark.parametrize(("name", "package", "mount", "joints"), ROWS, ids=[row[0] for row in ROWS])
def test_a_package_name_tells_class_mounting_and_joints(name, package, mount, joints):
    found = package_of(name)

    assert (found.package_class, found.mount) == (package, mount)
    assert found.joints == (None if joints == "-" else int(joints))


@pytest.mark.parametrize("name", ["", "   ", "?", "TBD", "see drawing", "10k", "100nF"])
def test_a_name_that_tells_nothing_is_unknown_and_not_guessed(name):
    found = package_of(name)

    assert (found.package_class, found.mount, found.joints) == (PackageClass.UNKNOWN, Mount.UNKNOWN, None)


@pytest.mark.parametrize("name", ["r_0603_1608metric", "R_0603_1608METRIC", "R_0603_1608Metric"])
def test_upper_and_lower_case_are_the_same(name):
    assert package_class(name) is PackageClass.CHIP_0603


def test_the_description_is_asked_only_where_the_package_says_nothing():
    assert package_class("", "Resistor 10k 1% 0402") is PackageClass.CHIP_0402
    assert package_class("R_0603_1608Metric", "Resistor 10k 1% 0402") is PackageClass.CHIP_0603


@pytest.mark.parametrize(
    ("description", "mount"),
    [
        ("Push button 6x6mm SMD", Mount.SMD),
        ("Push button, surface mount", Mount.SMD),
        ("Push button, through-hole", Mount.THROUGH_HOLE),
        ("Push button THT", Mount.THROUGH_HOLE),
        ("Push button", Mount.UNKNOWN),
    ],
)
def test_words_settle_the_mounting_of_what_exists_in_both(description, mount):
    assert package_of("SW_Push_6x6mm", description).mount is mount


def test_words_do_not_overrule_a_package_that_is_clear():
    assert package_of("DIP-8_W7.62mm", "SMD version available").mount is Mount.THROUGH_HOLE


@pytest.mark.parametrize(
    ("package", "is_leadless"),
    [("QFN-32", True), ("BGA-256", True), ("LQFP-48", False), ("0402", False), ("weird", False)],
)
def test_only_joints_below_the_body_need_xray(package, is_leadless):
    assert package_class(package).is_leadless is is_leadless
