"""The cells of one row of a part list by our words, and the findings that the row leaves behind."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from portal.board.design import Finding, Severity


@dataclass(slots=True)
class Row:
    """A row being read: its cells by our words, and the findings that it leaves behind."""

    number: int
    cells: Mapping[str, str]
    findings: list[Finding] = field(default_factory=list)

    def cell(self, word: str) -> str:
        return self.cells.get(word, "")

    def say(self, severity: Severity, code: str, message: str, *, remedy: str) -> None:
        self.findings.append(Finding(severity, code, self.where, message, remedy))

    @property
    def where(self) -> str:
        return f"row {self.number}"


def row_at(number: int, raw: Sequence[str], columns: Mapping[str, int]) -> Row:
    cells = {word: clean(raw[column]) for word, column in columns.items() if column < len(raw)}
    further = [word for word in cells if word.startswith("designator ")]
    if further:
        listed = (cells.get("designator", ""), *(cells.pop(word) for word in further))
        cells["designator"] = "\n".join(filter(None, listed))
    return Row(number, cells)


def clean(cell: str) -> str:
    """Without invisible characters and with plain blanks; line breaks stay, they part alternatives."""
    if cell.isascii():
        return cell.strip()
    visible = "".join(character for character in cell if unicodedata.category(character) != "Cf")
    return visible.replace("\u00a0", " ").replace("\u3000", " ").strip()
