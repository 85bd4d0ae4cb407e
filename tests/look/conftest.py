"""A small shop window: the gallery and the scripts' other end, on a local server, looked at with a real Chromium."""

import shutil
import subprocess
from pathlib import Path
from types import SimpleNamespace

import gallery_data
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from looker import Looker
from playwright.sync_api import sync_playwright
from window import Window

from portal.web.filters import install

ROOT = Path(__file__).resolve().parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def environment() -> Environment:
    """Jinja as the portal sets it up, without the portal."""
    environment = Environment(
        loader=FileSystemLoader([ROOT / "templates", Path(__file__).parent / "templates"]),
        undefined=StrictUndefined,
        autoescape=True,
    )
    install(environment)
    environment.globals |= {
        "company": SimpleNamespace(name="Norrland Elektronik"),
        "viewer": SimpleNamespace(email="anna.lindqvist@example.org", is_staff=False),
        "csrf_token": lambda: "a-token",
        "get_flashed_messages": lambda with_categories: [("message", "Welcome back.")] if with_categories else [],
        "url_for": lambda _endpoint, filename: f"/static/{filename}",
    }
    return environment


@pytest.fixture(scope="session")
def frontend() -> Path:
    """static/vendor as bin/frontend fills it; where npm's registry cannot be reached the test is skipped by name."""
    done = subprocess.run([ROOT / "bin" / "frontend"], capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"bin/frontend could not fetch the front end: {done.stderr[-200:]}")
    return ROOT / "config" / "frontend" / "node_modules"


@pytest.fixture(scope="session")
def window(environment, frontend):
    with Window(ROOT, environment, gallery_data.CONTEXT) as window:
        yield window


@pytest.fixture(scope="session")
def browser():
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("no chromium here")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def look(browser, window):
    looker = Looker(browser, window)
    yield looker
    looker.close()
