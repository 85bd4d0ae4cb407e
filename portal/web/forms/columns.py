"""The mapping dialog: which column of a table is which, where its headings stand, in which unit it is."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FieldList, SelectChoice, SelectField

from portal.board.design import FileRole, SourceFile
from portal.intake.corrections import Corrections, RoleSaid, TableSaid
from portal.intake.preview import SHOWN_CHARACTERS, WORDS, SheetPreview

LABELS: Mapping[str, str] = {
    "designator": "Designator",
    "quantity": "Quantity",
    "value": "Value",
    "package": "Package",
    "mpn": "MPN",
    "manufacturer": "Maker",
    "description": "Description",
    "supplier_part": "Supplier's part number",
    "not_fitted": "Not fitted (DNP)",
    "fitted": "Fitted",
    "optional": "Optional",
    "notes": "Notes",
    "x": "X",
    "y": "Y",
    "rotation": "Rotation",
    "side": "Side",
    "mirror": "Mirrored",
}
PLACE_IN_ROW = {"2": "second", "3": "third"}
# Kind of table -> sets of columns, one of which at least must be named.
NEEDED: Mapping[FileRole, tuple[frozenset[str], ...]] = {
    FileRole.BOM: (frozenset({"designator"}), frozenset({"quantity", "mpn"}), frozenset({"quantity", "value"})),
    FileRole.CENTROID: (frozenset({"designator", "x", "y"}),),
}
MISSING = {
    FileRole.BOM: "Please name the column of designators, or else those of quantities and MPN.",
    FileRole.CENTROID: "Please name the columns of designators, X and Y.",
}
UNITS = (SelectChoice("", "as the file says"), *(SelectChoice(unit, unit) for unit in ("mm", "inch", "mil")))


@dataclass(frozen=True, slots=True)
class Shown:
    """One sheet as the dialog shows it, for one kind of table."""

    file: SourceFile
    role: FileRole
    sheet: SheetPreview

    @property
    def width(self) -> int:
        return max((len(row) for row in self.sheet.rows), default=0)

    @property
    def numbered(self) -> list[tuple[int, tuple[str, ...]]]:
        """Each row with its number in the customer's file."""
        return list(enumerate(self.sheet.rows, start=self.sheet.first_row))

    @property
    def choices(self) -> list[SelectChoice]:
        return [SelectChoice("", "not used"), *(SelectChoice(word, label(word)) for word in WORDS[self.role])]

    def heading(self, row: int, column: int) -> str:
        cells = dict(self.numbered).get(row, ())
        return cells[column] if column < len(cells) else ""


def label(word: str) -> str:
    """Designator; "mpn 2" is MPN, second column."""
    name, _, number = word.partition(" ")
    return f"{LABELS[name]}, {PLACE_IN_ROW[number]} column" if number else LABELS[name]


class ColumnsForm(FlaskForm):
    columns = FieldList(SelectField())
    header_row = SelectField("The headings stand in row")
    units = SelectField("Unit of the coordinates", choices=UNITS)
    remember = BooleanField("Remember this for our next packages with files named like this one", default=True)

    @classmethod
    def about(cls, shown: Shown, sent: MultiDict[str, str] | None = None) -> Self:
        """As we would take the columns; what is sure only of the other kind of table is left open."""
        guessed = {guess.column: guess.word for guess in shown.sheet.columns}
        words = [guessed.get(at, "") for at in range(shown.width)]
        start: dict[str, Any] = {
            "columns": [word if word in WORDS[shown.role] else "" for word in words],
            "header_row": str(shown.sheet.header_row),
        }
        form = cls(formdata=sent, **({} if sent else start))
        if shown.role is not FileRole.CENTROID:
            del form.units
        for column in form.columns:
            column.choices = shown.choices
        form.header_row.choices = [
            SelectChoice("0", "there are none"),
            *(SelectChoice(str(row), str(row)) for row, _ in shown.numbered),
        ]
        return form

    def problem(self, role: FileRole) -> str | None:
        """What keeps this from being a mapping, as a sentence."""
        times = Counter(column.data for column in self.columns if column.data)
        twice = next((word for word, count in times.items() if count > 1), None)
        if twice:
            return f"Two columns are called {label(twice)}. Please name each once."
        return None if any(needed <= set(times) for needed in NEEDED[role]) else MISSING[role]

    def corrections(self, shown: Shown) -> Corrections:
        """For this package: the columns where they stand, and the kind of table where it was taken for another."""
        units = self.units.data or None if self.units else None
        table = TableSaid(self._columns, int(self.header_row.data), shown.sheet.name, units)
        roles = {} if shown.file.role is shown.role else {shown.file.name: RoleSaid(shown.role)}
        return Corrections(roles=roles, tables={shown.file.name: table})

    def lasting(self, shown: Shown) -> Corrections:
        """For packages to come: the columns by the headings over them, wherever they will stand."""
        said = self.corrections(shown)
        headings = dict(self._headings(shown))
        tables = {name: replace(table, headings=headings) for name, table in said.tables.items()}
        return replace(said, tables=tables)

    @property
    def _columns(self) -> dict[str, int]:
        return {column.data: at for at, column in enumerate(self.columns) if column.data}

    def _headings(self, shown: Shown) -> Iterator[tuple[str, str]]:
        """Those that are there in full: a cut one would be found nowhere."""
        row = int(self.header_row.data)
        for word, column in self._columns.items():
            text = shown.heading(row, column) if row else ""
            if text and len(text) < SHOWN_CHARACTERS:
                yield word, text
