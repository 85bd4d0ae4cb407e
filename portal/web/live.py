"""Pages that follow the shop: server-sent events, polled from the database in short reading sessions.

Nothing is held between two looks: no database session, no transaction. A stream ends after ten minutes, and the
browser opens a new one; where too many are open the answer is 204, and the page asks again by itself (live.js).
"""

import hashlib
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Response, current_app, request
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from portal.db import reading

MOST_STREAMS = 200  # of one process; each one occupies a thread
OPEN = threading.BoundedSemaphore(MOST_STREAMS)
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@dataclass(frozen=True, slots=True)
class Pace:
    poll_s: float = 0.5
    keep_alive_s: float = 15
    lives_s: float = 600


@dataclass(frozen=True, slots=True)
class Event:
    """`update`: the new inside of the element; `last`: the same, and nothing more will come; `done`: the address to
    go to (empty: the same again), and the end.
    """

    data: str
    name: str = "update"


Version = Callable[[Session], object]
Render = Callable[[Session], Event]


def stream(version: Version, render: Render, *, pace: Pace | None = None) -> Response:
    """An event whenever `version` changes. Neither function may use the request: it is over when they are called."""
    if not OPEN.acquire(blocking=False):
        return Response(status=204)
    pace = pace or current_app.config.get("LIVE_PACE") or Pace()
    looks = Looks(current_app.extensions["engine"], version, render)
    response = Response(
        events(looks, pace, seen=request.headers.get("Last-Event-ID", "")),
        mimetype="text/event-stream",
        headers=HEADERS,
    )
    response.call_on_close(OPEN.release)
    return response


@dataclass(frozen=True, slots=True)
class Looks:
    """Looks into the database, each with a session of its own."""

    engine: Engine
    version: Version
    render: Render

    def since(self, seen: str) -> tuple[str, Event | None]:
        """The version now, and what to say when it is not the one that was seen."""
        with reading(self.engine) as session:
            now = hashlib.sha256(repr(self.version(session)).encode()).hexdigest()[:16]
            return now, None if now == seen else self.render(session)


def events(looks: Looks, pace: Pace, *, seen: str = "") -> Iterator[str]:
    """`seen` is the last version that this browser was told, so that a new stream does not repeat it."""
    began = spoke = time.monotonic()
    yield "retry: 2000\n\n"
    while time.monotonic() - began < pace.lives_s:
        seen, event = looks.since(seen)
        if event:
            yield written(event, seen)
            spoke = time.monotonic()
            if event.name in {"done", "last"}:
                return
        elif time.monotonic() - spoke >= pace.keep_alive_s:
            yield ": still here\n\n"
            spoke = time.monotonic()
        time.sleep(pace.poll_s)


def written(event: Event, version: str) -> str:
    """As the standard has it: every line of the data by itself."""
    lines = [f"event: {event.name}", f"id: {version}", *(f"data: {line}" for line in event.data.splitlines() or [""])]
    return "\n".join(lines) + "\n\n"
