"""The date that a customer names: every way of the shop to meet it, priced and dated whole."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from portal.board.design import Design
from portal.errors import BadInput
from portal.planning.promise import Promise
from portal.planning.wanted import Answer, Change, Option, in_words, meet
from portal.routing.options import BuildOptions, Speed
from portal.services.pricing import priced_cells
from portal.services.shop import ShopData
from portal.services.snapshot import PricedCell

MOST_SENT = 6  # parts: who sends more than that builds a kit of his own
SHARES = (2, 4, 10)  # a half, a quarter, a tenth of the boards ahead of the others


@dataclass(frozen=True, slots=True)
class Wish:
    """So many boards of a design, built like this, by a day. `local_now`: the clock on the shop's wall."""

    design: Design
    options: BuildOptions
    boards: int
    by: date
    local_now: datetime


def answered(wish: Wish, shop: ShopData) -> Answer:
    """The cheapest way that meets the day as it was asked for; else, of each change that would, the one that gives the
    most boards.
    """
    if wish.by < wish.local_now.date():
        raise BadInput("This day has passed. Please give a day on which the boards can still leave.")
    asked = list(_as_asked(wish, shop))
    answer = meet(wish.by, asked, currency=shop.currency)
    if answer.way:
        return answer
    promised = [option.promised for option in asked]
    answer = meet(wish.by, [*asked, *_changed(wish, shop, promised), *_in_parts(wish, shop)], currency=shop.currency)
    return replace(answer, would=_one_of_each(answer.would))


def _cells(
    wish: Wish, shop: ShopData, *boards: int, options: BuildOptions | None = None, speeds: tuple[Speed, ...] = ()
) -> tuple[PricedCell, ...]:
    return priced_cells(
        wish.design,
        options or wish.options,
        shop,
        quantities=boards or (wish.boards,),
        speeds=speeds or tuple(Speed),
        local_now=wish.local_now,
    )


def _option(cell: PricedCell, label: str, change: Change = Change.NONE, *, price: Decimal | None = None) -> Option:
    total = cell.sheet.total if cell.sheet.is_complete else None
    return Option(label, price if price is not None else total, cell.sheet.quantity, lambda: cell.promise, change)


def _as_asked(wish: Wish, shop: ShopData) -> Iterator[Option]:
    for cell in _cells(wish, shop):
        yield _option(cell, f"{_boards(cell.sheet.quantity)}, {cell.sheet.speed}")


def _changed(wish: Wish, shop: ShopData, promised: list[Promise]) -> Iterator[Option]:
    """With the alternates that the BOM names, and with the part that everything waits for sent by the customer."""
    if not wish.options.alternates and any(line.alternates for line in wish.design.fitted_lines):
        for cell in _cells(wish, shop, options=replace(wish.options, alternates=True)):
            yield _option(cell, f"With the alternates of your BOM, {cell.sheet.speed}", Change.ALTERNATE_PART)
    yield from _supplied(wish, shop, promised)


def _supplied(wish: Wish, shop: ShopData, promised: list[Promise]) -> Iterator[Option]:
    """The parts that everything waits for, one after the other, until what is left is in time."""
    late: frozenset[str] = frozenset()
    cells: tuple[PricedCell, ...] = ()
    while len(late) < MOST_SENT and (more := _waited_for(wish.design, promised) - late):
        late |= more
        cells = _cells(wish, shop, options=replace(wish.options, consigned=wish.options.consigned | late))
        promised = [cell.promise for cell in cells]
        if any(promise.p80 and promise.p80 <= wish.by for promise in promised):
            break
    names = ", ".join(sorted(late))
    yield from (_option(cell, f"You send us {names}, {cell.sheet.speed}", Change.SUPPLIED_PART) for cell in cells)


def _waited_for(design: Design, promised: list[Promise]) -> frozenset[str]:
    """Parts of the BOM whose lead time nobody knows, or that the whole order waits for."""
    said = [*(name for promise in promised for name in promise.unknown), *(promise.critical for promise in promised)]
    names = {line.name for line in design.fitted_lines}
    return frozenset(name for name in names if any(one == name or one.startswith(f"{name},") for one in said))


def _in_parts(wish: Wish, shop: ShopData) -> Iterator[Option]:
    """Some boards ahead and the others as an order of their own; or only some."""
    for boards in sorted({wish.boards // share for share in SHARES if wish.boards // share}, reverse=True):
        [rest] = _cells(wish, shop, wish.boards - boards, speeds=(Speed.STANDARD,))
        for cell in _cells(wish, shop, boards):
            few = f"{_boards(boards)}, {cell.sheet.speed}"
            if cell.sheet.is_complete and rest.sheet.is_complete and rest.promise.p80:
                later = (
                    f"{few}; the other {rest.sheet.quantity:,} by {in_words(rest.promise.p80)}, an order of their own"
                )
                yield _option(cell, later, Change.FIRST_LOT, price=cell.sheet.total + rest.sheet.total)
            yield _option(cell, few, Change.FEWER_BOARDS)


def _one_of_each(would: tuple[Option, ...]) -> tuple[Option, ...]:
    """They come cheapest first, so that the first with the most boards is the one."""
    best: dict[Change, Option] = {}
    for option in would:
        if option.change not in best or option.boards > best[option.change].boards:
            best[option.change] = option
    return tuple(best[change] for change in Change if change in best)


def _boards(count: int) -> str:
    return f"{count:,} board{'s' * (count != 1)}"
