"""What a customer chooses on the price page: quantities, how the board is made, and who buys which part."""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Self

from flask import current_app
from flask_wtf import FlaskForm
from werkzeug.datastructures import MultiDict
from wtforms import Field, SelectChoice, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import Length, ValidationError

from portal.board.design import Design
from portal.routing.choices import load_options
from portal.routing.options import BuildOptions
from portal.web.options import OFFERED, ON_TOP, as_text, choices_of, of_text

LARGEST = 100_000
MOST_QUANTITIES = 12
MOST_SUPPLIED = 10_000_000
USUAL = "1, 10, 100, 1000"
SEPARATORS = re.compile(r"[\s,;]+")
WHOLE = re.compile(r"[0-9]{1,6}")
ENTRY = re.compile(r"(?P<name>.+?)[\s:=×]+(?P<count>[0-9]{1,8})")


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


def supplied_of(text: str, names: Iterable[str]) -> tuple[tuple[str, int], ...]:
    """A part and how many of it on each line, or between semicolons. ValueError with a sentence for the customer."""
    known = {name.casefold(): name for name in names}
    found: dict[str, int] = {}
    for entry in filter(None, (entry.strip() for entry in re.split(r"[\n;]", text))):
        read = ENTRY.fullmatch(entry)
        name = known.get(read["name"].casefold()) if read else None
        if read is None:
            raise ValueError(f"“{entry[:40]}” gives no count. Please write a part and how many you supply: R-1K 200.")
        if name is None:
            raise ValueError(f"“{read['name'][:40]}” is no part of this board. Please write it as the BOM names it.")
        if int(read["count"]) > MOST_SUPPLIED or name in found:
            raise ValueError(f"“{entry[:40]}”: please name each part once, with at most {MOST_SUPPLIED:,} pieces.")
        found[name] = int(read["count"])
    return tuple(sorted((name, count) for name, count in found.items() if count))


def checked_by(read: Callable[[FlaskForm, str], object]) -> Callable[[FlaskForm, Field], None]:
    """What cannot be read is said beside its field."""

    def check(form: FlaskForm, field: Field) -> None:
        try:
            read(form, field.data)
        except ValueError as fault:
            raise ValidationError(str(fault)) from fault

    return check


@cache
def usual_build(config: Path) -> BuildOptions:
    """What a customer finds chosen; read once, as the shop's other files are when the portal starts."""
    path = config / "options.toml"
    return load_options(path) if path.exists() else BuildOptions()


def usual_options() -> BuildOptions:
    return usual_build(current_app.extensions["settings"].config_dir)


def names_of(design: Design) -> list[str]:
    return list(dict.fromkeys(line.name for line in design.fitted_lines))


class ChoiceForm(FlaskForm):
    """Sent by GET, so that an address is a choice: nothing is written, and no token is needed.

    It has a field for each of OFFERED, too, put there below: the options of the routing room are the only list of them.
    """

    class Meta:
        csrf = False

    quantities = StringField(
        "Quantities", [Length(max=120), checked_by(lambda _, text: quantities_of(text))], default=USUAL
    )
    consigned = SelectMultipleField("Parts that you supply", choices=())
    supplied = TextAreaField(
        "Parts of which you supply some",
        [Length(max=10_000), checked_by(lambda form, text: supplied_of(text, form.consigned.choices))],
        default="",
    )

    @classmethod
    def about(cls, design: Design, sent: MultiDict[str, str], *, was_built: bool = False) -> Self:
        """The form for this board: only its own parts can be supplied, and only what was built can be repeated."""
        usual = usual_options()
        form = cls(formdata=sent, data={name: as_text(getattr(usual, name)) for name in OFFERED})
        form.consigned.choices = names_of(design)
        if not any(line.alternates for line in design.fitted_lines):
            del form.alternates
        if not was_built:
            del form.repeat_order
        return form

    @property
    def on_top(self) -> list[Field]:
        return [self[name] for name in ON_TOP]

    @property
    def further(self) -> list[Field]:
        return [self[name] for name in OFFERED if name in self and name not in ON_TOP]

    @property
    def changed(self) -> list[str]:
        """Which of the further options are not as the shop proposes them."""
        return [field.label.text for field in self.further if field.data != field.object_data]

    @property
    def options(self) -> BuildOptions:
        chosen = {name: of_text(name, self[name].data) for name in OFFERED if name in self}
        consigned = frozenset(self.consigned.data or ())
        return BuildOptions(**chosen, consigned=consigned, supplied=self.supplied_parts)

    @property
    def supplied_parts(self) -> tuple[tuple[str, int], ...]:
        return supplied_of(self.supplied.data or "", self.consigned.choices)

    @property
    def chosen_quantities(self) -> tuple[int, ...]:
        return quantities_of(self.quantities.data)

    @property
    def query(self) -> Mapping[str, Any]:
        """The same choice as an address, or as hidden fields."""
        return query_of(self.options, self.chosen_quantities)


def select(name: str) -> Any:
    label, words = choices_of(name)
    return SelectField(label, choices=[SelectChoice(value, said) for value, said in words.items()])


for offered in OFFERED:
    setattr(ChoiceForm, offered, select(offered))


def query_of(options: BuildOptions, quantities: tuple[int, ...]) -> Mapping[str, Any]:
    """What the form would send for this choice."""
    return {
        "quantities": ", ".join(map(str, quantities)),
        **{name: as_text(getattr(options, name)) for name in OFFERED},
        "consigned": sorted(options.consigned),
        "supplied": "; ".join(f"{name} {count}" for name, count in options.supplied),
    }
