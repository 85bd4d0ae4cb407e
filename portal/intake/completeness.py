"""What is missing among the files of one board, and which of them contradict each other: asked, never guessed away."""

from collections import Counter
from collections.abc import Iterator, Sequence

from portal.board.design import FileRole, Finding, Severity, Side
from portal.intake.assigned import BOTTOM_LAYER, Assigned, is_plane

SHOWN = 3  # names in one finding
UNORDERED = {"gEDA"}  # numbers groups of layers as they come
SIDED = {FileRole.COPPER, FileRole.MASK, FileRole.PASTE, FileRole.LEGEND}


def completeness(plots: Sequence[Assigned], files: Sequence[Assigned]) -> Iterator[Finding]:
    """`plots` are those of the board that was taken, `files` all of the package."""
    copper = [plot for plot in plots if plot.file.role is FileRole.COPPER]
    yield from _unknown_layers(files)
    yield from _guessed_layers(plots)
    yield from _contradictions(plots)
    if copper:
        yield from _layer_twice(copper)
        yield from _missing_inner(copper)
        yield from _missing_outer(copper)
        yield from _single_sided(plots, copper)
        yield from _no_drill(plots)
    elif any(plot.file.role is FileRole.PASTE for plot in plots):
        yield Finding(
            Severity.ASK,
            "stencil-only",
            plots[0].file.name,
            "There is paste but no copper: this can be a stencil, not a board.",
            "Send the copper and drill files too, or ask us for the stencil alone.",
        )


def _unknown_layers(files: Sequence[Assigned]) -> Iterator[Finding]:
    unknown = [file.file.name for file in files if file.file.role is FileRole.UNKNOWN]
    if unknown:
        more = f" and {len(unknown) - SHOWN} more" if len(unknown) > SHOWN else ""
        yield Finding(
            Severity.ASK,
            "layer-unknown",
            ", ".join(unknown[:SHOWN]) + more,
            "is Gerber, but neither its content nor its name says which layer; it was left out.",
            "Say which layer it is, or export the files with X2 attributes or your CAD tool's own names.",
        )


def _guessed_layers(plots: Sequence[Assigned]) -> Iterator[Finding]:
    for plot in plots:
        if plot.is_guess:
            side = f" of the {plot.file.side}" if plot.file.side else ""
            yield Finding(
                Severity.ASK,
                "layer-by-content",
                plot.file.name,
                f"has a name that says nothing; by what it draws it was taken for {plot.file.role}{side}.",
                "Confirm it in the list of files, or say there what it is.",
            )


def _contradictions(plots: Sequence[Assigned]) -> Iterator[Finding]:
    for plot in plots:
        if plot.contradiction:
            yield Finding(
                Severity.ASK,
                "layer-contradiction",
                plot.file.name,
                f"is named for the {plot.contradiction}; {plot.file.evidence}. That was believed.",
                "Confirm the layers in the list of files, or export them again.",
            )


def _layer_twice(copper: Sequence[Assigned]) -> Iterator[Finding]:
    """Two files of one place. Protel's .G1 and .GP1 are two layers, of which nothing says which lies above."""
    unlike = {plot.file.sha256: plot for plot in reversed(copper)}.values()  # a copy under another name is no question
    claims = Counter(plot.raw_layer for plot in unlike if plot.raw_layer is not None)
    for layer in (layer for layer, count in claims.items() if count > 1):
        first, *others = (plot for plot in copper if plot.raw_layer == layer)
        names = ", ".join(plot.file.name for plot in others)
        is_apart = any(is_plane(plot) is not is_plane(first) for plot in others)
        yield _of_unknown_order(first, names) if is_apart else _same(first, names)


def _same(first: Assigned, others: str) -> Finding:
    return Finding(
        Severity.ASK,
        "layer-twice",
        first.file.name,
        f"and {others} are both the same copper layer.",
        "Say which one is right, or send only that one.",
    )


def _of_unknown_order(first: Assigned, others: str) -> Finding:
    return Finding(
        Severity.ASK,
        "layer-order-unknown",
        first.file.name,
        f"and {others} are a signal layer and a plane of the same number; which one lies above is not said.",
        "Send the order of the layers.",
    )


def _missing_inner(copper: Sequence[Assigned]) -> Iterator[Finding]:
    """A gap in the numbers, where every layer between top and bottom has one. Protel's .G1 and .GP1 count apart.

    X2 says of the bottom itself which layer it is: all between must be there.
    """
    inner = {plot.raw_layer for plot in copper if plot.raw_layer not in {1, BOTTOM_LAYER}}
    if None in inner or not inner or any(plot.file.tool in UNORDERED for plot in copper):
        return
    numbers = sorted(number for number in inner if number is not None)
    missing = sorted(set(range(2, numbers[-1])) - set(numbers))
    is_said = any(plot.file.side is Side.BOTTOM and plot.raw_layer == numbers[-1] for plot in copper)
    if missing and (is_said or len(missing) < len(numbers)):
        listed = ", ".join(str(number) for number in missing)
        yield Finding(
            Severity.ASK,
            "layer-missing",
            f"copper layer {listed}",
            "is not in the package, though layers above and below are.",
            "Add the file, or confirm the number of layers.",
        )


def _missing_outer(copper: Sequence[Assigned]) -> Iterator[Finding]:
    """Inner layers lie between two outer ones: what is left of a package that lost a file."""
    sides = {plot.file.side for plot in copper}
    inner = [plot for plot in copper if plot.file.side is None]
    for side in (side for side in Side if inner and side not in sides and len(sides) > 1):
        yield Finding(
            Severity.ASK,
            "layer-missing",
            f"{side} copper",
            f"is not in the package, though {inner[0].file.name} lies below it."
            if side is Side.TOP
            else f"is not in the package, though {inner[0].file.name} lies above it.",
            "Add the file, or confirm the number of layers.",
        )


def _single_sided(plots: Sequence[Assigned], copper: Sequence[Assigned]) -> Iterator[Finding]:
    sides = {plot.file.side for plot in copper}
    if len({plot.raw_layer for plot in copper}) > 1 or len(copper) > 1 or None in sides:
        return
    missing = Side.TOP if Side.BOTTOM in sides else Side.BOTTOM
    has_more = any(plot.file.side is missing for plot in plots if plot.file.role in SIDED)
    has_more = has_more or copper[0].raw_layer not in {None, 1, BOTTOM_LAYER}
    yield Finding(
        Severity.ASK if has_more else Severity.NOTE,
        "single-sided",
        copper[0].file.name,
        f"is the only copper layer: there is no {missing} copper.",
        "Confirm that the board is single-sided, or add the missing file.",
    )


def _no_drill(plots: Sequence[Assigned]) -> Iterator[Finding]:
    if not any(plot.file.role is FileRole.DRILL for plot in plots):
        yield Finding(
            Severity.ASK,
            "no-drill",
            "",
            "There is no drill file, so the number of holes is not known.",
            "Add the drill file (Excellon), or confirm that the board has no holes.",
        )
