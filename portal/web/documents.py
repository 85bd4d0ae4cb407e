"""Documents on paper, from the frozen snapshot and the screen's own components.

Like letters they need no request: the worker and the command line print them, too.
"""

import base64
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import segno
from markupsafe import Markup

from portal.costing.company import Company
from portal.gateways.files import Files
from portal.models.files import DesignRecord
from portal.models.quotes import QuoteRevision
from portal.services.quotes import content
from portal.services.reasons import changes_of
from portal.services.releases import frozen_releases
from portal.services.shop import ShopData
from portal.services.snapshot import options_of, promise_of, sheet_of
from portal.web.advice import as_told
from portal.web.annex import Body, by_group
from portal.web.letters import stationery

STATIC = Path(__file__).resolve().parents[2] / "static"
SHEETS = (
    "reset",
    "tokens",
    "base",
    "badge",
    "icon",
    "facts",
    "cost_table",
    "promise_chain",
    "utilities",
    "print",
    "document",
    "document_head",
    "document_lines",
)
FONTS = {weight: STATIC / "vendor" / f"inter-{weight}.ttf" for weight in (400, 500, 600)}
FACE = re.compile(r"@font-face \{.*?\}\n", re.DOTALL)  # that of the screen
PNG = b"\x89PNG"
MOST_DRAWING_BYTES = 60_000  # a tenth of a second of WeasyPrint, as the PNG of any board; 200 kB take three tenths
MOST_LINES = 400  # of all cells together: about twelve sheets


@dataclass(frozen=True, slots=True)
class Paper:
    """What a quote's document is made of, beside the snapshot."""

    company: Company
    pictures: dict[str, bytes]  # side -> SVG or PNG
    address: str  # where the quote can be read and accepted; empty when it was made without a portal


def quote_html(snapshot: dict[str, Any], paper: Paper) -> str:
    """The whole document as one HTML text with its styles and pictures inside."""
    cells = [_as_printed(cell) for cell in snapshot["cells"]]
    return (
        stationery()
        .get_template("documents/quote.html")
        .render(
            snapshot=snapshot,
            valid_until=date.fromisoformat(snapshot["valid_until"]) if snapshot.get("valid_until") else None,
            options=options_of(snapshot["options"]),
            cells=cells,
            in_full=cells_in_full(cells),
            speeds=list(dict.fromkeys(cell["speed"] for cell in cells)),
            rows=_rows(cells),
            releases=[release for cell in cells for release in frozen_releases(cell)],
            groups=by_group(cells),
            told=as_told(snapshot),
            changes=[change for change in changes_of(snapshot) if change.speed == cells[0]["speed"]],
            company=paper.company,
            pictures={side: as_data(picture) for side, picture in paper.pictures.items()},
            address=paper.address,
            code=code_of(paper.address) if paper.address else "",
            styles=Markup(styles()),  # noqa: S704 - our own style sheets, nobody's data
        )
    )


def _as_printed(cell: dict[str, Any]) -> dict[str, Any]:
    sheet = sheet_of(cell)
    return {**cell, "sheet": sheet, "body": Body.of(sheet), "promise": promise_of(cell["promise"])}


def _rows(cells: list[dict[str, Any]]) -> list[tuple[int, list[dict[str, Any]]]]:
    quantities = dict.fromkeys(cell["quantity"] for cell in cells)
    return [(quantity, [cell for cell in cells if cell["quantity"] == quantity]) for quantity in quantities]


def cells_in_full(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cells whose lines are printed: at the first speed, as many as fit; the page has every line of the rest."""
    fitting: list[dict[str, Any]] = []
    lines = 0
    for cell in (cell for cell in cells if cell["speed"] == cells[0]["speed"]):
        lines += len(cell["lines"]) + len(cell["unpriced"])
        if fitting and lines > MOST_LINES:
            break
        fitting.append(cell)
    return fitting


def as_data(picture: bytes) -> str:
    """A picture inside the document: nothing is fetched while it is printed."""
    kind = "png" if picture.startswith(PNG) else "svg+xml"
    return f"data:image/{kind};base64," + base64.b64encode(picture).decode()


def printable(drawing: bytes | None, small: bytes | None) -> bytes | None:
    """The drawing is crisp at any size, but WeasyPrint takes seconds for a large one: then the PNG, 300 to an inch."""
    if drawing is None or (small and len(drawing) > MOST_DRAWING_BYTES):
        return small
    return drawing


def code_of(address: str) -> str:
    """The address as a picture for a telephone."""
    return segno.make(address, error="m").svg_data_uri(scale=3, border=0, dark="#000", light="#fff")


@cache
def styles() -> str:
    """The screen's sheets in the screen's order of layers, then those of paper."""
    layers = "@layer reset, tokens, base, layout, components, utilities, print;\n"
    sheets = "\n".join((STATIC / "css" / f"{name}.css").read_text("utf-8") for name in SHEETS)
    return layers + FACE.sub("", sheets) + "\n".join(_face(weight, path) for weight, path in FONTS.items())


def _face(weight: int, path: Path) -> str:
    """WeasyPrint would go on without a font that is not there, and print in whatever it finds."""
    source = path.resolve(strict=True).as_uri()
    return f'@font-face {{ font-family: "Inter"; font-weight: {weight}; src: url("{source}") format("truetype") }}'


def revision_html(revision: QuoteRevision, files: Files, shop: ShopData, *, base_url: str) -> str:
    quote = revision.quote
    paper = Paper(shop.company, pictures_of(quote.design, files), f"{base_url.rstrip('/')}/quotes/{quote.reference}")
    return quote_html(content(revision), paper)


def pictures_of(kept: DesignRecord, files: Files) -> dict[str, bytes]:
    stored = {"top": (kept.top_picture, kept.top_thumbnail), "bottom": (kept.bottom_picture, kept.bottom_thumbnail)}
    pictures = {side: printable(*(_read(files, sha256) for sha256 in both)) for side, both in stored.items()}
    return {side: picture for side, picture in pictures.items() if picture}


def _read(files: Files, sha256: str | None) -> bytes | None:
    return files.read(sha256) if sha256 else None
