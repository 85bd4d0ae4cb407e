"""Build options as a file: config/options.toml, and what `portal quote --options FILE.toml` is given."""

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

from pydantic import Field

from portal.routing.options import BuildOptions, Finish, MaskColour, Separation, TestLevel
from portal.routing.sourced import Data, Rate, checked

DEFAULTS = BuildOptions()


class Choices(Data):
    """Whatever is left out stays as the house proposes it."""

    finish: Finish = DEFAULTS.finish
    thickness_mm: Rate = DEFAULTS.thickness_mm
    mask_colour: MaskColour = DEFAULTS.mask_colour
    test: TestLevel = DEFAULTS.test
    first_article: bool = DEFAULTS.first_article
    wash: bool = DEFAULTS.wash
    programming: bool = DEFAULTS.programming
    coating: bool = DEFAULTS.coating
    separation: Separation = DEFAULTS.separation
    repeat_order: bool = DEFAULTS.repeat_order
    consigned: frozenset[str] = DEFAULTS.consigned
    supplied: Mapping[str, Annotated[int, Field(gt=0, lt=10**9, strict=True)]] = {}
    alternates: bool = DEFAULTS.alternates

    @property
    def options(self) -> BuildOptions:
        chosen = {name: getattr(self, name) for name in type(self).model_fields}
        return BuildOptions(**{**chosen, "supplied": tuple(sorted(self.supplied.items()))})


def read_options(text: str, *, file: str = "options.toml") -> BuildOptions:
    return checked(Choices, text, file=file).options


def load_options(path: Path) -> BuildOptions:
    return read_options(path.read_text(encoding="utf-8"), file=path.name)
