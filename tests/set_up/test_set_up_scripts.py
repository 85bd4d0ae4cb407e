"""The shell scripts, the lock files, and the two ways to run the tests."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPTS = ("bin/setup", "bin/run", "bin/test", "bin/lock", "bin/frontend", ".ci/run")
CHECKS = ("ruff", "mypy", "lint-imports", "pytest", "python")
POSTGRES = (sys.executable, str(ROOT / "tests" / "postgres.py"))


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^[a-z0-9][\w.-]*(?:\[[\w,-]+\])?==[\w.]+", (ROOT / lock).read_text(), re.MULTILINE))


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_can_be_called_and_parsed(script):
    assert os.access(ROOT / script, os.X_OK)
    assert (
        subprocess.run(["bash" if script == ".ci/run" else "sh", "-n", script], cwd=ROOT, check=False).returncode == 0
    )


@pytest.mark.skipif(not shutil.which("shellcheck"), reason="shellcheck is not installed")
def test_shellcheck_has_nothing_to_say():
    said = subprocess.run(["shellcheck", *SCRIPTS], cwd=ROOT, capture_output=True, text=True, check=False)

    assert said.stdout == ""


def test_what_runs_is_what_was_tested():
    assert pins("requirements.lock") <= pins("requirements-test.lock")
    assert len(pins("requirements.lock")) > 20


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-test.lock"])
def test_each_locked_package_has_its_hash(lock):
    blocks = re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text())

    assert not [block.split()[0] for block in blocks if "==" in block and "--hash=sha256:" not in block]


@pytest.fixture
def suite(tmp_path: Path):
    """bin/test in a scratch project whose checks write down how they were called; `failing` names one that fails."""

    def run(
        failing: str = "", status: int = 1, only: tuple[str, ...] = ("-k", "stencil"), **env: str
    ) -> tuple[subprocess.CompletedProcess[str], list[str]]:
        programs = tmp_path / ".venv" / "bin"
        programs.mkdir(parents=True)
        for name in CHECKS:
            answer = f'case "{failing}" in "") ;; *) case "$0 $*" in *"{failing}"*) exit {status};; esac;; esac'
            programs.joinpath(name).write_text(
                f'#!/bin/sh\necho "{name} $* ${{PORTAL_TEST_DATABASE_URL:-sqlite}}" >> calls\n{answer}\n'
            )
            programs.joinpath(name).chmod(0o755)
        (tmp_path / "bin").mkdir()
        shutil.copy(ROOT / "bin" / "test", tmp_path / "bin")
        (tmp_path / "bin" / "setup").symlink_to("/bin/true")
        done = subprocess.run(
            [tmp_path / "bin" / "test", *only],
            env={"PATH": os.environ["PATH"], **env},
            capture_output=True,
            text=True,
            check=False,
        )
        return done, (tmp_path / "calls").read_text().splitlines()

    return run


def test_everything_is_checked_in_order(suite):
    done, calls = suite()

    assert done.returncode == 0
    assert calls == [
        "ruff check . sqlite",
        "ruff format --check . sqlite",
        "mypy  sqlite",
        "lint-imports  sqlite",
        "pytest -n 2 --dist loadfile --no-loadscope-reorder -k stencil sqlite",
        "python tests/postgres.py pytest -m database -n 2 --dist loadfile --no-loadscope-reorder -k stencil sqlite",
    ]


def test_on_postgresql_every_folder_is_opened_that_has_a_test_of_the_databases(suite):
    marked = re.compile(r"pytest\.mark\.database\b")
    there = {path.relative_to(ROOT).parts[1] for path in ROOT.glob("tests/*/*.py") if marked.search(path.read_text())}
    _, calls = suite(only=())

    assert set(re.findall(r" tests/(\w+)(?= )", calls[-1])) == there


@pytest.mark.parametrize("failing", ["ruff check", "ruff format", "mypy", "lint-imports", "pytest -n", "postgres.py"])
def test_whatever_fails_the_rest_is_run_and_the_end_is_red(suite, failing):
    done, calls = suite(failing)

    assert done.returncode == 1
    assert len(calls) == 6


def test_a_suite_without_tests_is_red(suite):
    assert suite("pytest -n", 5)[0].returncode == 1


@pytest.mark.parametrize(("status", "said"), [(75, "could not be started"), (5, "nothing was run on PostgreSQL")])
def test_it_is_said_when_postgresql_was_not_tried(suite, status, said):
    done, _ = suite("postgres.py", status)

    assert done.returncode == 0
    assert said in done.stdout


def test_a_given_postgresql_is_used_for_the_second_run_only(suite):
    _, calls = suite(PORTAL_TEST_DATABASE_URL="postgresql+psycopg://there/db")

    assert calls[-2:] == [
        "pytest -n 2 --dist loadfile --no-loadscope-reorder -k stencil sqlite",
        "pytest -m database -n 2 --dist loadfile --no-loadscope-reorder -k stencil postgresql+psycopg://there/db",
    ]


def test_a_command_beside_postgresql_can_use_it_and_answers_with_its_own_code():
    script = """
import os, sys, sqlalchemy
with sqlalchemy.create_engine(os.environ["PORTAL_TEST_DATABASE_URL"]).connect() as connection:
    print("it is", connection.execute(sqlalchemy.text("select version()")).scalar())
sys.exit(7)
"""

    done = subprocess.run([*POSTGRES, sys.executable, "-c", script], capture_output=True, text=True, check=False)

    assert "it is PostgreSQL" in done.stdout
    assert (done.returncode, done.stderr) == (7, "")


def test_without_postgresql_it_says_so():
    done = subprocess.run([sys.executable, "-S", *POSTGRES[1:], "true"], capture_output=True, text=True, check=False)

    assert done.returncode == 75
    assert done.stderr.startswith("No PostgreSQL server: No module named")
