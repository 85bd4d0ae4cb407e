"""What a customer chooses on the price page: quantities, how the board is made, and who buys which part."""

import re
from collections.abc import Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, Self

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, SelectChoice, SelectField, SelectMultipleField, StringField
from wtforms.validators import Length, ValidationError

from portal.board.design import Design
from portal.routing.options import BuildOptions, Finish, MaskColour, TestLevel

LARGEST = 100_000
MOST_QUANTITIES = 12
USUAL = "1, 10, 100, 1000"
SEPARATORS = re.compile(r"[\s,;]+")
WHOLE = re.compile(r"[0-9]{1,6}")

FINISHES = {Finish.ENIG: "ENIG (gold)", Finish.HASL: "HASL, lead-free", Finish.OSP: "OSP"}
THICKNESSES_MM = ("0.8", "1.0", "1.2", "1.6", "2.0")
TESTS = {
    TestLevel.INSPECTION: "Inspection only",
    TestLevel.FLYING_PROBE: "Flying probe",
    TestLevel.FUNCTIONAL: "Functional test",
}


COLOURS = {colour: colour.value.capitalize() for colour in MaskColour}
USUAL_BUILD = BuildOptions()


def as_choices(words: Mapping[StrEnum, str]) -> list[SelectChoice]:
    return [SelectChoice(key.value, said) for key, said in words.items()]


def quantities_of(text: str) -> tuple[int, ...]:
    """1, 10, 1000: each once, in rising order. ValueError with a sentence for the customer."""
    words = [word for word in SEPARATORS.split(text.strip()) if word]
    if not words:
        raise ValueError("Please give at least one quantity, such as 100.")
    for word in words:
        if not WHOLE.fullmatch(word) or not 1 <= int(word) <= LARGEST:
            raise ValueError(f"“{word[:20]}” is not a quantity from 1 to {LARGEST:,}. Please separate them by commas.")
    found = tuple(sorted({int(word) for word in words}))
    if len(found) > MOST_QUANTITIES:
        raise ValueError(f"At most {MOST_QUANTITIES} quantities are priced at once. Please take some out.")
    return found


def check_quantities(_form: FlaskForm, field: Field) -> None:
    try:
        quantities_of(field.data)
    except ValueError as fault:
        raise ValidationError(str(fault)) from fault


class ChoiceForm(FlaskForm):
    """Sent by GET, so that an address is a choice: nothing is written, and no token is needed."""

    class Meta:
        csrf = False

    quantities = StringField("Quantities", [Length(max=120), check_quantities], default=USUAL)
    finish = SelectField("Surface finish", choices=as_choices(FINISHES), default=USUAL_BUILD.finish.value)
    thickness_mm = SelectField(
        "Thickness",
        choices=[SelectChoice(size, f"{size} mm") for size in THICKNESSES_MM],
        default=str(USUAL_BUILD.thickness_mm),
    )
    mask_colour = SelectField("Solder mask", choices=as_choices(COLOURS), default=USUAL_BUILD.mask_colour.value)
    test = SelectField("Test", choices=as_choices(TESTS), default=USUAL_BUILD.test.value)
    consigned = SelectMultipleField("Parts that you supply", choices=())

    @classmethod
    def about(cls, design: Design, sent: MultiDict[str, str]) -> Self:
        """The form for this board: only its own parts can be supplied."""
        form = cls(formdata=sent)
        form.consigned.choices = list(dict.fromkeys(line.name for line in design.fitted_lines))
        return form

    @property
    def options(self) -> BuildOptions:
        return BuildOptions(
            finish=Finish(self.finish.data),
            thickness_mm=Decimal(self.thickness_mm.data),
            mask_colour=MaskColour(self.mask_colour.data),
            test=TestLevel(self.test.data),
            consigned=frozenset(self.consigned.data or ()),
        )

    @property
    def chosen_quantities(self) -> tuple[int, ...]:
        return quantities_of(self.quantities.data)

    @property
    def query(self) -> Mapping[str, Any]:
        """The same choice as an address, or as hidden fields."""
        return query_of(self.options, self.chosen_quantities)


def query_of(options: BuildOptions, quantities: tuple[int, ...]) -> Mapping[str, Any]:
    """What the form would send for this choice."""
    return {
        "quantities": ", ".join(map(str, quantities)),
        "finish": options.finish.value,
        "thickness_mm": str(options.thickness_mm),
        "mask_colour": options.mask_colour.value,
        "test": options.test.value,
        "consigned": sorted(options.consigned),
    }
