"""What each file of a package is, with the evidence: its own attributes, the job file, the tool most files vote for,
a suffix, a word in the name, its content. The first that speaks decides; a file that nothing speaks for is unknown.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from portal.board.design import FileRole, Side, SourceFile
from portal.intake.archives import Member
from portal.intake.drill import is_drill
from portal.intake.gerber import is_gerber
from portal.intake.layers import (
    DOCUMENTS,
    HABITS,
    INNER,
    KEYWORDS,
    LAST,
    LITTER,
    NOT_PLATED,
    NUMBERED,
    SIDE_ALONE,
    SIDE_WORDS,
    Habit,
    compiled,
)
from portal.intake.tables import table_role

HEAD_BYTES = 20_000
BOTTOM_LAYER = 9_999  # sorts behind every inner layer
FILE_FUNCTION = re.compile(rb"TF\.FileFunction,([A-Za-z0-9,_. -]{1,100})")
GENERATOR = re.compile(rb"TF\.GenerationSoftware,([^*\r\n]{1,120})")
LAYER_NUMBER = re.compile(r"L(\d{1,3})")

FUNCTIONS: dict[str, FileRole] = {
    "Copper": FileRole.COPPER,
    "Soldermask": FileRole.MASK,
    "Paste": FileRole.PASTE,
    "Legend": FileRole.LEGEND,
    "Profile": FileRole.OUTLINE,
    "Plated": FileRole.DRILL,
    "NonPlated": FileRole.DRILL,
    "MixedPlating": FileRole.DRILL,
}
TEXTS: tuple[tuple[re.Pattern[bytes], FileRole, str], ...] = (
    (re.compile(rb"\s*\(kicad_pcb\b"), FileRole.BOARD, "a KiCad board"),
    (re.compile(rb"[\s\S]{0,300}<IPC-2581"), FileRole.BOARD, "IPC-2581"),
    (re.compile(rb"(?:C  |P  JOB|P  CODE|P  UNITS)"), FileRole.NETLIST, "an IPC-D-356 netlist"),
)


@dataclass(frozen=True, slots=True)
class Assigned:
    """A file with its role. `stem` is the board's own name in the file name; `raw_layer` sorts copper, 1 on top.

    `contradiction` is the side that the file's name claims where its content claims the other.
    """

    member: Member
    file: SourceFile
    stem: str = ""
    plated: bool | None = None
    raw_layer: int | None = None
    contradiction: str = ""


@dataclass(frozen=True)
class Named:
    """A file of fabrication data whose name is looked at."""

    member: Member

    @cached_property
    def name(self) -> str:
        return self.member.name.rsplit("/", 1)[-1].lower()

    @cached_property
    def fits(self) -> list[tuple[Habit, re.Match[str]]]:
        """Every habit that fits, in the order of the table."""
        return [(habit, match) for habit in HABITS if (match := compiled(habit.pattern).search(self.name))]


def assign_roles(members: Sequence[Member]) -> tuple[Assigned, ...]:
    """Every file of the package, in its order."""
    plots = {id(member): Named(member) for member in members if _is_plot(member)}
    tools = _votes(plots.values())
    jobs = _job_functions(members)
    return tuple(
        _of_plot(plots[id(member)], tools, jobs) if id(member) in plots else _of_other(member) for member in members
    )


def source_roles(members: Sequence[Member]) -> tuple[SourceFile, ...]:
    return tuple(assigned.file for assigned in assign_roles(members))


def _is_plot(member: Member) -> bool:
    return not _is_litter(member.name) and (is_gerber(member.data) or is_drill(member.data))


def _is_litter(name: str) -> bool:
    return bool(LITTER.search(name.lower()))


def _votes(plots: Iterable[Named]) -> list[str]:
    """The tools by how many files of the set they explain; of equals the one that stands first in the table."""
    counts: Counter[str] = Counter()
    for plot in plots:
        counts.update({habit.tool for habit, _ in plot.fits})
    order = {habit.tool: -at for at, habit in enumerate(HABITS)}
    return sorted(counts, key=lambda tool: (counts[tool], order[tool]), reverse=True)


def _of_plot(plot: Named, tools: list[str], jobs: dict[str, str]) -> Assigned:
    head = plot.member.data[:HEAD_BYTES]
    said = FILE_FUNCTION.search(head)
    generator = GENERATOR.search(head)
    tool = _tool_name(generator.group(1)) if generator else None
    by_name = _by_name(plot, tools)
    stem = by_name.stem if by_name else _without_suffix(plot.name)
    if said:
        found = _by_function(plot.member, said.group(1).decode(), "its own X2 attribute")
    elif is_drill(plot.member.data) and not is_gerber(plot.member.data):
        found = _drill_data(plot, by_name)
    elif plot.name in jobs:
        found = _by_function(plot.member, jobs[plot.name], "the Gerber job file")
    else:
        found = by_name or _by_keyword(plot)
    file = replace(found.file, tool=tool or found.file.tool)
    plated = found.plated if found.plated is not None else (by_name.plated if by_name else None)
    return replace(found, file=file, stem=stem, plated=plated, contradiction=_contradiction(found, by_name))


def _contradiction(found: Assigned, by_name: Assigned | None) -> str:
    """Only of sides: tools differ in what they call a role, none swaps top and bottom."""
    sides = {found.file.side, by_name.file.side if by_name else None}
    if by_name and by_name.file.side and sides == {Side.TOP, Side.BOTTOM} and by_name.file.role is found.file.role:
        return by_name.file.side.value
    return ""


def _tool_name(said: bytes) -> str:
    """Vendor,Application,Version: the last two, without the vendor."""
    parts = [part.strip() for part in said.decode("utf-8", "replace").split(",") if part.strip()]
    return " ".join(parts[1:] or parts)[:80]


def _file(member: Member, role: FileRole, evidence: str, **known: object) -> SourceFile:
    return SourceFile(
        name=member.name,
        role=role,
        bytes=len(member.data),
        sha256=hashlib.sha256(member.data).hexdigest(),
        evidence=evidence,
        **known,  # type: ignore[arg-type]
    )


def _by_function(member: Member, said: str, who: str) -> Assigned:
    """Copper,L3,Inr · Soldermask,Top · Plated,1,4,PTH · Profile,NP: all other functions are drawings."""
    words = [word.strip() for word in said.split(",")]
    role = FUNCTIONS.get(words[0], FileRole.DRAWING)
    side = Side.TOP if "Top" in words else Side.BOTTOM if "Bot" in words else None
    number = LAYER_NUMBER.fullmatch(words[1]) if role is FileRole.COPPER and len(words) > 1 else None
    raw = int(number.group(1)) if number else None
    plated = {"Plated": True, "NonPlated": False}.get(words[0])
    file = _file(member, role, f"{who}: {said.strip()}", side=side if role is not FileRole.DRILL else None)
    return Assigned(member, file, plated=plated, raw_layer=raw)


def _job_functions(members: Sequence[Member]) -> dict[str, str]:
    """File name -> function, from every .gbrjob that is one."""
    jobs = [member for member in members if member.name.lower().endswith(".gbrjob")]
    entries = [entry for job in jobs for entry in _job_entries(job.data)]
    said = [(entry.get("Path"), entry.get("FileFunction")) for entry in entries]
    return {
        path.replace("\\", "/").rsplit("/", 1)[-1].lower(): function
        for path, function in said
        if isinstance(path, str) and isinstance(function, str)
    }


def _job_entries(data: bytes) -> list[dict[str, object]]:
    try:
        job = json.loads(data)
    except (ValueError, RecursionError):
        return []
    entries = job.get("FilesAttributes") if isinstance(job, dict) else None
    return [entry for entry in entries if isinstance(entry, dict)] if isinstance(entries, list) else []


def _by_name(plot: Named, tools: list[str]) -> Assigned | None:
    """The habit of the tool that most files of this set follow."""
    if not plot.fits:
        return None
    habit, match = min(plot.fits, key=lambda fit: tools.index(fit[0].tool))
    file = _file(plot.member, habit.role, f"named as {habit.tool} names it", side=habit.side, tool=habit.tool)
    return Assigned(
        plot.member,
        file,
        stem=plot.name[: match.start()],
        plated=habit.plated,
        raw_layer=_raw_layer(habit, match),
    )


def _raw_layer(habit: Habit, match: re.Match[str]) -> int | None:
    if habit.layer == INNER:
        return int(match.group("n")) + 1
    if habit.layer == NUMBERED:
        return int(match.group("n"))
    return BOTTOM_LAYER if habit.layer == LAST else habit.layer


def _drill_data(plot: Named, by_name: Assigned | None) -> Assigned:
    """Whatever it is called: a drill drawing that is drill data is the drill file."""
    if by_name and by_name.file.role is FileRole.DRILL:
        return by_name
    plated = False if NOT_PLATED.search(plot.name) else None
    return Assigned(plot.member, _file(plot.member, FileRole.DRILL, "its content is drill data"), plated=plated)


def _by_keyword(plot: Named) -> Assigned:
    """No tool's habit: a word in the name, or nothing. A side alone is copper only where it ends the name."""
    role = next((role for word, role in KEYWORDS if word in plot.name), None)
    side = next((side for word, side in SIDE_WORDS if word in plot.name), None)
    if role is None:
        role = FileRole.COPPER if SIDE_ALONE.search(plot.name) else FileRole.UNKNOWN
    evidence = "a word in its name" if role is not FileRole.UNKNOWN else "Gerber, but nothing says which layer"
    raw = {Side.TOP: 1, Side.BOTTOM: BOTTOM_LAYER}.get(side) if role is FileRole.COPPER and side else None
    side = side if role is not FileRole.UNKNOWN else None
    return Assigned(plot.member, _file(plot.member, role, evidence, side=side), raw_layer=raw)


def _of_other(member: Member) -> Assigned:
    """Tables, netlists, whole boards, papers."""
    name = member.name.lower()
    if _is_litter(name) or not member.data:
        return Assigned(member, _file(member, FileRole.LITTER, "empty" if not member.data else "litter of a computer"))
    if name.endswith(".gbrjob"):
        return Assigned(member, _file(member, FileRole.JOB, "a Gerber job file"))
    for pattern, role, evidence in TEXTS:
        if pattern.match(member.data[:HEAD_BYTES]):
            return Assigned(member, _file(member, role, evidence))
    if name.endswith(DOCUMENTS):
        return Assigned(member, _file(member, FileRole.DOCUMENT, "for people to read"))
    table = table_role(member.name, member.data)
    if table:
        return Assigned(member, _file(member, table, "its headings and rows"), stem=_without_suffix(name))
    return Assigned(member, _file(member, FileRole.DOCUMENT, "nothing that is built from"))


def _without_suffix(name: str) -> str:
    return name.rsplit("/", 1)[-1].rsplit(".", 1)[0]
