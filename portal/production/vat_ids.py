"""VAT ids as people write them: cleaned, and checked by the format and the check digits of their country.

Whether an id is alive only the tax offices know (VIES); that is for sales to confirm.
"""

from dataclasses import dataclass

from stdnum import get_cc_module
from stdnum.eu import vat as eu_vat
from stdnum.exceptions import ValidationError

from portal.errors import BadInput

PREFIXES = {"GR": ("EL",), "GB": ("GB", "XI"), "MC": ("FR",)}
LONGEST = 20
SEPARATORS = str.maketrans("", "", ".,-/")


@dataclass(frozen=True, slots=True)
class VatId:
    """`is_checked`: the format of its country is known, and it fits."""

    number: str
    is_checked: bool


def read_vat_id(text: str, *, country: str) -> VatId:
    """The id in one form, with its prefix; BadInput says what does not fit."""
    number = "".join(text.split()).translate(SEPARATORS).upper()
    if not number:
        return VatId("", is_checked=False)
    if not number.isascii() or len(number) > LONGEST:
        raise BadInput(f"“{text[:30]}” is not a VAT id. Please copy it from the register, or leave it empty.")
    if country == "GB" and number.startswith("XI"):
        return _checked(number, country=country, is_valid=_fits("GB", number[2:]))
    if country.lower().replace("mc", "fr") in eu_vat.MEMBER_STATES:
        return _member_id(number, country)
    if not number[:2].isalpha() and _fits(country, country + number):
        number = country + number  # on an invoice an id without its prefix is none
    return VatId(number, is_checked=_fits(country, number))


def _member_id(number: str, country: str) -> VatId:
    prefixes = PREFIXES.get(country, (country,))
    if not number[:2].isalpha():
        number = prefixes[0] + number
    elif number[:2] == country:  # Greeks write GR as well as EL
        number = prefixes[0] + number[2:]
    if number[:2] not in prefixes and number[:2].lower().replace("el", "gr") in eu_vat.MEMBER_STATES:
        raise BadInput(f"{number} is a VAT id of {number[:2]}, the address is in {country}. Please check both.")
    return _checked(number, country=country, is_valid=eu_vat.is_valid(number))


def _checked(number: str, *, country: str, is_valid: bool) -> VatId:
    if not is_valid:
        raise BadInput(f"{number} does not have the form of a VAT id of {country}. Please check each digit.")
    return VatId(number, is_checked=True)


def _fits(country: str, number: str) -> bool:
    module = get_cc_module(country.lower(), "vat")
    if module is None:
        return False
    try:
        module.validate(number)
    except ValidationError:
        return False
    return True
