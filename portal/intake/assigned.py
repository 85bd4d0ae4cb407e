"""A file of the package with what it is taken for."""

import hashlib
import re
from dataclasses import dataclass

from portal.board.design import FileRole, SourceFile
from portal.intake.archives import Member

BOTTOM_LAYER = 9_999  # sorts behind every inner layer
PLANE = re.compile(r"\.gp\d+$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Assigned:
    """A file with its role. `stem` is the board's own name in the file name; `raw_layer` sorts copper, 1 on top.

    `contradiction` is the side that the file's name claims where its content claims the other. `span` are the first
    and last copper layer that a drill file's holes go through. `is_guess`: only what it draws speaks for its role.
    """

    member: Member
    file: SourceFile
    stem: str = ""
    plated: bool | None = None
    raw_layer: int | None = None
    contradiction: str = ""
    span: tuple[int, int] | None = None
    is_guess: bool = False


def is_plane(plot: Assigned) -> bool:
    """Protel numbers planes (.GP1) apart from the signal layers (.G1)."""
    return bool(PLANE.search(plot.file.name))


def source_file(member: Member, role: FileRole, evidence: str, **known: object) -> SourceFile:
    return SourceFile(
        name=member.name,
        role=role,
        bytes=len(member.data),
        sha256=hashlib.sha256(member.data).hexdigest(),
        evidence=evidence,
        **known,  # type: ignore[arg-type]
    )
