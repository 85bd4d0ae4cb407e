"""Numbers as people write them: 5.00mm, 393.7mil, 0,7874in, 90°, R270. Nothing that is no finite number."""

import math
import unicodedata

MM_PER = {"mm": 1.0, "inch": 25.4, "mil": 0.0254, "um": 0.001, "cm": 10.0}
UNIT_NAMES = {
    "mm": "mm",
    "millimeter": "mm",
    "millimeters": "mm",
    "millimetre": "mm",
    "millimetres": "mm",
    "in": "inch",
    "inch": "inch",
    "inches": "inch",
    '"': "inch",
    "mil": "mil",
    "mils": "mil",
    "thou": "mil",
    "th": "mil",
    "um": "um",
    "µm": "um",
    "μm": "um",
    "micron": "um",
    "microns": "um",
    "cm": "cm",
    "毫米": "mm",
    "мм": "mm",
    "英寸": "inch",
    "zoll": "inch",
    "pouce": "inch",
    "pouces": "inch",
    "pulgadas": "inch",
    "pollici": "inch",
    "дюйм": "inch",
    "дюймы": "inch",
}
DEGREES = ("degrees", "degree", "deg", "grad", "grados", "gradi", "degrés", "度", "град", "도")
LARGEST = 1e7  # mils of a board of 254 m: nothing real is above


def read_number(text: str) -> float | None:
    """A finite number with a point or a decimal comma; "1.234,5" and "1,234.5" both lose their thousands mark."""
    plain = unicodedata.normalize("NFKC", text[:40]).strip().replace("−", "-")
    if "," in plain and "." in plain:
        thousands = "," if plain.rfind(".") > plain.rfind(",") else "."
        plain = plain.replace(thousands, "")
    plain = plain.replace(",", ".")
    if not plain or "_" in plain or not any(character.isdigit() for character in plain):
        return None
    try:
        number = float(plain)
    except ValueError:
        return None
    return number if math.isfinite(number) and abs(number) <= LARGEST else None


def read_length(text: str) -> tuple[float, str | None] | None:
    """The number and the unit behind it ("mm", "inch", "mil"; None when there is none), or None."""
    plain = text.strip()[:40]
    digits = len(plain.rstrip('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ" '))
    number, unit = read_number(plain[:digits]), plain[digits:].strip().casefold()
    if number is None or (unit and unit not in UNIT_NAMES):
        return None
    return number, UNIT_NAMES.get(unit)


def read_angle(text: str) -> tuple[float, bool] | None:
    """Degrees in 0 to 360, and whether Eagle's M says that the part is mirrored; None when it is no angle."""
    plain = text.strip().rstrip("°º˚. ").casefold()
    for unit in DEGREES:
        plain = plain.removesuffix(unit).strip()
    plain = plain.upper()
    is_mirrored = plain.startswith("MR")
    number = read_number(plain.removeprefix("M").removeprefix("R"))
    return None if number is None else (number % 360.0, is_mirrored)
