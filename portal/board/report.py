"""A design as the contract tells it: the stable form of `portal inspect` and of the API. Absent knowledge is null."""

from dataclasses import asdict
from typing import Any

from portal.board.design import Design, Side


def design_report(design: Design) -> dict[str, Any]:
    return {
        "board": asdict(design.board),
        "bom": {
            "lines": len(design.bom),
            "designators": len({name for line in design.bom for name in line.designators}),
            "not_fitted": sum(line.not_fitted for line in design.bom),
            "columns": dict(design.bom_columns),
        },
        "placements": {
            **_per_side(design),
            "units": design.placement_units,
            "estimated": sum(placement.estimated for placement in design.placements),
        },
        "files": [
            {"name": file.name, "role": file.role, "side": file.side, "layer": file.layer, "tool": file.tool}
            for file in design.files
        ],
        "stencils": [asdict(need) for need in design.stencils],
        "heights": [asdict(side) for side in design.heights],
        "findings": [asdict(finding) for finding in design.findings],
        "candidates": list(design.candidates),
    }


def _per_side(design: Design) -> dict[str, int]:
    """As the customer's files give them; what was found on the artwork is counted by itself."""
    given = [placement for placement in design.placements if not placement.estimated]
    return {side.value: sum(placement.side is side for placement in given) for side in Side}
