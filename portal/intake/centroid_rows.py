"""One row of a centroid file -> one placement, and what had to be assumed for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from portal.board.design import Finding, Placement, Severity, Side
from portal.intake.bom_cells import clean
from portal.intake.columns import Heading
from portal.intake.designators import latin
from portal.intake.fixed_width import aligned
from portal.intake.headings import plain
from portal.intake.lengths import MM_PER, read_angle, read_length
from portal.intake.sides import side_of, side_of_mirror

LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Read:
    """`unit` is what the row was converted from; None when nothing said it."""

    placement: Placement
    unit: str | None
    is_side_assumed: bool = False


@dataclass(slots=True)
class Reader:
    """What the file says for all of its rows, and the findings that they leave behind."""

    columns: Mapping[str, int]
    heading: Heading | None
    unit: str | None
    file_side: Side | None
    sides: Mapping[str, Side] = field(default_factory=dict)  # what this file alone calls them: A and B, C and S
    findings: list[Finding] = field(default_factory=list)

    def read(self, number: int, row: Sequence[str]) -> Iterator[Read]:
        """One placement; none for a row without a designator or without a place."""
        cells = self._cells(row)
        designator = cells.get("designator", "")[:LONGEST_NAME]
        if not designator or not any(character.isalnum() for character in designator):
            return
        x, y = read_length(cells.get("x", "")), read_length(cells.get("y", ""))
        if x is None or y is None:
            if _is_title(cells):
                return
            self._say(
                "centroid-place-unreadable",
                designator,
                f"has “{cells.get('x', '')[:20]}”, “{cells.get('y', '')[:20]}” as its place (row {number});"
                " it was left out",
                remedy="Export the file again; every part needs finite X and Y.",
            )
            return
        rotation, is_mirrored = self._rotation(designator, cells.get("rotation", ""))
        side = Side.BOTTOM if is_mirrored else self._side(cells)
        yield self._placed(designator, (x, y), rotation=rotation, side=side, cells=cells)

    def read_words(self, number: int, words: Sequence[str], *, is_allegro: bool) -> Read:
        """A line without headings; its first four words were looked at before."""
        x, y = read_length(words[1]), read_length(words[2])
        rest = list(words[4:])
        is_mirrored = len(rest) > 1 and rest[0] == "m"
        if is_mirrored:
            rest = rest[1:]
        cells = {"package": rest[-1], "value": "" if is_allegro else " ".join(rest[:-1])}
        side = Side.BOTTOM if is_mirrored else (Side.TOP if is_allegro else self.file_side)
        rotation, is_turned_over = self._rotation(words[0], words[3])
        if x is None or y is None:
            raise ValueError(f"row {number} was said to hold a position")
        return self._placed(
            words[0], (x, y), rotation=rotation, side=Side.BOTTOM if is_turned_over else side, cells=cells
        )

    def _cells(self, row: Sequence[str]) -> dict[str, str]:
        """By our words. A row whose separators slipped is cut again by its numbers."""
        cells = self._at_columns(row)
        if self.heading and read_length(cells.get("y", "")) is None and len(row) > 1:
            again = self._at_columns(_respread(aligned(" ".join(row).split(), _named(self.heading)), self.heading))
            if read_length(again.get("x", "")) and read_length(again.get("y", "")):
                return again
        return cells

    def _at_columns(self, row: Sequence[str]) -> dict[str, str]:
        return {word: clean(row[column]) for word, column in self.columns.items() if column < len(row)}

    def _rotation(self, designator: str, cell: str) -> tuple[float, bool]:
        angle = read_angle(cell)
        if angle is not None:
            return angle
        self._say(
            "centroid-rotation-unreadable",
            designator,
            f"has “{cell[:20]}” as its rotation; 0° was assumed",
            remedy="Write the rotation in degrees.",
        )
        return 0.0, False

    def _side(self, cells: Mapping[str, str]) -> Side | None:
        cell = cells.get("side", "")
        said = self.sides.get(plain(cell[:60])) or side_of(cell)
        if said is None and "mirror" in cells:
            said = side_of_mirror(cells["mirror"])
        return said or (self.file_side if not cells.get("side") else None)

    def _placed(
        self,
        designator: str,
        place: tuple[tuple[float, str | None], tuple[float, str | None]],
        *,
        rotation: float,
        side: Side | None,
        cells: Mapping[str, str],
    ) -> Read:
        (x, x_unit), (y, y_unit) = place
        unit = x_unit or y_unit or self.unit
        placement = Placement(
            designator=latin(designator),
            side=side or Side.TOP,
            x_mm=round(x * MM_PER[x_unit or unit or "mm"], 6),
            y_mm=round(y * MM_PER[y_unit or unit or "mm"], 6),
            rotation_deg=round(rotation, 4),
            value=cells.get("value", ""),
            package=cells.get("package", ""),
        )
        return Read(placement, unit, is_side_assumed=side is None)

    def _say(self, code: str, where: str, message: str, *, remedy: str) -> None:
        self.findings.append(Finding(Severity.ASK, code, where, message, remedy))


def _is_title(cells: Mapping[str, str]) -> bool:
    """Words where numbers should stand: a second heading, a footer, a remark."""
    return not any(character.isdigit() for word in ("x", "y", "rotation") for character in cells.get(word, ""))


def _named(heading: Heading) -> Heading:
    """The headings that have a name: a tab too many makes a column without one."""
    return Heading(heading.row, tuple(cell for cell in heading.text if cell), heading.columns)


def _respread(tokens: Sequence[str], heading: Heading) -> list[str]:
    """Tokens of the named columns, back at the places of all columns."""
    remaining = iter(tokens)
    return [next(remaining, "") if cell else "" for cell in heading.text]
