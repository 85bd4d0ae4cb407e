"""What every test may ask for."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings
from sqlalchemy import Engine, Pool, event
from sqlalchemy.util import LRUCache

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
A_WHILE_MS = 30_000  # what a browser waits for may be slow to come: the machine may have much else to do
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def database_of_this_worker() -> None:
    """Of several workers on one PostgreSQL server each has a database of its own, so that none empties another's."""
    worker, address = os.environ.get("PYTEST_XDIST_WORKER"), os.environ.get("PORTAL_TEST_DATABASE_URL", "")
    if not worker or not address or address.endswith(f"_{worker}"):
        return
    import sqlalchemy as sa

    url = sa.make_url(address)
    own = f"{url.database}_{worker}"
    engine = sa.create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(sa.text(f"DROP DATABASE IF EXISTS {own} WITH (FORCE)"))
        connection.execute(sa.text(f"CREATE DATABASE {own}"))
    engine.dispose()
    os.environ["PORTAL_TEST_DATABASE_URL"] = url.set(database=own).render_as_string(hide_password=False)


database_of_this_worker()  # here, not in a fixture: other conftest files read the address when they are imported


def unordered_is_backwards(connection: Any, _record: object) -> None:
    """SQLite gives rows as they came in where no order was asked for, PostgreSQL in any: so nobody may rely on one."""
    if "sqlite" in type(connection).__module__:
        connection.execute("PRAGMA reverse_unordered_selects=ON")


event.listen(Pool, "connect", unordered_is_backwards)


def compile_once() -> None:
    """Each statement once for all databases of a kind, not anew for each test's own: a third of such a test's time."""
    begin, kept = Engine.__init__, {}

    def with_what_is_compiled(engine: Any, pool: Any, dialect: Any, *rest: Any, **more: Any) -> None:
        begin(engine, pool, dialect, *rest, **more)
        kind = type(dialect)
        if kind not in kept:
            kept[kind] = LRUCache(2000)
            kind.__hash__, kind.__eq__ = lambda _: id(kind), lambda _, other: type(other) is kind  # it is in each key
        engine._compiled_cache = kept[kind]

    Engine.__init__ = with_what_is_compiled


compile_once()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What lasts for minutes begins first, so that nobody waits for it at the end."""
    items.sort(key=lambda item: not any(map(item.get_closest_marker, ("crash", "long"))))


# How long one example takes says nothing on a shared machine. The same examples for everybody: a change is judged by
# what it changes, not by chance. PORTAL_TEST_CHANCE=1 looks for new ones.
settings.register_profile("the-same-for-all", deadline=None, derandomize=True)
settings.register_profile("by-chance", deadline=None)
settings.load_profile("by-chance" if os.environ.get("PORTAL_TEST_CHANCE") else "the-same-for-all")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Real customers' packages, beside the project; a test that needs one is skipped by name where they are absent."""
    if not CORPUS.is_dir():
        pytest.skip("the corpus ../shared/corpus is not here")
    return CORPUS


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """One real browser for all tests; Playwright can be started only once in a process."""
    path = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if path is None:
        pytest.skip("no Chromium is installed here; bin/setup test installs Debian's")
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=A_WHILE_MS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
