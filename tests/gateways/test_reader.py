"""Packages are read in a child that cannot hurt: whatever happens to it, the customer gets a sentence and we go on."""

import json
import resource
import socket
import sys
import time
from pathlib import Path
from threading import Thread

import pytest

from portal.board.design import Design, FileRole
from portal.board.record import design_to_json
from portal.errors import PackageRefused
from portal.gateways.reader import DirectReader, LimitedReader, ReaderKilled, without_network
from portal.intake.corrections import Corrections, RoleSaid
from portal.intake.limits import LIMITS, MIB
from portal.intake.stages import NOT_MEASURED

EXAMPLES = Path(__file__).resolve().parents[2] / "config" / "examples"
SENSOR = EXAMPLES / "sensor-node.zip"
OPEN_FILES = Path("/proc/self/fd")
STEPS = [
    "unpack",
    "roles",
    "copper",
    "drills",
    "bom",
    "checks",
    "pictures",
    "clearances",
    "assembly",
    "viewer",
    "films",
]
REFUSED = '{"refused": {"code": "x", "message": "m.", "remedy": "r."}}'


def silent(_step):
    """Nobody listens."""


def child(script, **limits):
    """A reader whose child runs this instead."""
    return LimitedReader(command=(sys.executable, "-c", script), **limits)


def told_by(reader, path=SENSOR):
    """What the child said as steps, and how it ended."""
    steps = []
    with pytest.raises(PackageRefused) as refused:
        reader.read(path, name="x", on_step=steps.append)
    return steps, refused.value


def test_the_child_reads_what_we_would_read_ourselves():
    limited = LimitedReader().read(SENSOR, name="node", on_step=silent)
    direct = DirectReader().read(SENSOR, name="node", on_step=silent)

    assert limited.design == direct.design
    assert limited.pictures == direct.pictures


def test_each_step_is_passed_on_as_it_comes():
    steps = []
    LimitedReader().read(SENSOR, name="node", on_step=steps.append)

    assert steps == STEPS


def test_a_board_can_be_chosen(tmp_path):
    with pytest.raises(PackageRefused) as refused:
        LimitedReader().read(SENSOR, name="node", take="other", on_step=silent)

    assert refused.value.code == "no-such-board"


def test_a_refusal_keeps_its_code_and_both_sentences(tmp_path):
    (tmp_path / "package.zip").write_bytes(b"")
    _, refusal = told_by(LimitedReader(), tmp_path / "package.zip")

    assert (refusal.code, refusal.remedy) == ("package-empty", "Upload it again.")
    assert not isinstance(refusal, ReaderKilled)


@pytest.mark.parametrize("name", ["--take", "-h", "a b", "Ünïcode 板", "x" * 300])
def test_a_name_of_any_kind_is_only_a_name(name):
    assert DirectReader().read(SENSOR, name=name, on_step=silent).design.name == name
    assert LimitedReader().read(SENSOR, name=name, on_step=silent).design.name == name


@pytest.mark.parametrize(
    "script",
    [
        "",
        "print('Traceback: hello')",
        "print('[1, 2]')",
        "print('{')",
        "print('{\"answer\": 1}')",
        "import os; os.abort()",
        "import os, signal; os.kill(os.getpid(), signal.SIGKILL)",
        "raise MemoryError",
        "import sys; sys.exit(3)",
        "print('x' * 1000, end='')",
    ],
)
def test_a_child_that_gives_no_answer_is_a_killed_reader(script):
    _, refusal = told_by(child(script))

    assert isinstance(refusal, ReaderKilled)
    assert refusal.code == "reader-killed"


def test_a_child_that_never_ends_is_ended():
    began = time.monotonic()
    _, refusal = told_by(child("import time; time.sleep(600)", wall_s=0.5))

    assert isinstance(refusal, ReaderKilled)
    assert time.monotonic() - began < 60


def test_what_the_child_started_is_ended_with_it(tmp_path):
    """A grandchild that holds the pipe would keep us waiting for ever."""
    script = "import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])"
    began = time.monotonic()
    told_by(child(script, wall_s=0.5))

    assert time.monotonic() - began < 60


def test_steps_before_the_end_are_heard():
    steps, refusal = told_by(child('print(\'{"step": "unpack"}\', flush=True); import os; os.abort()'))

    assert steps == ["unpack"]
    assert isinstance(refusal, ReaderKilled)


def test_a_traceback_of_ours_is_kept_for_staff_and_not_for_the_customer():
    _, refusal = told_by(child("raise ValueError('our own fault')"))

    assert "our own fault" in refusal.detail
    assert "our own fault" not in refusal.sentence


def test_an_endless_complaint_is_cut():
    _, refusal = told_by(child("import sys; sys.stderr.write('x' * 100_000)"))

    assert len(refusal.detail) <= 4000


def limited(script):
    """A child that sets the real limits first."""
    return child(f"from portal.intake.__main__ import limit_myself; limit_myself()\n{script}\nprint('''{REFUSED}''')")


def test_within_its_limits_a_child_may_work():
    _, refusal = told_by(limited("held = bytearray(300 << 20)"))

    assert refusal.code == "x"


@pytest.mark.parametrize(
    "script",
    [
        "held = bytearray(2 << 30)",
        "files = [open('/dev/null') for _ in range(1000)]",
        "import tempfile; tempfile.TemporaryFile().write(bytes(5 << 20))",
    ],
)
def test_beyond_its_limits_a_child_ends(script):
    _, refusal = told_by(limited(script))

    assert isinstance(refusal, ReaderKilled)


def test_the_limits_are_those_of_the_table():
    script = "from resource import *; print('{\"step\": %d}' % getrlimit(RLIMIT_AS)[1])"
    steps, _ = told_by(limited(script))

    assert steps == [str(LIMITS.address_space_bytes)]


def test_our_own_limits_are_untouched():
    before = resource.getrlimit(resource.RLIMIT_AS)
    LimitedReader().read(SENSOR, name="node", on_step=silent)

    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_the_child_knows_none_of_our_secrets(monkeypatch):
    monkeypatch.setenv("PORTAL_SECRET_KEY", "CANARY")
    steps, _ = told_by(child("import os, json; print(json.dumps({'step': json.dumps(dict(os.environ))}))"))
    [environment] = map(json.loads, steps)

    assert "CANARY" not in environment.values()
    assert environment["OPENBLAS_NUM_THREADS"] == "1"


def test_the_child_does_not_stand_in_our_folder():
    steps, _ = told_by(child("import os, json; print(json.dumps({'step': os.getcwd()}))"))

    assert steps == ["/"]


@pytest.fixture
def listener():
    """A door on this machine, and who came through it."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        door.settimeout(30)
        came = []
        Thread(target=lambda: came.append(_visitor(door)), daemon=True).start()
        yield door.getsockname()[1], came


def _visitor(door):
    try:
        return door.accept()[1]
    except OSError:
        return None


def test_the_child_reaches_nobody(listener):
    if not without_network():
        pytest.skip("this machine does not let us take the network away")
    port, came = listener
    _, refusal = told_by(child(f"import socket; socket.create_connection(('127.0.0.1', {port}), 1)"))

    assert "OSError" in refusal.detail or "unreachable" in refusal.detail
    assert came == []


def test_nothing_is_left_open(tmp_path):
    LimitedReader().read(SENSOR, name="node", on_step=silent)
    before = len(list(OPEN_FILES.iterdir()))
    for _ in range(3):
        told_by(child("import os; os.abort()"))

    assert len(list(OPEN_FILES.iterdir())) == before


def test_reading_leaves_no_file_behind(tmp_path):
    package = tmp_path / "package.zip"
    package.write_bytes(SENSOR.read_bytes())
    LimitedReader().read(package, name="node", on_step=silent)

    assert list(tmp_path.iterdir()) == [package]


def test_the_answer_of_a_large_board_fits_into_what_we_hear():
    answer = LimitedReader().read(EXAMPLES / "motor-driver.zip", name="driver", on_step=silent)

    assert sum(len(svg) for svg in answer.pictures.values()) < LIMITS.result_bytes // 2
    assert LIMITS.result_bytes >= 16 * MIB


READ = json.dumps({"reading": {"design": design_to_json(Design("amp")), "seconds": {"total": 0.1}}})
DRAWN = json.dumps({"pictures": {"top": "<svg/>"}, "thumbnails": {"top": "iVBORw=="}})
FILMS = [{"name": "Copper L1 top", "file": "top.gbr", "png": "iVBORw=="}]
WHOLE = {"design": design_to_json(Design("whole")), "viewer": "QldW", "films": FILMS, "seconds": {"total": 0.3}}
LAST = json.dumps(WHOLE)


def saying(*lines, then=""):
    said = "\n".join(f"print({line!r}, flush=True)" for line in lines)
    return child(f"{said}\n{then}")


class TestStages:
    def test_each_is_heard_as_soon_as_it_is_there(self):
        stages = []
        last = LimitedReader().read(SENSOR, name="node", on_step=silent, on_stage=stages.append)

        assert [len(stage.pictures) for stage in (*stages, last)] == [0, 2, 2]
        assert [stage.design.board.min_clearance_mm is None for stage in (*stages, last)] == [True, True, False]

    def test_every_layer_alone_is_heard_with_its_name(self):
        films = LimitedReader().read(SENSOR, name="node", on_step=silent).films

        assert {"Copper L1 top", "Solder mask top", "Outline", "Holes"} <= {film.name for film in films}
        assert all(film.png.startswith(b"\x89PNG") for film in films)

    def test_what_the_maker_and_the_line_say_is_in_the_last_stage(self):
        design = LimitedReader().read(SENSOR, name="node", on_step=silent).design

        assert design.board.tented_top is not None
        assert {demand.feature for demand in design.board.demands} == {
            finding.message.partition("(")[2].partition(")")[0]
            for finding in design.findings
            if finding.code in {"fab-class-dearer", "fab-beyond-limits"}
        }

    def test_what_is_heard_is_what_was_said(self):
        stages = []
        last = saying(READ, DRAWN, LAST).read(SENSOR, name="x", on_step=silent, on_stage=stages.append)

        assert [stage.design.name for stage in (*stages, last)] == ["amp", "amp", "whole"]
        assert last.drawn == {"top": b"<svg/>", "top.png": b"\x89PNG", "film 0": b"\x89PNG", "viewer": b"BWV"}
        assert (last.fault, last.seconds) == ("", {"total": 0.3})

    @pytest.mark.parametrize("then", ["import os; os.abort()", "raise ValueError('our own fault')", "print('{')", ""])
    @pytest.mark.parametrize("lines", [(READ,), (READ, DRAWN)])
    def test_a_child_that_dies_later_leaves_what_it_has_said(self, lines, then):
        reading = saying(*lines, then=then).read(SENSOR, name="x", on_step=silent)

        assert reading.design.findings == (NOT_MEASURED,)
        assert (len(reading.pictures), bool(reading.fault)) == (len(lines) - 1, True)

    def test_a_traceback_on_the_way_is_kept_for_staff(self):
        reading = saying(READ, then="raise ValueError('our own fault')").read(SENSOR, name="x", on_step=silent)

        assert "our own fault" in reading.fault

    def test_a_child_that_never_ends_leaves_what_it_has_said(self):
        script = f"print({READ!r}, flush=True)\nimport time; time.sleep(600)"
        reading = child(script, wall_s=1.0).read(SENSOR, name="x", on_step=silent)

        assert NOT_MEASURED in reading.design.findings

    @pytest.mark.parametrize("lines", [(DRAWN,), (LAST,), (DRAWN, LAST)])
    def test_stages_without_a_first_one_are_no_answer(self, lines):
        with pytest.raises(ReaderKilled):
            saying(*lines).read(SENSOR, name="x", on_step=silent)

    def test_a_listener_that_fails_ends_the_child(self):
        def fail(_stage):
            raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            LimitedReader().read(SENSOR, name="node", on_step=silent, on_stage=fail)


class TestCorrections:
    SAID = Corrections(roles={"gerbers/sensor-node-F_Silkscreen.gbr": RoleSaid(FileRole.DRAWING)})

    def test_the_child_hears_what_the_customer_said(self):
        limited = LimitedReader().read(SENSOR, name="node", corrections=self.SAID, on_step=silent)
        [file] = [file for file in limited.design.files if "F_Silkscreen" in file.name]

        assert (file.role, file.evidence) == (FileRole.DRAWING, "you said so")

    def test_it_is_what_we_would_have_heard_ourselves(self):
        limited, direct = (
            reader.read(SENSOR, name="node", corrections=self.SAID, on_step=silent).design
            for reader in (LimitedReader(), DirectReader())
        )

        assert limited == direct


def test_the_child_looks_inside_as_we_would_ourselves():
    assert LimitedReader().inside(SENSOR, Corrections()) == DirectReader().inside(SENSOR, Corrections())


def test_a_look_follows_what_the_customer_said():
    said = Corrections(outline="gerbers/sensor-node-Edge_Cuts.gbr")

    assert [edge.is_taken for edge in LimitedReader().inside(SENSOR, said).edges] == [True]


def test_what_cannot_be_looked_into_is_refused_in_the_customers_words(tmp_path):
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04 and no more")

    with pytest.raises(PackageRefused) as refused:
        LimitedReader().inside(tmp_path / "a.zip", Corrections())
    assert not isinstance(refused.value, ReaderKilled)


def test_a_child_that_dies_over_a_look_is_a_reader_killed():
    with pytest.raises(ReaderKilled) as killed:
        child("import sys; sys.exit('no memory')").inside(SENSOR, Corrections())
    assert "no memory" in killed.value.detail
