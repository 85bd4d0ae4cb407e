"""Names as each CAD tool's own library writes them, with what a shop sees when it looks at the part.

`-` for joints: the name does not say. A name that is not told apart stands in the last table, so that it is known.
"""

import pytest

from portal.parts.packages import Mount, PackageClass, package_of

KICAD = """
R_0402_1005Metric_Pad0.72x0.64mm_HandSolder           0402          smd           2
C_01005_0402Metric                                    01005         smd           2
C_0201_0603Metric                                     0201          smd           2
LED_0603_1608Metric_Castellated                       0603          smd           2
L_0805_2012Metric                                     0805          smd           2
Fuse_1206_3216Metric                                  1206+         smd           2
R_2512_6332Metric                                     1206+         smd           2
C_1812_4532Metric                                     1206+         smd           2
CP_Elec_8x10                                          electrolytic  smd           2
CP_EIA-7343-31_Kemet-D                                1206+         smd           2
C_Disc_D5.0mm_W2.5mm_P5.00mm                          through-hole  through-hole  2
R_Axial_DIN0309_L9.0mm_D3.2mm_P12.70mm_Horizontal     through-hole  through-hole  2
D_DO-35_SOD27_P7.62mm_Horizontal                      through-hole  through-hole  2
D_DO-41_SOD81_P10.16mm_Horizontal                     through-hole  through-hole  2
D_SMB                                                 sot           smd           2
D_SOD-323                                             sot           smd           2
D_MELF                                                sot           smd           2
LED_D3.0mm                                            through-hole  through-hole  2
LED_WS2812B_PLCC4_5.0x5.0mm_P3.2mm                    sot           smd           4
TO-92_Inline                                          through-hole  through-hole  3
TO-220-5_Vertical                                     through-hole  through-hole  5
TO-252-3_TabPin2                                      sot           smd           3
TO-263-5_TabPin3                                      sot           smd           5
SOT-323_SC-70                                         sot           smd           3
SOT-353_SC-70-5                                       sot           smd           5
SOT-363_SC-70-6                                       sot           smd           6
SOT-143                                               sot           smd           4
SOT-563                                               sot           smd           6
TSOT-23-6                                             sot           smd           6
SOIC-16W_7.5x10.3mm_P1.27mm                           soic          smd           16
SOIC-8-1EP_3.9x4.9mm_P1.27mm_EP2.29x3mm               soic          smd           9
TSSOP-16-1EP_4.4x5mm_P0.65mm_EP3x3mm                  fine-pitch    smd           17
VSSOP-8_2.3x2mm_P0.5mm                                fine-pitch    smd           8
QSOP-16_3.9x4.9mm_P0.635mm                            fine-pitch    smd           16
TQFP-100-1EP_14x14mm_P0.5mm_EP5x5mm                   qfp           smd           101
LQFP-100_14x14mm_P0.5mm                               qfp           smd           100
QFN-56-1EP_7x7mm_P0.4mm_EP3.2x3.2mm                   qfn           smd           57
UQFN-20_3x3mm_P0.4mm                                  qfn           smd           20
TDFN-8-1EP_2x2mm_P0.5mm_EP0.8x1.2mm                   qfn           smd           9
X2SON-8_1.4x1mm_P0.35mm                               qfn           smd           8
LGA-14_3x2.5mm_P0.5mm                                 bga           smd           14
BGA-484_23.0x23.0mm_Layout22x22_P1.0mm                bga           smd           484
WLCSP-36_2.82x2.67mm_Layout6x6_P0.4mm                 bga           smd           36
DIP-28_W15.24mm                                       through-hole  through-hole  28
PinHeader_2x20_P2.54mm_Vertical                       connector     through-hole  40
PinSocket_2x04_P2.00mm_Vertical_SMD                   connector     smd           8
JST_PH_B2B-PH-K_1x02_P2.00mm_Vertical                 connector     through-hole  2
JST_SH_SM04B-SRSS-TB_1x04-1MP_P1.00mm_Horizontal      connector     smd           4
Hirose_FH12-24S-0.5SH_1x24-1MP_P0.50mm_Horizontal     connector     smd           24
Molex_PicoBlade_53047-0410_1x04_P1.25mm_Vertical      connector     through-hole  4
IDC-Header_2x05_P2.54mm_Vertical                      connector     through-hole  10
TerminalBlock_Phoenix_MKDS-1,5-2_1x02_P5.00mm         connector     through-hole  2
BarrelJack_Horizontal                                 connector     through-hole  -
USB_Micro-B_Molex-105017-0001                         connector     smd           -
Crystal_HC49-4H_Vertical                              through-hole  through-hole  2
Crystal_SMD_HC49-SD                                   odd-form      smd           -
Crystal_SMD_3215-2Pin_3.2x1.5mm                       odd-form      smd           -
Oscillator_SMD_Abracon_ASE-4Pin_3.2x2.5mm             odd-form      smd           -
L_12x12mm_H8mm                                        odd-form      unknown       -
ESP32-S3-WROOM-1                                      module        smd           -
NetTie-2_SMD_Pad0.5mm                                 bare-copper   none          0
TestPoint_THTPad_D1.0mm_Drill0.5mm                    bare-copper   none          0
"""
ALTIUM_AND_ALLEGRO = """
RESC2012X50N                                          0805          smd           2
RESC6332X65N                                          1206+         smd           2
CAPC1005X55N                                          0402          smd           2
INDC2016X120N                                         0805          smd           2
LEDC1608X75N                                          0603          smd           2
CAPAE660X770N                                         electrolytic  smd           2
SOIC127P600X175-8N                                    soic          smd           8
SOP65P640X110-20N                                     fine-pitch    smd           20
SOP50P310X90-8N                                       fine-pitch    smd           8
TSSOP65P640X120-16N                                   fine-pitch    smd           16
QFP50P1200X1200X160-64N                               qfp           smd           64
QFN50P400X400X80-25N                                  qfn           smd           25
SON50P300X300X100-11N                                 qfn           smd           11
SOT65P210X110-6N                                      sot           smd           6
BGA256C80P16X16_1400X1400X160                         bga           smd           256
DIP254P762X420-8N                                     through-hole  through-hole  8
"""
EAGLE = """
C-EUC0603                                             0603          smd           2
L-USL0603                                             0603          smd           2
R-EU_R0805                                            0805          smd           2
CHIPLED_0603                                          0603          smd           2
SO08                                                  soic          smd           8
SO16W                                                 soic          smd           16
SOT23                                                 sot           smd           3
TQFP64                                                qfp           smd           64
DIL08                                                 through-hole  through-hole  8
DIL16                                                 through-hole  through-hole  16
TO92                                                  through-hole  through-hole  3
D2PAK                                                 sot           smd           3
PINHD-1X6                                             connector     through-hole  6
2X05                                                  connector     through-hole  10
HC49/S                                                through-hole  through-hole  2
SOD80C                                                sot           smd           2
"""
EASYEDA_AND_JLC = """
CAP-SMD_BD6.3-L6.6-W6.6-FD                            electrolytic  smd           2
SOIC-8_L5.0-W4.0-P1.27-LS6.0-BL                       soic          smd           8
SOT-23-3_L2.9-W1.6-P1.90-LS2.8-BR                     sot           smd           3
TSSOP-20_L6.5-W4.4-P0.65-LS6.4-BL                     fine-pitch    smd           20
LQFP-48_L7.0-W7.0-P0.50-LS9.0-BL                      qfp           smd           48
SMA_L4.3-W2.6-LS5.2-RD                                sot           smd           2
SOD-123_L2.7-W1.6-LS3.7-RD                            sot           smd           2
CONN-TH_2P-P5.00                                      connector     through-hole  2
CONN-SMD_4P-P1.00                                     connector     smd           4
HDR-TH_4P-P2.54-V-M                                   connector     through-hole  4
USB-C-SMD_TYPE-C-31-M-12                              connector     smd           -
CRYSTAL-SMD_4P-L3.2-W2.5-BL                           odd-form      smd           -
OSC-SMD_4P-L3.2-W2.5                                  odd-form      smd           -
SW-SMD_4P-L5.1-W5.1                                   odd-form      smd           -
IND-SMD_L4.0-W4.0                                     odd-form      smd           -
WIRELM-SMD_ESP32-WROOM-32                             module        smd           -
"""
TYPED_BY_PEOPLE = """
SM0603                                                0603          smd           2
1206_R                                                1206+         smd           2
0603_LED                                              0603          smd           2
FUSE-1812                                             1206+         smd           2
DIP8                                                  through-hole  through-hole  8
soic8                                                 soic          smd           8
TO-220AB                                              through-hole  through-hole  3
MLF-32                                                qfn           smd           32
"""
TOOLS = (KICAD, ALTIUM_AND_ALLEGRO, EAGLE, EASYEDA_AND_JLC, TYPED_BY_PEOPLE)
ROWS = [row.split() for tool in TOOLS for row in tool.strip().splitlines()]


@pytest.mark.parametrize(("name", "package", "mount", "joints"), ROWS, ids=[row[0] for row in ROWS])
def test_a_name_of_each_tool_tells_class_mounting_and_joints(name, package, mount, joints):
    found = package_of(name)

    assert (found.package_class, found.mount) == (package, mount)
    assert found.joints == (None if joints == "-" else int(joints))


@pytest.mark.parametrize(
    "name",
    [
        "PLCC-44",
        "R_Array_Convex_4x0603",
        "JP1",
        "MA03-1",
        "PAD-02",
        "1608",  # metric, or inch? A guess would be one part in four times the size
        "3216",
        "C3216",
        "RK73H1ETTP1002F",
        "40603",
        "GRM0402X",
    ],
)
def test_what_could_be_one_thing_or_another_is_not_guessed(name):
    assert package_of(name).package_class is PackageClass.UNKNOWN
    assert package_of(name).joints is None


@pytest.mark.parametrize(
    "size",
    ["3.2x2.5mm", "2.0x1.6mm", "3.2x1.5mm", "5x3.2mm", "4x4mm", "12x12mm"],
)
@pytest.mark.parametrize("part", ["Crystal_SMD", "Inductor_SMD", "Oscillator_SMD_4Pin"])
def test_a_size_in_millimetres_is_not_a_grid_of_pins(part, size):
    """A crystal of 3.2 × 2.5 mm was a connector of 2 × 2 pins once."""
    found = package_of(f"{part}_{size}")

    assert (found.package_class, found.mount) == (PackageClass.ODD_FORM, Mount.SMD)
    assert found.joints is None


@pytest.mark.parametrize("pins", [1, 2, 3, 10, 20, 40])
@pytest.mark.parametrize("rows", [1, 2, 3, 4])
def test_a_header_has_as_many_joints_as_its_grid_has_places(rows, pins):
    assert package_of(f"PinHeader_{rows}x{pins:02}_P2.54mm_Vertical").joints == rows * pins


@pytest.mark.parametrize("family", ["SOIC", "TSSOP", "LQFP", "QFN", "BGA", "DIP"])
@pytest.mark.parametrize("pins", [8, 16, 44, 100])
def test_the_number_behind_a_family_is_its_number_of_joints(family, pins):
    assert package_of(f"{family}-{pins}").joints == pins
    assert package_of(f"{family}{pins}").joints == pins


@pytest.mark.parametrize("family", ["QFN-32", "DFN-8", "TSSOP-16", "SOIC-8", "LQFP-64"])
def test_an_exposed_pad_is_one_more_joint(family):
    plain, padded = package_of(family), package_of(f"{family}-1EP_5x5mm_EP3x3mm")

    assert padded.joints == plain.joints + 1
    assert padded.package_class is plain.package_class


@pytest.mark.parametrize("library", ["Resistor_SMD:", "my parts:", "V0-", "lib/", ""])
def test_the_library_in_front_of_a_name_does_not_matter(library):
    assert package_of(f"{library}R_0805_2012Metric") == package_of("R_0805_2012Metric")
