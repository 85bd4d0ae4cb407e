"""Which of a package's boards is taken first. The others are named, and the customer may take each of them.

Of one board in several revisions the newest: by the numbers of their names, else by the dates on which their films
were plotted, as the files say it themselves; the clock of the archive is that of whoever packed it.
"""

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from portal.intake.candidates import Candidate

PANEL_NAME = re.compile(r"panel|array|nutzen|拼板|パネル|面付|stepped|(?<![a-z])arr(?![a-z])")
ASIDE_NAME = re.compile(
    r"(?<![a-z])(?:old|older|backups?|archived?|obsolete|prev(?:ious)?|deprecated|superseded|history|misc|unused|"
    r"alt|alte[sr]?|tmp|temp|trash|coupons?|tests?|experiments?|examples?|ancien(?:ne)?s?|旧|舊|старый|старая)(?![a-z])"
)
VERSION = re.compile(
    r"(?<![a-z])(?:v|r|rev|ver|version|revision)[-_. ]?"
    r"(?:(\d{1,3})(?:[._-](\d{1,3}))?(?:[._-](\d{1,3}))?|([a-h]))(?![a-z])"
)
DAY = re.compile(rb"(20[0-4]\d)[-/]([01]\d)[-/]([0-3]\d)(?:[T ]([0-2]\d:[0-5]\d))?")
HEAD_BYTES = 3_000  # where tools say when they plotted
DIGITS = re.compile(r"\d+")
SIGNS = re.compile(r"[\W_]+")

Number = tuple[int, ...]


def in_order(boards: Iterable["Candidate"]) -> list["Candidate"]:
    """What was put aside last, then most copper, no panel, most layers, shortest name; revisions stay together."""
    families: dict[tuple[str, ...], list[Candidate]] = {}
    for board in sorted(boards, key=_rank):
        families.setdefault(_family(board), []).append(board)
    return sorted((board for family in families.values() for board in _newest_first(family)), key=_is_aside)


def _rank(board: "Candidate") -> tuple[object, ...]:
    newest = tuple(-number for number in version_of(board) or ())
    return (
        _is_aside(board),
        -len(board.copper),
        _is_panel(board),
        -len(board.plots),
        newest,
        len(board.name),
        board.name,
    )


def _is_aside(board: "Candidate") -> bool:
    return bool(ASIDE_NAME.search(_said(board)))


def _said(board: "Candidate") -> str:
    return f"{board.folder} {board.stem}".lower()


def version_of(board: "Candidate") -> Number | None:
    """The last number of a revision in its name: (1, 2, 0) of v1.2, (2, 0, 0) of rev B; None without one."""
    for *numbers, letter in VERSION.findall(_said(board))[-1:]:
        return (ord(letter) - 96, 0, 0) if letter else tuple(int(number or 0) for number in numbers)
    return None


def plotted_on(board: "Candidate") -> str:
    """The latest date in the heads of its films, "2023-05-01 10:00"; "" where none says."""
    found = filter(None, (DAY.search(plot.member.data, 0, HEAD_BYTES) for plot in board.plots))
    return max(
        (b"-".join(day.groups()[:3]).decode() + f" {(day[4] or b'').decode()}" for day in found), default=""
    ).strip()


def _family(board: "Candidate") -> tuple[str, ...]:
    """What is left of its folder, and of its name where the folder holds several boards, without the revision."""
    return tuple(
        SIGNS.sub("", ASIDE_NAME.sub("", VERSION.sub("", said.lower()))) for said in (board.folder, board.stem)
    )


def _newest_first(family: Sequence["Candidate"]) -> list["Candidate"]:
    """By numbers if all have one, else by dates if all have one; no number is number 0, and the upper folder's."""
    by_number = all(version_of(board) for board in family)
    days = {board.name: plotted_on(board) for board in family} if not by_number and len(family) > 1 else {}
    by_day = bool(days) and all(days.values())

    def age(board: "Candidate") -> Number:
        return tuple(map(int, DIGITS.findall(days[board.name]))) if by_day else version_of(board) or (0, 0, 0)

    upper_first = sorted(family, key=lambda board: board.folder.count("/") + bool(board.folder))
    newest = sorted(upper_first, key=age, reverse=True)
    return sorted(newest, key=_is_panel)


def _is_panel(board: "Candidate") -> bool:
    return bool(PANEL_NAME.search(board.name.lower()))
