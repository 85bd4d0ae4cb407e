"""Whole quotes as text. A change of price is a difference that a shop owner can read.

After a change that is meant, .venv/bin/python tests/golden/golden_quotes.py writes them anew: read the difference.
"""

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from portal.board.design import Board, BomLine, Design, Placement, Side
from portal.costing.cards import load_rate_card
from portal.costing.matrix import Basis, matrix
from portal.costing.report import quote_report
from portal.costing.text import quote_text
from portal.intake.reading import read_package
from portal.parts.catalogue import load_catalogue
from portal.routing.options import BuildOptions, Speed
from portal.routing.shop import load_shop

HERE = Path(__file__).resolve().parent
CONFIG = HERE.parents[1] / "config"
QUANTITIES = (5, 100, 5000)


def thermometer() -> Design:
    """A board as small as a real one can be: one sensor, four passives, a header."""
    bom = (
        BomLine(1, ("R1", "R2"), value="4.7k", package="R_0402_1005Metric", mpn="RC0402FR-074K7L"),
        BomLine(2, ("C1", "C2"), value="100nF", package="C_0402_1005Metric", mpn="CL05B104KB54PNC"),
        BomLine(3, ("U1",), value="SHT31", package="DFN-8_2.5x2.5mm_P0.5mm", mpn="SHT31-DIS-B2.5KS"),
        BomLine(4, ("J1",), package="PinHeader_1x04_P2.54mm", mpn="61300411121"),
        BomLine(5, ("J2",), package="PinHeader_1x02_P2.54mm", not_fitted=True),
    )
    placements = tuple(Placement(name, Side.TOP, 1.0, 1.0, 0.0) for name in ("R1", "R2", "C1", "C2", "U1"))
    return Design("thermometer", board=Board(20.0, 15.0, 2), bom=bom, placements=placements)


def example(name: str) -> Design:
    """As a customer's package is read, from zip to design."""
    return read_package(CONFIG / "examples" / f"{name}.zip", name=name).design


DESIGNS: Mapping[str, Callable[[], Design]] = {
    "thermometer": thermometer,
    "sensor-node": partial(example, "sensor-node"),
    "motor-driver": partial(example, "motor-driver"),
}


def golden(name: str) -> str:
    basis = Basis(
        shop=load_shop(CONFIG / "machines.toml"),
        card=load_rate_card(CONFIG / "rates.toml"),
        catalogue=load_catalogue(CONFIG / "catalogue.csv"),
    )
    speeds = (Speed.STANDARD, Speed.EXPRESS)
    cells = matrix(DESIGNS[name](), BuildOptions(), basis, quantities=QUANTITIES, speeds=speeds)
    return quote_text(quote_report(cells, [None] * len(cells), basis.card))


if __name__ == "__main__":
    for design in DESIGNS:
        (HERE / f"{design}.txt").write_text(golden(design), encoding="utf-8")
