"""The local server behind the browser tests: pages, static files, and the other end of the scripts."""

import hashlib
import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self
from urllib.parse import unquote

from jinja2 import Environment

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
)
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml", ".woff2": "font/woff2"}
PICTURE = Path(__file__).with_name("picture.svg").read_text()


class Window(ThreadingHTTPServer):
    """`received` maps file names to the SHA-256 of what arrived; `refuse` is the sentence of the next refusal."""

    daemon_threads = True

    def __init__(self, root: Path, environment: Environment, context: dict[str, Any]) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.root, self.environment, self.context = root, environment, context
        self.received: dict[str, str] = {}
        self.asked: list[tuple[str, str, dict[str, str]]] = []
        self.refuse = ""
        self.stream: list[str] | None = []
        self.live = "first"
        self.order_came, self.told = threading.Event(), threading.Event()
        self.address = f"http://127.0.0.1:{self.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.shutdown()
        self.server_close()


class Answer(BaseHTTPRequestHandler):
    server: Window

    def log_message(self, *_: object) -> None:
        pass

    def answer(self, status: int, body: bytes | str, content_type: str = "text/html; charset=utf-8") -> None:
        body = body.encode() if isinstance(body, str) else body
        self.send_response(status)
        self.send_header("Content-Type", content_type)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", CSP)
        self.end_headers()
        self.wfile.write(body)

    def body(self) -> bytes:
        self.server.asked.append((self.command, self.path, dict(self.headers)))
        return self.rfile.read(int(self.headers["Content-Length"]))

    def do_GET(self) -> None:
        if self.path.startswith("/static/"):
            path = self.server.root / self.path.lstrip("/")
            self.answer(200, path.read_bytes(), TYPES[path.suffix])
        elif self.path == "/picture.svg":
            self.answer(200, PICTURE, TYPES[".svg"])
        elif self.path == "/events":
            self.events()
        elif self.path == "/events/of-orders":  # the stream hears of an order before its own answer is ready
            self.server.order_came.wait(10)
            self.events()
            self.server.told.set()
        elif self.path == "/live":
            self.page("live_page.html", live=self.server.live, events="/events")
        elif self.path == "/quote":
            self.page("live_page.html", live=self.server.live, events="/events/of-orders")
        elif self.path == "/ordered":
            self.answer(200, "<!doctype html><title>Ordered</title><h1>Your order</h1>")
        elif self.path == "/reading":
            self.answer(200, "<!doctype html><title>Reading</title><h1>Reading your files</h1>")
        else:
            self.page("gallery.html", **self.server.context)

    def page(self, name: str, **context: object) -> None:
        self.answer(200, self.server.environment.get_template(name).render(**context))

    def events(self) -> None:
        if self.server.stream is None:  # as the portal does when it has too many streams
            self.send_response(204)
            self.end_headers()
            return
        self.answer(200, "".join(f"{event}\n\n" for event in self.server.stream), "text/event-stream")

    def order(self) -> None:
        self.server.order_came.set()
        self.server.told.wait(10)
        time.sleep(0.5)  # the browser has had the time to follow what it was told
        self.send_response(303)
        self.send_header("Location", "/ordered")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def do_POST(self) -> None:
        self.body()
        if self.path == "/orders":
            self.order()
        elif self.server.refuse:
            self.answer(422, json.dumps({"error": self.server.refuse}), "application/json")
        elif self.path == "/packages":
            urls = {"reference": "P-1", "files_url": "/files/", "reading_url": "/start", "page_url": "/reading"}
            self.answer(201, json.dumps(urls), "application/json")
        else:
            self.answer(202, json.dumps({"page_url": "/reading"}), "application/json")

    def do_PUT(self) -> None:
        self.server.received[unquote(self.path.removeprefix("/files/"))] = hashlib.sha256(self.body()).hexdigest()
        self.answer(201, "{}", "application/json")
