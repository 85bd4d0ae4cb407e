"""The value of a passive part as people write it: 4k7, 4.7 kΩ, 10K, 100n, 0.1uF, 100NF, 2R2; 1N4148 is none."""

import re
from decimal import Decimal

PREFIXES = {"p": -12, "n": -9, "u": -6, "µ": -6, "μ": -6, "m": -3, "": 0, "r": 0, "k": 3, "M": 6, "G": 9}
UNITS = re.compile(r"((?i:ohms?)|Ω|Ω|farad|F|H|R)$")
VALUE = re.compile(
    r"^(?P<whole>\d+)(?:(?P<mid>[pnuUµμmkKMGrR])(?P<after>\d+)|\.(?P<part>\d+))?(?P<prefix>[pPnNuUµμmkKMG]?)$"
)


def value_of(text: str) -> Decimal | None:
    """In ohms, farads or henries; None where it is no plain value. What follows a space or a slash is not read."""
    word = UNITS.sub("", re.split(r"[\s/,]", re.sub(r"(?<=\d)\s+(?=[a-zA-ZµμΩΩ])", "", text.strip()), maxsplit=1)[0])
    found = VALUE.match(word)
    if not found or (found["mid"] and found["prefix"]):
        return None
    digits = Decimal(f"{found['whole']}.{found['after'] or found['part'] or 0}")
    letter = found["mid"] or found["prefix"]
    power = PREFIXES[letter if letter in PREFIXES else letter.lower()]
    return digits.scaleb(power) or None
