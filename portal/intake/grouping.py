"""Many findings of one kind become one: a customer reads ten lines, not four hundred."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import replace

from portal.board.design import Finding, Place

MOST_ALIKE = 3  # that say the same, each of one thing
MOST_OF_A_KIND = 10
NAMED = 2
NAMED_OF_ONE = 5


def grouped(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """As they came, but more than three that say the same become one, "R1, R2 and 14 more"; so do more than ten of
    a code, whatever they say. The place of that one keeps every designator.
    """
    few = _together(dict.fromkeys(findings), _words, most=MOST_ALIKE)
    return tuple(_together(few, _code, most=MOST_OF_A_KIND))


def _words(finding: Finding) -> Hashable:
    return finding.severity, finding.code, finding.message, finding.remedy


def _code(finding: Finding) -> Hashable:
    return finding.code


def _together(findings: Iterable[Finding], kind: Callable[[Finding], Hashable], *, most: int) -> list[Finding]:
    kinds: dict[Hashable, list[Finding]] = {}
    for finding in findings:
        kinds.setdefault(kind(finding), []).append(finding)
    return [finding for same in kinds.values() for finding in (same if len(same) <= most else [_one(same)])]


def _one(same: list[Finding]) -> Finding:
    """Named by its designators where they are known: a row of a part list says less to a customer."""
    every = [finding.place.designators for finding in same if finding.place]
    names = tuple(dict.fromkeys(name for designators in every for name in designators))
    if not names:
        return replace(same[0], where=some(tuple(finding.where for finding in same), NAMED_OF_ONE))
    return replace(same[0], where=some(names, NAMED_OF_ONE), place=Place(designators=names))


def some(names: tuple[str, ...], named: int = NAMED) -> str:
    """The first names and how many more there are."""
    more = len(names) - named
    return ", ".join(names[:named]) + (f" and {more} more" if more > 0 else "")
