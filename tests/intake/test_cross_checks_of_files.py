"""Files of one board that contradict each other: each contradiction is said, and what is nearly one is not."""

import json

import pytest
from packages_made import DRILL, board_files, copper_of, found_codes, gerber_of, outline_of, zipped

from portal.board.design import Severity
from portal.intake.reading import read_in_stages


def a_job(layers: int, width: float = 20, height: float = 15) -> bytes:
    """As KiCad writes it; sizes hold the pen of the outline."""
    size = {"X": width, "Y": height}
    return json.dumps({"Header": {}, "GeneralSpecs": {"Size": size, "LayerNumber": layers}}).encode()


def drilled(x: float, y: float) -> bytes:
    return DRILL.replace(b"T2\n", f"T2\nX{x}Y{y}\n".encode())


def flashed(x: float, y: float) -> bytes:
    """A pad there, and two in the corners of the board."""
    spots = gerber_of((x, y, x, y), (0.5, 0.5, 0.5, 0.5), (19.5, 14.5, 19.5, 14.5))
    return copper_of().replace(b"M02*", spots.split(b"D10*\n")[1])


EDGE, TOP, BOTTOM, HOLES, JOB = (
    "board-Edge_Cuts.gbr",
    "board-F_Cu.gbr",
    "board-B_Cu.gbr",
    "board-PTH.drl",
    "board-job.gbrjob",
)
# Code -> the files that earn it; and the nearest that do not. Copper may reach a millimetre over the edge.
CONTRADICTIONS = {
    "job-layers-differ": ({JOB: a_job(4)}, {JOB: a_job(2)}),
    "job-size-differs": ({JOB: a_job(2, 30, 15)}, {JOB: a_job(2, 20.1, 15.1)}),
    "drill-outside-board": ({HOLES: drilled(40, 40)}, {HOLES: drilled(20, 10)}),
    "copper-outside-outline": ({TOP: flashed(22, 5), BOTTOM: flashed(22, 5)}, {TOP: flashed(20.8, 5)}),
    "outline-misfit": ({TOP: flashed(33, 5), BOTTOM: flashed(33, 5)}, {TOP: flashed(19, 5)}),
    "outline-larger": ({EDGE: outline_of(90, 80)}, {EDGE: outline_of(22, 17)}),
    "layer-twice": ({"board-F_Cu.gtl": copper_of(19)}, {"board-F_Cu.gtl": copper_of()}),
    "no-drill": ({HOLES: b""}, {HOLES: DRILL}),
}


def read(tmp_path, changed: dict[str, bytes]):
    (tmp_path / "package.zip").write_bytes(zipped(board_files() | changed))
    return next(read_in_stages(tmp_path / "package.zip", name="package"))


@pytest.mark.parametrize("code", CONTRADICTIONS)
def test_a_contradiction_between_files_is_asked_about(tmp_path, code):
    reading = read(tmp_path, CONTRADICTIONS[code][0])
    [finding] = [finding for finding in reading.design.findings if finding.code == code]

    assert finding.severity is Severity.ASK
    assert finding.remedy


@pytest.mark.parametrize("code", CONTRADICTIONS)
def test_what_is_nearly_a_contradiction_is_left_in_peace(tmp_path, code):
    assert code not in found_codes(read(tmp_path, CONTRADICTIONS[code][1]))


@pytest.mark.parametrize("code", CONTRADICTIONS)
def test_no_contradiction_is_said_under_another_name(tmp_path, code):
    expected = found_codes(read(tmp_path, {})) | {code}

    assert found_codes(read(tmp_path, CONTRADICTIONS[code][0])) == expected
