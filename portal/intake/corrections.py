"""What the customer says himself about his files. It outranks every evidence.

Remembered per company by services; here it is only values, so that the same package reads the same way again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from portal.board.design import FileRole, Side


@dataclass(frozen=True, slots=True)
class RoleSaid:
    """`layer` counts copper from 1 (top); `plated` is for drill files. `because`: when this was said, and for what."""

    role: FileRole
    side: Side | None = None
    layer: int | None = None
    plated: bool | None = None
    because: str = ""


@dataclass(frozen=True, slots=True)
class TableSaid:
    """The columns of a BOM or centroid table: our word for it -> its column, from 0. `header_row` from 1, 0 is none.

    What was said of another file holds where this one has the same `headings` (our word -> the text over it): they are
    looked for, and the columns are those below them. `because`: when it was said, and for what.
    """

    columns: Mapping[str, int]
    header_row: int = 0
    sheet: str = ""
    units: str | None = None  # of a centroid: "mm", "inch", "mil"
    headings: Mapping[str, str] = field(default_factory=dict)
    because: str = ""


@dataclass(frozen=True, slots=True)
class TurnSaid:
    """How far a package is turned at rotation 0 against IPC-7351, counter-clockwise; `because` as elsewhere."""

    degrees: int
    because: str = ""


@dataclass(frozen=True, slots=True)
class Corrections:
    """Files by their name in the package, `turns` by the package of a part as the centroid file has it.

    `outline` is the file that shows the edge; `take` the board to read. `outline_box` is around the one contour of
    that file which is the edge, in its own millimetres: x0, y0, x1, y1.
    """

    roles: Mapping[str, RoleSaid] = field(default_factory=dict)
    tables: Mapping[str, TableSaid] = field(default_factory=dict)
    outline: str | None = None
    take: str | None = None
    outline_box: tuple[float, float, float, float] | None = None
    turns: Mapping[str, TurnSaid] = field(default_factory=dict)

    def and_then(self, later: "Corrections") -> "Corrections":
        """The last word counts. Another board of the package has an edge of its own."""
        base = replace(self, outline=None, outline_box=None) if later.take else self
        edge = later if later.outline or later.outline_box else base
        return Corrections(
            {**base.roles, **later.roles},
            {**base.tables, **later.tables},
            outline=edge.outline,
            take=later.take or base.take,
            outline_box=edge.outline_box,
            turns={**base.turns, **later.turns},
        )


NOTHING_SAID = Corrections()
