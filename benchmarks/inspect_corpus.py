"""How well whole packages are read, against the truth.csv of the corpus: `python benchmarks/inspect_corpus.py [NAME]`.

Prints every figure that the room Intake is held to: sets read, roles, layers, size, holes, designators, placements, the
share that is wrong *and sure* (no question asks about it), and the time. Truth is what independent readers said, with
their own mistakes: each disagreement is printed, and those that we judge truth's are printed with the evidence.
"""

import csv
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from portal.board.design import Design, FileRole, Severity
from portal.errors import PackageRefused
from portal.gateways.reader import LimitedReader
from portal.intake.archives import Member, open_package
from portal.intake.attributes import FILE_FUNCTION
from portal.intake.roles import assign_roles

DEV = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "dev"
CLOSE_MM = 0.2
ASKED_BY = {  # a wrong figure is not sure where a question of one of these kinds stands beside it
    "layers": ("layer-", "copper-", "single-sided", "several-", "no-layers", "name-twice", "outline-several"),
    "size": ("outline-", "copper-outside", "no-size", "several-", "panel"),
    "drill hits": ("drill", "no-drill", "several-"),
    "designators": ("bom", "columns", "designator", "several-"),
    "placements": ("centroid", "placed", "columns", "several-"),
}
JUDGED = {  # rows of truth that we hold to be wrong: what the files show
    (
        "gn-altium-composite-drill",
        "drill hits",
    ): "4,255 round holes and 3 slots lie in NC Drill/*.TXT; truth counted none",
    (
        "oc-debug",
        "designators",
    ): "279 on the sheet Mount Components, and 58 on that of parts left off",
    ("oc-gbc-rotundu", "designators"): "2,096 on the sheet Mount_Components, and 184 on that of parts left off",
    ("oc-led", "designators"): "68 on the sheet Assembly_BoM, and 5 on that of parts left off",
    (
        "librepcb-projects",
        "designators",
    ): "ten on the rows of its whole list; truth left out ?1, an unnamed part",
    ("microbit-boms", "designators"): "98 parts, and the bare board itself at location PCB",
    (
        "ppz-boms",
        "designators",
    ): "lists of three boards; truth read that of another one (booz_imu)",
    (
        "ppz-stm32f4db",
        "designators",
    ): "69 rows of one part each; truth left out the holes 3,2mm1 to 3,2mm4 for their comma",
    ("ppz-tiny", "designators"): "its quantities add up to 85 too; truth did not spell out “R6 to R11”",
    (
        "ppz-twog",
        "designators",
    ): "its quantities add up to 76, one too few; truth did not spell out “R6 to R11”",
    ("oc-lte-b3-bom", "designators"): "its quantities add up to 785 too; truth did not spell out C305..C310",
    ("voron-ab-ercf", "designators"): "three rows of one part each; truth left out CT, which has no number",
    ("voron-ab-std", "designators"): "three rows of one part each; truth left out CT, which has no number",
    ("voron-taco-raven", "size"): "277 × 190 is KiCad's drawing frame in the edge layer; the board in it is 120 × 113",
    ("voron-v0-supply", "designators"): "J5 and J6 on one row, eleven rows of one; truth took the value 2A for a part",
    ("wag-lifepo4-charger-cn3058", "designators"): "truth left out VIN, VOUT and BAT, which have no number",
    ("wag-lipo-power-board-ip5306", "designators"): "two boards; truth read the list of the other one",
    ("wag-power-bank-3a", "designators"): "truth left out VIN, 5V_OUT, 3V3_OUT, BAT and PWR, which have no number",
    ("wag-solar-charger", "designators"): "truth left out PWR, which has no number",
    ("yapa2", "designators"): "its quantities add up to 113 too; truth left out names without a number, and ADC1/2",
    ("gn-fab-3000", "drill hits"): "the file drl is Gerber and flashes 26 holes",
    ("gn-diptrace", "drill hits"): "truth adds up three boards (mainboard, panel, keyboard)",
    ("gn-diptrace", "size"): "truth measured the keyboard; the mainboard has more layers and is taken first",
    ("gn-geda", "layers"): "truth counts the layers of two boards (driver, controller) as one",
    ("gn-geda", "size"): "truth measured the fab drawing of the other board",
    ("gn-geda", "drill hits"): "truth adds up two boards",
    ("gn-allegro-2", "layers"): "lyr1 to lyr10 are ten layers; the other tool says ten",
    (
        "gn-altium-composite-drill",
        "size",
    ): "GM1, GM14 and GM15 draw 190.00 × 111.15; the copper beyond are marks on rails",
    ("limesdr-usb-1v2s", "size"): "GM1, GM14 and GM15 draw 100 × 60 and the legend fits; fiducials stand on the rails",
    ("limesdr-usb-1v4", "size"): "GM1, GM14 and GM15 draw 100 × 60 and the legend fits; fiducials stand on the rails",
    ("voron-z-endstop", "size"): "the outline is closed, 29.0 × 20.4, and the legend of 25.8 × 14.9 fits it; no frame",
    ("wag-usb-power-cable-tester", "drill hits"): "Drill_PTH_Through_Via.DRL repeats 7 holes of Drill_PTH_Through.DRL",
}


@dataclass
class Tally:
    """`off`: (package, both values, whether somebody is asked)."""

    of: int = 0
    agree: int = 0
    judged: int = 0
    sure_and_wrong: int = 0
    off: list[str] = field(default_factory=list)


def close(value: float | None, truth: str) -> bool:
    return value is not None and abs(value - float(truth)) <= CLOSE_MM


def hits_agree(hits: int, truth: dict[str, str]) -> bool:
    """Within what two tools say: the one counts routed slots, the other does not."""
    own = int(truth["drill_hits"])
    other = int(truth["drill_gerbonara"] or own)
    routed = re.match(r"\d+", truth["routed_slots_own"])
    most = max(own + (int(routed.group()) if routed else 0), other)
    least = min(own, other) if other else own
    return least <= hits <= most


def designators(design: Design) -> int:
    return len({name for line in design.bom for name in line.designators})


def comparisons(design: Design, truth: dict[str, str]) -> Iterator[tuple[str, bool, str]]:
    """(what, whether it agrees, both values), for what truth knows."""
    board = design.board
    if truth["copper_layers"] not in {"", "0"}:
        said = f"{board.copper_layers}/{truth['copper_layers']}"
        yield "layers", str(board.copper_layers) == truth["copper_layers"], said
    if truth["width_mm"]:
        fits = close(board.width_mm, truth["width_mm"]) and close(board.height_mm, truth["height_mm"])
        said = f"{board.width_mm}x{board.height_mm}/{truth['width_mm']}x{truth['height_mm']}"
        yield f"size ({truth['size_confidence']})", fits, said
    if truth["drill_hits"]:
        hits = board.drills.hits if board.drills else 0
        yield (
            "drill hits",
            hits_agree(hits, truth),
            f"{hits}/{truth['drill_hits']} or {truth['drill_gerbonara'] or '-'}",
        )
    if truth["bom_unique_designators"]:
        count = designators(design)
        yield "designators", str(count) == truth["bom_unique_designators"], f"{count}/{truth['bom_unique_designators']}"
    if truth["centroid_unique"]:
        count = len({placement.designator for placement in design.placements})
        yield "placements", str(count) == truth["centroid_unique"], f"{count}/{truth['centroid_unique']}"


def is_asked(design: Design, what: str) -> bool:
    kinds = ASKED_BY[what.split(" (", maxsplit=1)[0]]
    asked = (finding.code for finding in design.findings if finding.severity is not Severity.NOTE)
    return any(code.startswith(kinds) for code in asked)


def compared(name: str, design: Design, truth: dict[str, str], tallies: dict[str, Tally]) -> None:
    for what, fits, said in comparisons(design, truth):
        tally = tallies.setdefault(what, Tally())
        tally.of += 1
        tally.agree += fits
        if fits:
            continue
        reason = JUDGED.get((name, what.split(" (")[0]))
        asked = is_asked(design, what)
        tally.judged += bool(reason)
        tally.sure_and_wrong += not (reason or asked)
        doubt = f"truth judged wrong: {reason}" if reason else "asked" if asked else "SURE"
        tally.off.append(f"{name:34} {what}: {said} [{doubt}]")


def hidden(member: Member) -> Member:
    """The same file, its name speaking for it alone."""
    return Member(member.name, FILE_FUNCTION.sub(b"TF.Hidden,", member.data))


def roles_by_name(path: Path) -> Iterator[tuple[str, str, str]]:
    """(file, its role by X2, its role with X2 hidden) for every plotted file that says what it is."""
    try:
        members, _ = open_package(path)
    except PackageRefused:
        return
    plain = [member for member in members if not member.name.lower().endswith(".gbrjob")]
    told, named = assign_roles(plain), assign_roles([hidden(member) for member in plain])
    for by_attribute, by_name in zip(told, named, strict=True):
        if by_attribute.file.evidence.startswith("its own X2"):
            yield by_attribute.file.name, kind(by_attribute.file), kind(by_name.file)


def kind(file: object) -> str:
    role, side = file.role, file.side  # type: ignore[attr-defined]
    return (
        f"{role} {side}" if role in {FileRole.COPPER, FileRole.MASK, FileRole.PASTE, FileRole.LEGEND} and side else role
    )


def print_roles(paths: list[Path]) -> None:
    """How far names alone carry: the files with X2 attributes are the truth for those without."""
    of, wrong, unknown = 0, Counter[str](), Counter[str]()
    for path in paths:
        for name, told, named in roles_by_name(path):
            of += 1
            if named != told:
                (unknown if named == FileRole.UNKNOWN else wrong)[f"{told} taken for {named}: {Path(name).name}"] += 1
    for said, count in (wrong + unknown).most_common():
        print(f"{count:3} × {said}")
    right = of - wrong.total() - unknown.total()
    print(f"roles by name alone, X2 hidden: {right} of {of} right, {unknown.total()} unknown, {wrong.total()} wrong")


def print_unknown(name: str, design: Design) -> int:
    unknown = [file.name for file in design.files if file.role is FileRole.UNKNOWN]
    if unknown:
        print(f"{name:34} unknown: {', '.join(unknown[:4])}{' …' if len(unknown) > 4 else ''}")
    return len(unknown)


def main() -> None:
    with (DEV / "truth.csv").open(newline="", encoding="utf-8") as file:
        truth = {row["slug"]: row for row in csv.DictReader(file)}
    wanted = set(sys.argv[1:])
    every = sorted(path for path in DEV.iterdir() if path.is_dir() and path.name != "LICENSES")
    paths = [path for path in every if not wanted or path.name in wanted]
    tallies: dict[str, Tally] = {}
    seconds, refused, unknown, plots = [], [], 0, 0
    for path in paths:
        began = time.perf_counter()
        try:
            design = LimitedReader().read(path, name=path.name, on_step=lambda _: None).design
        except PackageRefused as refusal:
            refused.append(f"{path.name}: {refusal.code}")
            continue
        seconds.append((time.perf_counter() - began, path.name))
        unknown += print_unknown(path.name, design)
        plots += sum(file.role not in {FileRole.DOCUMENT, FileRole.LITTER} for file in design.files)
        if path.name in truth:
            compared(path.name, design, truth[path.name], tallies)
    for what in sorted(tallies):
        print(*tallies[what].off, sep="\n")
    print_roles(paths)
    print(f"\nread {len(seconds)} of {len(paths)}; refused: {refused}; files without a role: {unknown} of {plots}")
    for what, tally in sorted(tallies.items()):
        print(
            f"{what:16} {tally.agree:3} of {tally.of:3} agree, {tally.judged} more where truth is judged wrong: "
            f"{(tally.agree + tally.judged) / tally.of:.1%}; wrong and sure {tally.sure_and_wrong}"
        )
    of, sure = sum(tally.of for tally in tallies.values()), sum(tally.sure_and_wrong for tally in tallies.values())
    print(f"wrong and sure: {sure} of {of} figures, {sure / max(of, 1):.1%}")
    slowest = max(seconds, default=(0.0, "none"))
    print(f"seconds: median {median([spent for spent, _ in seconds] or [0]):.2f}, most {slowest[0]:.2f} ({slowest[1]})")


if __name__ == "__main__":
    main()
