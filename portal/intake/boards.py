"""Which board of a package is read: its Gerber plots, or else the whole board in one file. Never both, never merged.

Gerber files win: they were plotted to be built from, while a CAD tool's own file may have been saved later.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from portal.board.design import FileRole, Finding, Severity, SourceFile
from portal.errors import PackageRefused
from portal.intake.archives import Member
from portal.intake.candidates import Candidate, candidates
from portal.intake.first_taken import plotted_on
from portal.intake.native import Native, natives, whole_board
from portal.intake.odb import odb_jobs
from portal.intake.others import told_apart
from portal.intake.roles import Assigned
from portal.intake.whole import WholeBoard


@dataclass(frozen=True, eq=False)
class Chosen:
    """`name` as the package calls the board, "" where it holds one only. Without plots and without a whole board
    there are only tables.
    """

    name: str = ""
    candidate: Candidate | None = None
    whole: WholeBoard | None = None
    others: tuple[str, ...] = ()
    beside: tuple[Candidate, ...] = ()  # the boards that were not taken
    findings: tuple[Finding, ...] = ()

    @property
    def plots(self) -> tuple[Assigned, ...]:
        return self.candidate.plots if self.candidate else ()

    @property
    def is_there(self) -> bool:
        return bool(self.candidate or self.whole)

    def numbered(self, files: Sequence[Assigned]) -> tuple[Assigned, ...]:
        """All files, with the layer numbers of this board."""
        plots = {id(plot.member): plot for plot in self.plots}
        return tuple(plots.get(id(file.member), file) for file in files)


def chosen_board(files: Sequence[Assigned], members: Sequence[Member], take: str | None) -> Chosen:
    """`take` names it; else the Gerber board of most layers, else the whole board to believe first."""
    told = _said_of_jobs(files, members)
    plotted = candidates([file for file in files if file.file.name not in told])
    whole = natives(members, told)
    if take is not None:
        return _named(plotted, whole, take)
    if whole and not any(board.copper for board in plotted):
        return _whole(members, told, plotted)
    if not plotted:
        return Chosen(findings=tuple(_nothing_plotted()))
    first, *others = plotted
    findings = (*_choice(first, others), *_beside(whole, first))
    names = tuple(board.name for board in others)
    return Chosen(first.name, first, others=names, beside=tuple(others), findings=findings)


def _named(plotted: Sequence[Candidate], whole: Sequence[Native], take: str) -> Chosen:
    others = tuple(board.name for board in plotted if board.name != take)
    for board in plotted:
        if board.name == take:
            beside = tuple(other for other in plotted if other is not board)
            return Chosen(board.name, board, others=others, beside=beside)
    for native in whole:
        if native.name == take:
            return Chosen(native.name, whole=native.read(), others=others)
    names = ", ".join(filter(None, (*others, *(native.name for native in whole)))) or "only one"
    raise PackageRefused("no-such-board", f"There is no board named {take[:80]} in this package.", f"Choose: {names}.")


def _said_of_jobs(files: Sequence[Assigned], members: Sequence[Member]) -> dict[str, SourceFile]:
    """What the customer says of single files of an ODB++ job: no plots, whatever he calls them."""
    inside = {id(member) for job in odb_jobs(members).values() for member in job}
    of_jobs = [file.file for file in files if id(file.member) in inside]
    return {file.name: file for file in of_jobs if file.role is not FileRole.BOARD}


def _whole(members: Sequence[Member], told: Mapping[str, SourceFile], plotted: Sequence[Candidate]) -> Chosen:
    """Where none of them can be read, what is plotted is shown all the same: an outline, holes, paste."""
    found = natives(members, told)
    try:
        board = whole_board(members, told)
    except PackageRefused as refusal:
        finding = Finding(Severity.STOP, refusal.code, found[0].name, refusal.message, refusal.remedy)
        return Chosen(candidate=plotted[0] if plotted else None, findings=(finding,))
    if board is None:
        raise AssertionError("there is a whole board where one was found")
    taken = next((native for native in found if native.name == board.name), found[0])
    others = tuple(native.name for native in found if native.format == taken.format and native is not taken)
    said = tuple(_asked(finding) if others else finding for finding in board.findings)
    return Chosen(taken.name if others else "", whole=replace(board, findings=said), others=others)


def _asked(finding: Finding) -> Finding:
    """Several files of one CAD tool are several boards: somebody must say which."""
    is_choice = finding.code == "several-whole-boards"
    return replace(finding, severity=Severity.ASK) if is_choice else finding


def _choice(taken: Candidate, others: Sequence[Candidate]) -> Iterator[Finding]:
    if others:
        names, day = ", ".join(told_apart(taken, others)), plotted_on(taken)
        when = f" (plotted {day})" if day else ""
        yield Finding(
            Severity.ASK,
            "several-boards",
            taken.name,
            f"was taken first{when}; the package also holds {names}.",
            "Say which one you want, or send each board as its own package.",
        )


def _beside(whole: Sequence[Native], taken: Candidate) -> Iterator[Finding]:
    if whole and taken.copper:
        yield Finding(
            Severity.NOTE,
            "whole-board-beside",
            whole[0].name,
            f"is a whole board in one file ({whole[0].format}); the Gerber files beside it were read.",
            "Nothing to do if they are the same board; else send the one that is to be built.",
        )


def _nothing_plotted() -> Iterator[Finding]:
    yield Finding(
        Severity.STOP,
        "no-layers",
        "",
        "There is no Gerber layer in this package, and no whole board of a CAD tool that we can read.",
        "Send the Gerber and drill files of the board.",
    )


def with_outline(files: Sequence[Assigned], outline: str | None) -> tuple[Assigned, ...]:
    """The customer says which file shows the edge: it alone does."""
    if outline is None or not any(file.file.name == outline for file in files):
        return tuple(files)
    return tuple(
        _with_role(file, FileRole.OUTLINE, "you said so")
        if file.file.name == outline
        else _with_role(file, FileRole.DRAWING, "you said that another file shows the edge")
        if file.file.role is FileRole.OUTLINE
        else file
        for file in files
    )


def _with_role(file: Assigned, role: FileRole, evidence: str) -> Assigned:
    return replace(file, file=replace(file.file, role=role, side=None, layer=None, evidence=evidence), raw_layer=None)
