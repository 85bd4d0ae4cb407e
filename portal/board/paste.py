"""The stencil of each side: its openings, how well paste leaves them, and the foil that suits them."""

from portal.board.design import StencilNeed
from portal.board.footprints import Landing
from portal.board.stack import Stack


def stencils(stack: Stack, landing: Landing) -> tuple[StencilNeed, ...]:
    """One for each side that paste is printed on."""
    return ()
