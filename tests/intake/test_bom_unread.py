"""A part list that is there and cannot be read is called by its name: nobody says that there is none."""

import pytest
from packages_made import BOM, board_files, found_codes, read_of, zipped
from workbooks import an_xlsx

from portal.board.design import Severity
from portal.board.unread import unread_lists

DOCX = zipped({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"})
NUMBERS = zipped({"Index/Document.iwa": b"\0\1", "Index/Tables/Table.iwa": b"\0\2", "preview.jpg": b"\xff\xd8\xff"})
ODD = b"Nummer;Teil\n1;Kabel\n2;Blech\n3;Kappe\n"


def design_of(tmp_path, **lists):
    return read_of(tmp_path, board_files() | {name.replace("__", "."): data for name, data in lists.items()}).design


def said_of(tmp_path, name, data):
    design = read_of(tmp_path, board_files() | {name: data}).design
    return [finding for finding in design.findings if finding.code == "list-not-read"]


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("BOM.pdf", b"%PDF-1.7 ...", "is a PDF"),
        ("docs/amp_bom_v2.png", b"\x89PNG\r\n\x1a\n", "is a picture"),
        ("Stückliste.docx", DOCX, "is a Word document"),
        ("parts list.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 word", "is a Word document"),
        ("BOM.numbers", NUMBERS, "is a Numbers document"),
        ("bom.gsheet", b'{"url": "https://example.org/sheet"}', "is a link to a sheet on the web"),
        ("物料清单.pdf", b"%PDF-1.4", "is a PDF"),
        ("Partlist.txt", b"Please order as last time.\nThank you\n", "no parts were found"),
        ("nomenclature.csv", ODD, "no parts were found"),
    ],
)
def test_what_looks_like_a_part_list_is_named_with_what_it_is(tmp_path, name, data, kind):
    [finding] = said_of(tmp_path, name, data)

    assert finding.where == name.replace(".numbers", "")
    assert kind in finding.message
    assert (finding.severity, finding.remedy.startswith("Save it as .xlsx or .csv")) == (Severity.ASK, True)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("bomb.pdf", b"%PDF-1.7"),
        ("schematic.pdf", b"%PDF-1.7"),
        ("embom.txt", b"nothing"),
        ("bom_script.py", b"print(1)"),
        ("__MACOSX/._bom.csv", b"\0\5\x16\7"),
    ],
)
def test_other_papers_are_not_called_part_lists(tmp_path, name, data):
    assert said_of(tmp_path, name, data) == []


def test_where_a_list_was_read_its_printed_copy_is_no_matter(tmp_path):
    design = design_of(tmp_path, bom__csv=BOM, bom__pdf=b"%PDF-1.7")

    assert len(design.bom) == 2
    assert unread_lists(design) == ()


def test_a_list_without_parts_is_the_list_that_was_not_read(tmp_path):
    [finding] = unread_lists(design_of(tmp_path, bom__csv=b"Designator,Qty,Value,MPN\n"))

    assert (finding.code, finding.where) == ("bom-empty", "bom.csv")


def test_a_workbook_that_cannot_be_opened_is_the_list_that_was_not_read(tmp_path):
    broken = an_xlsx({"BOM": [("Designator", "Qty"), ("R1", "1")]})[:300]
    [finding] = unread_lists(design_of(tmp_path, bom__xlsx=broken))

    assert (finding.code, finding.where) == ("table-damaged", "bom.xlsx")


def test_a_centroid_file_that_cannot_be_opened_is_no_part_list(tmp_path):
    broken = an_xlsx({"PnP": [("Designator", "X", "Y"), ("R1", "1", "1")]})[:300]

    assert unread_lists(design_of(tmp_path, pnp__xlsx=broken)) == ()


def test_a_package_without_any_list_has_none_unread(tmp_path):
    reading = read_of(tmp_path, board_files())

    assert unread_lists(reading.design) == ()
    assert "list-not-read" not in found_codes(reading)
