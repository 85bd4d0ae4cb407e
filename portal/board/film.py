"""A layer alone, as it is shown: apart from what draws it (films.py), which is slow to load."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Film:
    """A PNG in one colour. `name` says what it is in the shop's words, `file` how its owner calls it."""

    name: str
    file: str
    png: bytes
