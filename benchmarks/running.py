"""A real portal, web and worker, started on a free port of this machine and stopped or killed as a group."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

UP_S = 60


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


class Running:
    """`portal demo` on its own data folder."""

    def __init__(
        self,
        folder: Path,
        *,
        port: int,
        database_url: str = "",
        web_processes: int = 2,
        settings: dict[str, str] | None = None,
    ) -> None:
        environment = {**os.environ, "PORTAL_DATA_DIR": str(folder), "PORTAL_WEB_PROCESSES": str(web_processes)}
        environment |= settings or {}
        if database_url:
            environment["PORTAL_DATABASE_URL"] = database_url
        command = [sys.executable, "-m", "portal.cli", "demo", "--port", str(port)]
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(command, env=environment, start_new_session=True, stdout=subprocess.DEVNULL)
        self._await()

    def _await(self) -> None:
        deadline = time.monotonic() + UP_S
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=5):
                    return
            except OSError:
                time.sleep(0.05)
        self.kill()
        raise AssertionError("the portal did not come up")

    def stop(self) -> int:
        """As an operator would; its exit code."""
        self.process.terminate()
        return self.process.wait(30)

    def kill(self) -> None:
        """The whole group at once, as a power cut would."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
