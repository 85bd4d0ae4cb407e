"""Imports run one way; the contract stands in pyproject.toml."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from house import ROOT

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


def lint_imports(house: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LINT_IMPORTS, "--no-cache"], cwd=house, capture_output=True, text=True, check=False)


@pytest.fixture
def copy_of_the_house(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "portal", tmp_path / "portal", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def test_imports_run_one_way():
    result = lint_imports(ROOT)

    assert result.returncode == 0, result.stdout


@pytest.mark.parametrize(
    ("room", "other"),
    [
        ("board", "portal.routing"),
        ("costing", "portal.planning"),
        ("models", "portal.services"),
        ("costing", "sqlalchemy"),
        ("planning", "numpy"),
    ],
)
def test_an_import_the_other_way_is_seen(copy_of_the_house: Path, room, other):
    (copy_of_the_house / "portal" / room / "stray.py").write_text(f"import {other}\n")

    result = lint_imports(copy_of_the_house)

    assert result.returncode == 1
    assert f"portal.{room} is not allowed to import {other}:" in result.stdout
