"""What stands in a centroid file and is no part: fiducials, test points, tooling and mounting holes, logos."""

from portal.board.design import Placement
from portal.intake.headings import plain

NAMES = frozenset(
    ["fid", "fd", "fm", "tp", "mh", "h", "hole", "logo", "ref", "tooling", "tfid", "bfid", "cfid", "fiducial"],
)
WORDS = (
    "fiducial",
    "testpoint",
    "test point",
    "mounting hole",
    "mountinghole",
    "tooling",
    "logo",
    "solder jumper",
)


def is_mark(placement: Placement) -> bool:
    """By its designator, its value or its package; nobody buys one."""
    words = f"{placement.value} {placement.package}".replace("_", " ").casefold()
    return plain(placement.designator.rstrip("0123456789")) in NAMES or any(word in words for word in WORDS)
