"""Packages that nobody fitted a rule to: python benchmarks/unseen.py TREE [NAME].

TREE holds checked-out repositories of open hardware. Every folder or archive with a Gerber set is read as a customer
would send it, with the tables that lie beside it, and held against the .kicad_pcb of the same name in the same
repository: size, copper layers, holes, sides of the parts. Each difference is printed with whether somebody is asked.
Where no such board lies (Eagle, Altium, Allegro, PADS, DipTrace, EasyEDA …) what was read and asked is printed, for
the eye: a figure that looks wrong and is not asked about is the worst result.
The board may have been saved after its Gerber files: a difference is looked at by eye before it counts.
"""

import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from portal.board.design import Design, FileRole, Severity
from portal.errors import PackageRefused
from portal.intake.archives import open_package
from portal.intake.gerber import is_gerber
from portal.intake.reading import read_in_stages
from portal.intake.roles import assign_roles

CLOSE_MM = 0.2
ARCHIVES = {".zip", ".rar", ".7z", ".tgz"}
TABLES = {".csv", ".tsv", ".xls", ".xlsx", ".ods", ".pos", ".mnt", ".mnb", ".txt"}
HEAD = 60_000


@dataclass
class Tally:
    of: int = 0
    agree: int = 0
    asked: int = 0


def sets_in(tree: Path) -> Iterator[Path]:
    """Archives with copper in them, and folders with two Gerber files at least."""
    folders: Counter[Path] = Counter()
    for path in sorted(tree.rglob("*")):
        if path.suffix.lower() in ARCHIVES and path.is_file() and has_copper(path):
            yield path
        elif path.is_file() and path.suffix.lower() not in ARCHIVES and is_gerber(head(path)):
            folders[path.parent] += 1
    yield from (folder for folder, files in folders.items() if files > 1)


def head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD)


def has_copper(archive: Path) -> bool:
    try:
        members, _ = open_package(archive)
    except PackageRefused:
        return False
    return any(file.file.role is FileRole.COPPER for file in assign_roles(members))


def laid_out(found: Path, folder: Path) -> Path:
    """The set with the tables beside it, as one upload."""
    own = [found] if found.is_file() else [path for path in found.iterdir() if path.is_file()]
    beside = [path for path in found.parent.iterdir() if path.is_file() and path.suffix.lower() in TABLES]
    for path in (*own, *beside):
        if path.suffix != ".kicad_pcb" and (path is found or path.suffix.lower() not in ARCHIVES):
            shutil.copy(path, folder / path.name)
    return folder


def board_beside(found: Path, tree: Path, design: Design) -> Path | None:
    """The board of the same name: nearest folder first, no deeper than its own repository."""
    names = {Path(file.name).name.lower() for file in design.files if file.role is FileRole.COPPER} | {
        found.name.lower()
    }
    for folder in found.parents:
        if folder in (tree, *tree.parents):
            return None
        boards = sorted(folder.rglob("*.kicad_pcb"), key=lambda path: (-len(path.stem), str(path)))
        for board in boards:
            if any(name.startswith(board.stem.lower()) for name in names):
                return board
    return None


def read(path: Path) -> Design | None:
    try:
        return next(iter(read_in_stages(path, name=path.name))).design
    except PackageRefused as refusal:
        print(f"{path.name}: refused, {refusal.code}")
        return None


def sides(design: Design) -> dict[str, str]:
    return {place.designator: place.side.value for place in design.placements}


def differences(ours: Design, truth: Design) -> Iterator[tuple[str, Any, Any]]:
    """What only one of them says is no difference; where both speak they must agree."""
    yield "layers", ours.board.copper_layers, truth.board.copper_layers
    sizes = [sorted((one.board.width_mm or 0, one.board.height_mm or 0)) for one in (ours, truth)]
    close = all(abs(a - b) <= CLOSE_MM for a, b in zip(*sizes, strict=True))
    yield "size", *((sizes[1], sizes[1]) if close else sizes)
    drills = [one.board.drills for one in (ours, truth)]  # files mill some of what the board calls holes
    hits = [each.hits + each.routed if each else None for each in drills]
    yield "holes", *hits
    here, there = sides(ours), sides(truth)
    both = [name for name in here if name in there]
    yield "sides", [name for name in both if here[name] != there[name]], []


def at_a_glance(found: Path, design: Design) -> str:
    """One line for each set, and one for each kind of question."""
    board, parts = design.board, {name for line in design.bom for name in line.designators}
    tools = ", ".join(sorted({file.tool for file in design.files if file.tool})) or "unknown tool"
    holes = board.drills.hits if board.drills else None
    figures = f"{board.width_mm} × {board.height_mm} mm, {board.copper_layers} layers, {holes} holes"
    asked = {f"\n    {f.code} {f.where[:60]}" for f in design.findings if f.severity is not Severity.NOTE}
    return f"{found} ({tools}): {figures}, {len(parts)} listed, {len(design.placements)} placed{''.join(sorted(asked))}"


def main() -> None:
    tree, wanted = Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else ""
    tallies: dict[str, Tally] = {}
    for found in sets_in(tree):
        if wanted not in str(found):
            continue
        with TemporaryDirectory() as folder:
            ours = read(laid_out(found, Path(folder)))
        beside = ours and board_beside(found, tree, ours)
        truth = read(beside) if beside else None
        if ours and not truth:
            print(at_a_glance(found.relative_to(tree), ours))
        if not (ours and truth and beside):
            continue
        asked = sorted({finding.code for finding in ours.findings if finding.severity is not Severity.NOTE})
        for what, own, other in differences(ours, truth):
            if own is None:
                continue
            tally = tallies.setdefault(what, Tally())
            tally.of, tally.agree = tally.of + 1, tally.agree + (own == other)
            if own != other:
                print(f"{what:8} {own} / {other}  {found.relative_to(tree)} ~ {beside.name}  asked: {', '.join(asked)}")
    for what, tally in tallies.items():
        print(f"{what:8} {tally.agree} of {tally.of}")


if __name__ == "__main__":
    main()
