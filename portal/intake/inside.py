"""A look inside a package for the dialogs of its page: the first rows of its tables, and what each outline file would
make of the board. Made in the limited child, never by the web.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from portal.board.design import FileRole
from portal.board.outline import EdgeChoice, outline_candidates
from portal.board.stack import Stack
from portal.errors import PackageRefused
from portal.intake.archives import open_package
from portal.intake.boards import chosen_board
from portal.intake.corrections import Corrections
from portal.intake.plots import read_stack
from portal.intake.preview import TablePreview, table_preview
from portal.intake.roles import Assigned, assign_roles
from portal.intake.stages import Clock

MOST_TABLES = 20
MOST_SHEETS = 8
MAY_BE_A_TABLE = (".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".ods", ".htm", ".html", ".xml", ".pos", ".mnt")
TABLES = frozenset({FileRole.BOM, FileRole.CENTROID})
MAY_BE_MISTAKEN = frozenset({FileRole.DOCUMENT, FileRole.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Inside:
    tables: tuple[TablePreview, ...] = ()
    edges: tuple[EdgeChoice, ...] = ()


def look_inside(path: Path, said: Corrections) -> Inside:
    """Raises PackageRefused where nothing can be opened; a file that is no table after all is left out."""
    members, _ = open_package(path)
    files = assign_roles(members, said.roles)
    chosen = chosen_board(files, members, said.take)
    stack, _ = read_stack(chosen.plots, Clock(lambda _step: None))
    return Inside(tuple(_previews(files)), tuple(_edges(stack, said.outline)))


def _edges(stack: Stack, said: str | None) -> Iterator[EdgeChoice]:
    """All of them, also where the customer has chosen one already."""
    for edge in outline_candidates(stack) if stack.layers else ():
        yield replace(edge, is_taken=edge.file == said) if said else edge


def _previews(files: tuple[Assigned, ...]) -> Iterator[TablePreview]:
    tables = [file for file in files if file.file.role in TABLES]
    mistaken = [file for file in files if file.file.role in MAY_BE_MISTAKEN and _may_be_a_table(file)]
    for file in (*tables, *mistaken)[:MOST_TABLES]:
        try:
            seen = table_preview(file.file.name, file.member.data)
        except PackageRefused:
            continue
        role = file.file.role if file.file.role in TABLES else seen.role
        yield TablePreview(seen.name, role, seen.sheets[:MOST_SHEETS])


def _may_be_a_table(file: Assigned) -> bool:
    return file.file.name.lower().endswith(MAY_BE_A_TABLE)


def inside_to_json(inside: Inside) -> str:
    return json.dumps(asdict(inside), ensure_ascii=False)


def inside_from(seen: Mapping[str, Any]) -> Inside:
    """From the value that the JSON text holds."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - the child only writes, and starts faster without it

    return TypeAdapter(Inside).validate_python(seen)
