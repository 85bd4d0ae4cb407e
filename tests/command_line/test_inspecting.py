"""`portal inspect`: the stable contract of design.md §6, and what is said when it cannot be kept."""

import json
import math
import os
import shutil
import subprocess
import tarfile

import pytest
from calling import EXAMPLE, PROGRAM, asked, call, refused, run

# The example of design.md §6, key by key. A key may be added; none may go.
CONTRACT = {
    "board": {
        "width_mm",
        "height_mm",
        "copper_layers",
        "outline",
        "drills",
        "min_track_mm",
        "min_clearance_mm",
        "min_annular_ring_mm",
        "paste",
    },
    "bom": {"lines", "designators", "not_fitted", "columns"},
    "placements": {"top", "bottom", "units"},
}
DRILLS = {"hits", "plated", "slots", "sizes", "smallest_mm"}
LISTS = {"files": {"name", "role", "side", "layer", "tool"}}
FINDING = {"severity", "code", "where", "message", "remedy"}
SECONDS = {"total", "unpack", "copper"}


@pytest.fixture(scope="module")
def report():
    return asked("inspect", EXAMPLE)


@pytest.fixture
def unpacked(tmp_path):
    shutil.unpack_archive(EXAMPLE, tmp_path / "board")
    return tmp_path / "board"


@pytest.mark.parametrize("part", CONTRACT)
def test_each_part_of_the_contract_is_there(report, part):
    assert CONTRACT[part] <= report[part].keys()


def test_the_rest_of_the_contract_is_there(report):
    assert report["board"]["drills"].keys() >= DRILLS
    assert report["board"]["paste"].keys() == {"top", "bottom"}
    assert all(file.keys() == LISTS["files"] for file in report["files"])
    assert report["seconds"].keys() >= SECONDS
    assert report["candidates"] == []


def test_the_figures_are_those_of_the_board(report):
    board = report["board"]
    assert (board["width_mm"], board["height_mm"], board["copper_layers"]) == (50.0, 30.0, 2)
    assert board["outline"] == "closed"
    assert report["placements"]["units"] == "mm"


def test_every_figure_is_a_number_that_json_knows(report):
    def no_constant(name):
        raise AssertionError(name)

    json.loads(json.dumps(report), parse_constant=no_constant)
    assert math.isfinite(report["seconds"]["total"])


def test_the_columns_say_whose_words_they_are(report):
    assert {"designator", "mpn"} <= report["bom"]["columns"].keys()


def test_a_finding_says_where_what_and_what_to_do(tmp_path):
    (tmp_path / "bom.csv").write_text("Ref,MPN\nR1,RC0603-10K\n")

    findings = asked("inspect", tmp_path / "bom.csv")["findings"]

    assert findings
    assert all(finding.keys() >= FINDING for finding in findings)
    assert {finding["severity"] for finding in findings} <= {"stop", "ask", "note"}


def test_what_is_not_known_is_null_and_never_a_guess(tmp_path):
    (tmp_path / "bom.csv").write_text("Ref,MPN\nR1,RC0603-10K\n")

    board = asked("inspect", tmp_path / "bom.csv")["board"]

    assert (board["width_mm"], board["copper_layers"], board["drills"], board["min_track_mm"]) == (None,) * 4


def test_a_folder_is_read_as_its_zip_is(report, unpacked):
    assert measures(asked("inspect", unpacked)) == measures(report)


def measures(report):
    """Of the board, without the names of files: those have a folder more."""
    located = ("copper_areas", "gaps", "rings")
    return report["board"] | {key: [row | {"file": ""} for row in report["board"][key]] for key in located}


def test_a_tgz_is_read_as_its_zip_is(report, unpacked, tmp_path):
    with tarfile.open(tmp_path / "board.tgz", "w:gz") as archive:
        archive.add(unpacked, "board")

    assert measures(asked("inspect", tmp_path / "board.tgz")) == measures(report)


def test_a_single_file_is_a_package(unpacked):
    drill = next(path for path in unpacked.rglob("*") if path.suffix == ".drl")

    assert [file["role"] for file in asked("inspect", drill)["files"]] == ["drill"]


@pytest.mark.parametrize("name", ["-board.zip", "--json.zip", "Größe – 基板.zip", "a b'c\"d$(e).zip"])
def test_any_name_is_a_name(tmp_path, report, name):
    shutil.copy(EXAMPLE, tmp_path / name)

    assert asked("inspect", tmp_path / name)["board"] == report["board"]


def test_a_name_that_is_no_text_is_a_name_too(tmp_path, report):
    odd = os.fsencode(tmp_path) + b"/board-\xff.zip"
    shutil.copy(EXAMPLE, odd)

    done = run("inspect", os.fsdecode(odd), "--json")
    assert json.loads(done.stdout)["board"] == report["board"]


class TestSeveralBoards:
    @pytest.fixture
    def two(self, tmp_path, unpacked):
        shutil.copytree(unpacked, tmp_path / "two" / "left")
        shutil.copytree(unpacked, tmp_path / "two" / "right")
        copper = tmp_path / "two" / "right" / "gerbers" / "sensor-node-F_Cu.gbr"
        copper.write_bytes(copper.read_bytes() + b"\n")
        return tmp_path / "two"

    def test_the_first_is_taken_and_the_others_are_named(self, two):
        report = asked("inspect", two)

        assert len(report["candidates"]) == 1
        assert "several-boards" in [finding["code"] for finding in report["findings"]]

    def test_take_chooses_the_other(self, two):
        [other] = asked("inspect", two)["candidates"]

        report = asked("inspect", two, "--take", other)
        assert other not in report["candidates"]
        assert "several-boards" not in [finding["code"] for finding in report["findings"]]

    def test_a_board_that_is_not_there_is_refused_with_those_that_are(self, two):
        [other] = asked("inspect", two)["candidates"]

        sentence = refused("inspect", two, "--take", "--third")
        assert sentence.startswith("There is no board named --third in this package. Choose: ")
        assert other in sentence


@pytest.mark.parametrize(
    "data", [b"", b"\0" * 1000, b"<html></html>", EXAMPLE.read_bytes()[:3000]], ids=["empty", "zeros", "html", "half"]
)
def test_what_is_no_package_is_the_customers_fault_with_a_finding(tmp_path, data):
    (tmp_path / "board.zip").write_bytes(data)

    assert refused("inspect", tmp_path / "board.zip").endswith(".")


def test_a_file_that_is_not_there_is_the_customers_fault_with_a_finding(tmp_path):
    assert "nothing.zip' does not exist" in refused("inspect", tmp_path / "nothing.zip")


def test_an_unknown_option_is_told_as_json_when_json_was_asked_for():
    done = call("inspect", EXAMPLE, "--colour", "red", "--json")

    assert (done.exit_code, done.stderr) == (2, "")
    assert "--colour" in json.loads(done.stdout)["error"]


@pytest.mark.parametrize("words", [(), ("paint",), ("inspect",), ("inspect", "--nonsense")])
def test_a_call_that_is_none_is_told_how_it_is_made(words):
    done = call(*words)

    assert done.exit_code == 2
    assert "Usage:" in done.stderr


class TestProgram:
    def test_one_json_object_is_all_that_is_on_stdout(self, tmp_path):
        done = run("inspect", EXAMPLE, "--json", folder=tmp_path)

        assert (done.returncode, done.stderr, done.stdout.count("\n")) == (0, "", 1)
        assert json.loads(done.stdout)["board"]["copper_layers"] == 2

    def test_it_writes_nothing_beside_its_answer(self, tmp_path):
        run("inspect", EXAMPLE, "--json", folder=tmp_path, data_dir=tmp_path / "data")

        assert list(tmp_path.iterdir()) == []

    def test_a_refusal_is_a_sentence_on_stderr(self, tmp_path):
        (tmp_path / "board.zip").write_bytes(b"")

        done = run("inspect", "board.zip", folder=tmp_path)
        assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)

    def test_its_words_survive_a_terminal_that_knows_ascii_only(self):
        env = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"}
        done = subprocess.run([PROGRAM, "inspect", EXAMPLE], env=os.environ | env, capture_output=True, check=False)

        assert done.returncode == 0
        assert b"Copper layers   2" in done.stdout


@pytest.mark.corpus
@pytest.mark.parametrize("name", ["nasty-names.zip", "names-gbk-noflag-ok.zip", "names-sjis-noflag-ok.zip"])
def test_nasty_names_break_neither_words_nor_json(corpus, name):
    package = corpus / "bad" / "archive" / name

    assert len(asked("inspect", package)["files"]) >= 4
    assert call("inspect", package).exit_code == 0


@pytest.mark.corpus
def test_the_control_of_the_corpus_is_read_as_its_manifest_says(corpus):
    report = asked("inspect", corpus / "bad" / "00-good")

    board = report["board"]
    assert (board["width_mm"], board["height_mm"], board["copper_layers"]) == (40.0, 30.0, 2)
    assert (board["drills"]["hits"], report["bom"]["designators"], report["placements"]["top"]) == (16, 7, 7)
