"""The stencils of a lot: one for each pasted side, its frame, its foil, and the parts that it serves badly."""

from collections.abc import Iterator
from decimal import Decimal

from portal.board.design import Side, StencilNeed
from portal.routing.build import Build
from portal.routing.operations import Stencil
from portal.routing.shop import Frame, StencilRules

NAMED = 4
TOO_SMALL = "openings too small for it (area ratio below 0.66 or aspect below 1.5)"


def stencils(build: Build) -> Iterator[Stencil]:
    needs = {need.side: need for need in build.design.stencils}
    for load in build.placing.sides:
        yield stencil(build, load.side, needs.get(load.side), others=left_out(build))


def left_out(build: Build) -> str:
    """A side with paste on which no part is known to stand, while nobody knows the side of others; otherwise empty."""
    served = {load.side for load in build.placing.sides} | {part.side for part in build.placing.soldered}
    bare = [need for need in build.design.stencils if need.side not in served and need.apertures]
    if not bare or all(part.side_is_known for part in build.population.placed()):
        return ""
    return ", ".join(f"none for the {need.side}: no part on its {need.apertures} openings is known" for need in bare)


def stencil(build: Build, side: Side, need: StencilNeed | None, *, others: str) -> Stencil:
    rules, laid = build.shop.stencil, build.panels
    width, height, frame = framed(laid.width_mm, laid.height_mm, rules)
    return Stencil(
        side=side,
        width_mm=width,
        height_mm=height,
        thickness_um=need.thickness_um if need else None,
        apertures=need.apertures * laid.boards_per_panel if need else None,
        step=need.step if need else "",
        failing=need.failing if need else (),
        because="; ".join(filter(None, (*foil(need), frame, others))),
        paste_mm3=Decimal(str(need.paste_mm3)) if need and need.paste_mm3 is not None else None,
    )


def foil(need: StencilNeed | None) -> Iterator[str]:
    if need is None:
        yield "no paste layer and no pads are known: thickness open"
        return
    ratio = f", area ratio {need.area_ratio:.2f}" if need.area_ratio is not None else ""
    made = ", made from the pads" if need.made else ""
    smallest = f", the smallest {need.smallest_mm} mm" if need.smallest_mm is not None else ""
    yield f"{need.apertures} openings a board{made}{smallest}{ratio}: foil of {need.thickness_um} µm"
    if need.paste_mm3 is not None:
        yield f"{need.paste_mm3:.1f} mm³ of paste a board"
    if need.failing:
        more = f" and {len(need.failing) - NAMED} more" if len(need.failing) > NAMED else ""
        yield f"{TOO_SMALL}: {', '.join(need.failing[:NAMED])}{more}"
    if need.step:
        yield f"or {need.step}"


def framed(
    width_mm: Decimal | None, height_mm: Decimal | None, rules: StencilRules
) -> tuple[Decimal | None, Decimal | None, str]:
    """The smallest frame in stock that holds the panel, either way round; a size is said where none does."""
    if width_mm is None or height_mm is None:
        return None, None, "panel size unknown: frame open"
    short, long = sorted((width_mm, height_mm))
    if frame := next((frame for frame in rules.frames if holds(frame, short, long)), None):
        return frame.width_mm, frame.height_mm, f"frame {frame.width_mm} × {frame.height_mm} mm"
    margin = rules.margin_mm.value
    return width_mm + margin, height_mm + margin, f"larger than the frames in stock: panel + {margin} mm each way"


def holds(frame: Frame, short: Decimal, long: Decimal) -> bool:
    least, most = sorted((frame.usable_width_mm, frame.usable_height_mm))
    return short <= least and long <= most
