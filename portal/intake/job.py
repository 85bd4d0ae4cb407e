"""The Gerber job file (.gbrjob): what the CAD tool itself says about the board and about each of its files.

Two schemas are in use: the standard's (KiCad, Altium: GeneralSpecs and FilesAttributes) and Eagle's (Overall).
The layers are the truth where both speak; the job file fills what no layer shows, and a difference is a finding.
"""

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from typing import Any

from portal.board.design import Board, Finding, OutlineKind, Severity
from portal.errors import PackageRefused
from portal.intake.file_functions import LONGEST_TEXT, FileFunction, file_function

MOST_BYTES = 4_000_000
MOST_FILES = 500
LARGEST_MM = 2_000.0
THICKEST_MM = 20.0
MOST_LAYERS = 100
PEN_MM = 0.3  # an outline is drawn with a pen of 0.05 to 0.3 mm, and some tools count it in

CHECK_JOB = "Please say which is right, or export the Gerber and the job file together again."


@dataclass(frozen=True, slots=True)
class Job:
    """None and "" where the job file does not say."""

    tool: str | None = None
    project: str = ""
    width_mm: float | None = None
    height_mm: float | None = None
    copper_layers: int | None = None
    thickness_mm: float | None = None
    finish: str = ""
    min_track_mm: float | None = None  # of the design rules, not measured
    min_clearance_mm: float | None = None
    impedance_controlled: bool | None = None
    castellated: bool | None = None
    edge_plated: bool | None = None
    files: tuple[tuple[str, FileFunction], ...] = ()  # by the file's bare name

    def says_of(self, name: str) -> FileFunction | None:
        """By the bare name, whatever folder and case."""
        bare = bare_name(name)
        return next((function for file, function in self.files if file == bare), None)


def is_job(data: bytes) -> bool:
    """Whether this is a Gerber job file, whatever its name."""
    if not data[:4_000].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return False
    return b'"FilesAttributes"' in data or (b'"Header"' in data and b'"GenerationSoftware"' in data)


def read_job(data: bytes) -> Job:
    """Raises PackageRefused for what is no job file; a single value that makes no sense is left unknown."""
    said = _parsed(data)
    specs = _table(said, "GeneralSpecs") or _table(said, "Overall")
    size = _table(specs, "Size")
    rules = [rule for rule in _list(said, "DesignRules") if isinstance(rule, dict)]
    return Job(
        tool=_tool(_table(_table(said, "Header"), "GenerationSoftware")),
        project=_text(_table(specs, "ProjectId"), "Name") or _text(_table(specs, "Name"), "ProjectId"),
        width_mm=_number(size, "X", most=LARGEST_MM),
        height_mm=_number(size, "Y", most=LARGEST_MM),
        copper_layers=_count(specs, "LayerNumber"),
        thickness_mm=_number(specs, "BoardThickness", most=THICKEST_MM),
        finish=_finish(specs),
        min_track_mm=_least(rules, ("MinLineWidth",)),
        min_clearance_mm=_least(rules, ("PadToPad", "PadToTrack", "TrackToTrack")),
        impedance_controlled=_flag(specs, "ImpedanceControlled"),
        castellated=_flag(specs, "Castellated"),
        edge_plated=_flag(specs, "EdgePlating"),
        files=tuple(islice(_files(said), MOST_FILES)),
    )


def jobs_among(files: Iterable[bytes]) -> tuple[Job, ...]:
    """Every job file that is one, whatever its name; one that cannot be read is told of elsewhere."""
    jobs = []
    for data in filter(is_job, files):
        with suppress(PackageRefused):
            jobs.append(read_job(data))
    return tuple(jobs)


def job_findings(job: Job, board: Board) -> tuple[Finding, ...]:
    """Where the job file and the layers disagree; `where` is the job file, which the caller may name."""
    return (*_layers_differ(job, board), *_size_differs(job, board))


def _layers_differ(job: Job, board: Board) -> Iterator[Finding]:
    if job.copper_layers and board.copper_layers and job.copper_layers != board.copper_layers:
        yield Finding(
            Severity.ASK,
            "job-layers-differ",
            "the job file",
            f"says {job.copper_layers} copper layers, but {board.copper_layers} were found; the layers were believed.",
            CHECK_JOB,
        )


def _size_differs(job: Job, board: Board) -> Iterator[Finding]:
    if None in (job.width_mm, job.height_mm, board.width_mm, board.height_mm) or board.outline is OutlineKind.ASSUMED:
        return
    said = sorted((job.width_mm or 0.0, job.height_mm or 0.0))
    found = sorted((board.width_mm or 0.0, board.height_mm or 0.0))
    if max(abs(one - other) for one, other in zip(said, found, strict=True)) <= PEN_MM:
        return
    yield Finding(
        Severity.ASK,
        "job-size-differs",
        "the job file",
        f"says {job.width_mm:.2f} × {job.height_mm:.2f} mm, but the outline is {board.width_mm:.2f} × "
        f"{board.height_mm:.2f} mm; the outline was believed.",
        CHECK_JOB,
    )


def _parsed(data: bytes) -> Mapping[str, Any]:
    if len(data) > MOST_BYTES:
        raise _refused("is larger than any real one.")
    try:
        said = json.loads(data.removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace"))
    except (ValueError, RecursionError) as fault:
        raise _refused("is damaged and cannot be read.") from fault
    if not isinstance(said, dict):
        raise _refused("has nothing of a job file in it.")
    return said


def _refused(what: str) -> PackageRefused:
    return PackageRefused("job-unreadable", f"The Gerber job file {what}", "Export it again, or leave it out.")


def _table(of: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    value = of.get(key)
    return value if isinstance(value, dict) else {}


def _list(of: Mapping[str, Any], key: str) -> list[Any]:
    value = of.get(key)
    return value if isinstance(value, list) else []


def _text(of: Mapping[str, Any], key: str) -> str:
    value = of.get(key)
    return value.strip()[:LONGEST_TEXT] if isinstance(value, str) else ""


def _number(of: Mapping[str, Any], key: str, *, most: float) -> float | None:
    """Positive and finite; the standard writes 0 or -1 for what is not known."""
    value = of.get(key)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value <= most:
        return None
    return float(value) if math.isfinite(value) else None


def _count(of: Mapping[str, Any], key: str) -> int | None:
    value = _number(of, key, most=MOST_LAYERS)
    return int(value) if value is not None and value == int(value) else None


def _flag(of: Mapping[str, Any], key: str) -> bool | None:
    value = of.get(key)
    return value if isinstance(value, bool) else None


def _finish(specs: Mapping[str, Any]) -> str:
    """KiCad writes "None" where nobody chose one: that is not bare copper."""
    finish = _text(specs, "Finish")
    return "" if finish.lower() in {"none", "none specified", "user defined"} else finish


def _least(rules: list[dict[str, Any]], keys: tuple[str, ...]) -> float | None:
    values = [value for rule in rules for key in keys if (value := _number(rule, key, most=LARGEST_MM)) is not None]
    return min(values, default=None)


def _tool(software: Mapping[str, Any]) -> str | None:
    """As the readers of Gerber attributes say it: "KiCad Pcbnew 7.0.6"."""
    words = [_text(software, key) for key in ("Vendor", "Application", "Version")]
    return " ".join(filter(None, words)) or None


def _files(said: Mapping[str, Any]) -> Iterator[tuple[str, FileFunction]]:
    for entry in _list(said, "FilesAttributes"):
        if isinstance(entry, dict) and _text(entry, "Path") and _text(entry, "FileFunction"):
            yield bare_name(_text(entry, "Path")), file_function(_text(entry, "FileFunction"))


def bare_name(path: str) -> str:
    """A path is a name in this package and nothing else; it is never opened."""
    return path.replace("\\", "/").rsplit("/", 1)[-1].casefold()
