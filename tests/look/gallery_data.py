"""What the gallery shows: the longest, emptiest and most foreign data that a component must survive."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal

from wtforms import BooleanField, EmailField, Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired

from portal.board.design import BomLine, FileRole, Finding, Severity, Side, SourceFile
from portal.costing.lines import CostGroup, CostLine, CostSheet, UnpricedLine
from portal.planning.promise import Promise, PromiseStep
from portal.production.lifecycle import OperationState
from portal.production.timeline import Stage
from portal.routing.operations import Process
from portal.routing.options import Speed


@dataclass(frozen=True)
class Step:
    label: str
    state: str
    detail: str = ""


@dataclass(frozen=True)
class Event:
    at: datetime
    actor: str
    action: str
    reason: str = ""


@dataclass(frozen=True)
class Cell:
    sheet: CostSheet | None
    promise: Promise | None = None
    href: str = "#"
    is_selected: bool = False
    because: str = ""


class Options(Form):
    email = EmailField("E-mail", [InputRequired()])
    quantities = StringField("Quantities", [InputRequired("Give at least one quantity, like 10 or 10, 100, 1000.")])
    finish = SelectField("Finish", choices={"enig": "Gold on nickel (ENIG)", "hasl": "Lead-free tin (HASL)"})
    speed = RadioField("Speed", choices={"standard": "Standard", "express": "Express"}, default="standard")
    terms = BooleanField("I have read how long this price holds")
    note = TextAreaField("Note to our engineers")


def line(group: CostGroup, label: str, figures: str, because: str) -> CostLine:
    quantity, unit, rate = figures.split()
    return CostLine(group, label, Decimal(quantity), unit, Decimal(rate), because)


LINES = (
    line(CostGroup.BOARDS, "Bare boards", "1524 cm² 0.0875", "100 boards of 15.24 cm², 4 layers, gold on nickel"),
    line(CostGroup.STENCIL, "Stencil", "1 piece 98", "412 apertures on the top side, none on the bottom"),
    line(CostGroup.PARTS, "STM32F407VGT6", "103 pcs 9.1234", "100 boards × 1, 3 more lost in set-up; break at 100"),
    line(
        CostGroup.PARTS,
        "0402 100n X7R 16 V",
        "4000 pcs 0.00312",
        "100 boards × 36; a reel of 4,000 is cheaper than 3,650",
    ),
    line(CostGroup.ASSEMBLY, "Feeder changeover", "24.6 min 0.65", "41 feeders, 0.6 min each, once a lot"),
    line(CostGroup.ASSEMBLY, "Placement", "51.7 min 1.10", "150 parts a board at 1,740 an hour, 6 boards a panel"),
    line(CostGroup.LOGISTICS, "Packing in antistatic trays", "100 boards 0.35", "one tray holds 10 boards"),
)
UNPRICED = (UnpricedLine("Würth 7443340330", ("L1", "L2", "L3"), "no supplier in the catalogue sells it"),)
SHEET = CostSheet(100, Speed.STANDARD, Process.MACHINE, LINES, UNPRICED)

STEPS = (
    PromiseStep("Stencil", date(2026, 11, 23), date(2026, 11, 25), "cut and shipped by the stencil maker in 3 days"),
    PromiseStep("Bare boards", date(2026, 11, 23), date(2026, 11, 30), "4 layers, gold on nickel: 6 working days"),
    PromiseStep(
        "Parts", date(2026, 11, 23), date(2026, 12, 2), "STM32F407VGT6 is 8 working days away", is_critical=True
    ),
    PromiseStep(
        "Queue at line 1", date(2026, 12, 3), date(2026, 12, 3), "the line is full until noon", is_critical=True
    ),
    PromiseStep("Printing to test", date(2026, 12, 3), date(2026, 12, 4), "6.2 hours on the line, 1.5 at test"),
)
CRITICAL = "U3 STM32F407VGT6, 8 working days"
PROMISE = Promise(date(2026, 12, 4), date(2026, 12, 8), date(2026, 12, 11), CRITICAL, STEPS, "the day after payment")
NO_PROMISE = Promise(None, None, None, "", (), "the day after payment", unknown=("Würth 7443340330", "J4 無名コネクタ"))

FINDINGS = (
    Finding(Severity.NOTE, "drawing", "board-Fab.gbr", "is a drawing for people.", "Nothing to do."),
    Finding(
        Severity.ASK,
        "placed-not-listed",
        "R12",
        "is in the centroid file but not in the BOM.",
        "Add it or mark it as not fitted.",
    ),
    Finding(
        Severity.STOP,
        "no-outline",
        "the package",
        "has no board outline.",
        "Export the layer Edge.Cuts and drop the files again.",
    ),
    Finding(
        Severity.ASK,
        "long-name",
        "Ausgabe/2026-11-22_Fertigungsdaten_Sensorknoten_RevC_final_FINAL(2)/Sensorknoten-Bestückung-Oberseite.csv",
        "gives rotations that differ by 90° from the pads of U3, U4, U7 and 11 others.",
        "Look at the picture of the top side and tell us which of the two is right.",
    ),
)

BOARD_FACTS = (
    ("Size", "50.8 × 30.0 mm"),
    ("Copper layers", 4),
    ("Drills", "312, smallest 0.3 mm"),
    ("Plated holes", None),
    ("Smallest track", "0.15 mm"),
    ("Paste openings", "412 top, none bottom"),
)


def source(name: str, role: FileRole, evidence: str, *, bytes_: int = 183_204, **more: object) -> SourceFile:
    return SourceFile(name, role, bytes_, "9f" * 32, evidence=evidence, **more)


FILES = (
    source("sensor-F_Cu.gbr", FileRole.COPPER, "its file function says so", side=Side.TOP, layer=1, tool="KiCad 8.0.1"),
    source("sensor-PTH.drl", FileRole.DRILL, "Excellon header M48", tool="KiCad 8.0.1", bytes_=4_120),
    source(FINDINGS[3].where, FileRole.CENTROID, "headings Ref, PosX, PosY, Rot", bytes_=12_345_678),
    source("说明书.pdf", FileRole.DOCUMENT, "a PDF"),
    source("thing.bin", FileRole.UNKNOWN, "nothing in it is known here"),
)

BOM = (
    BomLine(1, ("U3",), mpn="STM32F407VGT6", package="LQFP-100"),
    BomLine(2, tuple(f"C{n}" for n in range(1, 37)), value="100n", package="0402"),
    BomLine(3, ("J4",), description="無名コネクタ 2×5", package=""),
)

READING = (
    Step("Unpack and check", "done", "14 files, nothing hostile"),
    Step("Read copper, mask and drills", "done", "4 layers, 312 holes"),
    Step("Compare BOM and placements", "running", "188 designators"),
    Step("Draw both sides", "waiting"),
    Step("Ask the catalogue", "failed", "it does not answer; we try again in a minute"),
)

AT = datetime(2026, 12, 3, 9, 41, tzinfo=UTC)
STAGES = (
    Stage("Kitting", OperationState.DONE, 100, 100, AT),
    Stage("Paste printing, top", OperationState.DONE, 100, 100, AT),
    Stage("Placement, top", OperationState.DONE, 98, 100, AT, failed=1, scrapped=1),
    Stage("Reflow, top", OperationState.RUNNING, 41, 100, AT, failed=2),
    Stage("Optical inspection, top", OperationState.WAITING, 0, 100, None),
    Stage("Test", OperationState.WAITING, 0, 100, None),
    Stage("Shipping", OperationState.WAITING, 0, 100, None),
)
EVENTS = (
    Event(AT, "Zoë Ōkawa-Żbikowska", "moved Placement, top to done", "One board was scrapped: U3 turned by 90°."),
    Event(AT, "the portal", "sent Q-7KX4-M2 to anna.lindqvist+purchasing.department@long-company-name.example.org"),
)

PRICE_ROWS = (
    (1, (Cell(SHEET, NO_PROMISE), Cell(None, because="not by express: parts are 8 days away"))),
    (100, (Cell(SHEET, PROMISE, is_selected=True), Cell(SHEET, PROMISE))),
    (100_000, (Cell(SHEET, PROMISE), Cell(SHEET, PROMISE))),
)

form = Options(data={"email": "anna@example.org", "speed": "express"})
form.quantities.errors = ("Give at least one quantity, like 10 or 10, 100, 1000.",)

CONTEXT = {
    "form": form,
    "picture": "/picture.svg",
    "board_facts": BOARD_FACTS,
    "steps": READING,
    "all_findings": FINDINGS,
    "files": FILES,
    "bom": BOM,
    "price_rows": PRICE_ROWS,
    "sheet": SHEET,
    "promise": PROMISE,
    "no_promise": NO_PROMISE,
    "stages": STAGES,
    "events": EVENTS,
}
