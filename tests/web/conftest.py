"""The portal on a fresh database with the demo shop, a board put there by the services, and people to look at it."""

import shutil
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace

import once
import pytest
import shown_boards as boards
import sqlalchemy as sa
from browsing import Browser, an_act
from werkzeug.routing import Rule
from werkzeug.serving import make_server

from app import create_app
from portal.db import make_engine, writing
from portal.models.people import Company, Role, User, hashed
from portal.models.schema import migrate
from portal.services import accounts
from portal.services.accounts import add_staff, new_customer, open_session
from portal.services.packages import DRAWN, Viewer, add_file, keep_reading, open_package, start_reading
from portal.services.shop import load_config
from portal.settings import Settings
from portal.web.live import Pace

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def shop_database(tmp_path_factory) -> Path:
    """Migrated once, with the demo shop in it; each test works on a copy."""
    path = tmp_path_factory.mktemp("shop") / "portal.db"
    engine = make_engine(f"sqlite:///{path}")
    migrate(engine)
    with writing(engine) as session:
        session.add(Company(name="Boardwright Demo Assembly", is_house=True, created_at=an_act().at))
        load_config(session, ROOT / "config", an_act("set-up"))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def settings(tmp_path, shop_database) -> Settings:
    shutil.copy(shop_database, tmp_path / "portal.db")
    return Settings(data_dir=tmp_path, is_demo=True, secret_key="a key for the tests, and for nothing else")


@pytest.fixture
def app(settings, monkeypatch):
    monkeypatch.setattr(Rule, "_compile_builder", once.BUILDERS)
    monkeypatch.setattr(accounts, "HASHER", once.HASHER)
    app = create_app(settings)
    app.jinja_env.bytecode_cache = once.TEMPLATES
    app.config.update(TESTING=True, LIVE_PACE=Pace(poll_s=0.01, keep_alive_s=0.02, lives_s=0.1))
    app.extensions["files"].least_free_bytes = 0
    yield app
    app.extensions["engine"].dispose()


@dataclass
class Portal:
    """The app, and a way to put things into its database as the services do."""

    app: object
    engine: object = field(init=False)

    def __post_init__(self):
        self.engine = self.app.extensions["engine"]

    @contextmanager
    def writing(self):
        with writing(self.engine) as session:
            yield session

    def browser(self) -> Browser:
        return Browser(self.app)

    def customer(self, email: str = "anna@example.org", *, role: Role = Role.BUYER) -> Browser:
        """A signed-in person of a company of their own."""
        with self.writing() as session:
            user = self._known(session, email) or new_customer(session, email, an_act(email))
            user.memberships[0].role = role
            secret = open_session(session, user, an_act(email)).secret
        return self.browser().with_login(secret)

    def staff(self, role: Role = Role.SALES) -> Browser:
        email = f"{role}@house.example"
        with self.writing() as session:
            user = self._known(session, email) or add_staff(
                session, email=email, role=role, password="a long enough one", act=an_act("set-up")
            )
            user.must_change_password = False
            secret = open_session(session, user, an_act(email)).secret
        return self.browser().with_login(secret)

    def _known(self, session, email):
        return session.scalars(sa.select(User).where(User.email == email)).first()

    def package(self, browser: Browser, *, files: dict[str, bytes] | None = None, asked: bool = True):
        """A package of this browser with its files; its reading is asked for, and nobody reads it."""
        with self.writing() as session:
            package = open_package(session, self._viewer(session, browser), an_act())
            for name, data in (files or {"sensor-node.zip": b"a zip"}).items():
                add_file(session, package, name, received=self.app.extensions["files"].put(data), act=an_act())
            if asked:
                start_reading(session, package, an_act())
            return SimpleNamespace(reference=package.reference, id=package.id)

    def design(self, browser: Browser, design=None, *, pictures: bool = True, is_whole: bool = True) -> str:
        """The reference of a board that was read from a package of this browser."""
        put = self.app.extensions["files"].put
        drawn = {side: put(boards.PICTURE.encode()) for side in DRAWN} if pictures else {}
        read = design or boards.sensor_node()
        with self.writing() as session:
            package = open_package(session, self._viewer(session, browser), an_act())
            add_file(session, package, "sensor-node.zip", received=put(b"a zip"), act=an_act())
            if not is_whole:
                start_reading(session, package, an_act())
            kept = keep_reading(session, package, read, pictures=drawn, act=an_act("worker"), is_whole=is_whole)
            return kept.reference

    def _viewer(self, session, browser: Browser) -> Viewer:
        user = self._known(session, browser.email) if browser.email else None
        return Viewer(user=user, visitor_hash=hashed(browser.visitor()))


@pytest.fixture
def portal(app) -> Portal:
    return Portal(app)


@pytest.fixture
def visitor(portal) -> Browser:
    """A browser that nobody knows."""
    return portal.browser()


@pytest.fixture
def anna(portal) -> Browser:
    """A buyer, signed in."""
    return portal.customer()


def with_whole_files(app):
    """Files are read at once and closed: werkzeug's own server leaves one open when a browser goes away half-way."""

    def read_whole(file, _size=0):
        with file:
            return [file.read()]

    return lambda environ, start_response: app(environ | {"wsgi.file_wrapper": read_whole}, start_response)


@pytest.fixture
def address(portal):
    """Where the portal answers on this machine."""
    portal.app.config["LIVE_PACE"] = Pace(poll_s=0.05, lives_s=20)
    server = make_server("127.0.0.1", 0, with_whole_files(portal.app), threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def look(chromium, address):
    """Open a path as one of the browsers of the other tests: with its cookies, in a window of its own."""
    contexts = []

    def open_(who, path):
        context = chromium.new_context()
        contexts.append(context)
        kept = [who.client.get_cookie(name, domain="127.0.0.1") for name in ("login", "visit")]
        context.add_cookies([{"name": c.key, "value": c.value, "url": address} for c in kept if c])
        page = context.new_page()
        page.goto(address + path)
        return page

    yield open_
    for context in contexts:
        context.close()
