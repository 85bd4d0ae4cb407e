"""The capacity board as a drawing: where each bar stands, in pixels of an SVG that scrolls under its names."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from portal.services.capacity import Board, BookedSlot, DayLoad

ROW, BAR = 26, 20
DAY_PX = {1: 150, 2: 78, 4: 42, 8: 24, 12: 18}  # by weeks shown
LABEL_PX, LOAD_PX = 84, 64  # a bar that is narrower has its reference in its title alone; the height of a full day
GAP_PX, OVER_PX = 2, 20  # beside a bar of load; above a full one, for its share and what is too much


@dataclass(frozen=True, slots=True)
class Bar:
    slot: BookedSlot
    x: float
    y: float
    width: float

    @property
    def label(self) -> str:
        return self.slot.reference if self.width >= LABEL_PX else ""


@dataclass(frozen=True, slots=True)
class Column:
    """A day; `label` where there is room for one."""

    x: float
    day: date
    label: str
    is_off: bool


@dataclass(frozen=True, slots=True)
class LoadBar:
    """What is booked on a day, standing on zero: its top is above, so `y` is negative. Without a shift it is full."""

    x: float
    width: float
    height: float
    load: DayLoad

    @property
    def y(self) -> float:
        return -self.height

    @property
    def middle(self) -> float:
        return self.x + self.width / 2

    @property
    def share(self) -> float:
        return 1.0 if self.load.share is None else self.load.share


@dataclass(frozen=True)
class Drawing:
    board: Board
    day_px: int
    columns: tuple[Column, ...]
    bars: tuple[Bar, ...]
    bar_px: int = BAR
    days_px: int = ROW
    load_px: int = LOAD_PX
    full_y: int = -LOAD_PX
    load_height: int = LOAD_PX + OVER_PX + 4

    @property
    def width(self) -> int:
        return self.day_px * len(self.columns)

    @property
    def height(self) -> int:
        return ROW * len(self.board.lanes)

    @property
    def height_with_days(self) -> int:
        """The names of the days have a row of their own, above zero."""
        return self.height + ROW

    @property
    def view_box(self) -> str:
        return f"0 {-ROW} {self.width} {self.height_with_days}"

    @property
    def lines(self) -> range:
        """One below each lane."""
        return range(ROW, self.height + 1, ROW)

    @property
    def load_view_box(self) -> str:
        return f"0 {-LOAD_PX - OVER_PX} {self.width} {self.load_height}"

    @property
    def has_room_for_shares(self) -> bool:
        return self.day_px >= DAY_PX[4]

    @property
    def now_x(self) -> float | None:
        """None where this moment is not on the board."""
        x = _x(self.board, self.board.now, self.day_px)
        return x if 0 <= x <= self.width else None

    @property
    def loads(self) -> Mapping[str, list[LoadBar]]:
        """Of the work centres where anything is booked."""
        drawn = {name: list(self._loads(days)) for name, days in self.board.loads.items()}
        return {name: bars for name, bars in drawn.items() if bars}

    @property
    def idle(self) -> list[str]:
        return [name for name in self.board.loads if name not in self.loads]

    def _loads(self, days: Sequence[DayLoad]) -> Iterator[LoadBar]:
        for number, load in enumerate(days):
            if load.booked:
                full = 1.0 if load.share is None else load.share
                height = round(LOAD_PX * min(full, 1.25), 1)
                yield LoadBar(number * self.day_px + GAP_PX, self.day_px - 2 * GAP_PX, height, load)


def drawing(board: Board, weeks: int, working: Mapping[date, bool]) -> Drawing:
    day_px = DAY_PX[weeks]
    return Drawing(board, day_px, tuple(_columns(board, day_px, working)), tuple(_bars(board, day_px)))


def _columns(board: Board, day_px: int, working: Mapping[date, bool]) -> Iterator[Column]:
    for number, day in enumerate(board.days):
        has_room = day_px >= DAY_PX[4] or not day.weekday()
        label = f"{day:%a} {day.day}" if day_px >= DAY_PX[4] else f"{day.day} {day:%b}"
        yield Column(number * day_px, day, label if has_room else "", not working[day])


def _bars(board: Board, day_px: int) -> Iterator[Bar]:
    edge = day_px * len(board.days)
    for row, lane in enumerate(board.lanes):
        for slot in lane.slots:
            x = max(0.0, _x(board, slot.starts, day_px))
            end = min(edge, _x(board, slot.ends, day_px))
            yield Bar(slot, round(x, 1), row * ROW + (ROW - BAR) / 2, round(max(end - x, 2.0), 1))


def _x(board: Board, moment: datetime, day_px: int) -> float:
    return (moment - datetime.combine(board.days[0], time())) / timedelta(days=1) * day_px
