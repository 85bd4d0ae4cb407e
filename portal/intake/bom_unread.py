"""Files that are named like a part list and hold none that can be read: what they are instead, and what to send."""

import re
from collections.abc import Iterator, Sequence

from portal.board.design import FileRole, Finding, Severity
from portal.intake.assigned import Assigned

NAMED_LIKE_A_LIST = re.compile(
    r"(?<![a-z])(?:e?boms?|b\.o\.m|parts?[-_ .]?lists?|bill[-_ ]of[-_ ]materials?|component[-_ ]?lists?|"
    r"st(?:ü|ue)cklisten?|best(?:ü|ue)cklisten?|best(?:ü|ue)ckungslisten?|materiallisten?|nomenclatures?|"
    r"liste[-_ ]d(?:es?|')[-_ ]?composants|lista[-_ ](?:de[-_ ])?(?:materiales|materiais|componentes)|"
    r"distinta(?:[-_ ]base|[-_ ]materiali)?|lista[-_ ]componenti|sastavnica|popis[-_ ]dijelova)(?![a-z])"
    r"|物料清单|物料清單|元件清单|元件清單|材料表|部品表|部品リスト|부품표|부품목록|자재명세서"
    r"|спецификация|перечень[-_ ]элементов"
)
NOT_LOOKED_AT = re.compile(r"\.(?:gbr|g[tb][lsop]|drl|kicad_\w+|sch|brd|json|ya?ml|md|py|js|ulp|ini|config)$")
# The beginning of the file, or its suffix -> what it is, in the customer's words.
KINDS: tuple[tuple[bytes, str, str], ...] = (
    (b"%PDF", "", "a PDF"),
    (b"\x89PNG", "", "a picture"),
    (b"\xff\xd8\xff", "", "a picture"),
    (b"GIF8", "", "a picture"),
    (b"{\\rtf", "", "a text document"),
    (b"", ".docx", "a Word document"),
    (b"", ".doc", "a Word document"),
    (b"", ".odt", "a text document"),
    (b"", ".pages", "a text document"),
    (b"", ".iwa", "a Numbers document"),
    (b"", ".xlsb", "a binary workbook (.xlsb)"),
    (b"", ".gsheet", "a link to a sheet on the web"),
    (b"", ".url", "a link"),
    (b"", ".lnk", "a link"),
)
PAPERS = frozenset({FileRole.DOCUMENT, FileRole.UNKNOWN})
REMEDY = "Save it as .xlsx or .csv with a column of designators, or name its columns on the page of the board."


def lists_not_read(files: Sequence[Assigned]) -> Iterator[Finding]:
    """For a package in which no part list was read. Those that were taken for one have said themselves why not."""
    said: set[str] = set()
    for assigned in files:
        name = _whole_name(assigned.file.name)
        if assigned.file.role not in PAPERS or name in said or not _is_named_like_one(name):
            continue
        said.add(name)
        kind = _kind(assigned)
        text = (
            f"is named like a part list, but is {kind}." if kind else "is named like a part list; no parts were found."
        )
        yield Finding(Severity.ASK, "list-not-read", name, text, REMEDY)


def _is_named_like_one(name: str) -> bool:
    last = name.rpartition("/")[2].lower()
    return bool(NAMED_LIKE_A_LIST.search(last)) and not NOT_LOOKED_AT.search(last)


def _whole_name(name: str) -> str:
    """Of a piece of a Numbers document, which is a zip: that of the document."""
    return name.partition("/Index/")[0] if name.lower().endswith(".iwa") else name


def _kind(assigned: Assigned) -> str:
    data, name = assigned.member.data, assigned.file.name.lower()
    return next((kind for magic, suffix, kind in KINDS if data.startswith(magic) and name.endswith(suffix)), "")
