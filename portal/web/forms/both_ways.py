"""The assumptions behind one order built both ways, each within its bounds; an address is a calculation."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Self

from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, StringField
from wtforms.validators import ValidationError

from portal.costing.values import plain
from portal.routing.both_ways import ASSUMED, NAMES, Assumptions, Known

A_NUMBER = re.compile(r"[0-9]{1,7}(\.[0-9]{1,4})?")
# As the page shows them: what belongs together.
GROUPS: Mapping[str, tuple[str, ...]] = {
    "The order": ("boards", "parts", "with_pins", "joints_per_part", "material_days", "tail_days", "call_off"),
    "By hand": ("operators", "inserted_per_hour", "hand_set_up_min", "hand_minute", "hand_faults_ppm", "area_factor"),
    "On the line": ("placed_per_hour", "line_set_up_min", "line_minute", "line_faults_ppm"),
    "Both": ("hours_a_day", "rework_min"),
}


OF_THE_BOARD = frozenset({"parts", "with_pins", "joints_per_part", "placed_per_hour", "line_set_up_min"})
COUNTS = frozenset({"boards", "parts", "joints", "people"})  # a label that counts them needs no unit


def within(known: Known) -> Any:
    def check(_form: FlaskForm, field: Field) -> None:
        is_number = A_NUMBER.fullmatch(field.data or "")
        if not is_number or not known.least <= Decimal(field.data) <= known.most:
            raise ValidationError(f"Please give a number from {plain(known.least)} to {plain(known.most)}.")

    return check


class BothWaysForm(FlaskForm):
    """Sent by GET. A field for each assumption, put there below: they are listed once, in the routing room."""

    class Meta:
        csrf = False

    counted: frozenset[str] = frozenset()
    is_for_staff: bool = False

    @classmethod
    def about(
        cls, usual: Assumptions, sent: MultiDict[str, str], *, counted: frozenset[str], is_for_staff: bool = False
    ) -> Self:
        """What was not sent stays as the usual; `counted` was read from the customer's own board.

        Staff read where a figure was published, too; to a customer the names of other makers say nothing.
        """
        form = cls(formdata=sent, data={name: plain(getattr(usual, name)) for name in NAMES})
        form.counted, form.is_for_staff = counted, is_for_staff
        return form

    @property
    def assumptions(self) -> Assumptions:
        return Assumptions(**{name: Decimal(self[name].data) for name in NAMES})

    @property
    def groups(self) -> list[tuple[str, list[tuple[Field, str]]]]:
        """Each field with where its usual value is from."""
        return [(title, [(self[name], self.source(name)) for name in names]) for title, names in GROUPS.items()]

    def source(self, name: str) -> str:
        if name in self.counted:
            return "counted on your board"
        if self.counted and name == "boards":
            return "as many as you like"
        known = ASSUMED[name]
        return f"{known.source if self.is_for_staff else known.reason}; grade {known.grade}"


for name, known in ASSUMED.items():
    label = known.label if known.unit in COUNTS else f"{known.label}, {known.unit}"
    setattr(BothWaysForm, name, StringField(label, [within(known)]))
