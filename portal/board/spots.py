"""What was measured on a board, place by place: a value in millimetres, a box to show, the layer it lies on."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from portal.board.arcs import Floats, Ints
from portal.board.capsules import Bools
from portal.board.design import Narrowest

SAME_PLACE_MM = 1.0  # what lies closer than this is one place to look at
ROUNDING_MM = 0.002  # a fab's limit of 0.1 mm is not broken by 0.0999


class Feature(StrEnum):
    """What a fab has a limit for; the words are those of its table and of the findings."""

    TRACK = "track"
    CLEARANCE = "clearance"
    EDGE = "copper to edge"
    HOLE_TO_COPPER = "hole to copper"
    RING = "annular ring"
    DRILL = "drill"
    ASPECT = "aspect ratio"
    HOLE_TO_HOLE = "hole to hole"
    HOLE_TO_EDGE = "hole to edge"
    MASK_WEB = "mask web"
    LEGEND_LINE = "legend line"
    LEGEND_HEIGHT = "legend height"


@dataclass(frozen=True, eq=False)
class Spots:
    """Rows of one feature, the smallest value first. `box` is x0, y0, x1, y1; `layer` points into `files`."""

    value: Floats = field(default_factory=lambda: np.empty(0))
    box: Floats = field(default_factory=lambda: np.empty((0, 4)))
    layer: Ints = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    files: tuple[str, ...] = ("",)

    def __len__(self) -> int:
        return len(self.value)

    @property
    def smallest(self) -> float | None:
        return round(float(self.value[0]), 4) if len(self) else None

    def below(self, limit: float) -> "Spots":
        return self.chosen(self.value < limit - ROUNDING_MM)

    def above(self, limit: float) -> "Spots":
        return self.chosen(self.value > limit + ROUNDING_MM)

    def file_of_worst(self, *, last: bool = False) -> str:
        return self.files[int(self.layer[-1 if last else 0])] if len(self) else ""

    def narrowest(self, what: str) -> Iterator[Narrowest]:
        """The smallest, where there is one."""
        if len(self):
            x0, y0, x1, y1 = np.round(self.box[0], 3).tolist()
            yield Narrowest(str(what), round(float(self.value[0]), 4), self.file_of_worst(), (x0, y0, x1, y1))

    def of_each_file(self) -> Iterator["Spots"]:
        return (self.chosen(self.layer == number) for number in range(len(self.files)))

    def chosen(self, which: Bools) -> "Spots":
        return Spots(self.value[which], self.box[which], self.layer[which], self.files)

    @property
    def places(self) -> int:
        """How many there are to look at: near neighbours on one layer are one."""
        middle = np.column_stack((self.box[:, 0] + self.box[:, 2], self.box[:, 1] + self.box[:, 3])) / 2
        cells = np.column_stack((np.floor(middle / SAME_PLACE_MM), self.layer))
        return len(np.unique(cells, axis=0))


def spots(value: Floats, box: Floats, *, file: str = "") -> Spots:
    """Of one layer, or of none; boxes may have their corners in any order."""
    order = np.argsort(value, kind="stable")
    low, high = np.minimum(box[:, :2], box[:, 2:]), np.maximum(box[:, :2], box[:, 2:])
    return Spots(value[order], np.hstack((low, high))[order], np.zeros(len(value), dtype=np.int64), (file,))


def gathered(parts: list[Spots]) -> Spots:
    """Of several layers together."""
    files = tuple(dict.fromkeys(file for part in parts for file in part.files))
    number = [np.array([files.index(file) for file in part.files], dtype=np.int64)[part.layer] for part in parts]
    value = np.concatenate([np.empty(0), *(part.value for part in parts)])
    box = np.concatenate([np.empty((0, 4)), *(part.box for part in parts)])
    layer = np.concatenate([np.empty(0, dtype=np.int64), *number])
    order = np.argsort(value, kind="stable")
    return Spots(value[order], box[order], layer[order], files or ("",))
