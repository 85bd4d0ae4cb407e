"""Part lists in sentences: "- 5x SMD 0805 Capacitor 1uF - C1, C2"."""

from portal.intake.designators import looks_like_designators

HEADINGS = ["Quantity", "Description", "Designator"]
FEWEST_ITEMS = 3
BULLETS = "-*•+ \t"
DASHES = (" - ", " – ", " — ", ": ")


def prose_rows(text: str) -> list[list[str]] | None:
    """Rows at their line numbers, headings in the line above the first item; None: this is no such list."""
    rows = [_item(line) for line in text.splitlines()]
    items = [row for row in rows if row]
    named = [row for row in items if row[2]]
    if len(named) < FEWEST_ITEMS or len(named) * 2 < len(items):
        return None
    first = next(at for at, row in enumerate(rows) if row)
    return [*rows[: first - 1], HEADINGS, *rows[first:]] if first else None


def _item(line: str) -> list[str]:
    """Quantity, description, designators; empty for a line that counts nothing."""
    count, _, rest = line.strip(BULLETS).partition(" ")
    if not count.casefold().endswith(("x", "×")) or not 1 < len(count) < 6 or not count[:-1].isdecimal():
        return []
    for dash in DASHES:
        what, _, names = rest.rpartition(dash)
        if what and looks_like_designators(names):
            return [count[:-1], what.strip(), names.strip()]
    return [count[:-1], rest.strip(), ""]
