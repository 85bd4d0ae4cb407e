"""Two rate cards side by side: what the one says that the other does not, charge by charge."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from portal.costing.cards import RateCard

LONGEST = 200  # of one value as it is told


@dataclass(frozen=True, slots=True)
class Difference:
    """`where` names a charge by its label, or a part of the card. Empty `before`: new; empty `after`: gone."""

    where: str
    what: str
    before: str
    after: str


def differences(old: RateCard, new: RateCard) -> tuple[Difference, ...]:
    """None where both say the same, in whatever order and words their files are written."""
    return tuple(_between(_said(old), _said(new)))


def _said(card: RateCard) -> dict[str, dict[str, Any]]:
    """Charge or part of the card -> key -> value; a label that is there twice is numbered."""
    whole = card.model_dump(mode="json", exclude_defaults=True)
    charges = whole.pop("charges", [])
    parts = {name: value for name, value in whole.items() if isinstance(value, dict)}
    said: dict[str, dict[str, Any]] = {"The card": {k: v for k, v in whole.items() if k not in parts}, **parts}
    for charge in charges:
        label, times = charge.pop("label"), 1
        name = label
        while name in said:
            times += 1
            name = f"{label} ({times})"
        said[name] = charge
    return said


def _between(old: Mapping[str, dict[str, Any]], new: Mapping[str, dict[str, Any]]) -> Iterator[Difference]:
    for where in dict.fromkeys([*old, *new]):
        before, after = old.get(where, {}), new.get(where, {})
        if where not in new or where not in old:
            whole = ("there", "") if where not in new else ("", "there")
            yield Difference(where, "the whole of it", *whole)
            continue
        for what in dict.fromkeys([*before, *after]):
            if before.get(what) != after.get(what):
                yield Difference(where, what, _told(before.get(what)), _told(after.get(what)))


def _told(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, Mapping):
        value = ", ".join(f"{key}: {_told(inner)}" for key, inner in value.items())
    text = ", ".join(map(_told, value)) if isinstance(value, list) else str(value)
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"
