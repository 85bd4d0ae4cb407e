"""Names that count in hundredths of a millimetre, and names of distributors: sizes and pitches are no joints.

Most of these were read as fifty, sixty-five or a thousand joints once.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.parts.packages import Mount, PackageClass, package_class, package_of

IPC_7351 = """
SOIC127P600X175-8N                     soic          8
SOIC127P1030X265-16N                   soic          16
SOJ127P800X300-24                      soic          24
SOP127P780X175-8N                      soic          8
SOP65P490X110-8N                       fine-pitch    8
SOP50P490X110-10N                      fine-pitch    10
SOP63P600X175-16N                      soic          16
TSSOP65P640X120-16N                    fine-pitch    16
TSSOP65P640_16                         fine-pitch    16
SSOP65P780X200-20N                     fine-pitch    20
VSSOP50P490X110-10N                    fine-pitch    10
HTSSOP65P640X120-21N                   fine-pitch    21
MSOP50P490X110-10N                     fine-pitch    10
TSOP50P2000X120-48N                    fine-pitch    48
SOT95P280X145-5N                       sot           5
SOT65P210X110-6N                       sot           6
SOT230P700X180-4N                      sot           4
SOTFL50P160X60-6N                      sot           6
SODFL2512X80N                          sot           2
SOD2512X100N                           sot           2
DIOM5226X244N                          sot           2
DIOMELF3516N                           sot           2
QFP50P1200X1200X160-64N                qfp           64
TQFP50P900X900X120-48N                 qfp           48
LQFP50P2200X2200X160-144N              qfp           144
QFN50P500X500X100-33N                  qfn           33
QFN40P400X400X80-29N                   qfn           29
PQFN65P500X600X100-9N                  qfn           9
VQFN50P400X400X100-25N                 qfn           25
LFCSP50P500X500X80-32N                 qfn           32
LCC127P900X900X200-20                  qfn           20
SON50P300X300X80-11N                   qfn           11
WSON50P200X200X80-9N                   qfn           9
DFN50P200X200X80-9N                    qfn           9
DFN101X61X37-2N                        qfn           2
DFN100X60X50-3N                        qfn           3
BGA100C80P10X10_900X900X120N           bga           100
BGA256C100P16X16_1700X1700X150N        bga           256
BGA9N40P3X3_150X150X60N                bga           9
DIP762P1020X533-14                     through-hole  14
"""
SIZES_FIRST = """
QFN4x4-16                              qfn           16
QFN-5X5-32                             qfn           32
QFN_3x3_16                             qfn           16
DFN3X3-8                               qfn           8
DFN2.5x2.5-10                          qfn           -
LQFP7X7-48                             qfp           48
DFN1006-2L                             qfn           2
DFN1006-3                              qfn           3
X1-DFN1006-2                           qfn           2
DFN2020-6                              qfn           6
BGA100P10X10_1000X1000                 bga           -
PQFN50P500X600                         qfn           -
QFN-4x4mm_P0.5mm                       qfn           -
QFN_4x4_0.5mm                          qfn           -
TSSOP-4.4mm                            fine-pitch    -
DFN1006                                qfn           -
DFN-1006                               qfn           -
"""
DISTRIBUTORS = """
8-SOIC                                 soic          8
14-SOIC(0.154",3.90mmWidth)            soic          14
8-VSSOP                                fine-pitch    8
10-MSOP                                fine-pitch    10
16-TSSOP(0.173",4.40mmWidth)           fine-pitch    16
48-LQFP                                qfp           48
24-QFN(4x4)                            qfn           24
32-VFQFN                               qfn           32
6-XDFN                                 qfn           6
8-WSON                                 qfn           8
5-DSBGA                                bga           5
484-BGA                                bga           484
6-TSSOP,SC-88,SOT-363                  sot           6
5-TSSOP,SC-70-5,SOT-353                sot           5
TO-236-3,SC-59,SOT-23-3                sot           3
SC-74A,SOT-753                         sot           5
"""
MAKERS = """
LFCSP-32                               qfn           32
LFCSP_WQ-16                            qfn           16
LFCSP_VQ-64                            qfn           64
LFCSP-16-1EP_4x4mm_P0.65mm             qfn           17
LFCSP                                  qfn           -
VFQFPN-32                              qfn           32
HVQFN32                                qfn           32
MLF-32                                 qfn           32
WLCSP-9                                bga           9
FBGA-1517                              bga           1517
LGA-12                                 bga           12
SC70                                   sot           3
SC-70-6                                sot           6
SC70-6                                 sot           6
SC70_6P                                sot           6
SC70-6L                                sot           6
SC-88                                  sot           6
SC-88A                                 sot           5
SC-74                                  sot           6
SC-82                                  sot           4
SOT23-6L                               sot           6
SOT-23-6_L2.9-W1.6-P0.95-LS2.8-BR      sot           6
SOT-23-OT5_N                           sot           5
SOT-25                                 sot           5
SOT-26                                 sot           6
SOT-457                                sot           6
SOT-723                                sot           3
SOT-1123                               sot           3
SOT-89-5                               sot           5
SOT-223-8                              sot           8
SOT-223                                sot           4
SOT-89                                 sot           4
SSOT-6                                 sot           6
SuperSOT-3                             sot           3
SOT886                                 sot           -
SOT96-1                                sot           -
TO-236                                 sot           3
D-PAK                                  sot           3
ESOP-8                                 soic          8
MSOP-8-EP                              fine-pitch    9
QFN-32-EP(5x5)                         qfn           33
QFN-32-1EP_5x5mm_P0.5mm_EP3.1x3.1mm    qfn           33
"""
ROWS = [line.split() for table in (IPC_7351, SIZES_FIRST, DISTRIBUTORS, MAKERS) for line in table.strip().splitlines()]
FAMILIES = {"QFN": "qfn", "DFN": "qfn", "SON": "qfn", "QFP": "qfp", "SSOP": "fine-pitch", "MSOP": "fine-pitch"}
names = st.sampled_from(sorted(FAMILIES))
hundredths = st.integers(20, 2500)


@pytest.mark.parametrize(("name", "package", "joints"), ROWS, ids=[row[0] for row in ROWS])
def test_a_name_tells_its_joints_and_keeps_its_sizes_apart(name, package, joints):
    found = package_of(name)

    assert found.package_class == package
    assert found.joints == (None if joints == "-" else int(joints))


@given(names, hundredths, hundredths, hundredths, st.integers(2, 200))
def test_whatever_the_sizes_are_the_joints_come_last(name, pitch, length, height, joints):
    found = package_of(f"{name}{pitch}P{length}X{length}X{height}-{joints}N")

    assert (found.package_class, found.joints) == (FAMILIES[name], joints)


@given(names, hundredths, hundredths, st.integers(2, 200))
def test_a_name_without_a_pitch_has_its_joints_last_too(name, length, width, joints):
    assert package_of(f"{name}{length}X{width}-{joints}").joints == joints


@given(names, st.integers(2, 256))
def test_a_distributor_puts_the_joints_first(name, joints):
    assert package_of(f"{joints}-{name}") == package_of(f"{name}-{joints}")


@given(names, st.integers(2, 256), st.sampled_from(["", "-", "_"]))
def test_the_sign_before_the_joints_does_not_matter(name, joints, sign):
    assert package_of(f"{name}{sign}{joints}").joints == joints


@given(names, st.integers(2, 256), st.sampled_from(["5x5mm", "4.4x6.5mm", "P0.5mm", "L7.0-W7.0"]))
def test_a_size_behind_the_joints_does_not_matter(name, joints, size):
    assert package_of(f"{name}-{joints}_{size}").joints == joints


@given(names, st.integers(2, 256))
def test_a_heat_pad_in_the_name_is_one_joint_more(name, joints):
    assert package_of(f"{name}-{joints}-EP").joints == joints + 1
    assert package_of(f"{name}-{joints}-1EP_5x5mm_EP3x3mm").joints == joints + 1


@given(names, st.integers(1, 9), st.integers(1, 9))
def test_a_size_alone_is_no_number_of_joints(name, length, width):
    assert package_of(f"{name}-{length}x{width}mm").joints is None
    assert package_of(f"{name}_{length}.5x{width}.5mm_P0.5mm").joints is None


@pytest.mark.parametrize("words", ["EPCOS", "STEP", "SEPIC"])
def test_words_with_ep_in_them_are_no_heat_pad(words):
    assert package_of(f"{words}_QFN-16").joints == 16


@pytest.mark.parametrize("code", ["0603", "1005", "1608", "2012", "3216", "3225", "4532", "5750", "6332"])
@pytest.mark.parametrize("part", ["RES", "CAP", "IND", "LED", "RESC", "CAPC", "INDC"])
def test_chips_by_their_metric_code_are_of_the_inch_class(part, code):
    inch = {"0603": "0201", "1005": "0402", "1608": "0603", "2012": "0805"}.get(code, "1206+")

    assert package_class(f"{part}{code}X55N") == inch


@pytest.mark.parametrize("tool", ["MyLib:", "lib/", "U_", "IC-"])
@pytest.mark.parametrize("name", ["QFN-32", "TSSOP-16", "LQFP-48", "SON50P300X300X80-11N"])
def test_what_stands_before_a_name_adds_no_joints(tool, name):
    assert package_of(tool + name) == package_of(name)


@given(st.text("SOTQFNPBGADXLCR0123456789-_ ./xmP", max_size=24))
def test_any_name_is_told_or_unknown_and_never_a_fault(name):
    found = package_of(name)

    assert found.joints is None or 0 <= found.joints <= 999_999
    assert (found.package_class is PackageClass.UNKNOWN) <= (found.joints is None)


@given(st.text("SOTQFNPBGADXLCR0123456789-_ ./xmP", max_size=24))
def test_bare_copper_alone_is_mounted_nowhere(name):
    found = package_of(name)

    assert (found.mount is Mount.NONE) == (found.package_class is PackageClass.BARE_COPPER)
