"""One row of a part list -> one BOM line, and what is wrong with it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from portal.board.design import Alternate, BomLine, Severity
from portal.intake import not_fitted
from portal.intake.alternates import of_cells
from portal.intake.bom_cells import Row
from portal.intake.bom_fitting import is_not_fitted, left_off, marked_off
from portal.intake.damage import LOST_ZERO, is_date, is_error, is_placeholder, is_ruined_number, is_value
from portal.intake.designators import Designators, read_designators
from portal.intake.headings import plain
from portal.intake.lengths import read_number
from portal.intake.not_fitted import Fitting

MOST_OF_A_PART = 1_000_000
TOTALS = frozenset(
    plain(word)
    for row in (
        "total | totals | sum | subtotal | sub total | grand total | total qty | total quantity | total parts",
        "summe | gesamt | zwischensumme | gesamtsumme | somme | sous total | suma | suma total | totale | subtotale",
        "合计 | 总计 | 小计 | 合計 | 小計 | 總計 | 总数 | 合计数量 | итого | всего | 합계 | 총계 | 소계",
        "ukupno | razem | celkem | totaal | toplam | összesen",
    )
    for word in row.split(" | ")
)
# Words for a piece behind the number, or a cross before it; metres and grams are none.
COUNTED = re.compile(
    r"(?:x ?)?([\d.,]+) ?(?:x|pcs?|pces?|pieces?|pièces?|ea|each|off|nos?|stc?k|stück|st|шт|штук|个|個|只|颗|片|件|개"
    r"|ks|kom|pz|pezzi|u|uds?|und?|unid|pzas?|szt|db|adet|stuks?)?\.?"
)
BARE_BOARD = frozenset({"pcb", "pwb", "pcb1", "leiterplatte", "platine", "circuit imprimé", "基板", "线路板", "印制板"})
TEXT_WORDS = ("value", "package", "mpn", "manufacturer", "description", "supplier_part")


def lines_of(row: Row, *, all_not_fitted: bool, is_struck: bool) -> Iterator[BomLine]:
    """No line for titles, totals and footers; two where a note leaves only some of the designators off."""
    quantity = _quantity(row)
    named = row.cell("designator")
    found = read_designators("" if is_placeholder(named) else named, quantity)
    if _is_remark(row, found):
        row.findings.clear()
        _say_unreadable(row, found)
        return
    if not _is_part(row, found, quantity):
        if not _is_total(row) and (quantity or row.cell("mpn") or row.cell("value")):
            _say_unreadable(row, found)
        if quantity is None and not row.findings and _names_a_part(row):
            row.say(
                Severity.ASK,
                "bom-line-uncounted",
                "names a part but has neither designators nor a quantity; it was left out",
                remedy="Add its designators or its quantity, or delete the row.",
            )
        return
    _say_unreadable(row, found)
    line = _line(row, found, quantity)
    off = (*left_off(row, line), *marked_off(row, found))
    if off and not all_not_fitted and len(off) < len(line.designators):
        kept = tuple(name for name in line.designators if name not in off)
        yield replace(line, designators=kept, quantity=_less(quantity, line, kept))
        yield replace(line, designators=off, quantity=None, not_fitted=True)
        return
    if is_struck:
        row.say(
            Severity.ASK,
            "bom-line-struck",
            "is crossed out; it is taken as not fitted",
            remedy="Delete the row, or mark it DNP.",
        )
    is_off = all_not_fitted or is_struck or bool(off) or _is_bare_board(row, found)
    yield replace(line, not_fitted=is_off or is_not_fitted(row, quantity))


def _is_bare_board(row: Row, found: Designators) -> bool:
    """The line of the board itself: kept, as the customer listed it, and never bought or placed as a part."""
    is_board = len(found.names) == 1 and found.names[0].casefold() in BARE_BOARD
    if is_board:
        row.say(
            Severity.NOTE,
            "bom-bare-board",
            "is the bare board itself; it is quoted as a board, not as a part",
            remedy="Nothing to do.",
        )
    return is_board


def _line(row: Row, found: Designators, quantity: int | None) -> BomLine:
    texts = {word: _text(row, word) for word in (*TEXT_WORDS, *_further_words(row))}
    parts = of_cells(texts)
    texts |= {"mpn": parts[0].mpn, "manufacturer": parts[0].manufacturer or texts["manufacturer"]} if parts else {}
    _keep_supplier_numbers_apart(texts)
    if is_value(texts["mpn"]):
        texts["value"], texts["mpn"] = texts["value"] or texts["mpn"], ""
    others = tuple(part for part in parts[1:] if not _is_suppliers(part.mpn))
    _say_alternates(row, texts["mpn"], others)
    return BomLine(
        row=row.number,
        designators=found.names,
        quantity=quantity,
        value=texts["value"],
        package=texts["package"],
        mpn=texts["mpn"],
        manufacturer=texts["manufacturer"],
        description=texts["description"],
        supplier_part=texts["supplier_part"],
        alternates=others if texts["mpn"] else (),
    )


def _further_words(row: Row) -> list[str]:
    """The words "mpn 2", "manufacturer 2" and so on, as far as the list has such columns."""
    return [word for word in row.cells if word[-1].isdigit()]


def _say_alternates(row: Row, first: str, others: Sequence[Alternate]) -> None:
    if first and others:
        named = ", ".join(part.mpn for part in others)
        row.say(
            Severity.NOTE,
            "bom-alternates",
            f"allows other parts than {first[:60]}: {named[:60]}; the first is quoted",
            remedy="Nothing to do, if the first is the one you want.",
        )


def _is_part(row: Row, found: Designators, quantity: int | None) -> bool:
    if found.names:
        return plain(row.cell("designator")) not in TOTALS
    if _is_total(row):
        return False
    return bool(quantity and any(row.cell(word) for word in ("mpn", "value", "description", "supplier_part")))


def _is_remark(row: Row, found: Designators) -> bool:
    """A sentence about parts ("1. Place A9 and A10 spacers …"), with a word where a quantity would stand."""
    is_word = bool(row.cell("quantity")) and read_number(row.cell("quantity")) is None
    is_sentence = any(len(piece.split()) > 2 for piece in found.unreadable)
    return is_word and is_sentence and not any(row.cell(word) for word in ("mpn", "value", "supplier_part"))


def _is_total(row: Row) -> bool:
    return any(plain(cell) in TOTALS for cell in row.cells.values() if len(cell) < 30)


def _names_a_part(row: Row) -> bool:
    """Two cells that describe one, or a number to order it by; a single word is a title between the rows."""
    said = [row.cell(word) for word in TEXT_WORDS if not is_placeholder(row.cell(word))]
    numbers = (row.cell("mpn"), row.cell("supplier_part"))
    return not _is_total(row) and (sum(map(bool, said)) > 1 or any(map(_is_order_number, numbers)))


def _is_order_number(cell: str) -> bool:
    return any(character.isdigit() for character in cell) and not any(character.isspace() for character in cell)


def _say_unreadable(row: Row, found: Designators) -> None:
    if found.has_long_range:
        row.say(
            Severity.ASK,
            "designator-range-too-long",
            "names a range of designators that no board has; it was not expanded",
            remedy="Write the range with its real end, or list the designators.",
        )
    elif found.unreadable:
        row.say(
            Severity.ASK,
            "designator-unreadable",
            f"has “{found.unreadable[0][:40]}” where designators should stand",
            remedy="List the designators as R1, R2, R5-R8.",
        )
    if found.repaired:
        row.say(
            Severity.ASK,
            "designator-look-alike",
            f"spells “{found.repaired[0]}” with letters of another alphabet; it was read as Latin letters",
            remedy="Type the designator again with Latin letters.",
        )


def _quantity(row: Row) -> int | None:
    cell = row.cell("quantity")
    if not cell:
        return None
    counted = COUNTED.fullmatch(cell[:40].strip().casefold())
    number = read_number(counted[1] if counted else cell)
    if number is not None and number.is_integer() and 0 <= number <= MOST_OF_A_PART:
        return int(number)
    if (row.cell("designator") or row.cell("mpn")) and not_fitted.in_cell(cell) is not Fitting.NOT_FITTED:
        row.say(
            Severity.ASK,
            "bom-quantity-unreadable",
            f"has “{cell[:40]}” as its quantity; the designators were counted instead",
            remedy="Write the quantity for one board as a whole number.",
        )
    return None


def _less(quantity: int | None, line: BomLine, kept: tuple[str, ...]) -> int | None:
    """The quantity column usually counts all designators of the row, those left off too."""
    return len(kept) if quantity == len(line.designators) else quantity


def _text(row: Row, word: str) -> str:
    cell = row.cell(word)
    if not cell or is_placeholder(cell):
        return ""
    kind = word.split(maxsplit=1)[0]  # "mpn 2" is an MPN, too
    if is_error(cell) or (kind == "mpn" and is_ruined_number(cell)) or (kind in {"mpn", "value"} and is_date(cell)):
        row.say(
            Severity.ASK,
            "bom-cell-ruined",
            f"has “{cell[:40]}” as its {word}: the spreadsheet has changed what stood there; it was left empty",
            remedy="Set the column to text, type the cell again and upload the file.",
        )
        return ""
    if word == "package" and cell in LOST_ZERO:
        row.say(
            Severity.NOTE,
            "bom-package-zero-lost",
            f"has package {cell}; it was read as {LOST_ZERO[cell]}",
            remedy="Set the column to text to keep the zero.",
        )
        return LOST_ZERO[cell]
    return cell


def _keep_supplier_numbers_apart(texts: dict[str, str]) -> None:
    """Digi-Key's -ND and LCSC's C12345 under "Part Number" are no manufacturer's numbers."""
    mpn = texts["mpn"]
    if _is_suppliers(mpn) and not texts["supplier_part"]:
        texts["mpn"], texts["supplier_part"] = "", mpn


def _is_suppliers(number: str) -> bool:
    is_lcsc = len(number) > 3 and number[0] == "C" and number[1:].isdecimal()
    return is_lcsc or number.upper().endswith("-ND")
