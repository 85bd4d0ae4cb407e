"""What a file says of itself in X2 attributes, in comments too, and what a Gerber job file says of the others."""

import json
import re
from collections.abc import Sequence

from portal.board.design import FileRole, Side
from portal.intake.archives import Member
from portal.intake.assigned import Assigned, source_file

HEAD_BYTES = 20_000
FILE_FUNCTION = re.compile(rb"TF\.FileFunction,([A-Za-z0-9,_. -]{1,100})")
GENERATOR = re.compile(rb"TF\.GenerationSoftware,([^*\r\n]{1,120})")
LAYER_NUMBER = re.compile(r"L(\d{1,3})")

FUNCTIONS: dict[str, FileRole] = {
    "copper": FileRole.COPPER,
    "soldermask": FileRole.MASK,
    "paste": FileRole.PASTE,
    "legend": FileRole.LEGEND,
    "profile": FileRole.OUTLINE,
    "plated": FileRole.DRILL,
    "nonplated": FileRole.DRILL,
    "mixedplating": FileRole.DRILL,
}


def function_of(data: bytes) -> str | None:
    """Its X2 file function, where it says one."""
    said = FILE_FUNCTION.search(data[:HEAD_BYTES])
    return said.group(1).decode() if said else None


def generator_of(data: bytes) -> str | None:
    """Vendor,Application,Version: the last two, without the vendor."""
    said = GENERATOR.search(data[:HEAD_BYTES])
    if not said:
        return None
    parts = [part.strip() for part in said.group(1).decode("utf-8", "replace").split(",") if part.strip()]
    return " ".join(parts[1:] or parts)[:80]


def by_function(member: Member, said: str, who: str) -> Assigned:
    """Copper,L3,Inr · Soldermask,Top · Plated,1,4,PTH · Profile,NP: all other functions are drawings."""
    words = [word.strip() for word in said.split(",")]
    role = FUNCTIONS.get(words[0].lower(), FileRole.DRAWING)
    side = Side.TOP if "Top" in words else Side.BOTTOM if "Bot" in words else None
    number = LAYER_NUMBER.fullmatch(words[1]) if role is FileRole.COPPER and len(words) > 1 else None
    is_drill = role is FileRole.DRILL
    return Assigned(
        member,
        source_file(member, role, f"{who}: {said.strip()}", side=None if is_drill else side),
        plated={"plated": True, "nonplated": False}.get(words[0].lower()),
        raw_layer=int(number.group(1)) if number else None,
        span=_span(words[1:3]) if is_drill else None,
    )


def _span(words: list[str]) -> tuple[int, int] | None:
    if len(words) < 2 or not all(word.isascii() and word.isdigit() and len(word) < 4 for word in words):
        return None
    return int(words[0]), int(words[1])


def job_functions(members: Sequence[Member]) -> dict[str, str]:
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
