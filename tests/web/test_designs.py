"""The page of a board: what was read, what is wrong with it, and that what is not known is said to be so."""

import gzip
from dataclasses import replace

import pytest
import shown_boards as boards

from portal.board.design import BomLine, Finding, Placement, Severity, Side


@pytest.fixture
def board_page(portal, visitor):
    return visitor.visit(f"/designs/{portal.design(visitor)}")


@pytest.mark.parametrize(
    "fact",
    ["Size50.8 × 30 mm", "Copper layers4", "Holes312", "Slots2", "Smallest drill0.3 mm", "Narrowest track0.15 mm",
     "Paste openings, top112", "Parts on one board6", "Lines not fitted1", "Placements, top6", "Placements, bottom0"],
)  # fmt: skip
def test_what_is_known_of_the_board_stands_on_its_page(board_page, fact):
    facts = {"".join(fact.text_content().split("\n")).replace("  ", "") for fact in board_page.all("//dl/div")}

    assert fact in {"".join(said.split("  ")).strip() for said in facts}


def test_what_is_not_known_is_said_to_be_unknown(portal, visitor):
    page = visitor.visit(f"/designs/{portal.design(visitor, boards.bare())}")

    unknown = [fact.getparent().xpath("string(dt)") for fact in page.all("//dd[@class='facts__unknown']")]
    assert {"Size", "Copper layers", "Holes", "BOM lines", "Placements, top"} <= set(unknown)
    assert "Add a BOM" in page.main
    assert "from 1 file " in f"{page.main} "


def test_a_part_list_that_could_not_be_read_is_called_by_its_name(portal, visitor):
    text = "is named like a part list, but is a PDF."
    unread = Finding(Severity.ASK, "list-not-read", "BOM (final).pdf", text, "Save it as .xlsx or .csv.")
    page = visitor.visit(f"/designs/{portal.design(visitor, replace(boards.bare(), findings=(unread,)))}")

    assert "The parts are not known: BOM (final).pdf is named like a part list, but is a PDF." in page.main
    assert "There is no bill of materials" not in page.main


def test_each_finding_says_where_what_and_what_to_do(board_page):
    first = board_page.all("//*[@class='findings__finding']")[0].text_content()

    assert "R12" in first
    assert "Add it, or mark it as not fitted." in first


def test_a_line_that_is_not_fitted_is_marked(board_page):
    rows = [row.text_content() for row in board_page.all("//table[.//caption[contains(., 'Bill')]]//tr")]

    assert [row for row in rows if "not fitted" in row and "R9" in row]


def test_the_table_says_which_column_was_taken_for_what(board_page):
    assert "mpn from Mfr Part #" in board_page.main


def test_each_file_says_what_it_was_taken_for_and_why(board_page):
    assert "its X2 attributes say so" in board_page.main
    assert "Größe & <Maße> – 基板.txt" in board_page.main


def test_a_board_with_hostile_names_is_shown_and_nothing_runs(portal, visitor):
    page = visitor.visit(f"/designs/{portal.design(visitor, boards.hostile())}")

    assert page.all("//script[not(@src)]") == []
    assert '<script>alert("x")</script>' in page.main


def test_other_boards_of_the_package_are_named(portal, visitor):
    page = visitor.visit(f"/designs/{portal.design(visitor, boards.hostile())}")

    assert "other board" in page.main


def test_a_thousand_lines_are_all_there(portal, visitor):
    bom = tuple(BomLine(n, (f"R{n}",), value=f"{n}k") for n in range(1, 1001))
    placements = tuple(Placement(f"R{n}", Side.BOTTOM, n, 0, 0) for n in range(1, 1001))
    page = visitor.visit(f"/designs/{portal.design(visitor, boards.sensor_node(bom=bom, placements=placements))}")

    assert "R1000" in page.main
    assert "Placements, bottom 1,000" in page.main


class TestPictures:
    def test_a_side_is_a_drawing_that_can_load_and_run_nothing(self, portal, visitor):
        answer = visitor.get(f"/designs/{portal.design(visitor)}/pictures/top.svg")

        assert answer.data == boards.PICTURE.encode()
        assert answer.headers["Content-Security-Policy"].strip() == "default-src 'none'; style-src 'none'; sandbox"

    @pytest.mark.parametrize(("accepted", "is_packed"), [("gzip, br", True), ("identity", False), ("gzip;q=0", False)])
    def test_a_drawing_comes_packed_to_whoever_can_unpack_it(self, portal, visitor, accepted, is_packed):
        drawing = f"/designs/{portal.design(visitor)}/pictures/top.svg"
        answer = visitor.get(drawing, headers={"Accept-Encoding": accepted})

        assert (answer.headers.get("Content-Encoding") == "gzip", "Accept-Encoding" in answer.vary) == (is_packed, True)
        assert (gzip.decompress(answer.data) if is_packed else answer.data) == boards.PICTURE.encode()

    def test_a_drawing_is_what_it_says(self, portal, visitor):
        answer = visitor.get(f"/designs/{portal.design(visitor)}/pictures/bottom.svg")

        assert answer.mimetype == "image/svg+xml"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"

    @pytest.mark.parametrize("side", ["top", "bottom", "left", "../../portal"])
    def test_a_side_that_was_not_drawn_is_not_there(self, portal, visitor, side):
        reference = portal.design(visitor, pictures=False)

        assert visitor.get(f"/designs/{reference}/pictures/{side}.svg").status_code == 404

    def test_the_page_says_where_there_is_nothing_to_draw(self, portal, visitor):
        page = visitor.visit(f"/designs/{portal.design(visitor, pictures=False)}")

        assert "The files hold nothing to draw here." in page.main
