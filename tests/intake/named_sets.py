"""Whole sets of files by name alone: how such a set is made of its rows, and as what each of its files is read."""

from packages_made import DRILL, gerber_of

from portal.intake.candidates import candidates
from portal.intake.roles import assign_roles

LINES_ONLY = gerber_of((2, 5, 18, 5), (2, 10, 18, 13))
HOLES_ONLY = gerber_of((2, 5, 2, 5), (12, 5, 12, 5), (12, 9, 12, 9))


def content_of(name, expected, function=""):
    """Of a file that is to be read as `expected`; `function` is its X2 attribute."""
    said = f"%TF.FileFunction,{function}*%\n".encode() if function else b""
    if not expected.startswith("drill"):
        return said + LINES_ONLY + name.encode()
    return HOLES_ONLY + name.encode() if name.lower().endswith(".gbr") else DRILL


def read_as(members):
    """Each file's role, side and layer, as the whole set is read."""
    files = assign_roles(members)
    numbered = {plot.file.name: plot.file for board in candidates(files) for plot in board.plots}
    every = [numbered.get(file.file.name, file.file) for file in files]
    return {file.name: f"{file.role} {file.side or '-'} {file.layer or '-'}" for file in every}


def full(expected):
    return " ".join([*expected.split(), "-", "-"][:3])
