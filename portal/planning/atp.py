"""Available to promise: what of a stock and its receipts is not yet promised to anybody, period by period."""

from collections.abc import Sequence
from itertools import accumulate


def net_change(supply: Sequence[int], demand: Sequence[int]) -> list[int]:
    """What each period brings more than it takes. ValueError when the periods do not match."""
    return [received - taken for received, taken in zip(supply, demand, strict=True)]


def available(supply: Sequence[int], demand: Sequence[int]) -> list[int]:
    """Per period, backward consumption and accumulation: a shortage is taken from what earlier periods had left,
    and what is left carries over. A shortage that nothing covers stays visible in its own period, and is not carried.
    Rule and example: Oracle Inventory, ATP calculation (facts of lead times, §1.1).
    """
    left = net_change(supply, demand)
    for period in range(len(left)):
        for earlier in range(period - 1, -1, -1):
            if left[period] >= 0:
                break
            moved = min(max(left[earlier], 0), -left[period])
            left[earlier] -= moved
            left[period] += moved
    carried = accumulate(max(0, count) for count in left)
    return [kept + min(count, 0) for count, kept in zip(left, carried, strict=True)]


def discrete(on_hand: int, receipts: Sequence[int], orders: Sequence[int]) -> list[int | None]:
    """What may be promised from each receipt until the next one comes; None in periods without a receipt.

    The first period has the stock on hand. Rule and example: JD Edwards EnterpriseOne, available to promise.
    """
    starts = [period for period, received in enumerate(receipts) if received or period == 0]
    ends = [*starts[1:], len(orders)]
    result: list[int | None] = [None] * len(orders)
    for start, end in zip(starts, ends, strict=True):
        stock = receipts[start] + (on_hand if start == 0 else 0)
        result[start] = stock - sum(orders[start:end])
    return result


def cumulative(on_hand: int, receipts: Sequence[int], orders: Sequence[int]) -> list[int]:
    """What may be promised by each period in all: discrete promises added up."""
    return list(accumulate(count or 0 for count in discrete(on_hand, receipts, orders)))
