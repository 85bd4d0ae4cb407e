"""Whole boards among the files of a package: ODB++, IPC-2581, KiCad. Which there are, and which one to believe.

Finding them looks at names and first bytes only; reading one is a call of its own, so that a package with Gerber files
need not pay for it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from portal.board.design import Finding, Severity, SourceFile
from portal.errors import PackageRefused
from portal.intake.archives import Member
from portal.intake.ipc2581 import is_ipc2581, read_ipc2581
from portal.intake.ipc2581_stream import Mode
from portal.intake.kicad_pcb import is_kicad_pcb, read_kicad_pcb
from portal.intake.odb import odb_jobs, read_odb
from portal.intake.odb_job import NOTHING
from portal.intake.whole import WholeBoard


@dataclass(frozen=True, slots=True)
class Native:
    """One whole board, not read yet. `members` are all of its files: an ODB++ job has hundreds.

    Several IPC-2581 files may be one board: what the first does not hold is taken from the others.
    """

    format: str  # "ODB++", "IPC-2581", "KiCad"
    name: str
    members: tuple[Member, ...]
    said: Mapping[str, SourceFile] = field(default_factory=dict)  # of the files of an ODB++ job, by the customer

    def read(self) -> WholeBoard:
        """Raises PackageRefused with what to do."""
        if self.format == "ODB++":
            return read_odb(self.members, name=self.name, said=self.said)
        if self.format == "IPC-2581":
            board = read_ipc2581(self.members[0].data, name=self.name)
            return _completed(board, self.members[1:])
        return read_kicad_pcb(self.members[0].data, name=self.name)


def natives(members: Sequence[Member], said: Mapping[str, SourceFile] = NOTHING) -> tuple[Native, ...]:
    """All whole boards, the one to believe first: what was released for production before the CAD tool's own file.

    A KiCad board may have been saved after its Gerber files, or with copper areas that were never filled.
    """
    return (*_odb(members, said), *_ipc2581(members), *_kicad(members))


def whole_board(members: Sequence[Member], said: Mapping[str, SourceFile] = NOTHING) -> WholeBoard | None:
    """The first that can be read; None where there is none. Raises PackageRefused where none of them can be."""
    found = natives(members, said)
    refused: list[PackageRefused] = []
    for native in found:
        try:
            board = native.read()
        except PackageRefused as refusal:
            refused.append(refusal)
            continue
        unread = (_unread(other, why) for other, why in zip(found, refused, strict=False))
        return replace(board, findings=(*board.findings, *unread, *_others(native, found)))
    if refused:
        raise refused[-1]
    return None


def _odb(members: Sequence[Member], said: Mapping[str, SourceFile]) -> Iterator[Native]:
    for folder, files in odb_jobs(members).items():
        own = {member.name: said[member.name] for member in files if member.name in said}
        yield Native("ODB++", folder or "ODB++", files, own)


def _ipc2581(members: Sequence[Member]) -> Iterator[Native]:
    """The fullest first: a tool may write one file for the fabricator, one for the assembler, and one part list.

    Files of one step and different modes are one board.
    """
    files = [(Mode.of(member.data), member) for member in members if is_ipc2581(member.data)]
    boards: list[list[tuple[Mode, Member]]] = []
    for mode, member in sorted(files, key=lambda file: file[0].rank):
        fitting = (board for board in boards if all(mode.completes(other) for other, _ in board))
        board = next(fitting, None)
        if board is None:
            boards.append([(mode, member)])
        else:
            board.append((mode, member))
    return (Native("IPC-2581", board[0][1].name, tuple(member for _, member in board)) for board in boards)


def _kicad(members: Sequence[Member]) -> Iterator[Native]:
    return (Native("KiCad", member.name, (member,)) for member in members if is_kicad_pcb(member.data))


def _completed(board: WholeBoard, beside: Sequence[Member]) -> WholeBoard:
    """With the part list and the places of the files beside it, where the board's own file has none."""
    for member in beside:
        if board.lines and board.placements:
            break
        try:
            other = read_ipc2581(member.data, name=member.name)
        except PackageRefused as refusal:
            finding = Finding(Severity.ASK, refusal.code, member.name, refusal.message, refusal.remedy)
            board = replace(board, findings=(*board.findings, finding))
            continue
        board = replace(board, lines=board.lines or other.lines, placements=board.placements or other.placements)
    return board


def _unread(native: Native, refusal: PackageRefused) -> Finding:
    return Finding(Severity.ASK, refusal.code, native.name, refusal.message, refusal.remedy)


def _others(taken: Native, found: Sequence[Native]) -> Iterator[Finding]:
    others = [other for other in found if other is not taken]
    if others:
        listed = ", ".join(f"{other.name} ({other.format})" for other in others[:3])
        yield Finding(
            Severity.NOTE,
            "several-whole-boards",
            taken.name,
            f"is the whole board that was read ({taken.format}); the package also holds {listed}.",
            "Nothing to do if they are the same board; else send the one that is to be built.",
        )
