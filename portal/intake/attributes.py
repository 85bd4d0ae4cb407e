"""What a file says of itself in X2 attributes, in comments too."""

import re

from portal.intake.archives import Member
from portal.intake.assigned import Assigned, source_file
from portal.intake.file_functions import FileFunction, file_function

HEAD_BYTES = 20_000
FILE_FUNCTION = re.compile(rb"TF\.FileFunction,([A-Za-z0-9,_. -]{1,100})")
GENERATOR = re.compile(rb"TF\.GenerationSoftware,([^*\r\n]{1,120})")


def function_of(data: bytes) -> FileFunction | None:
    """Its X2 file function, where it says one."""
    said = FILE_FUNCTION.search(data[:HEAD_BYTES])
    return file_function(said.group(1).decode()) if said else None


def generator_of(data: bytes) -> str | None:
    """Vendor,Application,Version: the last two, without the vendor."""
    said = GENERATOR.search(data[:HEAD_BYTES])
    if not said:
        return None
    parts = [part.strip() for part in said.group(1).decode("utf-8", "replace").split(",") if part.strip()]
    return " ".join(parts[1:] or parts)[:80]


def by_function(member: Member, function: FileFunction, who: str) -> Assigned:
    """The file as `who` says it is."""
    return Assigned(
        member,
        source_file(member, function.role, f"{who}: {function.said}", side=function.side),
        plated=function.plated,
        raw_layer=function.layer,
        span=function.span,
    )
