"""How many lots an order is built in: smaller ones find gaps in a loaded shop, and first boards come weeks earlier."""

from math import ceil


def plan_lots(boards: int, *, lot_size: int, boards_per_panel: int = 1) -> tuple[int, ...]:
    """Boards of each lot: as few lots as `lot_size` allows, as even as whole panels allow; only the last is a part one.

    A panel is never split, so a panel bigger than `lot_size` is a lot of its own.
    """
    panels = ceil(boards / boards_per_panel)
    lots = ceil(panels / max(1, lot_size // boards_per_panel))
    shares = [panels // lots + (number < panels % lots) for number in range(lots)]
    sizes = [share * boards_per_panel for share in shares]
    return (*sizes[:-1], boards - sum(sizes[:-1])) if sizes else ()
