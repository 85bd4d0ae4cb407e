"""What a row of a part list says about leaving its part, or some of its designators, off the build."""

from portal.board.design import BomLine, Severity
from portal.intake import not_fitted
from portal.intake.bom_cells import Row
from portal.intake.designators import Designators, read_designators
from portal.intake.headings import plain
from portal.intake.not_fitted import Fitting

NO_VALUE = frozenset({"n a", "na", "not used", "unused", "none", "keine", "open", "offen"})


def left_off(row: Row, line: BomLine) -> tuple[str, ...]:
    """Designators that a note leaves off while others of the row stay: "NF(C199)"."""
    note = row.cell("notes")
    if not note or len(line.designators) < 2 or len(note) > 500:
        return ()
    rest = not_fitted.without_phrases(note)
    if rest == note or not rest:
        return ()
    named = set(read_designators(rest).names)
    return tuple(name for name in line.designators if name in named) if named < set(line.designators) else ()


def marked_off(row: Row, found: Designators) -> tuple[str, ...]:
    """Designators with the mark behind them: "R5 (DNP)". What another mark means is asked, "(2x)" is no mark."""
    marks = {name: (not_fitted.in_cell(mark), mark) for name, mark in found.noted if not mark[:1].isdigit()}
    unsure = [f"{name}: {mark}" for name, (said, mark) in marks.items() if said is not Fitting.NOT_FITTED]
    if unsure:
        row.say(
            Severity.ASK,
            "not-fitted-unsure",
            f"has a mark behind {unsure[0][:40]}; it is taken as fitted",
            remedy="Mark the row DNP if the part is to be left off.",
        )
    return tuple(name for name, (said, _) in marks.items() if said is Fitting.NOT_FITTED)


def is_not_fitted(row: Row, quantity: int | None) -> bool:
    said = [
        not_fitted.in_not_fitted_column(row.cell("not_fitted")),
        not_fitted.in_fitted_column(row.cell("fitted")),
        *(not_fitted.in_cell(row.cell(word)) for word in ("value", "notes", "mpn", "quantity")),
        *(_in_words(row.cell(word)) for word in ("description", "manufacturer", "supplier_part", "package")),
        not_fitted.in_optional_column(row.cell("optional")),
        Fitting.UNSURE if plain(row.cell("value")) in NO_VALUE else Fitting.UNSAID,
    ]
    if Fitting.NOT_FITTED in said:
        return True
    if quantity == 0:
        row.say(
            Severity.ASK,
            "bom-quantity-zero",
            "has designators and quantity 0; it is taken as not fitted",
            remedy="Mark the row DNP, or write its quantity.",
        )
        return True
    if Fitting.UNSURE in said:
        row.say(
            Severity.ASK,
            "not-fitted-unsure",
            "has a word that may mean “not fitted”; it is taken as fitted",
            remedy="Mark the row DNP if the part is to be left off.",
        )
    return False


def _in_words(cell: str) -> Fitting:
    """Only whole phrases: a description may say "NC" of a relay and "optional" of anything."""
    said = not_fitted.in_cell(cell)
    return said if said is Fitting.NOT_FITTED else Fitting.UNSAID
