"""ODB++ 7 and 8: a folder tree that holds the whole board."""

from collections.abc import Sequence

from portal.errors import PackageRefused
from portal.intake.archives import Member
from portal.intake.whole import WholeBoard

MATRIX = "matrix/matrix"


def odb_jobs(members: Sequence[Member]) -> dict[str, tuple[Member, ...]]:
    """The files of each ODB++ job in the package, by the folder that it lies in."""
    roots = [path[: -len(MATRIX)] for member in members if (path := _plain(member.name)).endswith(f"/{MATRIX}")]
    roots += ["" for member in members if _plain(member.name) == MATRIX]
    return {
        root.rstrip("/"): tuple(member for member in members if member.name.lower().startswith(root)) for root in roots
    }


def is_odb(members: Sequence[Member]) -> bool:
    return bool(odb_jobs(members))


def _plain(name: str) -> str:
    return name.lower().removesuffix(".z")


def read_odb(members: Sequence[Member], *, name: str) -> WholeBoard:
    raise PackageRefused(
        "odb-unread", f"{name} ({len(members)} files) is not read yet.", "Send the Gerber and drill files."
    )
