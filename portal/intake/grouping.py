"""Many findings of one kind become one: a customer reads ten lines, not four hundred."""

from collections.abc import Iterable
from dataclasses import replace

from portal.board.design import Finding

MOST_OF_A_KIND = 10
NAMED = 2


def grouped(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """As they came, but more than ten of a code become one finding: "R1, R2 and 14 more"."""
    by_code: dict[str, list[Finding]] = {}
    for finding in dict.fromkeys(findings):
        by_code.setdefault(finding.code, []).append(finding)
    return tuple(finding for same in by_code.values() for finding in _few(same))


def _few(same: list[Finding]) -> list[Finding]:
    if len(same) <= MOST_OF_A_KIND:
        return same
    return [replace(same[0], where=some(tuple(finding.where for finding in same)))]


def some(names: tuple[str, ...], named: int = NAMED) -> str:
    """The first names and how many more there are."""
    more = len(names) - named
    return ", ".join(names[:named]) + (f" and {more} more" if more > 0 else "")
