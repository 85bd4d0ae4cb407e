"""The last stage of a reading: what takes longest to measure, and what nobody needs to see a first price."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np

from portal.board.assembly import assembly
from portal.board.beside import with_designators
from portal.board.capability import Capabilities
from portal.board.design import Board, Design, Side
from portal.board.fabrication import STANDARD_THICKNESS_MM, Fabrication, fabrication
from portal.board.footprints import Landing
from portal.board.line import Limits
from portal.board.nets import NamedPoints
from portal.board.outline import outline
from portal.board.pads import pads_of
from portal.board.paste import paste_findings, stencils
from portal.board.stack import Stack
from portal.intake.conventions import habits, rotation_findings, turned_packages
from portal.intake.corrections import NOTHING_SAID, TurnSaid
from portal.intake.netlist import Netlist
from portal.intake.part_heights import heights, part_heights
from portal.intake.second import Run
from portal.intake.stages import with_findings
from portal.intake.witnesses import Witnesses


def with_clearances(
    design: Design,
    stack: Stack,
    witnesses: Witnesses,
    *,
    capabilities: Capabilities | None,
    landing: Landing | None = None,
    run: Run = map,
) -> Design:
    """Gaps, mask webs, copper areas, and the class of fab that can build it. With a landing findings name parts."""
    thickness = witnesses.job.thickness_mm if witnesses.job else None
    made = fabrication(
        stack,
        outline(stack),
        points=named_points(witnesses.netlist, design.board.copper_layers),
        table=capabilities,
        thickness_mm=thickness or STANDARD_THICKNESS_MM,
        run=run,
    )
    found = with_designators(made.findings, stack, landing)
    return with_findings(replace(design, board=_with(design.board, made)), *found)


def _with(board: Board, made: Fabrication) -> Board:
    return replace(
        board,
        min_clearance_mm=made.min_clearance_mm,
        min_mask_web_mm=made.min_mask_web_mm,
        copper_areas=tuple(sorted(made.copper_areas, key=lambda area: (area.layer is None, area.layer, area.file))),
        capability=made.capability,
        demands=made.demands,
        tented_top=made.tented.get(Side.TOP),
        tented_bottom=made.tented.get(Side.BOTTOM),
        gaps=made.gaps,
        rings=made.rings,
    )


def with_assembly(
    design: Design,
    stack: Stack,
    landing: Landing | None,
    *,
    line: Limits,
    turns: Mapping[str, TurnSaid] = NOTHING_SAID.turns,
) -> Design:
    """The stencils; where it is sure which pads a part stands on, also what the line meets, and how the parts turn."""
    needs = stencils(stack, landing or Landing(pads_of(stack)))
    known = habits(landing) if landing else ()
    high = part_heights(design)
    known_mm = {name: height.mm for name, height in high.items()}
    found = (*assembly(stack, landing, line, heights=known_mm), *rotation_findings(known, turns))
    turned = tuple(turned_packages(known).items())
    measured = replace(design, stencils=needs, turned=turned, heights=tuple(heights(design, high)))
    return with_findings(measured, *found, *paste_findings(needs))


def named_points(netlist: Netlist | None, layers: int | None) -> NamedPoints | None:
    """The ends of named nets. A probe that reaches a point from the bottom says that it lies on the last layer."""
    if netlist is None:
        return None
    named = netlist.net >= 0
    layer = np.where(netlist.access == netlist.bottom_access, layers or 2, np.maximum(netlist.access, 0))
    nets = tuple(netlist.nets[index] for index in netlist.net[named].tolist())
    return NamedPoints(netlist.x_mm[named], netlist.y_mm[named], layer[named], nets)
