"""Files that speak about the board without showing it: the Gerber job file and the netlist of the electrical test."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from portal.board.design import Board, FileRole, Finding, Severity
from portal.errors import PackageRefused
from portal.intake.job import Job, job_findings, read_job
from portal.intake.netlist import Netlist, read_netlist
from portal.intake.roles import Assigned

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Witnesses:
    """None where the package has no such file, or none that can be read."""

    job: Job | None = None
    netlist: Netlist | None = None
    findings: tuple[Finding, ...] = ()


def witnesses(files: Sequence[Assigned], board: Board) -> Witnesses:
    """The first of each kind that can be read, and where it contradicts the layers."""
    faults: list[Finding] = []
    job = next(_read(files, FileRole.JOB, read_job, faults=faults), None)
    netlist = next(_read(files, FileRole.NETLIST, read_netlist, faults=faults), None)
    if job:
        faults += _named(job_findings(job[1], board), job[0])
    if netlist:
        faults += _named((*netlist[1].findings, *_tested(netlist[1])), netlist[0])
    return Witnesses(job[1] if job else None, netlist[1] if netlist else None, tuple(faults))


def _tested(netlist: Netlist) -> Iterator[Finding]:
    """What the flying probe of the fab can go by."""
    if netlist.test_points:
        text = f"names {len(netlist.nets)} nets with {netlist.test_points} test points for the test of the bare boards."
        yield Finding(Severity.NOTE, "netlist-points", "", text, "Nothing to do, if it is of this revision.")


def _named(findings: Iterable[Finding], file: Assigned) -> Iterator[Finding]:
    """The reader of one file does not know its name."""
    return (replace(finding, where=file.file.name) for finding in findings)


def _read(
    files: Sequence[Assigned], role: FileRole, read: Callable[[bytes], T], *, faults: list[Finding]
) -> Iterator[tuple[Assigned, T]]:
    for file in files:
        if file.file.role is role:
            try:
                yield file, read(file.member.data)
            except PackageRefused as refusal:
                faults.append(Finding(Severity.NOTE, refusal.code, file.file.name, refusal.message, refusal.remedy))
