"""How long prices take: the matrix of a 500-line BOM, a re-price after an option change, and the growth with lines.

.venv/bin/python benchmarks/prices.py [--profile]

CPU time, median of several runs, warm: the shop's files are parsed once in a process. Three offers a line, eight
quantities, every speed the shop sells (twice where there are but two, so that four columns are counted). Once more
with offers whose stocks are told, so that needs are split over suppliers: none, few, many, or not told.
"""

import argparse
import cProfile
import random
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import cycle, islice
from pathlib import Path

from portal.board.design import Board, BomLine, Design, Placement, Side
from portal.costing.cards import load_rate_card
from portal.costing.matrix import Basis, asked, asked_again, matrix, quote_cell, row
from portal.parts.catalogue import Catalogue, catalogue
from portal.parts.offers import Offer, PriceBreak
from portal.routing.options import BuildOptions, Finish, Speed
from portal.routing.shop import load_shop

CONFIG = Path(__file__).resolve().parent.parent / "config"
QUANTITIES = (1, 10, 50, 100, 500, 1_000, 5_000, 10_000)
SPEEDS = tuple(islice(cycle(Speed), 4))
PACKAGES = (
    "R_0402_1005Metric",
    "C_0603_1608Metric",
    "SOIC-8_3.9x4.9mm",
    "QFN-32_5x5mm_P0.5mm",
    "PinHeader_1x04_P2.54mm",
)
STOCKS = (0, 50, 500, 5_000, 100_000, None)
MATRIX_MS, REPRICE_MS = 60, 10  # the figures to reach
RUNS = 15


def a_board(lines: int) -> Design:
    """Every line another part, one to eight of it on a board, on both sides."""
    chance = random.Random(lines)
    bom, placements = [], []
    for number in range(1, lines + 1):
        names = tuple(f"X{number}_{place}" for place in range(chance.randint(1, 8)))
        bom.append(BomLine(number, names, package=chance.choice(PACKAGES), mpn=f"PART-{number}"))
        side = chance.choice(list(Side))
        placements += [Placement(name, side, 1.0, 1.0, 0.0) for name in names]
    return Design(f"{lines} lines", board=Board(160.0, 100.0, 4), bom=tuple(bom), placements=tuple(placements))


def three_offers_each(lines: int, *, stocks: tuple[int | None, ...] = (None,)) -> Catalogue:
    chance, shelf = random.Random(7), random.Random(3)
    found = (offer for row in range(1, lines + 1) for offer in offers(f"PART-{row}", chance))
    return catalogue(replace(offer, stock=shelf.choice(stocks), lead_days=shelf.choice((None, 20))) for offer in found)


def offers(mpn: str, chance: random.Random) -> list[Offer]:
    price = Decimal(chance.randint(5, 500_000)).scaleb(-5)
    return [
        Offer(mpn, "maker", f"supplier {moq}", ladder(price, moq), date(2026, 11, 1), moq=moq, order_multiple=multiple)
        for moq, multiple in ((1, 1), (100, 10), (4_000, 4_000))
    ]


def ladder(price: Decimal, moq: int) -> tuple[PriceBreak, ...]:
    shares = ((1, "1"), (10, "0.9"), (100, "0.65"), (1_000, "0.49"), (4_000, "0.42"), (10_000, "0.4"))
    return tuple(PriceBreak(quantity, price * Decimal(share)) for quantity, share in shares if quantity >= moq)


def milliseconds(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(RUNS):
        began = time.process_time()
        work()
        taken.append((time.process_time() - began) * 1000)
    return statistics.median(taken)


def basis(lines: int, stocks: tuple[int | None, ...] = (None,)) -> Basis:
    offered = three_offers_each(lines, stocks=stocks)
    return Basis(load_shop(CONFIG / "machines.toml"), load_rate_card(CONFIG / "rates.toml"), offered)


def whole_matrix(lines: int, stocks: tuple[int | None, ...] = (None,)) -> Callable[[], object]:
    design, rests_on = a_board(lines), basis(lines, stocks)

    def priced() -> list[Decimal]:
        cells = matrix(design, BuildOptions(), rests_on, quantities=QUANTITIES, speeds=SPEEDS)
        return [cell.sheet.total for cell in cells]

    return priced


def one_cell(lines: int) -> Callable[[], object]:
    """As a page asks that keeps nothing between two requests."""
    design, rests_on = a_board(lines), basis(lines)
    other = replace(BuildOptions(), finish=Finish.OSP)
    return lambda: quote_cell(design, other, rests_on, boards=100, speed=Speed.STANDARD).sheet.total


def one_cell_again(lines: int) -> Callable[[], object]:
    """As a what-if asks: the board and its offers are those of the question before."""
    question = asked(a_board(lines), BuildOptions(), basis(lines))
    other = replace(BuildOptions(), finish=Finish.OSP)
    return lambda: next(row(asked_again(question, other), (Speed.STANDARD,), boards=100)).sheet.total


def main() -> None:
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--profile", action="store_true")
    if wanted.parse_args().profile:
        work = whole_matrix(500)
        work()
        cProfile.runctx("work()", {}, {"work": work}, sort="tottime")
        return
    print(f"matrix of 500 lines, 8 quantities × 4 speeds: {milliseconds(whole_matrix(500)):.1f} ms (under {MATRIX_MS})")
    print(f"  with stocks told: {milliseconds(whole_matrix(500, STOCKS)):.1f} ms")
    print(f"one price after an option change: {milliseconds(one_cell_again(500)):.1f} ms (under {REPRICE_MS})")
    print(f"one price, nothing kept from before: {milliseconds(one_cell(500)):.1f} ms")
    for lines in (125, 250, 500, 1_000, 2_000):
        print(f"{lines:5} lines: {milliseconds(whole_matrix(lines)):7.1f} ms")


if __name__ == "__main__":
    main()
