"""How often the pads of a part are as many as its package name promises: `python benchmarks/pads_corpus.py [SLUG …]`.

Names lie, too (a SOT-23-5 drawn with three pads): each disagreement is printed, to be looked at. Parts whose pads are
not sure, and names that promise nothing, are counted apart.
"""

import sys
from collections import Counter
from pathlib import Path

from portal.errors import PackageRefused
from portal.intake.reading import read_package
from portal.parts.packages import package_of

DEV = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "dev"


def verdict(joints: int | None, pads: int | None) -> str:
    """A heat pad is one more than the name says."""
    if pads is None:
        return "not sure"
    if not joints:
        return "no promise"
    return "agree" if pads in {joints, joints + 1} else "differ"


def main() -> None:
    found = Counter[str]()
    for path in sorted(path for path in DEV.iterdir() if path.is_dir() and path.name != "LICENSES"):
        if sys.argv[1:] and path.name not in sys.argv[1:]:
            continue
        try:
            design = read_package(path, name=path.name).design
        except PackageRefused:
            continue
        pads = {(footprint.designator, footprint.side): footprint.pads for footprint in design.footprints}
        for part in design.placements if pads else ():
            joints, count = package_of(part.package).joints, pads.get((part.designator, part.side))
            found[verdict(joints, count)] += 1
            if verdict(joints, count) == "differ":
                print(f"{path.name:24} {part.designator:8} {part.package:40} {joints} by name, {count} on the copper")
    sure = found["agree"] + found["differ"]
    print(f"\n{dict(found)}; {found['agree'] / max(sure, 1):.2%} of the sure ones agree")


if __name__ == "__main__":
    main()
