"""The demo shop's prices with their dates, as the services give them."""

from dataclasses import replace
from datetime import datetime
from functools import cache

from benchmarks import seed
from portal.models.shop import ShopPart
from portal.parts.catalogue import catalogue
from portal.routing.options import BuildOptions, Speed
from portal.services.pricing import priced_cells
from portal.services.shop import ShopData, shop_of_files

NOW = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - the clock on the shop's wall
BOARD = seed.a_board()


@cache
def the_shop() -> ShopData:
    return shop_of_files({part: (seed.CONFIG / part.value).read_text("utf-8") for part in ShopPart})


def cells(*quantities, design=BOARD, speeds=(Speed.STANDARD,), shop=None, now=NOW, **options):
    return priced_cells(
        design, BuildOptions(**options), shop or the_shop(), quantities=quantities, speeds=speeds, local_now=now
    )


def selling(*offers):
    """The shop, whose catalogue has these offers and nothing else."""
    return replace(the_shop(), basis=replace(the_shop().basis, catalogue=catalogue(offers)))
