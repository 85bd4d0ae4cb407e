"""The edges that a board may have, as they are offered for choice."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class EdgeChoice:
    """What one outline file would make of the board, for the customer to choose from."""

    file: str
    width_mm: float
    height_mm: float
    is_closed: bool
    is_taken: bool
