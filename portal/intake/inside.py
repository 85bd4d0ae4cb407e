"""What a look inside a package shows to the dialogs of its page: the first rows of its tables, and what each outline
file would make of the board. It is taken in the limited child (looking.py), never by the web.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from portal.board.design import FileRole, SourceFile
from portal.board.edges import EdgeChoice
from portal.intake.preview import TablePreview

MAY_BE_A_TABLE = (".csv", ".tsv", ".txt", ".xls", ".xlsx", ".xlsm", ".ods", ".htm", ".html", ".xml", ".pos", ".mnt")
TABLES = frozenset({FileRole.BOM, FileRole.CENTROID})
MAY_BE_MISTAKEN = frozenset({FileRole.DOCUMENT, FileRole.UNKNOWN})


@dataclass(frozen=True, slots=True)
class Inside:
    tables: tuple[TablePreview, ...] = ()
    edges: tuple[EdgeChoice, ...] = ()


def may_be_a_table(file: SourceFile) -> bool:
    """Taken for one, or for a paper with a name as tables have."""
    by_name = file.role in MAY_BE_MISTAKEN and file.name.lower().endswith(MAY_BE_A_TABLE)
    return file.role in TABLES or by_name


def inside_to_json(inside: Inside) -> str:
    return json.dumps(asdict(inside), ensure_ascii=False)


def inside_from(seen: Mapping[str, Any]) -> Inside:
    """From the value that the JSON text holds."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - the child only writes, and starts faster without it

    return TypeAdapter(Inside).validate_python(seen)
