"""The makers' numbers of an ODB++ job: behind each component, and in the part list of its step."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from odb_jobs_made import files, members

from portal.board.design import Alternate
from portal.intake.odb import read_odb
from portal.intake.odb_makers import read_part_list

HEAD = "UNITS=MM\n"
MURATA = "CPN 1000-0243\nPKG K0201\nIPN \nVPL_VND MURATA\nVPL_MPN LQP03TN2N5B02\nVND MURATA\nMPN 0 Y LQP03TN2N5B02\n"
LIST = """# header parameters
HEADER
BRD
REV
HEADER_END
# reference descriptors and their matching customer parts
RD_CPN
REF REFDES
LNFILE 1 parts.txt
CPN CPN
NO_POP 0

REF R1
LNFILE 2 parts.txt
CPN 1000-9075
LNFILE 2 parts.txt
NO_POP 0

REF R2
CPN 1000-9075
NO_POP 1
RD_CPN_END
CPN_MPN
CPN 1000-9075
VPL_MPN
VPL_VND
MPN RC0603FR-0710KL
VND Yageo
QLF 0
CHS 0
PRIORITY 1

CPN 1000-9075
MPN CRCW060310K0FKEA
VND Vishay
CHS 1
CPN_MPN_END
# customer parts and their descriptions
CP
CPN 1000-9075
DSC RES 10K 1% 0603
ITEM 1
CP_END
FILE_END
"""


def read(components, **more):
    lists = {name.replace("__", "/"): text for name, text in more.items()}
    texts = files() | {"steps/pcb/layers/comp_+_top/components": HEAD + components, **lists}
    return read_odb(members(texts), name="odbjob")


def line_of(records, **more):
    [line] = read(f"CMP 0 1 2 0 N R1 RES\n{records}", **more).lines
    return line


@pytest.mark.parametrize(
    ("record", "mpn"),
    [
        ("MPN 0 Y LQP03TN2N5B02", "LQP03TN2N5B02"),
        ("MPN 1 N 215-0640 A", "215-0640 A"),
        ("MPN RC0603FR-0710KL", "RC0603FR-0710KL"),
        ("MPN 4711", "4711"),
        ("MPN 0 Y ", ""),
        ("MPN ?", ""),
    ],
)
def test_the_marks_before_a_number_are_no_part_of_it(record, mpn):
    assert line_of(f"VND MURATA\n{record}\n").mpn == mpn


def test_the_records_behind_a_component_name_the_part_and_its_maker():
    line = line_of(MURATA)

    assert (line.mpn, line.manufacturer, line.alternates) == ("LQP03TN2N5B02", "MURATA", ())


def test_a_second_maker_is_an_alternate_and_the_chosen_one_comes_first():
    line = line_of("VND Yageo\nMPN 0 N RC0603\nVND Vishay\nMPN 0 Y CRCW0603\n")

    assert (line.mpn, line.manufacturer) == ("CRCW0603", "Vishay")
    assert line.alternates == (Alternate("RC0603", "Yageo"),)


def test_the_same_number_twice_is_no_alternate():
    assert line_of("VND Yageo\nMPN 0 Y RC0603\nVND Yageo\nMPN 0 Y RC0603\n").alternates == ()


def test_a_maker_without_a_number_is_only_a_maker():
    line = line_of("VPL_VND TI\nVPL_MPN \nVND TI\n")

    assert (line.mpn, line.manufacturer) == ("", "TI")


def test_one_parts_makers_do_not_leak_into_the_next():
    lines = read(f"CMP 0 1 2 0 N R1 RES\n{MURATA}CMP 0 3 2 0 N R2 CAP\n").lines

    assert [line.mpn for line in lines] == ["LQP03TN2N5B02", ""]


def test_the_part_list_of_the_step_says_what_components_do_not():
    line = line_of("", steps__pcb__boms__bom__bom=LIST)

    assert (line.mpn, line.manufacturer, line.description) == ("CRCW060310K0FKEA", "Vishay", "RES 10K 1% 0603")
    assert line.alternates == (Alternate("RC0603FR-0710KL", "Yageo"),)


def test_what_stands_behind_the_component_outranks_the_list():
    assert line_of(MURATA, steps__pcb__boms__bom__bom=LIST).mpn == "LQP03TN2N5B02"


def test_the_part_list_leaves_parts_off():
    board = read("CMP 0 1 2 0 N R1 RES\nCMP 0 3 2 0 N R2 RES\n", steps__pcb__boms__bom__bom=LIST)

    assert [(line.designators, line.not_fitted) for line in board.lines] == [(("R1",), False), (("R2",), True)]


def test_of_two_part_lists_none_is_believed_and_it_is_asked():
    board = read("CMP 0 1 2 0 N R1 RES\n", steps__pcb__boms__a__bom=LIST, steps__pcb__boms__b__bom=LIST)

    assert board.lines[0].mpn == ""
    assert "odb-part-lists" in {finding.code for finding in board.findings}


def test_the_heading_of_the_customers_own_table_is_no_part():
    assert set(read_part_list(LIST)) == {"R1", "R2"}


@given(st.lists(st.sampled_from([*LIST.splitlines(), "", "CPN", "REF", "\0", "MPN 0 Y"]), max_size=60))
def test_no_order_of_lines_breaks_the_list(lines):
    assert all(name for name in read_part_list("\n".join(lines)))
