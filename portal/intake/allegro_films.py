"""What an Allegro film holds, by the classes that its own head lists (`G04 Layer: PIN/SOLDERMASK_TOP*`).

Films are called as their designer likes (PM_TOP, SM, FM); the classes on them are Cadence's own words.
"""

import re

from portal.board.design import FileRole, Side
from portal.intake.file_functions import FileFunction

HEAD_BYTES = 20_000
IS_FILM = b"Film Name:"
CLASS = re.compile(rb"^G04 (?:Layer:)?[ \t]+([A-Z][A-Z ]+)/([^*\r\n]{1,60})\*", re.MULTILINE)
FRAMES = ("OUTLINE", "DESIGN_OUTLINE", "CUTOUT")
# Classes that are drawn beside what a film is for; the first row that fits a class says what it adds.
BESIDE = re.compile(
    r"(?:.* KEEPOUT|.* KEEPIN|CONSTRAINT REGION|DRAWING FORMAT|DRC ERROR CLASS|ANALYSIS|MANUFACTURING)$"
)
LISTS = re.compile(r"NC ?DRILL|NCLEGEND|XSECTION|DIMENSION")
WORDS = (
    ("SOLDERMASK", FileRole.MASK),
    ("PASTEMASK", FileRole.PASTE),
    ("FILMMASK", FileRole.DRAWING),  # a copy of the paste for the one who cuts the foil
    ("SILKSCREEN", FileRole.LEGEND),
    ("AUTOSILK", FileRole.LEGEND),
    ("ASSEMBLY", FileRole.DRAWING),
    ("DISPLAY", FileRole.DRAWING),
)
SIDES = {"TOP": Side.TOP, "BOTTOM": Side.BOTTOM}


def film_function(data: bytes) -> FileFunction | None:
    """None for what is no film, and for one that mixes purposes."""
    head = data[:HEAD_BYTES]
    if IS_FILM not in head:
        return None
    classes = [(kind.decode().strip(), layer.decode("latin-1").strip()) for kind, layer in CLASS.findall(head)]
    etched = [layer for kind, layer in classes if kind in {"ETCH", "CONDUCTOR"}]
    roles = {role for kind, layer in classes if (role := _role(kind, layer))}
    if etched:
        return _copper(etched[0]) if len(set(etched)) == 1 else _of_several(etched, roles)
    if lands := [f"{kind}/{layer}" for kind, layer in classes if kind in {"PIN", "VIA CLASS"} and layer in SIDES]:
        return FileFunction(lands[0], FileRole.DRAWING)  # pads without tracks: a picture for somebody
    if len(roles) > 1:
        roles.discard(FileRole.OUTLINE)
    if any(kind == "REF DES" and _role(kind, layer) is FileRole.DRAWING for kind, layer in classes):
        roles = {FileRole.DRAWING}  # names of an assembly drawing, whatever else is drawn beside them
    if len(roles) != 1:
        return None
    role = roles.pop()
    said = next(f"{kind}/{layer}" for kind, layer in classes if _role(kind, layer) is role)
    sides = {side for kind, layer in classes if _role(kind, layer) is role and (side := _side(layer))}
    return FileFunction(said, role, side=sides.pop() if len(sides) == 1 and role is not FileRole.OUTLINE else None)


def _of_several(layers: list[str], beside: set[FileRole]) -> FileFunction | None:
    """Both outer coppers and the legend on one film: a plot of the whole design, to look at."""
    is_plot = SIDES.keys() <= set(layers) and FileRole.LEGEND in beside
    return FileFunction("ETCH/TOP and ETCH/BOTTOM", FileRole.DRAWING) if is_plot else None


def _copper(layer: str) -> FileFunction:
    return FileFunction(f"ETCH/{layer}", FileRole.COPPER, side=SIDES.get(layer))


def _role(kind: str, layer: str) -> FileRole | None:
    if LISTS.search(layer):
        return FileRole.DRAWING
    for word, role in WORDS:
        if word in layer and kind != "DRC ERROR CLASS":
            return role
    if BESIDE.match(kind):
        return None
    if kind == "BOARD GEOMETRY" and layer in FRAMES:
        return FileRole.OUTLINE
    return FileRole.DRAWING


def _side(layer: str) -> Side | None:
    return next((side for end, side in SIDES.items() if layer.endswith(end)), None)
