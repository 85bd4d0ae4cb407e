"""When a charge is made: conditions on drivers, in three answers: yes, no, and not known."""

from collections.abc import Container, Iterable, Mapping
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, model_validator

from portal.costing.derived import Value, Values
from portal.costing.names import Driver, Words, something
from portal.costing.values import is_plain_number, is_same
from portal.routing.sourced import Data, Rate


class Condition(Data):
    """All that is given must hold. `min` and `max` are allowed themselves, `above` and `below` are not."""

    min: Rate | None = None
    max: Rate | None = None
    above: Rate | None = None
    below: Rate | None = None
    one_of: Words | None = None
    none_of: Words | None = None

    @model_validator(mode="before")
    @classmethod
    def a_value_is_one_of_one(cls, given: Any) -> Any:
        """`finish = "enig"` and `copper_layers = [2, 4]` name what it is to be."""
        if isinstance(given, list):
            return {"one_of": given}
        return {"one_of": [given]} if isinstance(given, str | int | Decimal) else given

    @model_validator(mode="after")
    def can_hold(self) -> Self:
        """A condition that nothing meets would leave its charge out for ever, and nobody would see it."""
        floor = max([figure for figure in (self.min, self.above) if figure is not None], default=None)
        ceiling = min([figure for figure in (self.max, self.below) if figure is not None], default=None)
        if not self.model_fields_set:
            raise ValueError("expected at least one of min, max, above, below, one_of, none_of")
        if self.one_of == ():
            raise ValueError("can never hold: one_of names nothing")
        if self.one_of is not None and not any(self.may_be(name) for name in self.one_of):
            raise ValueError("can never hold: nothing that one_of names is left by the rest")
        if floor is not None and ceiling is not None and self.is_empty(floor, ceiling):
            raise ValueError(f"can never hold: nothing lies between {floor} and {ceiling}")
        return self

    def may_be(self, name: str) -> bool:
        """Whether a value that one_of names meets the rest of the condition."""
        return self.model_copy(update={"one_of": None}).takes(name)

    def takes(self, name: str) -> bool:
        return holds(self, Decimal(name) if is_plain_number(name) else name) is True

    def is_empty(self, floor: Decimal, ceiling: Decimal) -> bool:
        return floor > ceiling or (floor == ceiling and (self.above == floor or self.below == ceiling))

    @property
    def words(self) -> tuple[str, ...]:
        """Among the values that are named, those that no number ever is, such as "> 5"."""
        named = (*(self.one_of or ()), *(self.none_of or ()))
        return tuple(name for name in named if not is_plain_number(name))

    @property
    def is_of_numbers(self) -> bool:
        return any(figure is not None for figure in (self.min, self.max, self.above, self.below))


def never_both(one: Condition, other: Condition) -> bool:
    """No value meets the two: none that either names, or none between their bounds."""
    for named, rest in ((one, other), (other, one)):
        if named.one_of is not None:
            return not any(named.may_be(name) and rest.takes(name) for name in named.one_of)
    least = max((figure for c in (one, other) for figure in (c.min, c.above) if figure is not None), default=None)
    most = min((figure for c in (one, other) for figure in (c.max, c.below) if figure is not None), default=None)
    if least is None or most is None:
        return False
    return not any(holds(one, figure) and holds(other, figure) for figure in (least, (least + most) / 2, most))


Conditions = Annotated[Mapping[Driver, Condition], BeforeValidator(something)]


def never_met(name: str, condition: Condition, texts: Container[str]) -> str:
    """Why no value of this driver meets it: a number is no word, and a word reaches no number. Empty: one may."""
    if name in texts and condition.is_of_numbers:
        return f"{name} is text and never reaches a number; use one_of or none_of"
    if name not in texts and condition.words:
        return f"{name} is a number and never {condition.words[0]!r}; use min, max, above or below"
    return ""


def holds(condition: Condition, value: Value) -> bool | None:
    if value is None:
        return None
    if condition.one_of is not None and not any(is_same(key, value) for key in condition.one_of):
        return False
    if condition.none_of is not None and any(is_same(key, value) for key in condition.none_of):
        return False
    return is_within(condition, value) if isinstance(value, Decimal) else not condition.is_of_numbers


def is_within(condition: Condition, value: Decimal) -> bool:
    return (
        (condition.min is None or condition.min <= value)
        and (condition.max is None or value <= condition.max)
        and (condition.above is None or condition.above < value)
        and (condition.below is None or value < condition.below)
    )


def all_hold(conditions: Conditions, values: Values) -> bool | None:
    """One that fails is enough; only when none does, one that is not known counts."""
    answers = [holds(condition, values.get(name)) for name, condition in conditions.items()]
    return False if False in answers else None if None in answers else True


def any_holds(choices: Iterable[Conditions], values: Values) -> bool | None:
    """True of no choices at all: nothing is asked."""
    answers = [all_hold(conditions, values) for conditions in choices]
    return True if True in answers or not answers else None if None in answers else False
