"""Gerber job files of both schemas, and what they say against the layers."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.board.design import Board, FileRole, OutlineKind, Severity
from portal.errors import PackageRefused
from portal.intake.job import Job, bare_name, is_job, job_findings, jobs_among, read_job

KICAD = {
    "Header": {"GenerationSoftware": {"Vendor": "KiCad", "Application": "Pcbnew", "Version": "7.0.6"}},
    "GeneralSpecs": {
        "ProjectId": {"Name": "sensor-node", "GUID": "73696d70", "Revision": "rev?"},
        "Size": {"X": 40.1, "Y": 55.1},
        "LayerNumber": 4,
        "BoardThickness": 1.6,
        "Finish": "ENIG",
        "ImpedanceControlled": True,
        "Castellated": False,
    },
    "DesignRules": [
        {"Layers": "Outer", "PadToPad": 0.2, "PadToTrack": 0.2, "TrackToTrack": 0.18, "MinLineWidth": 0.15},
        {"Layers": "Inner", "TrackToTrack": 0.25, "MinLineWidth": 0.2},
    ],
    "FilesAttributes": [
        {"Path": "sensor-node-F_Cu.gbr", "FileFunction": "Copper,L1,Top", "FilePolarity": "Positive"},
        {"Path": "sensor-node-F_Mask.gbr", "FileFunction": "SolderMask,Top", "FilePolarity": "Negative"},
        {"Path": "sensor-node-Edge_Cuts.gbr", "FileFunction": "Profile", "FilePolarity": "Positive"},
    ],
}
EAGLE = {
    "Header": {
        "Comment": "All values are metric (mm)",
        "GenerationSoftware": {"Application": "EAGLE", "Vendor": "Autodesk", "Version": "9.6.2"},
    },
    "Overall": {
        "BoardThickness": 1.57,
        "LayerNumber": 2,
        "Name": {"ProjectId": "Fan_PCB_V1.0"},
        "Size": {"X": 40, "Y": 30},
    },
}


def read(said: object) -> Job:
    return read_job(json.dumps(said).encode())


def specs(**said: object) -> Job:
    return read({"Header": {}, "GeneralSpecs": said})


def board(width: float = 40.1, height: float = 55.1, layers: int | None = 4, **others: object) -> Board:
    return Board(width_mm=width, height_mm=height, copper_layers=layers, outline=OutlineKind.CLOSED, **others)


def test_the_standards_schema_is_read():
    job = read(KICAD)

    assert (job.tool, job.project) == ("KiCad Pcbnew 7.0.6", "sensor-node")
    assert (job.width_mm, job.height_mm, job.copper_layers, job.thickness_mm) == (40.1, 55.1, 4, 1.6)
    assert (job.finish, job.impedance_controlled, job.castellated, job.edge_plated) == ("ENIG", True, False, None)


def test_eagles_schema_is_read():
    job = read(EAGLE)

    assert (job.tool, job.project) == ("Autodesk EAGLE 9.6.2", "Fan_PCB_V1.0")
    assert (job.width_mm, job.height_mm, job.copper_layers, job.thickness_mm) == (40, 30, 2, 1.57)
    assert job.files == ()


def test_the_design_rules_are_the_strictest_of_all_layers():
    job = read(KICAD)

    assert (job.min_track_mm, job.min_clearance_mm) == (0.15, 0.18)


@pytest.mark.parametrize("finish", ["None", "none", "None specified", "User defined", "", 7, None])
def test_a_finish_that_nobody_chose_is_unknown(finish):
    assert specs(Finish=finish).finish == ""


@pytest.mark.parametrize("value", [0, -1, 1e9, "1.6", True, None, [], {"mm": 1.6}])
def test_a_thickness_that_no_board_has_is_unknown(value):
    assert specs(BoardThickness=value).thickness_mm is None


@pytest.mark.parametrize("value", [0, -2, 2.5, 101, "4", True, None])
def test_a_number_of_layers_that_no_board_has_is_unknown(value):
    assert specs(LayerNumber=value).copper_layers is None


def test_not_a_number_is_no_size():
    job = read_job(b'{"GeneralSpecs": {"Size": {"X": NaN, "Y": Infinity}}}')

    assert (job.width_mm, job.height_mm) == (None, None)


def test_a_file_is_found_by_its_name_whatever_folder_and_case():
    job = read(KICAD)

    assert job.says_of("gerbers/SENSOR-NODE-F_Mask.gbr").role is FileRole.MASK
    assert job.says_of("sensor-node-F_Cu.gbr").layer == 1
    assert job.says_of("sensor-node-B_Cu.gbr") is None


def test_a_path_is_only_ever_a_name():
    assert bare_name("../../../../etc/passwd") == "passwd"
    assert bare_name("C:\\boards\\top.gbr") == "top.gbr"


@pytest.mark.parametrize(
    "entries",
    [
        [{"Path": "x.gbr"}],
        [{"FileFunction": "Profile"}],
        [{"Path": 7, "FileFunction": "Profile"}],
        ["x.gbr"],
        "x.gbr",
        {"Path": "x.gbr", "FileFunction": "Profile"},
        None,
    ],
)
def test_an_entry_that_says_nothing_is_passed_over(entries):
    assert read({**KICAD, "FilesAttributes": entries}).files == ()


def test_no_more_files_are_taken_than_a_package_holds():
    entry = {"Path": "x.gbr", "FileFunction": "Profile"}

    assert len(read({"FilesAttributes": [entry] * 10_000}).files) == 500


@pytest.mark.parametrize(
    "data",
    [
        *(b"", b"not json", b"{", b"[" * 100_000, b"[1, 2]", b'"text"', b"12", b"null"),
        b'{"a": "' + b"x" * 4_000_000 + b'"}',
        b'{"GeneralSpecs": {"LayerNumber": ' + b"9" * 5_000 + b"}}",
    ],
)
def test_what_is_no_job_file_is_refused(data):
    with pytest.raises(PackageRefused) as refused:
        read_job(data)

    assert (refused.value.code, refused.value.remedy[-1]) == ("job-unreadable", ".")


@pytest.mark.parametrize(("said", "known"), [(KICAD, True), (EAGLE, True), ({"name": "x"}, False), ([], False)])
def test_a_job_file_is_known_by_its_content(said, known):
    assert is_job(json.dumps(said, indent=2).encode()) is known
    assert is_job(b"\xef\xbb\xbf" + json.dumps(said).encode()) is known


def test_job_files_are_found_by_content_and_a_broken_one_is_passed_over():
    files = [json.dumps(KICAD).encode(), b"%FSLAX46Y46*%", b'{"FilesAttributes": [', json.dumps(EAGLE).encode()]

    assert [job.copper_layers for job in jobs_among(files)] == [4, 2]


def test_a_mark_of_the_encoding_is_no_fault():
    assert read_job(b"\xef\xbb\xbf" + json.dumps(KICAD).encode()).copper_layers == 4


@pytest.mark.parametrize(("width", "height"), [(40.1, 55.1), (40.0, 55.0), (40.35, 54.9), (55.0, 40.0)])
def test_a_size_within_the_width_of_a_pen_agrees(width, height):
    assert job_findings(read(KICAD), board(width, height)) == ()


@pytest.mark.parametrize(("width", "height"), [(41.0, 55.1), (40.1, 110.2), (400, 300)])
def test_another_size_is_asked_about(width, height):
    [finding] = job_findings(read(KICAD), board(width, height))

    assert (finding.severity, finding.code) == (Severity.ASK, "job-size-differs")
    assert "40.10 × 55.10 mm" in finding.message


def test_another_number_of_layers_is_asked_about():
    [finding] = job_findings(read(KICAD), board(layers=2))

    assert (finding.severity, finding.code) == (Severity.ASK, "job-layers-differ")
    assert "says 4 copper layers, but 2 were found" in finding.message


def test_what_is_not_known_does_not_disagree():
    unknown = Board()
    assumed = Board(width_mm=10, height_mm=10, outline=OutlineKind.ASSUMED)

    assert [job_findings(read(KICAD), one) for one in (unknown, assumed)] == [(), ()]
    assert job_findings(Job(), board()) == ()


VALUES = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=8) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
KEYS = st.sampled_from(["Header", "GeneralSpecs", "Overall", "DesignRules", "FilesAttributes"])
INNER = st.sampled_from(["Size", "X", "Y", "LayerNumber", "Finish", "Path", "FileFunction", "Name", "ProjectId"])


@given(said=st.dictionaries(KEYS, VALUES | st.dictionaries(INNER, VALUES) | st.lists(st.dictionaries(INNER, VALUES))))
def test_anything_that_is_json_is_read(said):
    job = read(said)

    assert job.width_mm is None or 0 < job.width_mm <= 2000
    assert job_findings(job, board()) is not None


@given(data=st.binary(max_size=200))
def test_any_bytes_are_read_or_refused(data):
    with suppress(PackageRefused):
        read_job(data)


@pytest.mark.corpus
@pytest.mark.parametrize(
    ("path", "size", "layers"),
    [
        ("pg-kicadx2/simple_2layer-job.gbrjob", (40.1, 55.1), 2),
        ("voron-umbilical-frame/V0-UmbilicalBoard-job.gbrjob", (122.05, 37.05), 2),
        ("voron-v0-supply/Gerber-Files/CAMOutputs/GerberFiles/gerber_job.gbrjob", (82.5, 22.0), 4),
    ],
)
def test_a_real_job_file_is_read(corpus, path, size, layers):
    job = read_job((corpus / "dev" / path).read_bytes())

    assert ((job.width_mm, job.height_mm), job.copper_layers) == (size, layers)


@pytest.mark.corpus
def test_a_job_file_that_lies_is_found_out(corpus):
    job = read_job((corpus / "bad/gerber/gbrjob-lies.gbrjob").read_bytes())
    codes = {finding.code for finding in job_findings(job, board(layers=2))}

    assert codes == {"job-size-differs", "job-layers-differ"}
    assert job.thickness_mm is None
