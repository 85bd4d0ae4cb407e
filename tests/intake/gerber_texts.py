"""Small Gerber and drill files as CAD tools write them, for the tests that read them."""

from portal.board.artwork import Artwork
from portal.board.shapes import Ring, composed
from portal.board.solid import solid
from portal.intake import macros
from portal.intake.gerber import read_gerber

HEADER = "%FSLAX46Y46*%\n%MOMM*%\n"
ROUND = "%ADD10C,0.2*%\n"


def gerber(body: str, *, header: str = HEADER, apertures: str = ROUND) -> bytes:
    return f"G04 a test*\n{header}{apertures}{body}\nM02*\n".encode()


def drawn(body: str, **parts: str) -> Artwork:
    return read_gerber(gerber(body, **parts))


def codes(artwork: Artwork) -> set[str]:
    return {finding.code for finding in artwork.findings}


def area_mm2(artwork: Artwork) -> float:
    """Of all that is left on the film, polarity worked out."""
    box = artwork.bounds_mm() or (0.0, 0.0, 0.0, 0.0)
    return float(solid(artwork, box).area)


def numbers(*millimetres: float) -> tuple[int, ...]:
    """Numbers as the header above has them: millimetres with six decimals."""
    return tuple(round(value * 1_000_000) for value in millimetres)


def macro_rings(body: str, parameters: list[float]) -> tuple[Ring, ...]:
    """What a macro of this body looks like, in the file's own unit."""
    return composed(macros.drawn(macros.read_macro(body).primitives(parameters), 1.0))
