"""How many BOMs and centroid files of the corpus are read exactly: python benchmarks/tables_corpus.py [--all].

Compares with ../shared/corpus/dev/truth.csv: designators that are fitted or listed, placements of each side. That file
was made by one careful parser; where a person who looked at the list counts otherwise, JUDGED says so and why, and both
figures are printed.
"""

import csv
import io
import sys
import time
import zipfile
from pathlib import Path

from portal.board.design import FileRole, Side
from portal.errors import PackageRefused
from portal.intake.bom import read_bom
from portal.intake.centroid import read_centroid
from portal.intake.tables import table_role

NO_DIGITS = "its parser leaves out names without a digit at the end"
# Package -> designators as counted by eye, and why truth.csv has another number.
JUDGED = {
    "oc-lte-b3-bom": (784, "C258..C261 is a range; the quantities add up to 785, PCB1 among them is the bare board"),
    "voron-ab-ercf": (3, f"CT is the thermistor; {NO_DIGITS}"),
    "voron-ab-std": (3, f"CT is the thermistor; {NO_DIGITS}"),
    "voron-v0-supply": (13, "H7810 is a package; the quantities add up to 13"),
    "yapa2": (113, f"Analog, Aux, Switch, XBee …; {NO_DIGITS}; the quantities add up to 113"),
    "ppz-tiny": (85, "C2 to C20 is a range; the quantities add up to 85"),
    "ppz-twog": (77, "C2 to C20 is a range; the quantities add up to 76, as one of the rows counts one part too few"),
    "ppz-stm32f4db": (69, "3,2mm1 to 3,2mm4 are the mounting holes; 69 rows, one part each"),
    "ppz-boms": (51, "CON_1, GYRO_Z, MAG, XZ_BOARD …; 51 rows, one part each"),
    "wag-lifepo4-charger-cn3058": (17, f"VIN, VOUT, BAT; {NO_DIGITS}; the quantities add up to 17"),
    "wag-lipo-power-board-ip5306": (25, f"VIN, VOUT, BAT; {NO_DIGITS}; the quantities add up to 25"),
    "wag-power-bank-3a": (33, f"VIN, 5V_OUT, 3V3_OUT, BAT, PWR; {NO_DIGITS}; the quantities add up to 33"),
    "wag-solar-charger": (39, f"PWR; {NO_DIGITS}; the quantities add up to 39"),
    "librepcb-projects": (10, "?1 and USB_1 are parts; the quantities add up to 10"),
}

DEV = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "dev"


def contents(slug: str, path: str) -> bytes | None:
    """A file of a package; "x.zip.d/y" stands for y inside x.zip, wherever the zip was put."""
    archive, found, inner = path.partition(".zip.d/")
    if not found:
        file = DEV / slug / path
        return file.read_bytes() if file.exists() else None
    candidates = [DEV / slug / f"{archive}.zip", *(DEV / slug).rglob(f"{Path(archive).name}.zip")]
    for candidate in filter(Path.exists, candidates):
        with zipfile.ZipFile(candidate) as packed:
            if inner in packed.namelist():
                return packed.read(inner)
    return None


def bom_figures(data: bytes, name: str) -> tuple[set[int], str]:
    reading = read_bom(name, data)
    fitted = {d for line in reading.lines if not line.not_fitted for d in line.designators}
    every = {d for line in reading.lines for d in line.designators}
    return {len(fitted), len(every)}, f"fitted {len(fitted)}, all {len(every)}, lines {len(reading.lines)}"


def centroid_figures(data: bytes, name: str) -> tuple[int, int]:
    placements = read_centroid(name, data).placements
    return sum(p.side is Side.TOP for p in placements), sum(p.side is Side.BOTTOM for p in placements)


def check_bom(row: dict[str, str]) -> tuple[bool, bool] | None:
    """Whether the list is read as truth.csv has it, and whether it is read right."""
    data = contents(row["slug"], row["bom_file"]) if row["bom_file"] else None
    if data is None:
        return None
    try:
        counts, said = bom_figures(data, row["bom_file"])
    except PackageRefused as refused:
        counts, said = set(), refused.code
    is_exact = int(row["bom_unique_designators"]) in counts
    by_eye, why = JUDGED.get(row["slug"], (-1, ""))
    is_right = by_eye in counts if why else is_exact
    if not is_exact or "--all" in sys.argv:
        print("BOM     ", "=" if is_exact else "≠", row["slug"], row["bom_unique_designators"], said, row["bom_file"])
    if why and not is_exact:
        print(f"          judged: truth wrong, because {why}: {by_eye}, {'read so' if is_right else 'NOT read so'}")
    if table_role(row["bom_file"], data) is not FileRole.BOM:
        print("         role", table_role(row["bom_file"], data), row["slug"], row["bom_file"])
    return is_exact, is_right


def check_centroid(row: dict[str, str]) -> tuple[bool, bool] | None:
    paths = row["centroid_files"].split(" + ") if row["centroid_files"] else []
    files = [(path, data) for path in paths if (data := contents(row["slug"], path)) is not None]
    if not files:
        return None
    counts = [centroid_figures(data, path) for path, data in files]
    total = (sum(top for top, _ in counts), sum(bottom for _, bottom in counts))
    is_exact = total == (int(row["centroid_top"]), int(row["centroid_bottom"]))
    if not is_exact or "--all" in sys.argv:
        print(
            "CENTROID", "=" if is_exact else "≠", row["slug"], row["centroid_top"], row["centroid_bottom"], total, paths
        )
    for path, data in files:
        if table_role(path, data) is not FileRole.CENTROID:
            print("         role", table_role(path, data), row["slug"], path)
    return is_exact, is_exact


def every_file() -> list[tuple[str, bytes]]:
    found = []
    for file in sorted(DEV.rglob("*")):
        if file.is_file() and file.suffix == ".zip" and zipfile.is_zipfile(file):
            with zipfile.ZipFile(io.BytesIO(file.read_bytes())) as packed:
                found += [
                    (f"{file.relative_to(DEV)}!{n}", packed.read(n)) for n in packed.namelist() if not n.endswith("/")
                ]
        elif file.is_file():
            found.append((str(file.relative_to(DEV)), file.read_bytes()))
    return found


def main() -> None:
    started = time.perf_counter()
    with (DEV / "truth.csv").open(newline="") as truth:
        rows = list(csv.DictReader(truth))
    for label, check in (("BOM", check_bom), ("centroid", check_centroid)):
        results = [result for row in rows if (result := check(row)) is not None]
        exact, right = (sum(found) for found in zip(*results, strict=True))
        print(f"{label}: {exact} of {len(results)} as in truth.csv, {right} of {len(results)} right as judged by eye")
    if "--roles" in sys.argv:
        for name, data in every_file():
            if role := table_role(name, data):
                print(role, name)
    print(f"{time.perf_counter() - started:.1f} s")


if __name__ == "__main__":
    main()
