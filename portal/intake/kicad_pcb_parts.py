"""KiCad's footprints as placements and as a part list.

Placements are as KiCad's own position file has them: the anchor of the footprint, its turn counter-clockwise as seen
from the top on either side, the name of the footprint without its library. Files up to 5 keep no fields of a part
but its value; from 6 on MPN, manufacturer and whatever the customer wrote are there, under any heading he likes.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from portal.board.design import BomLine, Placement, Side
from portal.intake.headings import meanings
from portal.intake.kicad_pcb_board import Board
from portal.intake.kicad_pcb_layers import BOTTOM_COPPER
from portal.intake.not_fitted import Fitting, in_cell, in_fitted_column, in_not_fitted_column
from portal.intake.s_expressions import Node

FOOTPRINTS = ("footprint", "module")
KICADS_OWN = frozenset({"reference", "value", "footprint", "datasheet", "sheetname", "sheetfile"})
TEXT_WORDS = ("mpn", "manufacturer", "supplier_part", "description")
EMPTY = frozenset({"", "~", "-", "n/a"})
STARS = "*"  # REF** and G*** are what KiCad calls what nobody has named
LONGEST_TEXT = 500


@dataclass(frozen=True, slots=True)
class Part:
    """A footprint with what is written at it. `fields` are the customer's own."""

    node: Node
    designator: str
    value: str
    fields: Mapping[str, str]
    flags: frozenset[str]
    is_old: bool

    @property
    def package(self) -> str:
        """The library's name goes before a colon."""
        return (self.node.words[0] if self.node.words else "").rpartition(":")[2][:LONGEST_TEXT]

    @property
    def is_a_part(self) -> bool:
        """Not a logo, not a title: it has a name of its own, and up to 5 (which knew no better) a pad."""
        if not self.designator or self.designator.endswith(STARS) or "virtual" in self.flags:
            return False
        return not self.is_old or any(True for _ in self.node.every("pad"))

    @property
    def is_placed(self) -> bool:
        return self.is_a_part and "exclude_from_pos_files" not in self.flags

    @property
    def is_listed(self) -> bool:
        """What stands on the board only, and not in the schematic, is in no part list."""
        return self.is_a_part and self.flags.isdisjoint({"exclude_from_bom", "board_only"})


def read_part(board: Board, node: Node) -> Part:
    texts = {text.words[0].lower(): text.words[1] for text in node.every("fp_text") if len(text.words) > 1}
    fields = {row.words[0]: row.words[1].strip()[:LONGEST_TEXT] for row in node.every("property") if len(row.words) > 1}
    own = {name.lower(): value for name, value in fields.items()}
    attributes = node.first("attr")
    return Part(
        node=node,
        designator=(own.get("reference") or texts.get("reference", "")).strip()[:LONGEST_TEXT],
        value=(own.get("value") or texts.get("value", "")).strip()[:LONGEST_TEXT],
        fields={name: value for name, value in fields.items() if name.lower() not in KICADS_OWN and name[:3] != "ki_"},
        flags=frozenset(attributes.words if attributes else ()),
        is_old=board.is_old,
    )


def placement(board: Board, part: Part) -> Placement:
    at = part.node.numbers("at", 2) or (0.0, 0.0)
    turned = part.node.numbers("at", 3)
    x, y = board.frame.at(at[0], at[1])
    return Placement(
        designator=part.designator,
        side=Side.BOTTOM if board.layers.called(part.node.word("layer")) == BOTTOM_COPPER else Side.TOP,
        x_mm=round(x, 6),
        y_mm=round(y, 6),
        rotation_deg=turned[2] % 360 if turned else 0.0,
        value=part.value,
        package=part.package,
    )


def line(part: Part) -> BomLine:
    """A line of one designator; the caller puts those of one kind together."""
    texts = _texts(part.fields)
    return BomLine(
        row=0,
        designators=(part.designator,),
        value=part.value,
        package=part.package,
        mpn=texts.get("mpn", ""),
        manufacturer=texts.get("manufacturer", ""),
        description=texts.get("description", ""),
        supplier_part=texts.get("supplier_part", ""),
        not_fitted=_is_not_fitted(part),
    )


def _texts(fields: Mapping[str, str]) -> dict[str, str]:
    """Our words with what stands in the field that is trusted most for each."""
    best: dict[str, tuple[int, str]] = {}
    for heading, value in fields.items():
        for word, rank in _meant(heading):
            if value.lower() not in EMPTY and (word not in best or rank < best[word][0]):
                best[word] = (rank, value)
    return {word: value for word, (_, value) in best.items()}


def _meant(heading: str) -> Iterator[tuple[str, int]]:
    return ((word, rank) for word, rank in meanings(heading).items() if word in TEXT_WORDS)


def _is_not_fitted(part: Part) -> bool:
    """By KiCad's own mark (from 7 on), by a field that is called DNP or Fitted, or by a word in the value."""
    if "dnp" in part.flags or in_cell(part.value) is Fitting.NOT_FITTED:
        return True
    return any(_says_not_fitted(heading, value) for heading, value in part.fields.items())


def _says_not_fitted(heading: str, value: str) -> bool:
    said = meanings(heading)
    if "not_fitted" in said:
        return in_not_fitted_column(value) is Fitting.NOT_FITTED
    return "fitted" in said and in_fitted_column(value) is Fitting.NOT_FITTED
