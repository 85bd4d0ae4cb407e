"""Web and worker as child processes of one command: started together, stopped together.

Imports nothing heavy: what it starts loads the portal, and it must not be loaded twice.
"""

import hashlib
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from portal.settings import ROOT, Settings

GRANIAN = Path(sys.executable).with_name("granian")
STOP_S = 10
BETWEEN_LOOKS_S = 0.1
THREADS = 256  # an open progress page holds one


def web_command(settings: Settings) -> list[str]:
    return [
        str(GRANIAN),
        "--interface=wsgi",
        "--factory",
        f"--host={settings.host if settings.host != 'localhost' else '127.0.0.1'}",
        f"--port={settings.port}",
        f"--workers={settings.web_processes}",
        f"--blocking-threads={THREADS}",
        f"--backpressure={THREADS * 2}",
        "--no-ws",
        "--no-access-log",
        "--log-level=error",
        f"--working-dir={ROOT}",
        "app:create_app",
    ]


def worker_command() -> list[str]:
    return [sys.executable, "-m", "portal.cli", "worker"]


def is_ready(settings: Settings) -> bool:
    """Whether nothing is to be done before the start; False when only the database itself can tell."""
    return has_schema(settings) and stamp(settings).is_file() and stamp(settings).read_text() == config_hash(settings)


def stamp(settings: Settings) -> Path:
    """Holds the hash of the shop's files when they were last loaded, so that a start need not ask the database."""
    return settings.data_dir / "config.sha256"


def config_hash(settings: Settings) -> str:
    files = sorted(path for path in settings.config_dir.glob("*.*") if path.is_file())
    hashes = [hashlib.sha256(path.read_bytes()).hexdigest() + path.name for path in files]
    return hashlib.sha256("\n".join(hashes).encode()).hexdigest()


def has_schema(settings: Settings) -> bool:
    """Whether the local database is there at this version's schema."""
    path = settings.data_dir / "portal.db"
    if settings.database_url or not path.exists():
        return False
    newest = max(path.name.partition("_")[0] for path in (ROOT / "migrations" / "versions").glob("*.py"))
    with closing(sqlite3.connect(path)) as connection:
        try:
            return connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(newest,)]
        except sqlite3.OperationalError:
            return False


def is_listening(settings: Settings) -> bool:
    with socket.socket() as probe:
        probe.settimeout(0.2)
        return probe.connect_ex((settings.host, settings.port)) == 0


def is_answering(settings: Settings) -> bool:
    """Whether requests are answered: the port is bound long before the portal behind it is loaded."""
    with socket.socket() as probe:
        probe.settimeout(0.2)
        try:
            probe.connect((settings.host, settings.port))
            probe.sendall(f"GET /health HTTP/1.1\r\nHost: {settings.host}\r\nConnection: close\r\n\r\n".encode())
            return probe.recv(64).startswith(b"HTTP/1.1 200")
        except OSError:
            return False


def run_together(
    commands: Sequence[Sequence[str]], environment: dict[str, str], *, when_up: Callable[[], bool] = lambda: True
) -> int:
    """Run until a signal comes or one of them ends; then stop the others. The exit code of the first that ended.

    The first is started at once. `when_up` is asked until it has said that the portal is up: only then come the
    others, which must not take the processor from whoever waits for the first page.
    """
    stopping = False

    def stop(*_: object) -> None:
        nonlocal stopping
        stopping = True

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    first, *waiting = commands
    children = [_start(first, environment)]
    while not stopping and all(child.poll() is None for child in children):
        if waiting and when_up():
            children += [_start(command, environment) for command in waiting]
            waiting = []
        time.sleep(BETWEEN_LOOKS_S)
    ended = next((child.returncode for child in children if child.poll() is not None), 0)
    _stop_all(children)
    return 0 if stopping else ended or 1


def _start(command: Sequence[str], environment: dict[str, str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(list(command), env={**os.environ, **environment})


def _stop_all(children: Sequence[subprocess.Popen[bytes]]) -> None:
    for child in children:
        if child.poll() is None:
            child.terminate()
    deadline = time.monotonic() + STOP_S
    for child in children:
        try:
            child.wait(max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            child.kill()
