"""What each file of a package is, with the evidence: the customer's word, the file's own attributes, the job file, the
tool most files vote for, a suffix, a word in the name, its content. The first that speaks decides; a file that nothing
speaks for is unknown.
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from types import MappingProxyType

from portal.board.design import FileRole, Side, SourceFile
from portal.intake.allegro_films import film_function
from portal.intake.archives import Member
from portal.intake.assigned import BOTTOM_LAYER, Assigned, source_file
from portal.intake.attributes import by_function, function_of, generator_of
from portal.intake.content import by_content, drawn_holes, drawn_signs
from portal.intake.corrections import RoleSaid
from portal.intake.drill import is_drill
from portal.intake.file_functions import FileFunction
from portal.intake.gerber import is_gerber
from portal.intake.habit import INNER, LAST, NUMBERED, Habit, compiled
from portal.intake.ipc2581_stream import is_ipc2581
from portal.intake.job import Job, is_job, jobs_among
from portal.intake.kicad_pcb import is_kicad_pcb
from portal.intake.layer_words import (
    DOCUMENTS,
    DRILL_FILM,
    EDGE_TOO,
    INNER_NUMBER,
    LITTER,
    NAMED_LAYER,
    NOT_PLATED,
    PLATED,
    REPORTS,
    SIDE_ALONE,
    SIDES,
    SPAN,
    WORDS,
)
from portal.intake.layers import HABITS
from portal.intake.naming import said_of
from portal.intake.netlist import is_netlist
from portal.intake.odb import odb_jobs
from portal.intake.tables import table_role

TWICE = re.compile(r"(\.[a-z]\w{2})\1$")
OLDER_SAVE = re.compile(r",\d{1,3}$")  # Allegro keeps TOP.art,1 when it writes TOP.art anew
DRILL_SUFFIXES = (".txt", ".drl", ".drd", ".exc", ".xln", ".ncd", ".tap")
NOTHING: Mapping[str, RoleSaid] = MappingProxyType({})
CONTENTS: tuple[tuple[Callable[[bytes], bool], FileRole, str], ...] = (
    (is_kicad_pcb, FileRole.BOARD, "a KiCad board"),
    (is_ipc2581, FileRole.BOARD, "IPC-2581"),
    (is_job, FileRole.JOB, "a Gerber job file"),
    (is_netlist, FileRole.NETLIST, "an IPC-D-356 netlist"),
)


@dataclass(frozen=True)
class Named:
    """A file of fabrication data whose name is looked at."""

    member: Member

    @cached_property
    def name(self) -> str:
        """In small letters; a suffix that somebody added twice counts once."""
        return TWICE.sub(r"\1", self.member.name.rsplit("/", 1)[-1].lower())

    @cached_property
    def fits(self) -> list[tuple[Habit, re.Match[str]]]:
        """Every habit that fits, in the order of the table."""
        return [(habit, match) for habit in HABITS if (match := compiled(habit.pattern).search(self.name))]


def assign_roles(members: Sequence[Member], said: Mapping[str, RoleSaid] = NOTHING) -> tuple[Assigned, ...]:
    """Every file of the package, in its order. `said`: by the file's name, or by its pattern (see naming.py)."""
    whole = {id(member) for job in odb_jobs(members).values() for member in job}
    plots = {id(member): Named(member) for member in members if id(member) not in whole and _is_plot(member)}
    tools = _votes(plots.values())
    jobs = jobs_among(member.data for member in members if id(member) not in whole)
    newest = {member.name for member in members}
    files = [
        _of_plot(plots[id(member)], tools, jobs)
        if id(member) in plots
        else _of_job(member)
        if id(member) in whole
        else _of_other(member)
        for member in members
    ]
    files = [_of_older_save(file.member) if _is_older_save(file.file.name, newest) else file for file in files]
    files = [_corrected(file, said_of(file.file.name, said)) if said else file for file in files]
    return tuple(by_content(_with_an_edge(files)))


def source_roles(members: Sequence[Member]) -> tuple[SourceFile, ...]:
    return tuple(assigned.file for assigned in assign_roles(members))


def _is_plot(member: Member) -> bool:
    return not _is_litter(member.name) and (is_gerber(member.data) or is_drill(member.data))


def _is_litter(name: str) -> bool:
    return bool(LITTER.search(name.lower()))


def _is_older_save(name: str, names: Collection[str]) -> bool:
    newer, count = OLDER_SAVE.subn("", name)
    return bool(count) and newer in names


def _of_older_save(member: Member) -> Assigned:
    return Assigned(member, source_file(member, FileRole.DOCUMENT, "an older save, which the tool kept"))


def _votes(plots: Iterable[Named]) -> list[str]:
    """The tools by how many files of the set they explain; of equals the one that stands first in the table."""
    counts: Counter[str] = Counter()
    for plot in plots:
        counts.update({habit.tool for habit, _ in plot.fits if not habit.is_vague})
    order = {habit.tool: -at for at, habit in enumerate(HABITS)}
    return sorted(counts, key=lambda tool: (counts[tool], order[tool]), reverse=True)


def _of_plot(plot: Named, tools: list[str], jobs: Sequence[Job]) -> Assigned:
    function = function_of(plot.member.data)
    by_name = _by_name(plot, tools)
    film = None if function else film_function(plot.member.data)
    is_gerber_file = is_gerber(plot.member.data)
    if function and (is_gerber_file or function.role is FileRole.DRILL):
        found = _of_function(plot.member, function, is_gerber_file=is_gerber_file)
    elif film:
        found = _of_film(by_function(plot.member, film, "the classes on this film"), by_name)
    elif is_drill(plot.member.data) and not is_gerber_file:
        found = _drill_data(plot, by_name)
    elif told := next(filter(None, (job.says_of(plot.name) for job in jobs)), None):
        found = by_function(plot.member, told, "the Gerber job file")
    else:
        found = _drilled(plot, by_name) or by_name or _by_word(plot)
    return replace(
        found,
        file=replace(found.file, tool=generator_of(plot.member.data) or found.file.tool),
        stem=by_name.stem if by_name else _without_suffix(plot.name),
        plated=_plated(plot, found, by_name),
        span=found.span or _span(plot, found),
        contradiction=_contradiction(found, by_name),
    )


def _of_function(member: Member, function: FileFunction, *, is_gerber_file: bool) -> Assigned:
    """DipTrace calls its drawing of the holes, a sign for each, a drill file."""
    if function.role is FileRole.DRILL and is_gerber_file and drawn_signs(member.data):
        why = "it draws a sign for each hole, not the holes"
        return Assigned(member, source_file(member, FileRole.DRAWING, why))
    return by_function(member, function, "its own X2 attribute")


def _of_film(film: Assigned, by_name: Assigned | None) -> Assigned:
    """Its head says which copper is on top and which on the bottom; between them the name counts."""
    ends = {Side.TOP: 1, Side.BOTTOM: BOTTOM_LAYER}
    is_copper = film.file.role is FileRole.COPPER
    by_number = by_name.raw_layer if is_copper and by_name and by_name.raw_layer not in ends.values() else None
    raw = (ends.get(film.file.side) if film.file.side else by_number) if is_copper else None
    return replace(film, file=replace(film.file, tool="Allegro"), raw_layer=raw)


def _plated(plot: Named, found: Assigned, by_name: Assigned | None) -> bool | None:
    """Only of drills: as the content says, then the tool's habit, then a word in the name."""
    if found.file.role is not FileRole.DRILL:
        return None
    if found.plated is not None:
        return found.plated
    if by_name and by_name.plated is not None:
        return by_name.plated
    return False if NOT_PLATED.search(plot.name) else True if PLATED.search(plot.name) else None


def _span(plot: Named, found: Assigned) -> tuple[int, int] | None:
    """-1-6.drl, .DRD.0102, drill_1_16.xln: the layers between which the holes of this file are drilled."""
    said = SPAN.search(plot.name) if found.file.role is FileRole.DRILL else None
    if said is None:
        return None
    first, last = sorted(int(number) for number in said.groups() if number)
    return (first, last) if 0 < first < last else None


def _contradiction(found: Assigned, by_name: Assigned | None) -> str:
    """Only of sides: tools differ in what they call a role, none swaps top and bottom."""
    sides = {found.file.side, by_name.file.side if by_name else None}
    if by_name and by_name.file.side and sides == {Side.TOP, Side.BOTTOM} and by_name.file.role is found.file.role:
        return by_name.file.side.value
    return ""


def _by_name(plot: Named, tools: list[str]) -> Assigned | None:
    """The habit of the tool that most files of this set follow."""
    fits = [fit for fit in plot.fits if not fit[0].is_vague or fit[0].tool in tools[:1]]
    if not fits:
        return None
    habit, match = min(fits, key=lambda fit: tools.index(fit[0].tool))
    file = source_file(plot.member, habit.role, f"named as {habit.tool} names it", side=habit.side, tool=habit.tool)
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
    return Assigned(plot.member, source_file(plot.member, FileRole.DRILL, "its content is drill data"))


def _drilled(plot: Named, by_name: Assigned | None) -> Assigned | None:
    """Where some tools draw the holes' list, others flash the holes: the content tells which."""
    if by_name is not None and by_name.file.role is FileRole.DRILL and "draw" in plot.name:
        told = source_file(plot.member, FileRole.DRAWING, "a drill drawing: it shows more than holes")
        return None if drawn_holes(plot.member.data) else Assigned(plot.member, told)
    is_drawing = by_name is not None and by_name.file.role is FileRole.DRAWING and DRILL_FILM.search(plot.name)
    if not is_drawing or not drawn_holes(plot.member.data):
        return None
    return Assigned(plot.member, source_file(plot.member, FileRole.DRILL, "a drill film that shows only holes"))


def _by_word(plot: Named) -> Assigned:
    """No tool's habit: a word in the name, or nothing. A side alone is copper only where it ends the name."""
    role = next((role for words, role in WORDS if compiled(words).search(plot.name)), None)
    side = next((side for words, side in SIDES if compiled(words).search(plot.name)), None)
    if role is FileRole.DRILL and not drawn_holes(plot.member.data):
        role = FileRole.DRAWING
    if role is None and SIDE_ALONE.search(plot.name):
        role = FileRole.COPPER
    if role is None and plot.name.endswith(DRILL_SUFFIXES) and drawn_holes(plot.member.data, slots=0.1):
        why = "it shows only holes, and its suffix is that of a drill file"
        return Assigned(plot.member, source_file(plot.member, FileRole.DRILL, why), is_guess=True)
    if role is None:
        return Assigned(plot.member, source_file(plot.member, FileRole.UNKNOWN, "Gerber, but nothing says which layer"))
    side = None if role in {FileRole.OUTLINE, FileRole.DRILL} else side
    file = source_file(plot.member, role, "a word in its name", side=side)
    return Assigned(plot.member, file, raw_layer=_worded_layer(plot.name, side) if role is FileRole.COPPER else None)


def _worded_layer(name: str, side: Side | None) -> int | None:
    if inner := INNER_NUMBER.search(name):
        return int(inner.group("n")) + 1
    if side:
        return {Side.TOP: 1, Side.BOTTOM: BOTTOM_LAYER}[side]
    numbered = NAMED_LAYER.search(name)
    return int(numbered.group("n")) if numbered else None


def _corrected(file: Assigned, said: RoleSaid | None) -> Assigned:
    """What the customer leaves open stays as it was found, as long as it is still the same kind of file."""
    if said is None:
        return file
    same = file if file.file.role is said.role else Assigned(file.member, file.file, stem=file.stem)
    side = said.side or (same.file.side if same.file.role is said.role else None)
    claimed = {Side.TOP: 1, Side.BOTTOM: BOTTOM_LAYER}.get(side) if side else None
    raw = said.layer or claimed or same.raw_layer
    return replace(
        same,
        file=replace(file.file, role=said.role, side=side, evidence=said.because or "you said so"),
        raw_layer=raw if said.role is FileRole.COPPER else None,
        plated=same.plated if said.plated is None else said.plated,
        contradiction="",
    )


def _with_an_edge(files: list[Assigned]) -> list[Assigned]:
    """Where no file is the outline, the edge is often drawn on a mechanical or keep-out layer."""
    copper = any(file.file.role is FileRole.COPPER for file in files)
    if not copper or any(file.file.role is FileRole.OUTLINE for file in files):
        return files
    why = "no file is the outline; it may be drawn here"
    return [
        replace(file, file=replace(file.file, role=FileRole.OUTLINE, evidence=why))
        if file.file.role is FileRole.DRAWING and EDGE_TOO.search(file.file.name.lower())
        else file
        for file in files
    ]


def _of_job(member: Member) -> Assigned:
    return Assigned(member, source_file(member, FileRole.BOARD, "part of an ODB++ job"))


def _of_other(member: Member) -> Assigned:
    """Tables, netlists, whole boards, papers."""
    name = member.name.lower()
    if _is_litter(name) or not member.data:
        evidence = "empty" if not member.data else "litter of a computer"
        return Assigned(member, source_file(member, FileRole.LITTER, evidence))
    for is_such, role, evidence in CONTENTS:
        if is_such(member.data):
            return Assigned(member, source_file(member, role, evidence))
    if name.endswith(".gbrjob"):
        return Assigned(member, source_file(member, FileRole.JOB, "named as a Gerber job file"))
    if name.endswith(DOCUMENTS) or REPORTS.search(name):
        return Assigned(member, source_file(member, FileRole.DOCUMENT, "for people to read"))
    table = table_role(member.name, member.data)
    if table:
        return Assigned(member, source_file(member, table, "its headings and rows"), stem=_without_suffix(name))
    return Assigned(member, source_file(member, FileRole.DOCUMENT, "nothing that is built from"))


def _without_suffix(name: str) -> str:
    return name.rsplit("/", 1)[-1].rsplit(".", 1)[0]


__all__ = ["BOTTOM_LAYER", "Assigned", "Named", "assign_roles", "source_roles"]
