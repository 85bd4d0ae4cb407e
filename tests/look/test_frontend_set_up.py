"""bin/frontend: what the pages take from npm is fetched once and served from here."""

import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENDOR = ROOT / "static" / "vendor"


def test_every_file_that_a_page_asks_for_is_there(frontend):
    assert frontend.is_dir()
    assert {"htmx.js", "inter.woff2", "inter.LICENSE.txt", "sha256.js"} <= {path.name for path in VENDOR.iterdir()}


def test_the_font_is_one_complete_file(frontend):
    assert frontend.is_dir()
    assert (VENDOR / "inter.woff2").stat().st_size > 300_000  # a subset of it is a third of that, and garbles PDFs


def test_a_second_run_has_nothing_to_do(frontend):
    assert frontend.is_dir()
    before = {path: path.stat().st_mtime_ns for path in VENDOR.iterdir()}
    done = subprocess.run([ROOT / "bin" / "frontend"], capture_output=True, text=True, check=True)

    assert (done.stdout, done.stderr) == ("", "")
    assert {path: path.stat().st_mtime_ns for path in VENDOR.iterdir()} == before
