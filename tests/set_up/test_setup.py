"""bin/setup on a scratch copy: real venv, real pip, an empty lock; only apt and dpkg are stood in for."""

import hashlib
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ALL_THERE = "shift 3; printf ' %s:installed ' \"$@\""
NOT_THERE = "exit 1"
CLI = "import sys\ndef main():\n    print('portal', *sys.argv[1:])\n    return 3\n"


def program(folder: Path, name: str, body: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f"#!/bin/sh\n{body}\n")
    (folder / name).chmod(0o755)


def tiny_wheel(folder: Path) -> str:
    """The line of a lock file for a package of one line, which lies in `folder`."""
    wheel = folder / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(wheel, "w") as files:
        files.writestr("tiny.py", "SIZE = 1\n")
        files.writestr("tiny-1.0.dist-info/METADATA", "Metadata-Version: 2.1\nName: tiny\nVersion: 1.0\n")
        files.writestr("tiny-1.0.dist-info/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        files.writestr("tiny-1.0.dist-info/RECORD", "")
    return f"tiny==1.0 --hash=sha256:{hashlib.sha256(wheel.read_bytes()).hexdigest()}"


class Clone:
    """A clone of the project in a folder with a space in its name, with programs of its own in front of the PATH."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "board wright"
        self.programs = folder / "programs"
        (self.root / "bin").mkdir(parents=True)
        for name in ("setup", "run"):
            shutil.copy(ROOT / "bin" / name, self.root / "bin")
        (self.root / "portal").mkdir()
        (self.root / "portal" / "__init__.py").touch()
        (self.root / "portal" / "cli.py").write_text(CLI)
        self.lock("")
        self.has_packages(ALL_THERE)

    def lock(self, text: str) -> None:
        for name in ("requirements.lock", "requirements-test.lock"):
            (self.root / name).write_text(text)

    def has_packages(self, dpkg_query: str) -> None:
        program(self.programs, "dpkg-query", dpkg_query)

    def call(self, *command: str) -> subprocess.CompletedProcess[str]:
        path = f"{self.programs}:{os.environ['PATH']}"
        env = {"PATH": path, "HOME": str(self.programs), "PIP_NO_INDEX": "1", "PIP_FIND_LINKS": str(self.programs)}
        return subprocess.run(command, cwd="/", env=env, capture_output=True, text=True, check=False)

    def setup(self, what: str = "run") -> subprocess.CompletedProcess[str]:
        return self.call(str(self.root / "bin" / "setup"), what)

    def venv(self, path: str) -> Path:
        return self.root / ".venv" / path


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Clone:
    """Set up once; each test below leaves it set up."""
    clone = Clone(tmp_path_factory.mktemp("ready"))
    first = clone.setup()
    assert first.returncode == 0, first.stderr
    return clone


@pytest.fixture
def bare(tmp_path: Path) -> Clone:
    """On a machine without a usable Python, so that a test about packages ends where the packages end."""
    clone = Clone(tmp_path)
    for name in ("python3", "python3.14", "python3.13", "python3.12", "python3.11"):
        program(clone.programs, name, "exit 1")
    return clone


def test_a_fresh_clone_gets_the_command(ready: Clone):
    called = ready.call(str(ready.venv("bin/portal")), "verify", "--json")

    assert called.stdout == "portal verify --json\n"
    assert called.returncode == 3


def test_the_first_start_finds_everything_compiled(ready: Clone):
    compiled = ready.root / "portal" / "__pycache__"
    shutil.rmtree(compiled, ignore_errors=True)
    ready.lock("# to be installed anew\n")
    ready.setup()

    assert {path.name.split(".")[0] for path in compiled.iterdir()} == {"__init__", "cli"}


def test_the_command_works_through_a_link(ready: Clone, tmp_path: Path):
    (tmp_path / "portal").symlink_to(ready.venv("bin/portal"))

    assert ready.call(str(tmp_path / "portal")).stdout == "portal\n"


def test_a_second_run_does_nothing_and_says_nothing(ready: Clone):
    program(ready.venv("bin"), "pip", "exit 1")
    before = ready.venv("requirements.lock").stat().st_mtime_ns

    second = ready.setup()

    assert (second.returncode, second.stdout, second.stderr) == (0, "", "")
    assert ready.venv("requirements.lock").stat().st_mtime_ns == before


def test_bin_run_hands_its_arguments_to_the_demo(ready: Clone):
    assert ready.call(str(ready.root / "bin" / "run"), "--port", "8001").stdout == "portal demo --port 8001\n"


def test_an_installation_that_fails_half_way_is_not_taken_for_a_whole_one(ready: Clone):
    ready.lock("no-such-package==1.0 --hash=sha256:" + "0" * 64)

    failed = ready.setup()

    assert failed.returncode != 0
    assert not ready.venv("requirements.lock").exists()
    ready.lock("")
    assert ready.setup().returncode == 0


def test_what_the_lock_names_is_installed(ready: Clone):
    ready.lock(tiny_wheel(ready.programs))
    ready.setup()

    assert ready.call(str(ready.venv("bin/python")), "-c", "import tiny").returncode == 0


@pytest.mark.parametrize("digest", ["", " --hash=sha256:" + "0" * 64])
def test_a_package_that_is_not_the_locked_one_is_refused(ready: Clone, digest):
    ready.call(str(ready.venv("bin/python")), "-m", "pip", "uninstall", "--yes", "tiny")
    ready.lock(tiny_wheel(ready.programs).split()[0] + digest)

    failed = ready.setup()

    assert "hash" in failed.stderr.lower()
    ready.lock("")
    assert ready.setup().returncode == 0


def test_a_venv_whose_python_was_upgraded_is_made_again(ready: Clone):
    ready.venv("made-for").write_text(f"{ready.root}/.venv 3 9\n")

    again = ready.setup()

    assert again.stdout.startswith("Making .venv with Python 3")
    assert ready.venv("made-for").read_text() != f"{ready.root}/.venv 3 9\n"


def test_set_up_for_tests_is_also_set_up_to_run(ready: Clone):
    ready.lock("# changed\n")
    ready.setup("test")

    assert ready.setup("run").stdout == ""


def test_the_pages_scripts_are_fetched_when_there_is_a_script_for_it(ready: Clone):
    program(ready.root / "bin", "frontend", "echo fetched")

    assert ready.setup().stdout == "fetched\n"
    (ready.root / "bin" / "frontend").unlink()


def test_without_rights_the_one_line_to_run_is_printed(bare: Clone):
    bare.has_packages(NOT_THERE)
    program(bare.programs, "id", "echo 1000")
    program(bare.programs, "sudo", "exit 1")

    stopped = bare.setup()

    assert stopped.returncode == 1
    assert stopped.stderr.splitlines()[1].split()[:5] == ["sudo", "apt-get", "update", "&&", "sudo"]
    assert "libharfbuzz-subset0 libcairo2 libarchive13 fonts-wqy-microhei" in stopped.stderr


@pytest.mark.parametrize(("user", "sudos"), [("0", 0), ("1000", 2)])
def test_what_is_missing_is_installed_by_root_or_sudo(bare: Clone, user, sudos):
    bare.has_packages(NOT_THERE)
    program(bare.programs, "id", f"echo {user}")
    program(bare.programs, "sudo", 'echo sudo >> "$HOME/said"; shift; exec "$@"')
    program(bare.programs, "apt-cache", "exit 0")
    program(bare.programs, "apt-get", 'echo "apt-get $*" >> "$HOME/said"')

    bare.setup()

    said = (bare.programs / "said").read_text()
    assert "apt-get install --yes --no-install-recommends libpango-1.0-0" in said
    assert said.count("sudo\n") == sudos


@pytest.mark.parametrize(("known", "updates"), [("exit 0", 0), ("exit 100", 1)])
def test_the_list_of_packages_is_fetched_only_when_it_is_not_there(bare: Clone, known, updates):
    bare.has_packages(NOT_THERE)
    program(bare.programs, "id", "echo 0")
    program(bare.programs, "apt-cache", known)
    program(bare.programs, "apt-get", 'echo "$1" >> "$HOME/said"')

    bare.setup()

    assert (bare.programs / "said").read_text().split().count("update") == updates


def test_an_outdated_list_of_packages_is_fetched_again(bare: Clone):
    bare.has_packages(NOT_THERE)
    program(bare.programs, "id", "echo 0")
    program(bare.programs, "apt-cache", "exit 0")
    program(bare.programs, "apt-get", 'echo "$1" >> "$HOME/said"; grep -q update "$HOME/said"')

    bare.setup()

    assert (bare.programs / "said").read_text().split() == ["install", "update", "install"]


def test_only_what_is_missing_is_asked_for(bare: Clone):
    bare.has_packages("printf ' libpango-1.0-0:installed  libcairo2:config-files '")
    program(bare.programs, "id", "echo 1000")
    program(bare.programs, "sudo", "exit 1")

    asked = bare.setup().stderr.splitlines()[1]

    assert asked.endswith("libcairo2 libarchive13 fonts-wqy-microhei python3 python3-venv")


def test_a_machine_without_a_new_enough_python_is_told_so(bare: Clone):
    stopped = bare.setup()

    assert stopped.stderr == "Boardwright needs Python 3.11 or newer with venv; none was found here.\n"


def test_another_word_than_run_or_test_is_refused(bare: Clone):
    wrong = bare.setup("everything")

    assert wrong.returncode == 1
    assert wrong.stderr == "usage: bin/setup [run|test]\n"
