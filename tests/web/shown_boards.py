"""Boards as intake would have read them: a good one, one of which little is known, one hard to show."""

from portal.board.design import (
    Board,
    BomLine,
    Design,
    Drills,
    FileRole,
    Finding,
    OutlineKind,
    PasteApertures,
    Placement,
    Severity,
    Side,
    SourceFile,
)

PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 508 300">'
    '<rect width="508" height="300" rx="14" fill="#0e4a33"/><g fill="#d8b06a"><circle cx="24" cy="24" r="11"/>'
    '<circle cx="484" cy="276" r="11"/><path d="M210 90h110v110H210z"/></g></svg>'
)
BOARD = Board(
    width_mm=50.8,
    height_mm=30.0,
    copper_layers=4,
    outline=OutlineKind.CLOSED,
    drills=Drills(hits=312, plated=300, slots=2, sizes=9, smallest_mm=0.3),
    min_track_mm=0.15,
    min_clearance_mm=0.15,
    min_annular_ring_mm=0.13,
    paste=PasteApertures(top=112, bottom=0),
)
FINDINGS = (
    Finding(
        Severity.ASK, "placed-not-listed", "R12", "is placed but not in the BOM.", "Add it, or mark it as not fitted."
    ),
    Finding(Severity.NOTE, "silk-on-pad", "C3", "Legend lies on a pad.", "We cut it away."),
)
FILES = (
    SourceFile(
        "board-F_Cu.gbr", FileRole.COPPER, 61_234, "a" * 64, Side.TOP, 1, "KiCad 8.0.1", "its X2 attributes say so"
    ),
    SourceFile("bom.csv", FileRole.BOM, 2_048, "b" * 64, evidence="columns Ref, Value, MPN"),
    SourceFile("Größe & <Maße> – 基板.txt", FileRole.UNKNOWN, 12, "c" * 64),
)


def parts(side: Side, value: str, package: str, names: str) -> tuple[Placement, ...]:
    return tuple(
        Placement(name, side, x_mm=2.0 * n, y_mm=5.0, rotation_deg=90, value=value, package=package)
        for n, name in enumerate(names.split())
    )


def sensor_node(**changes) -> Design:
    """Three kinds of parts, all in the demo shop's catalogue, and a line that is not fitted."""
    given = {
        "name": "sensor-node rev C",
        "board": BOARD,
        "bom": (
            BomLine(1, ("R1", "R2", "R3"), 3, "120R", "0603", "RC0603FR-07120RL", "Yageo"),
            BomLine(2, ("R4", "R5"), 2, "150k", "0603", "0603WAF1503T5E", "Uniroyal"),
            BomLine(3, ("U1",), 1, "STM32G071", "LQFP-48", "STM32G071CBT6", "STMicroelectronics"),
            BomLine(4, ("R9",), 1, "0R", "0603", not_fitted=True),
        ),
        "bom_columns": (("designator", "Ref"), ("mpn", "Mfr Part #")),
        "placements": parts(Side.TOP, "120R", "0603", "R1 R2 R3")
        + parts(Side.TOP, "150k", "0603", "R4 R5")
        + parts(Side.TOP, "STM32G071", "LQFP-48", "U1"),
        "placement_units": "mm",
        "files": FILES,
        "findings": FINDINGS,
    }
    return Design(**(given | changes))


def bare() -> Design:
    """A package with a copper layer and nothing else."""
    return Design(name="copper only", files=FILES[:1])


def hostile() -> Design:
    """Names that would be markup, formulas, or very long."""
    evil = '<script>alert("x")</script>'
    line = BomLine(1, ("R1",), 1, evil, "0603", mpn='=HYPERLINK("http://x")', description="ü" * 300)
    return sensor_node(name=f"{evil} {'long' * 40}", bom=(line,), candidates=("other board", evil))
