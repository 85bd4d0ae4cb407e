"""How high parts stand: what names and descriptions say, what standards allow, and what nobody knows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.parts.heights import HIGHEST_MM, LOWEST_MM, height_of

NAMES = {
    # IPC-7351: the last number before the pins, in hundredths of a millimetre
    "RESC1608X55N": 0.55,
    "CAPC1005X55N": 0.55,
    "INDC2520X120N": 1.2,
    "CAPAE660X550N": 5.5,
    "QFN50P300X300X80-17N": 0.8,
    "SOT95P280X145-5N": 1.45,
    "SOIC127P600X175-8N": 1.75,
    "SOP65P640X120-14N": 1.2,
    "BGA100C50P8X8_900X900X140": 1.4,
    "DIP762W46P254L1930H508Q14": 5.08,
    "XTAL320X250X80N": 0.8,
    # CAD libraries
    "CP_EIA-7343-31_Kemet-D": 3.1,
    "CP_Elec_8x10": 10.0,
    "CP_Elec_6.3x7.7": 7.7,
    "C_Elec_4x5.4": 5.4,
    "L_Vishay_IHLP-2020_H5.0mm": 5.0,
    "L_7.3x7.3_H3.5mm": 3.5,
    "R_Axial_DIN0207_L6.3mm_D2.5mm_P10.16mm_Horizontal": 2.5,
    "D10xL16": 16.0,
    # standard outlines, at most
    "C_01005_0402Metric": 0.25,
    "C_0201_0603Metric": 0.4,
    "C_1206_3216Metric": 1.9,
    "C_1210_3225Metric": 2.8,
    "C_0603_1608Metric": 1.0,
    "R0402": 0.7,
    "0805": 1.5,
    "LED_0603_1608Metric": 1.0,
    "LQFP-64_10x10mm_P0.5mm": 1.7,
    "TQFP-32_7x7mm_P0.8mm": 1.2,
    "TSSOP-20_4.4x6.5mm_P0.65mm": 1.2,
    "MSOP-8": 1.1,
    "VSSOP-8": 1.1,
    "SSOP-28": 2.0,
    "QSOP-16": 1.75,
    "SOIC-8_3.9x4.9mm_P1.27mm": 2.65,
    "SO-8": 2.65,
    "QFN-32-1EP_5x5mm_P0.5mm": 1.0,
    "VFQFPN-48": 1.0,
    "UFQFN-20": 1.0,
    "TFBGA-100": 1.2,
    "UFBGA-100": 0.8,
    "BGA-256_17x17mm": 3.5,
    "SOT-23": 1.45,
    "SOT-223": 1.8,
    "SOT-89-3": 1.6,
    "SOT-143": 1.22,
    "SOT-343": 1.22,
    "SOT-363_SC-70-6": 1.1,
    "PLCC-44": 4.57,
    "PQFP-100": 4.1,
    "DO-214AC": 2.62,
    "SOD-123": 1.35,
    "TO-252-2": 2.39,
    "D2PAK": 4.83,
    "D_SMA": 2.62,
    "SOD-323": 1.1,
    "DIP-8_W7.62mm": 5.33,
    "PinHeader_1x04_P2.54mm_Vertical": 8.6,
    "Crystal_HC49-U_Vertical": 13.5,
}


@pytest.mark.parametrize(("package", "mm"), NAMES.items(), ids=NAMES)
def test_a_package_name_tells_how_high_the_part_stands(package, mm):
    assert height_of(package).mm == pytest.approx(mm)


WORDS = {
    "CAP ALUM 100UF 20% 25V SMD 8.0mm dia, 10.20mm Height - Seated (Max)": 10.2,
    "Inductor 4.7uH, H=3.0mm": 3.0,
    "Shield frame, 2.5 mm high": 2.5,
    "Relay 5V; height: 15.7 mm": 15.7,
    "CAP CER 100nF 50V X7R 0402": 0.7,
}


@pytest.mark.parametrize(("description", "mm"), WORDS.items(), ids=WORDS)
def test_where_the_name_is_silent_the_description_tells(description, mm):
    assert height_of("", description).mm == pytest.approx(mm)


UNKNOWN = (
    "",
    "USB_C_Receptacle_GCT_USB4105",
    "CP_Radial_D8.0mm_P3.50mm",
    "R_Axial_DIN0207_L6.3mm_D2.5mm_P2.54mm_Vertical",
    "JST_PH_B2B-PH-K_1x02_P2.00mm_Vertical",
    "TestPoint_Pad_D1.5mm",
    "MountingHole_3.2mm_M3",
    "CUSTOM-17",
    "LGA-14",
    "SOT-227",
)


@pytest.mark.parametrize("package", UNKNOWN)
def test_a_name_that_says_no_height_stays_unknown(package):
    assert height_of(package) is None


@pytest.mark.parametrize("description", ["header 4 pos 2.5 mm pitch", "low profile, 0.5 mm pitch", "Ø 3 mm LED, red"])
def test_other_lengths_in_a_description_are_no_height(description):
    assert height_of("", description) is None


def test_what_the_name_says_goes_before_the_standard():
    assert height_of("SOIC127P600X175-8N").grade == "A"
    assert height_of("SOIC-8").mm > height_of("SOIC127P600X175-8N").mm


def test_the_package_goes_before_the_description():
    assert height_of("CP_Elec_8x10", "CAP ALUM 100UF, 6.2mm height").mm == 10.0


def test_every_height_says_where_it_is_from():
    assert height_of("SOT-223").because == "JEDEC TO-261"
    assert height_of("CP_Elec_8x10").because == "its name, diameter × height"


@given(st.text(max_size=40), st.text(max_size=60))
def test_whatever_stands_there_a_height_is_one_that_a_part_can_have(package, description):
    found = height_of(package, description)

    assert found is None or LOWEST_MM <= found.mm <= HIGHEST_MM


@given(st.integers(10, 9999))
def test_a_height_of_ipc_names_is_read_in_hundredths(hundredths):
    found = height_of(f"QFN50P300X300X{hundredths}-17N")

    assert found.mm == (round(hundredths / 100, 2) if hundredths <= 8000 else 1.0)
