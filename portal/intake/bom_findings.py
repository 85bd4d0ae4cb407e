"""What is said about a part list as a whole."""

from portal.board.design import Finding, Severity

MAPPING_REMEDY = "Name the columns of this file; the answer is remembered for the next one like it."


def columns_unsure(where: str) -> Finding:
    return Finding(
        Severity.ASK,
        "columns-unsure",
        where,
        "has no headings that are known; only what the cells prove was read",
        MAPPING_REMEDY,
    )


def no_parts(name: str) -> Finding:
    return Finding(
        Severity.STOP,
        "bom-empty",
        name,
        "has no parts in it that could be read",
        "Upload a part list with the columns Designator, Quantity, Value, Package, Manufacturer, MPN.",
    )


def no_designators(name: str) -> Finding:
    return Finding(
        Severity.ASK,
        "bom-no-designators",
        name,
        "has no column of designators, so its parts cannot be found on the board",
        "Name the column of designators, or add one with the names on the board, such as R1, R2.",
    )


def hidden_sheet(name: str) -> Finding:
    return Finding(
        Severity.ASK,
        "hidden-sheet",
        name,
        "is a hidden sheet with parts; it was not read",
        "Unhide the sheet if its parts belong to this build.",
    )


def listed_twice(sheet: str) -> Finding:
    return Finding(
        Severity.NOTE,
        "bom-listed-twice",
        sheet or "the part list",
        "lists the same designators a second time; they were counted once",
        "Nothing to do, if both lists say the same.",
    )


def another_list(other: str, taken: str) -> Finding:
    return Finding(
        Severity.ASK,
        "bom-several-lists",
        other,
        f"is another list that shares some designators; {taken} was taken",
        "Upload the list of this board only, or say which sheet it is.",
    )
