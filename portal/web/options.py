"""Build options in words: what each is called, and what each choice of it means. Rules as a table: WORDS."""

from collections.abc import Iterator, Mapping
from dataclasses import fields
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from portal.errors import BadInput
from portal.routing.options import BuildOptions, Finish, MaskColour, TestLevel

USUAL_BUILD = BuildOptions()
THICKNESSES_MM = ("0.8", "1.0", "1.2", "1.6", "2.0")
YES, NO = "yes", "no"

Words = Mapping[str, str]  # as an address says it -> as people say it
# Option -> what it is called, and its choices in the order in which they are offered.
WORDS: Mapping[str, tuple[str, Words]] = {
    "finish": ("Surface finish", {Finish.ENIG: "ENIG (gold)", Finish.HASL: "HASL, lead-free", Finish.OSP: "OSP"}),
    "thickness_mm": ("Thickness", {size: f"{size} mm" for size in THICKNESSES_MM}),
    "mask_colour": ("Solder mask", {colour: colour.value.capitalize() for colour in MaskColour}),
    "test": (
        "Test",
        {
            TestLevel.INSPECTION: "Inspection only",
            TestLevel.FLYING_PROBE: "Flying probe",
            TestLevel.FUNCTIONAL: "Functional test",
        },
    ),
    "first_article": ("First article", {YES: "First board checked part by part", NO: "No check of the first board"}),
    "programming": ("Programming", {NO: "None", YES: "Firmware into each board"}),
    "wash": ("Washing", {NO: "Not washed", YES: "Flux residues washed off"}),
    "coating": ("Conformal coating", {NO: "None", YES: "Coated, connectors masked"}),
    "separation": (
        "Boards parted by",
        {"v-score": "V-score", "mouse-bites": "Mouse bites", "routing": "Routing", "in-panels": "Left in panels"},
    ),
    "repeat_order": (
        "Built here before",
        {NO: "Priced as a first order", YES: "Stencil, programmes and fixture are kept"},
    ),
    "alternates": ("Alternates in your BOM", {YES: "May be bought where they cost less", NO: "Not without asking"}),
}
ON_TOP = ("finish", "thickness_mm", "mask_colour", "test")  # what nearly everybody chooses; the others open on a click
LISTS = frozenset({"consigned", "supplied"})


def choices_of(name: str) -> tuple[str, Words]:
    """An option that has no words yet is offered under its own name, so that none is ever hidden."""
    if name in WORDS:
        return WORDS[name]
    usual = getattr(USUAL_BUILD, name)
    values = [NO, YES] if isinstance(usual, bool) else [member.value for member in type(usual)]
    return _spoken(name), {value: _spoken(value) for value in values}


def _spoken(name: str) -> str:
    return name.replace("_", " ").replace("-", " ").capitalize()


OFFERED = tuple(dict.fromkeys([*ON_TOP, *(field.name for field in fields(BuildOptions) if field.name not in LISTS)]))


def as_text(value: Any) -> str:
    """One choice, as an address says it."""
    if isinstance(value, bool):
        return YES if value else NO
    return value.value if isinstance(value, StrEnum) else str(value)


def of_text(name: str, text: str) -> Any:
    usual = getattr(USUAL_BUILD, name)
    if isinstance(usual, bool):
        return text == YES
    try:
        return Decimal(text) if isinstance(usual, Decimal) else type(usual)(text)
    except (ValueError, InvalidOperation) as fault:  # a page that asks for the choice without looking at its errors
        raise BadInput("These options cannot be priced. Please go back to the prices and choose anew.") from fault


def in_words(options: BuildOptions) -> Iterator[tuple[str, str]]:
    """Every option with what was chosen, for people to check."""
    for name in OFFERED:
        label, words = choices_of(name)
        chosen = as_text(getattr(options, name))
        yield label, words.get(chosen, f"{chosen} mm" if name == "thickness_mm" else chosen)
    supplied = [f"{name} ({count:,})" for name, count in options.supplied]
    yield "Supplied by you", ", ".join([*sorted(options.consigned), *supplied]) or "nothing"
