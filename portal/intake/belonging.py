"""Which of a package's tables are of the board that was taken, where the package holds several boards."""

import re
from collections.abc import Sequence

from portal.intake.assigned import Assigned
from portal.intake.candidates import Candidate

WORD = re.compile(r"[^\W_]+")
OF_ANY_BOARD = frozenset(
    word
    for row in (
        "gerber | gerbers | gbr | gerberfiles | camoutputs | cam | plot | plots | drill | drills | output | outputs",
        "production | manufacturing | fabrication | fab | assembly | assy | smt | project | files | hardware | hw",
        "bom | boms | partlist | cpl | pnp | pos | centroid | pick | place | placement | positions | pcb | board",
        "zip | csv | tsv | txt | xls | xlsx | ods | top | bottom | front | back | jlcpcb | jlc | pcbway | all | for",
    )
    for word in row.split(" | ")
)


def of_the_board(files: Sequence[Assigned], taken: Candidate | None, others: Sequence[Candidate]) -> tuple[int, ...]:
    """Which of the tables bear this board's name, else those that bear none, else all: their positions.

    A table is of the board of which its name leaves out least, then of the one to which it adds least:
    "amp-usb-c_bom" is not the list of "amp" where there is an "amp-usb-c".
    """
    every = tuple(range(len(files)))
    if taken is None or not others:
        return every
    boards = [_words(f"{board.folder} {board.stem}") for board in (taken, *others)]
    best = [_best(_words(file.file.name), boards) for file in files]
    own = tuple(at for at in every if best[at] == 0)
    return own or tuple(at for at in every if best[at] is None) or every


def _best(name: frozenset[str], boards: Sequence[frozenset[str]]) -> int | None:
    """None where the name has nothing of any board, or as much of several."""
    fits = [(len(board - name), len(name - board)) for board in boards]
    least = min(fits)
    is_known = any(name & board for board in boards) and fits.count(least) == 1
    return fits.index(least) if is_known else None


def _words(name: str) -> frozenset[str]:
    return frozenset(WORD.findall(name.lower())) - OF_ANY_BOARD
