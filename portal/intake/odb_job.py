"""An ODB++ job as a folder tree: where it lies in the package, its list of layers, and which step is the board."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from portal.board.design import FileRole, Finding, Severity, Side, SourceFile
from portal.errors import PackageRefused
from portal.intake.archives import Member
from portal.intake.drawing import EXPORT_AGAIN
from portal.intake.odb_text import MM_PER_INCH, blocks, mm_per_unit, number, text_of, values

MATRIX = "matrix/matrix"
COPPER = {"SIGNAL", "POWER_GROUND", "MIXED"}
ROLES = {
    **dict.fromkeys(COPPER, FileRole.COPPER),
    "SOLDER_MASK": FileRole.MASK,
    "SOLDER_PASTE": FileRole.PASTE,
    "SILK_SCREEN": FileRole.LEGEND,
    "DRILL": FileRole.DRILL,
    "ROUT": FileRole.DRILL,
}
TYPES = {  # as the list would have called what the customer says it is
    FileRole.COPPER: "SIGNAL",
    FileRole.MASK: "SOLDER_MASK",
    FileRole.PASTE: "SOLDER_PASTE",
    FileRole.LEGEND: "SILK_SCREEN",
    FileRole.DRILL: "DRILL",
}
FEATURES_OF = re.compile(r"(?:^|/)steps/[^/]+/layers/([^/]+)/features$")
NOTHING: Mapping[str, SourceFile] = MappingProxyType({})
SIDED = {FileRole.MASK, FileRole.PASTE, FileRole.LEGEND}
BOTTOM_NAME = re.compile(r"(?:^|[\W_])(?:b|bot|bottom)(?:$|[\W_])")
MOST_LAYERS = 500


@dataclass(frozen=True, slots=True)
class MatrixLayer:
    """`number` counts copper from 1 (top)."""

    name: str
    type: str
    role: FileRole
    side: Side | None = None
    number: int | None = None
    negative: bool = False
    span: tuple[int, int] | None = None  # first and last copper layer of a drill layer that does not go through

    @property
    def is_routed(self) -> bool:
        return self.type == "ROUT"


@dataclass(frozen=True, slots=True)
class Step:
    """`repeats`: the steps that this one repeats, and how often. That makes it a panel."""

    name: str
    copper_bytes: int
    has_components: bool
    repeats: Mapping[str, int]


@dataclass
class Job:
    """The files by their path in the job, in small letters and without .z."""

    name: str
    files: Mapping[str, Member]
    findings: list[Finding] = field(default_factory=list)

    def data(self, path: str) -> bytes:
        member = self.files.get(path)
        return member.data if member else b""

    def text(self, path: str) -> str:
        """Empty where the file is missing or damaged: only some files are worth a finding."""
        try:
            return text_of(self.data(path))
        except PackageRefused:
            return ""

    def file(self, path: str) -> str:
        """The customer's name for it."""
        member = self.files.get(path)
        return member.name if member else path


def odb_jobs(members: Sequence[Member]) -> dict[str, tuple[Member, ...]]:
    """The files of each ODB++ job in the package, by the folder that it lies in."""
    names = [(_plain(member.name), member) for member in members]
    roots = [name[: -len(MATRIX)] for name, _ in names if name == MATRIX or name.endswith(f"/{MATRIX}")]
    return {
        root.rstrip("/"): tuple(member for name, member in names if name.startswith(root))
        for root in dict.fromkeys(roots)
    }


def _plain(name: str) -> str:
    return name.lower().removesuffix(".z")


def job_of(members: Sequence[Member], *, name: str) -> Job:
    """The first job among the members. Raises PackageRefused where there is none."""
    jobs = odb_jobs(members)
    if not jobs:
        raise PackageRefused("odb-no-matrix", f"{name} has no list of layers (matrix/matrix).", EXPORT_AGAIN)
    root, files = next(iter(jobs.items()))
    inside = len(root) + 1 if root else 0
    return Job(name, {_plain(member.name)[inside:]: member for member in files})


def matrix_layers(job: Job, said: Mapping[str, SourceFile] = NOTHING) -> tuple[MatrixLayer, ...]:
    """The layers that are made or drilled, from top to bottom. Raises PackageRefused for a damaged list.

    `said`: what the customer says of the files of the job, by their names; his word outranks the list.
    """
    told = {layer: file for name, file in said.items() if (layer := _layer_of(name))}
    rows = [_as_said(row, told) for kind, row in blocks(text_of(job.data(MATRIX))) if kind == "LAYER"]
    rows = [row for row in rows if _is_made(row)]
    rows = sorted(rows[:MOST_LAYERS], key=lambda row: number(row.get("ROW", "")) or 0)
    copper = [at for at, row in enumerate(rows) if row["TYPE"].upper() in COPPER]
    numbers = {rows[at]["NAME"].lower(): order for order, at in enumerate(copper, start=1)}
    layers = [replace(_layer(row, at, copper), span=_span(row, numbers)) for at, row in enumerate(rows)]
    return tuple(replace(layer, side=_side_said(layer, told)) for layer in layers)


def _layer_of(name: str) -> str:
    """…/steps/pcb/layers/sst/features.Z is the layer sst; "" for any other file."""
    found = FEATURES_OF.search(_plain(name))
    return found[1] if found else ""


def _as_said(row: Mapping[str, str], told: Mapping[str, SourceFile]) -> Mapping[str, str]:
    """A layer that the customer calls a drawing is made no more; one that the list calls a document may be."""
    file = told.get(row.get("NAME", "").lower())
    return row if file is None else {**row, "TYPE": TYPES.get(file.role, "DOCUMENT"), "CONTEXT": "BOARD"}


def _side_said(layer: MatrixLayer, told: Mapping[str, SourceFile]) -> Side | None:
    file = told.get(layer.name)
    return (file.side if file and layer.role in SIDED else None) or layer.side


def _span(row: Mapping[str, str], copper: Mapping[str, int]) -> tuple[int, int] | None:
    """START_NAME and END_NAME of blind and buried vias."""
    ends = [copper.get(row.get(key, "").lower()) for key in ("START_NAME", "END_NAME")]
    first, last = sorted(end for end in ends if end) if all(ends) else (1, len(copper))
    return None if (first, last) == (1, len(copper)) else (first, last)


def _is_made(row: Mapping[str, str]) -> bool:
    is_board = row.get("CONTEXT", "BOARD").upper() == "BOARD"
    return is_board and row.get("TYPE", "").upper() in ROLES and bool(row.get("NAME"))


def _layer(row: Mapping[str, str], at: int, copper: Sequence[int]) -> MatrixLayer:
    name, kind = row["NAME"].lower(), row["TYPE"].upper()
    role = ROLES[kind]
    order = copper.index(at) + 1 if at in copper else None
    side = _side(name, at, copper) if role in SIDED or (order and order in {1, len(copper)}) else None
    # Only of copper is it said in one way: of a mask the openings are drawn, whatever the list calls that.
    negative = role is FileRole.COPPER and row.get("POLARITY", "").upper() == "NEGATIVE"
    return MatrixLayer(name, kind, role, side, order, negative)


def _side(name: str, at: int, copper: Sequence[int]) -> Side:
    """By the place in the list; a board of one copper layer by the name."""
    if len(copper) > 1:
        return Side.TOP if at <= copper[0] or at < (copper[0] + copper[-1]) / 2 else Side.BOTTOM
    return Side.BOTTOM if BOTTOM_NAME.search(name) else Side.TOP


def board_step(job: Job, layers: Sequence[MatrixLayer]) -> str:
    """The step that is the board: not one that repeats others, with components, and with the most copper.

    Raises PackageRefused where there is none.
    """
    steps = list(_steps(job, layers))
    single = [step for step in steps if not step.repeats and (step.copper_bytes or step.has_components)] or steps
    if not single:
        raise PackageRefused("odb-no-step", f"{job.name} has a list of layers, but no board (steps).", EXPORT_AGAIN)
    taken, *others = sorted(single, key=lambda step: (-step.has_components, -step.copper_bytes, step.name))
    job.findings += [*_say_others(taken, others), *_say_panels(taken, steps)]
    return taken.name


def _steps(job: Job, layers: Sequence[MatrixLayer]) -> Iterator[Step]:
    names = dict.fromkeys(path.split("/")[1] for path in job.files if path.startswith("steps/") and path.count("/") > 1)
    copper = [layer.name for layer in layers if layer.role is FileRole.COPPER]
    for name in names:
        features = [len(job.data(f"steps/{name}/layers/{layer}/features")) for layer in copper]
        has_components = any(f"steps/{name}/layers/comp_+_{side}/components" in job.files for side in ("top", "bot"))
        yield Step(name, sum(features), has_components, _repeats(job, name))


def _repeats(job: Job, step: str) -> Mapping[str, int]:
    found: Counter[str] = Counter()
    for kind, row in blocks(job.text(f"steps/{step}/stephdr")):
        if kind == "STEP-REPEAT":
            found[row.get("NAME", "").lower()] += abs(
                (number(row.get("NX", "")) or 1) * (number(row.get("NY", "")) or 1)
            )
    return found


def _say_others(taken: Step, others: Sequence[Step]) -> Iterator[Finding]:
    boards = [step.name for step in others if step.copper_bytes]
    if boards:
        text = f"was read; the job also holds {', '.join(boards[:3])}."
        yield Finding(Severity.ASK, "odb-steps", f"step {taken.name}", text, "Say which of them is to be built.")


def _say_panels(taken: Step, steps: Sequence[Step]) -> Iterator[Finding]:
    for step in steps:
        if count := step.repeats.get(taken.name):
            text = f"is a panel of {count} × {taken.name}; the single board was read."
            yield Finding(
                Severity.NOTE, "odb-panel", f"step {step.name}", text, "Say so if we are to build this panel."
            )
        elif step is taken and step.repeats:
            text = "repeats other boards that are not in the job."
            yield Finding(Severity.ASK, "odb-steps", f"step {step.name}", text, EXPORT_AGAIN)


def step_unit(job: Job, step: str) -> float:
    """Millimetres of one unit where a file does not say: as the step says, else the job, else inch (the standard's)."""
    for path in (f"steps/{step}/stephdr", "misc/info"):
        if unit := mm_per_unit(job.text(path)):
            return unit
    return MM_PER_INCH


def tool_of(job: Job) -> str | None:
    """Who made it, as misc/info says."""
    said = values(job.text("misc/info"))
    return (said.get("ODB_SOURCE") or said.get("SAVE_APP") or "")[:80] or None


def own_symbols(job: Job) -> dict[str, bytes]:
    paths = (path.split("/") for path in job.files if path.startswith("symbols/") and path.endswith("/features"))
    return {parts[1]: job.data("/".join(parts)) for parts in paths if len(parts) == 3}


def drill_tools(job: Job, folder: str) -> dict[int, str]:
    """Number -> TYPE (PLATED, NON_PLATED, VIA)."""
    rows = [row for kind, row in blocks(job.text(f"{folder}/tools")) if kind == "TOOLS"]
    return {found: row.get("TYPE", "") for row in rows if (found := number(row.get("NUM", ""))) is not None}
