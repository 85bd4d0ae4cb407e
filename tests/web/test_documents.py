"""A quote on paper: the figures of its snapshot and no others, everything inside, nobody's name as markup."""

import html
import re
import subprocess
from dataclasses import dataclass
from datetime import datetime

import lxml.html
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from quote_papers import ADDRESS, DRAWING, a_snapshot, document, money, priced, text_of, the_shop

from portal.gateways.pdf import LimitedPrinter
from portal.services.snapshot import missing
from portal.web.documents import (
    FONTS,
    MOST_DRAWING_BYTES,
    MOST_LINES,
    as_data,
    cells_in_full,
    printable,
    styles,
)

HOSTILE = "<script>alert(1)</script>"
ATTRIBUTE = '"><img src=x onerror=alert(1)>'
BACKWARDS = "\u202efdp.exe"


@dataclass
class Sheet:
    """A cell of so many lines, as `cells_in_full` looks at it."""

    speed: str
    lines: int
    unpriced: int = 0

    def __getitem__(self, name):
        return {"speed": self.speed, "lines": [0] * self.lines, "unpriced": [0] * self.unpriced}[name]


class TestFigures:
    def test_every_price_of_the_snapshot_is_on_the_table(self):
        snapshot, said = a_snapshot(), text_of(document())

        for cell in snapshot["cells"]:
            assert money(cell["total"]) in said
            assert money(cell["unit_price"]) in said

    def test_every_line_has_its_amount_and_its_reason(self):
        snapshot, said = a_snapshot(), text_of(document())

        for line in (line for cell in snapshot["cells"] if cell["speed"] == "standard" for line in cell["lines"]):
            assert money(line["amount"]) in said
            assert " ".join(line["because"].split()) in said

    def test_the_promised_days_are_those_of_the_snapshot(self):
        snapshot = a_snapshot()
        days = {datetime.fromisoformat(cell["promise"]["p80"]).strftime("%-d %b %Y") for cell in snapshot["cells"]}

        assert all(day in text_of(document(snapshot)) for day in days)

    def test_a_budget_says_that_it_binds_nobody(self):
        assert "Budget: not binding until we have reviewed it." in text_of(document())

    def test_a_firm_quote_says_until_when_it_binds(self):
        said = text_of(document(a_snapshot(is_firm=True, valid_until="2026-12-23")))

        assert "Firm, valid until Wed 23 Dec 2026." in said
        assert "Budget" not in said

    def test_it_says_for_whom_and_under_which_number(self):
        said = text_of(document())

        assert "Quote Q-7KX4-M2, revision 2" in said
        assert "sensor node for Lakeside Sensors." in said

    def test_it_says_what_is_built_and_from_which_files(self):
        said = text_of(document())

        assert all(
            word in said for word in ("ENIG", "1.6 mm", "green", "inspection", "U1", "board.zip", "ab12ab12ab12ab12…")
        )

    def test_it_names_the_versions_of_the_data_it_rests_on(self):
        said = text_of(document())

        assert all(f"{part} {sha256[:8]}" in said for part, sha256 in the_shop().versions.items())

    def test_a_part_without_a_price_is_named_and_the_totals_are_said_to_be_without_it(self):
        cell = priced(10)[0]
        unpriced = [{"name": "XC7A35T", "designators": ["U9"], "because": "nobody on file sells it"}]

        said = text_of(document(a_snapshot(cells=[{**cell, "unpriced": unpriced}])))
        assert "Some parts are not priced; the totals are without them." in said
        assert "XC7A35T" in said

    def test_a_quote_with_every_price_says_nothing_of_missing_ones(self):
        assert not missing(a_snapshot())
        assert "Some parts are not priced" not in text_of(document())

    def test_where_no_day_can_be_promised_none_is_made_up(self):
        cell = priced(10)[0]
        unknown = {**cell["promise"], "p50": None, "p80": None, "p95": None, "unknown": ["U9"], "steps": []}

        said = text_of(document(a_snapshot(cells=[{**cell, "promise": unknown}])))
        assert not re.search(r"Leaves us by.*20\d\d.*Prices are net", said)

    def test_without_a_portal_there_is_no_address_to_answer_at(self):
        assert ADDRESS in document()
        assert "Read, compare and accept" not in document(address="")


class TestLength:
    def test_all_cells_of_the_first_speed_are_printed_when_they_fit(self):
        cells = [Sheet("standard", 30), Sheet("express", 31), Sheet("standard", 30)]

        assert cells_in_full(cells) == [cells[0], cells[2]]

    def test_a_document_of_exactly_the_most_lines_fits(self):
        cells = [Sheet("standard", MOST_LINES // 2, 10), Sheet("standard", MOST_LINES // 2 - 10)]

        assert cells_in_full(cells) == cells

    def test_one_line_more_and_the_last_cell_stays_on_the_page(self):
        cells = [Sheet("standard", MOST_LINES // 2), Sheet("standard", MOST_LINES // 2, 1)]

        assert cells_in_full(cells) == cells[:1]

    def test_the_first_cell_is_printed_however_long_it_is(self):
        cells = [Sheet("standard", 10 * MOST_LINES), Sheet("standard", 1)]

        assert cells_in_full(cells) == cells[:1]

    def test_where_prices_are_left_out_there_is_the_way_to_all_their_lines(self):
        cell = priced(10)[0]
        long = [{**cell, "quantity": boards, "lines": cell["lines"] * MOST_LINES} for boards in (10, 20)]

        assert f"Every line of every price is at {ADDRESS}" in text_of(document(a_snapshot(cells=long)))
        assert "Every line of every price" not in text_of(document(a_snapshot(cells=[cell])))

    def test_a_price_whose_lines_are_left_out_is_still_on_the_table(self):
        said = text_of(document())

        express = next(cell for cell in priced(10, 100) if cell["speed"] == "express")
        assert money(express["total"]) in said
        assert "Annex: what each price consists of" in said


class TestHostileNames:
    @pytest.mark.parametrize("name", [HOSTILE, ATTRIBUTE])
    @pytest.mark.parametrize("where", ["design", "company", "file", "part", "reason", "consigned"])
    def test_a_name_is_shown_and_is_no_markup(self, name, where):
        written = document(with_name(name, where))

        assert name not in written
        assert html.escape(name, quote=False) in written.replace("&#34;", '"')
        assert not lxml.html.fromstring(written).xpath("//script | //img[@src='x']")

    @pytest.mark.parametrize("where", ["design", "company", "file", "part"])
    def test_a_name_is_no_template(self, where):
        assert "{{ 7 * 7 }}" in text_of(document(with_name("{{ 7 * 7 }}", where)))

    def test_a_name_cannot_end_the_style_sheet(self):
        written = document(with_name("</style><script>", "design"))

        assert written.count("</style>") == 1

    def test_a_picture_cannot_run_a_script_in_the_document(self):
        written = document(pictures={"top": f"<svg xmlns='http://www.w3.org/2000/svg'>{HOSTILE}</svg>".encode()})

        assert "<script" not in written

    @given(st.text(max_size=40).filter(str.strip))
    @settings(max_examples=40, deadline=None)
    def test_whatever_a_customer_writes_comes_out_as_text(self, name):
        seen = lxml.html.fromstring(document(with_name(f"|{name}|", "design", quantities=(10,))))

        assert len(seen.xpath("//h1")) == 1
        assert not seen.xpath("//script")


def with_name(name, where, quantities=(10, 100)):
    """A snapshot in which a customer has written this somewhere."""
    snapshot = a_snapshot(*quantities)
    [first, *rest] = snapshot["cells"]
    [line, *lines] = first["lines"]
    match where:
        case "design":
            return snapshot | {"design": snapshot["design"] | {"name": name}}
        case "company":
            return snapshot | {"customer": {"company": name, "email": ""}}
        case "file":
            return snapshot | {
                "design": snapshot["design"] | {"files": [{"name": name, "sha256": "0" * 64, "bytes": 1}]}
            }
        case "part":
            unpriced = [{"name": name, "designators": [name], "because": name}]
            return snapshot | {"cells": [first | {"unpriced": unpriced}, *rest]}
        case "reason":
            return snapshot | {"cells": [first | {"lines": [line | {"label": name, "because": name}, *lines]}, *rest]}
    return snapshot | {"options": snapshot["options"] | {"consigned": [name]}}


class TestNothingIsFetched:
    def test_pictures_lie_inside_the_document(self):
        root = lxml.html.fromstring(document(pictures={"top": DRAWING, "bottom": DRAWING}))

        assert root.xpath("//figure/img/@src") == [as_data(DRAWING)] * 2
        assert root.xpath("//figure/img/@alt") == ["The top side", "The bottom side"]

    def test_a_drawing_that_would_take_seconds_to_print_is_a_small_picture(self):
        large = DRAWING + b" " * MOST_DRAWING_BYTES

        assert [printable(DRAWING, b"png"), printable(large, b"png"), printable(large, None)] == [
            DRAWING,
            b"png",
            large,
        ]
        assert [printable(None, b"png"), printable(None, None)] == [b"png", None]

    def test_a_small_picture_says_what_it_is(self):
        assert as_data(b"\x89PNG\r\n").startswith("data:image/png;base64,")

    def test_a_board_without_pictures_shows_none(self):
        assert not lxml.html.fromstring(document()).xpath("//figure")

    def test_no_element_names_anything_outside(self):
        root = lxml.html.fromstring(document(pictures={"top": DRAWING}))

        assert not root.xpath("//link | //script | //iframe | //object | //embed | //@srcset | //base")
        assert all(source.startswith("data:") for source in root.xpath("//@src"))

    def test_the_style_sheets_name_our_own_font_and_nothing_else(self):
        named = set(re.findall(r"url\(\s*['\"]?([^'\")]+)", styles()))

        assert named <= {path.as_uri() for path in FONTS.values()} | {
            address for address in named if address.startswith("data:")
        }
        assert "@import" not in styles()


class TestPrinted:
    @pytest.fixture(scope="module")
    @staticmethod
    def paper():
        """Printed once, with everything that a customer can do to a document in it."""
        snapshot = with_name(f"{HOSTILE} {BACKWARDS} – 基板 Größe", "design")
        return snapshot, LimitedPrinter().print(document(snapshot, pictures={"top": DRAWING}))

    @pytest.fixture(scope="module")
    @staticmethod
    def said(paper, tmp_path_factory):
        path = tmp_path_factory.mktemp("paper") / "quote.pdf"
        path.write_bytes(paper[1])
        done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True)
        return " ".join(done.stdout.split())

    def test_every_total_is_the_snapshots(self, paper, said):
        for cell in paper[0]["cells"]:
            assert money(cell["total"]) in said
            assert money(cell["unit_price"]) in said

    def test_every_amount_in_full_is_the_snapshots(self, paper, said):
        for cell in (cell for cell in paper[0]["cells"] if cell["speed"] == "standard"):
            assert all(money(line["amount"]) in said for line in cell["lines"])

    def test_each_sheet_says_whose_it_is(self, said):
        assert said.count("Quote Q-7KX4-M2, revision 2") >= 2

    def test_a_hostile_name_is_printed_as_it_is_written(self, said):
        assert HOSTILE in said

    def test_it_runs_nothing_and_carries_nothing_away(self, paper):
        assert not re.search(rb"/JavaScript|/Launch|/EmbeddedFile|/SubmitForm|/GoToR", paper[1])
