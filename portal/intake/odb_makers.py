"""Who makes the parts of an ODB++ job: the records behind each component, and the part list in steps/<step>/boms.

Both name a part of the house (CPN) and the makers' numbers for it: the chosen one, and others that are allowed.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from portal.board.design import Alternate
from portal.intake.native_parts import said

RATED = re.compile(r"\d+ +([YN])\b *(.*)")  # behind a component: whether it is qualified, whether it is chosen
MOST_RECORDS = 500_000
SECTIONS = {"RD_CPN": "RD_CPN_END", "CPN_MPN": "CPN_MPN_END", "CP": "CP_END"}
HEADINGS = {"REFDES", "REF DES", "REFERENCE", "DESIGNATOR"}  # the first row of the customer's table, read with it


@dataclass(slots=True)
class Makers:
    """One part's numbers while they are read. VPL: as the library of the one who prepared the job spells them."""

    found: list[tuple[bool, Alternate]] = field(default_factory=list)
    open: dict[str, str] = field(default_factory=dict)

    def take(self, kind: str, text: str) -> None:
        """VPL_VND, VPL_MPN, VND and MPN, in this order; then the next maker's."""
        if kind in self.open or (kind == "VPL_VND" and self.open):
            self._close()
        self.open[kind] = text
        if kind == "MPN":
            self._close()

    def _close(self) -> None:
        rated = RATED.fullmatch(self.open.get("MPN", ""))
        own = rated[2] if rated else self.open.get("MPN", "")
        self.add(
            said(self.open.get("VPL_MPN", "")) or said(own),
            said(self.open.get("VPL_VND", "")) or said(self.open.get("VND", "")),
            chosen=bool(rated and rated[1] == "Y"),
        )
        self.open = {}

    def add(self, mpn: str, manufacturer: str, *, chosen: bool) -> None:
        if mpn or manufacturer:
            self.found.append((chosen, Alternate(mpn, manufacturer)))

    def parts(self) -> tuple[Alternate, ...]:
        """The chosen one first, each once."""
        if self.open:
            self._close()
        ranked = sorted(self.found, key=lambda each: not each[0])
        return tuple(dict.fromkeys(part for _, part in ranked))


@dataclass(slots=True)
class Listed:
    """What the part list says of one designator."""

    part: str
    not_fitted: bool = False
    description: str = ""
    makers: Makers = field(default_factory=Makers)


def read_part_list(text: str) -> Mapping[str, Listed]:
    """By designator. A list cut short says what it says; what is no list says nothing."""
    makers: dict[str, Makers] = {}
    listed: dict[str, Listed] = {}
    descriptions: dict[str, str] = {}
    for section, record in _records(text):
        part = record.get("CPN", "")
        if section == "RD_CPN" and record.get("REF") and record["REF"].upper() not in HEADINGS:
            listed.setdefault(record["REF"], Listed(part, record.get("NO_POP", "0") not in {"", "0"}))
        elif section == "CPN_MPN":
            number = said(record.get("VPL_MPN", "")) or said(record.get("MPN", ""))
            maker = said(record.get("VPL_VND", "")) or said(record.get("VND", ""))
            makers.setdefault(part, Makers()).add(number, maker, chosen=record.get("CHS") == "1")
        elif section == "CP":
            descriptions[part] = said(record.get("DSC", ""))
    for each in listed.values():
        each.makers = makers.get(each.part, each.makers)
        each.description = descriptions.get(each.part, "")
    return listed


def _records(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """(its section, its lines by their first word); empty lines part the records."""
    section, record = "", dict[str, str]()
    for line in text.split("\n")[:MOST_RECORDS]:
        word, _, rest = line.strip().partition(" ")
        if word in SECTIONS:
            section = word
        elif word and word != SECTIONS.get(section):
            record.setdefault(word, rest.strip())
            continue
        if record:
            yield section, record
        record = {}
    if record:
        yield section, record
