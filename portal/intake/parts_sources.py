"""Parts and places beyond the customer's tables: the whole board's own, X3 component layers, the names of the pads.

A table of the customer outranks them all; what stands in for one is said.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from portal.board.design import BomLine, Finding, Placement, Severity
from portal.board.stack import Stack
from portal.errors import PackageRefused
from portal.intake.components import is_components, listed, read_components
from portal.intake.estimated import estimated_placements
from portal.intake.netlist import Netlist
from portal.intake.parts_files import MILLIMETRES, PartsReading
from portal.intake.roles import Assigned
from portal.intake.whole import WholeBoard

SEND_TABLES = "Nothing to do if that is right; else send a BOM and a centroid file of your own."


@dataclass(frozen=True, slots=True)
class Source:
    """`where` is the file that speaks, `what` it is in the customer's words."""

    where: str
    what: str
    lines: tuple[BomLine, ...] = ()
    placements: tuple[Placement, ...] = ()


def completed(parts: PartsReading, files: Sequence[Assigned], whole: WholeBoard | None) -> PartsReading:
    """The tables, and where they say nothing the first source that does."""
    faults: list[Finding] = []
    for source in (*_of_whole(whole), *_of_components(files, faults)):
        parts = _filled(parts, source)
    return replace(parts, findings=(*parts.findings, *faults))


def estimated(parts: PartsReading, stack: Stack, netlist: Netlist | None) -> PartsReading:
    """Without any place of any part: where the artwork itself shows them."""
    if parts.placements or not stack.layers:
        return parts
    placements, findings = estimated_placements(stack, parts.lines, netlist=netlist)
    return replace(parts, placements=placements, findings=(*parts.findings, *findings))


def _filled(parts: PartsReading, source: Source) -> PartsReading:
    lines, placements = source.lines if not parts.lines else (), source.placements if not parts.placements else ()
    if not (lines or placements):
        return parts
    return replace(
        parts,
        lines=lines or parts.lines,
        placements=placements or parts.placements,
        units=MILLIMETRES if placements else parts.units,
        in_frame=bool(placements) or parts.in_frame,
        findings=(*parts.findings, *_said(source, lines, placements)),
    )


def _said(source: Source, lines: Sequence[BomLine], placements: Sequence[Placement]) -> Iterator[Finding]:
    taken = " and ".join(filter(None, ("the parts" if lines else "", "their places" if placements else "")))
    text = f"{taken} were read from {source.what}, as no table in this package gives them."
    yield Finding(Severity.NOTE, "parts-from-board", source.where, text, SEND_TABLES)


def _of_whole(whole: WholeBoard | None) -> Iterator[Source]:
    if whole:
        yield Source(whole.name, "the board's own file", whole.lines, whole.placements)


def _of_components(files: Iterable[Assigned], faults: list[Finding]) -> Iterator[Source]:
    """The component layers of both sides together."""
    lines: list[BomLine] = []
    placements: list[Placement] = []
    names: list[str] = []
    for file in files:
        if is_components(file.member.data):
            try:
                placed, parts = read_components(file.member.data)
            except PackageRefused as refusal:
                faults.append(Finding(Severity.ASK, refusal.code, file.file.name, refusal.message, refusal.remedy))
                continue
            placements, lines, names = [*placements, *placed], [*lines, *parts], [*names, file.file.name]
    if names:
        yield Source(names[0], "the component layers", listed(lines), tuple(placements))
