"""Taking a look inside a package for the dialogs: in the limited child, on the customer's own files."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from portal.board.edge_choices import outline_candidates
from portal.board.edges import EdgeChoice
from portal.board.stack import Stack
from portal.errors import PackageRefused
from portal.intake.archives import open_package
from portal.intake.boards import chosen_board
from portal.intake.corrections import Corrections
from portal.intake.inside import TABLES, Inside, may_be_a_table
from portal.intake.plots import read_stack
from portal.intake.preview import TablePreview, table_preview
from portal.intake.roles import Assigned, assign_roles
from portal.intake.stages import Clock

MOST_TABLES = 20
MOST_SHEETS = 8


def look_inside(path: Path, said: Corrections) -> Inside:
    """Raises PackageRefused where nothing can be opened; a file that is no table after all is left out."""
    members, _ = open_package(path)
    files = assign_roles(members, said.roles)
    chosen = chosen_board(files, members, said.take)
    stack, _ = read_stack(chosen.plots, Clock(lambda _step: None))
    stack = replace(stack, edge_box=said.outline_box)
    return Inside(tuple(_previews(files)), tuple(_edges(stack, said.outline)))


def _edges(stack: Stack, said: str | None) -> Iterator[EdgeChoice]:
    """All of them, also where the customer has chosen one already: of the same edge in two files, it is his."""
    edges = outline_candidates(stack) if stack.layers else ()
    of_file = [edge for edge in edges if edge.file == said]
    taken = next((edge for edge in of_file if edge.box_mm == stack.edge_box), next(iter(of_file), None))
    for edge in edges:
        yield replace(edge, is_taken=edge is taken) if taken else edge


def _previews(files: tuple[Assigned, ...]) -> Iterator[TablePreview]:
    tables = [file for file in files if file.file.role in TABLES]
    mistaken = [file for file in files if file.file.role not in TABLES and may_be_a_table(file.file)]
    for file in (*tables, *mistaken)[:MOST_TABLES]:
        try:
            seen = table_preview(file.file.name, file.member.data)
        except PackageRefused:
            continue
        role = file.file.role if file.file.role in TABLES else seen.role
        yield TablePreview(seen.name, role, seen.sheets[:MOST_SHEETS])
