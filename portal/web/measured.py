"""What the makers of board and stencil look at, as rows of words for the page of a design."""

from dataclasses import dataclass

from portal.board.design import Board, Design, StencilNeed
from portal.web.filters import number

NONE_HERE, UNKNOWN = "–", "not known"


@dataclass(frozen=True, slots=True)
class CopperRow:
    layer: str
    file: str
    area: str
    share: str
    ring: str


@dataclass(frozen=True, slots=True)
class FoilRow:
    thickness: str
    is_ours: bool
    area_ratio: str
    aspect: str
    failing: str


@dataclass(frozen=True, slots=True)
class Measured:
    """`gaps` are what lies between, the width, and the file; `spans` the layers and the holes between them."""

    copper: list[CopperRow]
    gaps: list[tuple[str, str, str]]
    spans: list[tuple[str, str]]
    foils: list[tuple[StencilNeed, list[FoilRow]]]


def measured_of(design: Design) -> Measured:
    board = design.board
    gaps = sorted(board.gaps, key=lambda gap: gap.mm)
    return Measured(
        copper=copper_rows(board),
        gaps=[(gap.what, f"{number(round(gap.mm, 3))} mm", bare(gap.file)) for gap in gaps],
        spans=[
            (f"{span.first} to {span.last}", number(span.hits)) for span in (board.drills.spans if board.drills else ())
        ],
        foils=[(need, foil_rows(need)) for need in design.stencils if need.foils],
    )


def bare(file: str) -> str:
    """Without its folders: on a phone they would fill the table."""
    return file.rpartition("/")[2]


def copper_rows(board: Board) -> list[CopperRow]:
    rings = {ring.file: f"{number(round(ring.mm, 3))} mm" for ring in board.rings}
    return [
        CopperRow(
            layer=str(area.layer or NONE_HERE),
            file=bare(area.file),
            area=f"{number(round(area.area_mm2, 1))} mm²",
            share=UNKNOWN if area.share is None else f"{number(round(area.share * 100, 1))} %",
            ring=rings.get(area.file, NONE_HERE),
        )
        for area in board.copper_areas
    ]


def foil_rows(need: StencilNeed) -> list[FoilRow]:
    return [
        FoilRow(
            thickness=f"{foil.thickness_um} µm",
            is_ours=foil.thickness_um == need.thickness_um,
            area_ratio=f"{foil.area_ratio:.2f}",
            aspect=f"{foil.aspect_ratio:.1f}",
            failing=number(foil.failing),
        )
        for foil in need.foils
    ]
