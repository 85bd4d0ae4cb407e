"""Where the decimal point stands in a drill file that does not write it.

The header often says nothing, or says it wrong. The board knows better: of all readings the one is right with which
the holes fall on the copper, and fill it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from portal.intake.drill_header import MM_PER_INCH, Header
from portal.intake.words import Words

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]

SAMPLE = 5_000
LARGEST_PANEL_MM = 700.0
MARGIN_MM = 2.0  # holes may stand outside the copper, not far
CLEARLY_BETTER = 0.2  # of 1.5: what a reading must gain over one that is more usual
PLAINLY_WRONG = 0.6  # what it must gain over the one that the file states in full

_USUAL_DIGITS = {MM_PER_INCH: ((2, 4), (2, 3), (2, 5), (2, 6)), 1.0: ((3, 3), (4, 2), (3, 2), (4, 4), (4, 3), (3, 5))}
_INCH_SIZES_BELOW = 0.26  # no tool list has only holes below 0.26 mm, or one above 0.26 inch


@dataclass(frozen=True)
class Reading:
    mm_per_unit: float
    whole: int
    decimals: int
    trailing_omitted: bool

    def millimetres(self, words: Words, index: NDArray[np.int64]) -> Floats:
        value, digits = words.value[index], words.digits[index]
        scale = 10.0 ** (self.whole - digits) if self.trailing_omitted else 10.0**-self.decimals
        return np.where(words.dotted[index] | words.writes_points, value, value * scale) * self.mm_per_unit

    def __str__(self) -> str:
        unit = "mm" if self.mm_per_unit == 1 else "inch"
        zeros = "trailing" if self.trailing_omitted else "leading"
        return f"{unit}, {self.whole}:{self.decimals} digits, {zeros} zeros left out"


def readings(header: Header, words: Words) -> Iterator[Reading]:
    """All that the file may mean, the most usual first. What the header states is not varied."""
    units = [header.mm_per_unit] if header.mm_per_unit else _likely_units(header)
    first = _omits_trailing(words) if header.trailing_omitted is None else header.trailing_omitted
    for omitted in (first, not first):
        for unit in units:
            if header.whole is not None and header.decimals is not None:
                yield Reading(unit, header.whole, header.decimals, omitted)
            for whole, decimals in _USUAL_DIGITS[unit]:
                yield Reading(unit, whole, decimals, omitted)


def _omits_trailing(words: Words) -> bool:
    """Numbers of several lengths, some with a zero in front and none with one at the end: those were left out."""
    index = np.concatenate((words.where("X"), words.where("Y")))
    value, digits = np.abs(words.value[index]), words.digits[index]
    some = (value > 0) & ~words.dotted[index]
    value, digits = value[some], digits[some]
    if not len(value) or digits.min() == digits.max():
        return False
    has_zero_in_front = digits > np.floor(np.log10(value)) + 1
    return bool(has_zero_in_front.any() and (value % 10 != 0).all())


def _likely_units(header: Header) -> list[float]:
    sizes = [size for size in header.sizes.values() if size == size]  # noqa: PLR0124 - NaN is not itself
    inch_first = bool(sizes) and max(sizes) < _INCH_SIZES_BELOW
    return [MM_PER_INCH, 1.0] if inch_first else [1.0, MM_PER_INCH]


def chosen(words: Words, header: Header, near: Box | None) -> Reading:
    """The reading under which the holes fit the board best; the most usual one where nothing can be compared."""
    candidates = list(readings(header, words))
    if near is None or not len(words.where("X")) or not len(words.where("Y")):
        return next((reading for reading in candidates if _is_plausible(reading, words)), candidates[0])
    best, best_fit = candidates[0], _fit(candidates[0], words, near)
    stated = header.mm_per_unit is not None and header.whole is not None
    needed = PLAINLY_WRONG if stated else CLEARLY_BETTER
    for candidate in candidates[1:]:
        fit = _fit(candidate, words, near)
        if fit > best_fit + needed:
            best, best_fit, needed = candidate, fit, CLEARLY_BETTER
    return best


def _sample(words: Words, letter: str) -> NDArray[np.int64]:
    """Some thousand coordinates decide as well as a million."""
    index = words.where(letter)
    return index[:: max(len(index) // SAMPLE, 1)]


def _is_plausible(reading: Reading, words: Words) -> bool:
    return all(
        float(np.ptp(reading.millimetres(words, index))) < LARGEST_PANEL_MM
        for letter in "XY"
        if len(index := _sample(words, letter))
    )


def _fit(reading: Reading, words: Words, near: Box) -> float:
    """Share of the numbers on the board, plus up to one half for how much of it they span."""
    total = 0.0
    for letter, low, high in (("X", near[0], near[2]), ("Y", near[1], near[3])):
        at = reading.millimetres(words, _sample(words, letter))
        inside = (at >= low - MARGIN_MM) & (at <= high + MARGIN_MM)
        span = (at[inside].max() - at[inside].min()) / max(high - low, 1e-6) if inside.any() else 0.0
        total += float(inside.mean()) + 0.5 * min(float(span), 1.0)
    return total / 2
