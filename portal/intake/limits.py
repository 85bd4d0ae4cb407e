"""Every limit on what a customer may send, in one table. `docs/limits` and the refusals quote from here.

The figures: PyPI's ratio rule, and three times the largest of 298 real packages.
"""

from dataclasses import dataclass

KIB, MIB, GIB = 1024, 1024**2, 1024**3


@dataclass(frozen=True, slots=True)
class Limits:
    """`ratio` counts only past `ratio_from_bytes`: a small file of blanks packs well and harms nobody."""

    package_bytes: int = 64 * MIB  # one uploaded file as it comes
    files_a_package: int = 200  # when they are sent one by one
    packages_an_hour: int = 20  # of one browser, or of one company
    bytes_a_day: int = 2 * GIB  # the same, all uploads together
    members: int = 5_000  # an ODB++ job has a folder for each symbol
    member_bytes: int = 128 * MIB
    total_bytes: int = 512 * MIB  # everything unpacked, nested archives included
    ratio: int = 50
    ratio_from_bytes: int = 64 * MIB
    nesting: int = 2  # archives inside the uploaded one
    name_bytes: int = 255

    address_space_bytes: int = 1 * GIB  # of the child that reads
    cpu_s: int = 60
    wall_s: int = 90
    open_files: int = 64
    written_bytes: int = 1 * MIB  # the child writes no files; this is for its core and temp habits
    result_bytes: int = 64 * MIB


LIMITS = Limits()
