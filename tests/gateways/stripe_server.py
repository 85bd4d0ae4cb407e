"""A fake Stripe over HTTP, with its state, its rules for idempotency, and faults on demand.

As Stripe documents it: a key's first answer is given again, a 500 too; the same key with other parameters is an
error; a key in use answers 409; nothing is kept of a call that was refused before it began.
"""

import hashlib
import hmac
import json
import re
import socket
import struct
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from urllib.request import Request, urlopen

from stripe_world import VERB_OF, Refusal, StripeWorld

LISTS = {
    "/v1/customers": "customer",
    "/v1/checkout/sessions": "checkout.session",
    "/v1/payment_intents": "payment_intent",
    "/v1/invoices": "invoice",
    "/v1/invoiceitems": "invoiceitem",
    "/v1/refunds": "refund",
    "/v1/disputes": "dispute",
    "/v1/charges": "charge",
}
BEFORE = {"refuse", "500-before", "timeout-before", "429", "409"}
FAULTS = (*sorted(BEFORE), "500-after", "timeout-after", "reset")
BROKEN = {"error": {"type": "api_error", "message": "Something went wrong on Stripe's end."}}


def signed(event: dict[str, Any], secret: str, *, at: int | None = None, scheme: str = "v1") -> tuple[bytes, str]:
    """The body and the header of a webhook."""
    body, moment = json.dumps(event).encode(), int(time.time()) if at is None else at
    digest = hmac.new(secret.encode(), f"{moment}.".encode() + body, hashlib.sha256).hexdigest()
    return body, f"t={moment},{scheme}={digest}"


def nested(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """`a[b][0]=c` as Stripe reads it."""
    whole: dict[str, Any] = {}
    for name, value in pairs:
        keys = re.findall(r"[^\[\]]+", name)
        inner = whole
        for key in keys[:-1]:
            inner = inner.setdefault(key, {})
        inner[keys[-1]] = value
    return listed(whole)


def listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: listed(one) for key, one in value.items()}
    return list(inner.values()) if inner and all(key.isdigit() for key in inner) else inner


class QuietServer(ThreadingHTTPServer):
    def handle_error(self, *_args: Any) -> None:
        """A client that has lost its patience is what some tests are about."""


class FakeStripe:
    """`faults`: what befalls the next writing calls, one each. `hang_s` outlasts the portal's patience."""

    def __init__(self, *, hang_s: float = 1.0) -> None:
        self.world, self.faults, self.hang_s = StripeWorld(), [], hang_s
        self.keys: dict[str, tuple[str, int, dict[str, Any]]] = {}
        self.in_use: set[str] = set()
        self.calls: list[tuple[str, str, str]] = []  # method, path, key
        self.hook = ("", "")  # where events are told at once, and signed with what
        self.lock = threading.RLock()
        fake = self

        class Desk(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = -1  # head and body in one go, or the second waits 40 ms until the first is acknowledged

            def log_message(self, *_args: Any) -> None:
                pass

            def do_GET(self) -> None:
                fake.read(self)

            def do_POST(self) -> None:
                fake.write(self)

        self.server = QuietServer(("127.0.0.1", 0), Desk)
        self.server.daemon_threads = True
        self.world.base = self.base = f"http://127.0.0.1:{self.server.server_port}"

    @contextmanager
    def running(self):
        thread = threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self.server.shutdown()
            thread.join()
            self.server.server_close()

    def read(self, desk: BaseHTTPRequestHandler) -> None:
        parts = urlsplit(desk.path)
        if parts.path.startswith("/pay/"):
            return self.show_page(desk, parts.path.rsplit("/", 1)[1])
        with self.lock:
            status, body = self.look_up(parts.path, dict(parse_qsl(parts.query)))
        return answer(desk, status, body)

    def look_up(self, path: str, query: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if kind := LISTS.get(path):
            wanted = {name: value for name, value in query.items() if name in {"customer", "payment_intent", "email"}}
            since = int(query.get("created[gte]", 0))
            found = [one for one in self.world.of(kind) if one["created"] >= since]
            data = [one for one in found if all(one.get(name) == value for name, value in wanted.items())]
            return 200, {"object": "list", "url": path, "has_more": False, "data": data[::-1]}
        collection, _, name = path.rpartition("/")
        try:
            return 200, self.world.need(name, LISTS[collection])
        except (Refusal, KeyError):
            return 404, Refusal("resource_missing", f"No such object: {name}").body

    def show_page(self, desk: BaseHTTPRequestHandler, page_id: str) -> None:
        ways = "".join(f"<button name=how value={how}>{how}</button>" for how in ("card", "bank", "fail"))
        html = f"<!doctype html><title>Pay</title><form method=post action=/pay/{page_id}>{ways}</form>"
        answer(desk, 200 if page_id in self.world.objects else 404, html)

    def write(self, desk: BaseHTTPRequestHandler) -> None:
        text = desk.rfile.read(int(desk.headers.get("Content-Length", 0))).decode()
        path, key = urlsplit(desk.path).path, desk.headers.get("Idempotency-Key", "")
        if path.startswith("/pay/"):
            return self.visit(desk, path.rsplit("/", 1)[1], dict(parse_qsl(text)).get("how", "card"))
        fault = self.faults.pop(0) if self.faults else ""
        self.calls.append(("POST", path, key))
        if fault in BEFORE:
            return self.fail_before(desk, fault)
        status, body, replayed = self.once(path, text, key=key, broken=fault == "500-after")
        self.deliver()
        if fault == "timeout-after":
            time.sleep(self.hang_s)
        if fault == "reset":
            return cut(desk, body)
        return answer(desk, status, body, {"Idempotent-Replayed": "true"} if replayed else {})

    def fail_before(self, desk: BaseHTTPRequestHandler, fault: str) -> None:
        if fault in {"refuse", "timeout-before"}:
            time.sleep(self.hang_s if fault == "timeout-before" else 0)
            return cut(desk, {})
        busy = {"error": {"type": "idempotency_error", "code": "idempotency_key_in_use", "message": "In use."}}
        slow = {"error": {"type": "invalid_request_error", "code": "rate_limit", "message": "Too many requests."}}
        answers = {"500-before": (500, BROKEN), "409": (409, busy), "429": (429, slow)}
        return answer(desk, *answers[fault])

    def once(self, path: str, text: str, *, key: str, broken: bool) -> tuple[int, dict[str, Any], bool]:
        """The answer, and whether it was given before; `broken`: it is done, and a 500 is what is kept of it."""
        print_of = hashlib.sha256(f"{path} {text}".encode()).hexdigest()
        with self.lock:
            if key in self.keys:
                known, status, body = self.keys[key]
                other = Refusal("idempotency_key_reuse", "Keys for idempotent requests …", kind="idempotency_error")
                return (status, body, True) if known == print_of else (400, other.body, False)
            try:
                status, body = 200, self.act(path, nested(parse_qsl(text, keep_blank_values=True)))
            except Refusal as refusal:
                return refusal.status, refusal.body, False
            if broken:
                status, body = 500, BROKEN
            if key:
                self.keys[key] = (print_of, status, json.loads(json.dumps(body)))
            return status, body, False

    def act(self, path: str, params: dict[str, Any]) -> dict[str, Any]:
        if path in VERB_OF:
            return self.world.create(path, params)
        *_, collection, name, verb = path.split("/")
        if (collection, verb) == ("sessions", "expire"):
            return self.world.expire(name)
        if (collection, verb) == ("invoices", "finalize"):
            return self.world.finalize(name)
        raise Refusal("url_invalid", f"Unrecognized request URL (POST: {path})", status=404)

    def visit(self, desk: BaseHTTPRequestHandler, page_id: str, how: str) -> None:
        with self.lock:
            self.world.pay(page_id, how=how)
            back = self.world.objects[page_id].get("success_url", "/")
        self.deliver()
        answer(desk, 303, "", {"Location": back})

    def deliver(self) -> None:
        """Tell the hook everything not told yet; what it does not take is Stripe's to tell again: see `tell_again`."""
        url, secret = self.hook
        while url and self.world.events:
            threading.Thread(target=post, args=(url, *signed(self.world.events.pop(0), secret)), daemon=True).start()


def post(url: str, body: bytes, signature: str) -> int:
    """The status of the answer; 0 where nobody answered."""
    request = Request(url, body, {"Stripe-Signature": signature, "Content-Type": "application/json"})  # noqa: S310
    try:
        with urlopen(request, timeout=5) as said:  # noqa: S310 - our own portal
            return int(said.status)
    except OSError:
        return 0


def answer(desk: BaseHTTPRequestHandler, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
    data = body.encode() if isinstance(body, str) else json.dumps(body).encode()
    desk.send_response(status)
    desk.send_header("Content-Type", "text/html" if isinstance(body, str) else "application/json")
    desk.send_header("Content-Length", str(len(data)))
    for name, value in (headers or {}).items():
        desk.send_header(name, value)
    desk.end_headers()
    desk.wfile.write(data)


def cut(desk: BaseHTTPRequestHandler, body: dict[str, Any]) -> None:
    """The line breaks in the middle of the answer, or before it."""
    if body:
        data = json.dumps(body).encode()
        desk.wfile.write(f"HTTP/1.1 200 OK\r\nContent-Length: {len(data)}\r\n\r\n".encode() + data[: len(data) // 2])
        desk.wfile.flush()
    desk.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    desk.close_connection = True
    desk.connection.close()
