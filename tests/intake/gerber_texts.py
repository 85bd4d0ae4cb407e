"""Small Gerber and drill files as CAD tools write them, for the tests that read them."""

from portal.board.artwork import Artwork
from portal.intake.gerber import read_gerber

HEADER = "%FSLAX46Y46*%\n%MOMM*%\n"
ROUND = "%ADD10C,0.2*%\n"


def gerber(body: str, *, header: str = HEADER, apertures: str = ROUND) -> bytes:
    return f"G04 a test*\n{header}{apertures}{body}\nM02*\n".encode()


def drawn(body: str, **parts: str) -> Artwork:
    return read_gerber(gerber(body, **parts))


def codes(artwork: Artwork) -> set[str]:
    return {finding.code for finding in artwork.findings}
