"""What the pads on the copper tell of a part whose package name does not: its class, its mounting, its joints.

A name that tells is believed; the pads only fill in what it leaves open.
"""

import re
from dataclasses import replace
from decimal import Decimal

from portal.board.design import Footprint
from portal.parts.packages import Mount, Package, PackageClass

P = PackageClass
CHIPS_MM = ((0.8, P.CHIP_01005), (1.2, P.CHIP_0201), (1.95, P.CHIP_0402), (2.7, P.CHIP_0603), (3.4, P.CHIP_0805))
FINE_PITCH_MM, FEW_LEADS = 0.65, 6
BY_KIND = {"leadless": P.QFN, "grid": P.BGA, "pins": P.THROUGH_HOLE}


def completed(package: Package, footprint: Footprint | None) -> Package:
    if footprint is None or not footprint.pads:
        return package
    found = package
    if found.package_class is P.UNKNOWN:
        found = replace(found, package_class=class_of(footprint))
    if found.mount is Mount.UNKNOWN:
        found = replace(found, mount=mount_of(footprint))
    if found.joints is None:
        found = replace(found, joints=footprint.pads)
    return found


def class_of(footprint: Footprint) -> PackageClass:
    if footprint.kind in BY_KIND:
        return BY_KIND[footprint.kind]
    if footprint.kind == "chip":
        length = length_mm(footprint)
        return next((name for limit, name in CHIPS_MM if length and length < limit), P.CHIP_1206)
    if footprint.kind == "gull-wing":
        if footprint.pitch_mm and footprint.pitch_mm <= FINE_PITCH_MM + 1e-6:
            return P.FINE_PITCH
        return P.SOT if footprint.pads <= FEW_LEADS else P.SOIC
    return P.UNKNOWN


def mount_of(footprint: Footprint) -> Mount:
    """Two holes in a shell of many pads hold a connector that is soldered in the oven."""
    return Mount.THROUGH_HOLE if 2 * footprint.through_holes > footprint.pads else Mount.SMD


def length_mm(footprint: Footprint | None) -> float | None:
    """The longer side of the box of its pads."""
    if footprint is None or footprint.width_mm is None or footprint.height_mm is None:
        return None
    return max(footprint.width_mm, footprint.height_mm)


NAMED_PITCH = re.compile(r"(?:^|[_-])P(\d{1,2}(?:\.\d{1,3})?)mm(?![0-9A-Za-z])")  # KiCad: PinHeader_1x04_P2.54mm


def pitch_mm(name: str, footprint: Footprint | None) -> Decimal | None:
    """From one pad to the next: as the package name says, else as the pads lie."""
    if named := NAMED_PITCH.search(name):
        return Decimal(named[1])
    return Decimal(str(footprint.pitch_mm)) if footprint and footprint.pitch_mm else None
