"""Which of a package's tables are the BOM and the centroid of the board that was taken, and what they say together."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from portal.board.design import Board, BomLine, FileRole, Finding, Placement, Severity, Side
from portal.errors import PackageRefused
from portal.intake.belonging import of_the_board
from portal.intake.boards import Chosen
from portal.intake.bom import BomReading, read_bom
from portal.intake.candidates import folder
from portal.intake.centroid import read_centroid
from portal.intake.centroid_files import NOTHING, CentroidReading, difference, joined
from portal.intake.corrections import NOTHING_SAID, TableSaid
from portal.intake.grouping import some
from portal.intake.marks import is_mark
from portal.intake.naming import said_of
from portal.intake.panels import is_panel, on_each_board, panel_of
from portal.intake.roles import Assigned
from portal.intake.sides import side_of_file

MILLIMETRES = "mm"
SURROUND = 1.15  # parts may stand a little over the edge of their board
DAMAGED = frozenset({"quote-not-closed", "table-too-long", "text-doubtful"})
BEST_CENTRE = ("body", "center", "centre")  # Allegro ships body centre, pin 1 and symbol origin


@dataclass(frozen=True, slots=True)
class PartsReading:
    """`in_frame`: the places were read from the artwork's own files, so there is no other frame to find."""

    lines: tuple[BomLine, ...] = ()
    columns: tuple[tuple[str, str], ...] = ()
    placements: tuple[Placement, ...] = ()
    units: str | None = None
    findings: tuple[Finding, ...] = ()
    unsure: tuple[str, ...] = ()  # files whose columns the customer should name himself
    in_frame: bool = False

    def fitted_to(self, board: Board) -> "PartsReading":
        """Coordinates without a unit are millimetres when the parts fit the board as such."""
        if self.units or not self.placements or board.width_mm is None or board.height_mm is None:
            return self
        spans = [max(values) - min(values) for values in zip(*((p.x_mm, p.y_mm) for p in self.placements), strict=True)]
        sizes = sorted((board.width_mm, board.height_mm))
        fits = all(span <= size * SURROUND for span, size in zip(sorted(spans), sizes, strict=True))
        if not (fits and max(spans) > 0.2 * max(sizes)):
            return self
        findings = tuple(finding for finding in self.findings if finding.code != "centroid-units-unknown")
        return replace(self, units=MILLIMETRES, findings=findings)


def read_parts(
    files: Sequence[Assigned], chosen: Chosen | None, tables: Mapping[str, TableSaid] = NOTHING_SAID.tables
) -> PartsReading:
    """The BOM that fits the placements best, the placements of all files that belong together.

    `tables`: what the customer said of the columns of a file, by its name or its pattern.
    """
    faults: list[Finding] = []
    centroids = list(_readings(files, FileRole.CENTROID, read_centroid, tables=tables, faults=faults))
    boms = list(_readings(files, FileRole.BOM, read_bom, tables=tables, faults=faults))
    placed = _without_mere_marks(_placements(_nearest(centroids, chosen)))
    near = _nearest(boms, chosen)
    best = _best_bom(near, {placement.designator for placement in placed.placements})
    said = best[1] if best else BomReading((), (), ())
    placed = _by_listed_names(placed, said)
    return PartsReading(
        lines=said.lines,
        columns=said.columns,
        placements=placed.placements,
        units=placed.units,
        findings=(*faults, *said.findings, *placed.findings, *_other_boms(near, best)),
        unsure=(*_unsure(boms), *_unsure(centroids)),
    )


T = TypeVar("T", BomReading, CentroidReading)


def _readings(
    files: Sequence[Assigned],
    role: FileRole,
    read: Callable[[str, bytes, TableSaid | None], T],
    *,
    tables: Mapping[str, TableSaid],
    faults: list[Finding],
) -> Iterator[tuple[Assigned, T]]:
    """Every file of this role that can be read as a table; the others leave a finding."""
    for file in files:
        if file.file.role is not role:
            continue
        name = file.file.name
        try:
            yield file, read(name, file.member.data, said_of(name, tables))
        except PackageRefused as refusal:
            faults.append(Finding(Severity.ASK, refusal.code, name, refusal.message, refusal.remedy))


def _unsure(readings: list[tuple[Assigned, T]]) -> Iterator[str]:
    return (file.file.name for file, reading in readings if reading.is_unsure)


def _nearest(readings: list[tuple[Assigned, T]], chosen: Chosen | None) -> list[tuple[Assigned, T]]:
    """Those of the board that was taken, where the package holds several boards; else all."""
    taken, beside = (chosen.candidate, chosen.beside) if chosen else (None, ())
    return [readings[at] for at in of_the_board([file for file, _ in readings], taken, beside)]


def _placements(readings: list[tuple[Assigned, CentroidReading]]) -> CentroidReading:
    """The fullest file, and every other of its folder and kind that adds parts: top beside bottom, never a copy."""
    if not readings:
        return NOTHING
    first, best = max(readings, key=lambda reading: (_is_body(reading[0]), len(reading[1].placements)))
    others = [(file, reading) for file, reading in readings if file is not first]
    found = joined(best, (reading for file, reading in others if _is_kin(file, first)))
    if _is_body(first):
        return found  # its siblings hold pin 1 and the origin of the same parts: they are meant to differ
    copies = (difference(first.file.name, best, reading) for _, reading in others)
    return replace(found, findings=(*found.findings, *filter(None, [next(filter(None, copies), None)])))


def _by_listed_names(placed: CentroidReading, said: BomReading) -> CentroidReading:
    listed = {name for line in said.lines for name in line.designators}
    renamed = on_each_board(placed.placements, listed) if listed and placed.placements else None
    panel = panel_of(renamed) if renamed else None
    if renamed is None or panel is None:
        return placed
    return replace(placed, placements=renamed, findings=(*placed.findings, is_panel("the centroid file", panel)))


def _without_mere_marks(placed: CentroidReading) -> CentroidReading:
    """A file of fiducials alone (the rails of a panel) places no part: it counts as none, and it is asked."""
    if not placed.placements or not all(map(is_mark, placed.placements)):
        return placed
    names = tuple(dict.fromkeys(mark.designator for mark in placed.placements))
    text = "are all that the centroid file places; it has no part in it"
    remedy = "Send the centroid file of the parts."
    finding = Finding(Severity.ASK, "placed-only-marks", some(names), text, remedy)
    return replace(NOTHING, findings=(finding,))


def _is_body(file: Assigned) -> int:
    return sum(word in file.file.name.lower() for word in BEST_CENTRE)


def _is_kin(file: Assigned, other: Assigned) -> bool:
    suffixes = {name.file.name.rsplit(".", 1)[-1].lower() for name in (file, other)}
    is_alike = len(suffixes) == 1 or suffixes == {"mnt", "mnb"}
    sides = {side_of_file(name.file.name.replace("/", "_")) for name in (file, other)}
    return is_alike and (folder(file) == folder(other) or sides == set(Side))


def _best_bom(readings: list[tuple[Assigned, BomReading]], placed: set[str]) -> tuple[Assigned, BomReading] | None:
    """The one that shares most designators with the placements; without placements the one that says most.

    An order list without designators cannot be built from, and a damaged copy is worth less than a whole one.
    """

    def fit(reading: tuple[Assigned, BomReading]) -> tuple[object, ...]:
        names = {designator for line in reading[1].lines for designator in line.designators}
        known = sum(bool(line.mpn) for line in reading[1].lines)
        is_whole = all(finding.code not in DAMAGED for finding in reading[1].findings)
        return len(names & placed), bool(names), is_whole, known, len(names)

    return max(readings, key=fit, default=None)


def _other_boms(
    readings: list[tuple[Assigned, BomReading]], taken: tuple[Assigned, BomReading] | None
) -> Iterator[Finding]:
    others = [file.file.name for file, read in readings if taken and file is not taken[0] and read.lines]
    if taken and others:
        yield Finding(
            Severity.ASK,
            "several-boms",
            taken[0].file.name,
            f"was taken as the BOM; also there: {', '.join(others[:5])}.",
            "Send only the BOM that is to be built.",
        )
