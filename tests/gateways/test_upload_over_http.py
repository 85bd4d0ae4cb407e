"""A file over a real socket, cut at every byte as networks cut: whole and exact, or not kept at all."""

import hashlib
import http.client
import json
import re
import shutil
import socket
import threading
import time
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from werkzeug.serving import WSGIRequestHandler, make_server

from app import create_app
from portal.db import make_engine, reading, writing
from portal.intake.limits import LIMITS
from portal.models.files import PackageFile, StoredFile
from portal.models.people import Company
from portal.models.schema import migrate
from portal.services.audit import Act
from portal.services.shop import load_config
from portal.settings import Settings

FILE = b"PK\x03\x04\r\n--boundary\r\n\x00\xff\r\n--boundary--\r"  # bytes at which a form parser has stumbled
LENGTH = str(len(FILE))
SHA = hashlib.sha256(FILE).hexdigest()
GRACE_S = 30.0


class Quiet(WSGIRequestHandler):
    def log(self, *_args):
        """Nobody reads the log of a test."""


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    path = tmp_path_factory.mktemp("migrated") / "portal.db"
    engine = make_engine(f"sqlite:///{path}")
    migrate(engine)
    act = Act(actor="set-up", at=datetime.now(UTC), request_id="test")
    with writing(engine) as session:
        session.add(Company(name="Lakeside Assembly", is_house=True, created_at=act.at))
        load_config(session, Settings().config_dir, act)
    engine.dispose()
    return path


@pytest.fixture
def served(tmp_path, migrated):
    """The portal behind a socket, and one visitor with an open package."""
    shutil.copy(migrated, tmp_path / "portal.db")
    app = create_app(Settings(data_dir=tmp_path, secret_key="a key for the tests, and for nothing else"))
    app.extensions["files"].least_free_bytes = 0
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield SimpleNamespace(app=app, port=server.port, files=app.extensions["files"], engine=app.extensions["engine"])
    server.shutdown()
    thread.join()
    server.server_close()
    app.extensions["engine"].dispose()


@pytest.fixture
def visitor(served):
    return Visitor(served.port)


class Visitor:
    """A browser with a token and a package of its own, that writes its requests by hand."""

    def __init__(self, port):
        self.port = port
        page = self.asked("GET", "/")
        self.token = re.search(rb'csrf-token" content="([^"]+)', page.body).group(1).decode()
        self.cookie = page.cookie
        opened = self.asked("POST", "/api/v1/packages", self.own())
        self.cookie, self.place = opened.cookie, json.loads(opened.body)["files_url"]

    def own(self, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return {"X-CSRFToken": self.token, "Cookie": self.cookie, "Content-Length": "0"} | named

    def asked(self, method, path, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=GRACE_S)
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        found = SimpleNamespace(status=answer.status, body=answer.read(), cookie=cookie_of(answer))
        connection.close()
        return found

    def head(self, name="board.zip", *, sha256=SHA, length=LENGTH, **more):
        lines = {"Host": f"127.0.0.1:{self.port}"} | self.own(X_Content_SHA256=sha256, Content_Length=length, **more)
        sent = "".join(f"{key}: {value}\r\n" for key, value in lines.items() if value is not None)
        return f"PUT {self.place}{name} HTTP/1.1\r\n{sent}Connection: close\r\n\r\n".encode()

    def connected(self):
        line = socket.create_connection(("127.0.0.1", self.port), timeout=GRACE_S)
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return line

    def send(self, *pieces):
        """The status of the answer to a request that arrives in these pieces."""
        with self.connected() as line:
            for piece in pieces[:-1]:
                line.sendall(piece)
                time.sleep(0.001)
            line.sendall(pieces[-1])
            return status_of(line)


def cookie_of(answer):
    return "; ".join(given.split(";")[0] for given in answer.headers.get_all("Set-Cookie") or [])


def status_of(line):
    with line.makefile("rb") as answer:
        return int(answer.readline().split()[1])


def kept(served):
    """What is in the store, aside of it, and in the rows about it."""
    with reading(served.engine) as session:
        rows = [session.scalar(sa.select(sa.func.count()).select_from(model)) for model in (StoredFile, PackageFile)]
    return sorted(served.files.names()), len(list(served.files.aside.iterdir())), *rows


NOTHING = ([], 0, 0, 0)
ONE = ([SHA], 0, 1, 1)


def test_an_upload_cut_at_any_byte_of_its_file_arrives_exact(served, visitor):
    for cut in range(1, len(FILE)):
        assert (cut, visitor.send(visitor.head() + FILE[:cut], FILE[cut:])) == (cut, 201)
    assert kept(served) == ONE
    assert served.files.read(SHA) == FILE


def test_an_upload_cut_at_any_byte_of_its_head_arrives_exact(served, visitor):
    head = visitor.head()
    for cut in range(1, len(head)):
        assert (cut, visitor.send(head[:cut], head[cut:] + FILE)) == (cut, 201)
    assert kept(served) == ONE
    assert served.files.read(SHA) == FILE


def test_an_upload_byte_by_byte_arrives_exact(served, visitor):
    assert visitor.send(visitor.head(), *(bytes([byte]) for byte in FILE)) == 201
    assert served.files.read(SHA) == FILE


@pytest.mark.parametrize(
    "content_type", ["multipart/form-data; boundary=boundary", "application/octet-stream", "text/x"]
)
def test_a_file_is_no_form_whatever_it_is_called(served, visitor, content_type):
    status = visitor.send(visitor.head(Content_Type=content_type) + FILE)

    assert (status, kept(served)) in [(201, ONE), (422, NOTHING)]


@pytest.mark.parametrize("sha256", [SHA[:-1] + "0", SHA.upper(), "", "0" * 64, None, "../" * 21 + "a"])
def test_an_upload_with_another_check_sum_is_not_kept(served, visitor, sha256):
    assert visitor.send(visitor.head(sha256=sha256) + FILE) == 422
    assert kept(served) == NOTHING


def test_an_upload_announced_shorter_than_it_is_is_not_kept(served, visitor):
    assert visitor.send(visitor.head(length=str(len(FILE) - 1)) + FILE) == 422
    assert kept(served) == NOTHING


def test_an_upload_without_its_length_is_not_kept(served, visitor):
    assert visitor.send(visitor.head(length=None) + FILE) == 411
    assert kept(served) == NOTHING


@pytest.mark.parametrize("length", [LIMITS.package_bytes + 1, 2**63, 2**70])
def test_an_upload_announced_too_large_is_refused_before_it_is_sent(served, visitor, length):
    assert visitor.send(visitor.head(length=str(length))) == 413
    assert kept(served) == NOTHING


@pytest.mark.parametrize("length", ["-1", "12.5", "1e3", "０１", "0x10", "+5"])
def test_an_upload_with_a_length_that_is_none_is_not_kept(served, visitor, length):
    assert 400 <= visitor.send(visitor.head(length=length) + FILE) < 500
    assert kept(served) == NOTHING


@pytest.mark.parametrize("cut", [0, 1, len(FILE) // 2, len(FILE) - 1])
def test_an_upload_that_breaks_off_leaves_nothing(served, visitor, cut):
    with visitor.connected() as line:
        line.sendall(visitor.head() + FILE[:cut])
        line.shutdown(socket.SHUT_WR)
        assert 400 <= status_of(line) < 500
    assert kept(served) == NOTHING


def test_an_upload_whose_line_is_cut_leaves_nothing(served, visitor):
    line = visitor.connected()
    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # a reset, not a good-bye
    line.sendall(visitor.head() + FILE[:7])
    time.sleep(0.2)
    line.close()
    assert waits_until(lambda: kept(served) == NOTHING)


def waits_until(question):
    ends = time.monotonic() + GRACE_S
    while not question():
        if time.monotonic() > ends:
            return False
        time.sleep(0.02)
    return True


def test_a_slow_upload_keeps_no_other_visitor_from_writing(served, visitor):
    with visitor.connected() as line:
        line.sendall(visitor.head() + FILE[:7])
        assert waits_until(lambda: kept(served)[1] == 1)
        Visitor(served.port)  # opens a package of their own
        line.sendall(FILE[7:])
        assert status_of(line) == 201
    assert kept(served) == ONE


def test_twenty_uploads_of_one_file_at_once_are_one_file(served, visitor):
    statuses = []
    names = [f"board-{number}.zip" for number in range(20)]
    threads = [
        threading.Thread(target=lambda n=n: statuses.append(visitor.send(visitor.head(n) + FILE))) for n in names
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert statuses == [201] * 20
    assert kept(served) == ([SHA], 0, 1, 20)


def test_nobody_puts_a_file_into_the_package_of_another(served, visitor):
    other = Visitor(served.port)
    other.place = visitor.place

    assert other.send(other.head() + FILE) == 404
    assert kept(served) == NOTHING
