"""A small shop window: the gallery and the scripts' other end, on a local server, looked at with a real Chromium."""

import subprocess
from pathlib import Path
from types import SimpleNamespace

import gallery_data
import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from looker import Looker
from window import Window

from portal.web.filters import install

ROOT = Path(__file__).resolve().parents[2]


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


@pytest.fixture
def look(chromium, window):
    looker = Looker(chromium, window)
    yield looker
    looker.close()
