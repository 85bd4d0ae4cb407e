"""The second stage of a reading: both sides of the board, as drawings and as small pictures."""

from dataclasses import replace

from portal.board.bodies import Bodies, bodies
from portal.board.design import Finding, Severity, Side
from portal.board.footprints import Landing
from portal.board.picture import side_picture
from portal.board.png import side_png
from portal.board.stack import Stack
from portal.intake.stages import Reading, with_findings


def drawn(reading: Reading, stack: Stack, landing: Landing | None) -> Reading:
    """With the parts on it where they could be laid on their pads; what is not fitted is left off."""
    if not stack.layers:
        return reading
    design = reading.design
    left_off = frozenset(name for line in design.bom if line.not_fitted for name in line.designators)
    parts = bodies(landing, design.footprints, left_off) if landing else dict.fromkeys(Side, Bodies())
    pictures = {side: side_picture(stack, side, parts=parts[side]) for side in Side}
    thumbnails = {side: side_png(stack, side, parts=parts[side]) for side in Side}
    return replace(
        reading,
        design=with_findings(design, *(_undrawn(side) for side, svg in pictures.items() if svg is None)),
        pictures={side: svg for side, svg in pictures.items() if svg},
        thumbnails={side: png for side, png in thumbnails.items() if png},
    )


def _undrawn(side: Side) -> Finding:
    text = f"The {side} of this board has too much on it to be shown as a picture; it was read all the same."
    return Finding(Severity.NOTE, "picture-too-large", "", text, "Nothing to do; look at it in a Gerber viewer.")
