"""A part list that is there and could not be read: nobody may tell its owner that he sent none."""

from portal.board.design import Design, FileRole, Finding

OF_LISTS = frozenset({"bom-empty", "list-not-read"})
OF_TABLES = frozenset(
    {"table-damaged", "table-too-large", "table-encrypted", "table-with-doctype", "table-format-unknown"}
)


def unread_lists(design: Design) -> tuple[Finding, ...]:
    """What was said of each file that looked like the part list; empty where one was read, or none was there."""
    if design.bom:
        return ()
    lists = {file.name for file in design.files if file.role is FileRole.BOM}
    return tuple(
        finding
        for finding in design.findings
        if finding.code in OF_LISTS or (finding.code in OF_TABLES and finding.where in lists)
    )
