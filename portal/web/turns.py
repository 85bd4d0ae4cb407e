"""Pages are made one after another in each process, so that who pays and who is Stripe waits for one page, not for all.

Python runs one thread at a time. Ten pages that are made at once are each ten times as slow, and so is the payment
between them; one after another they are no later, and most are sooner.
"""

import sys
from collections.abc import Callable, Iterable
from threading import Semaphore
from typing import Any

from flask import Flask

from portal.db import READING

WAITS_S = 0.25  # behind a page that takes long; then both are made side by side
SWITCH_S = 0.0005  # between two threads that compute: who has read a row waits so long for the processor, at most

Wsgi = Callable[[dict[str, Any], Any], Iterable[bytes]]


class Turns:
    """What writes takes no turn. A stream has had its own when it begins to flow."""

    def __init__(self, app: Wsgi) -> None:
        self.app, self.free = app, Semaphore()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        has_turn = environ["REQUEST_METHOD"] in READING and self.free.acquire(timeout=WAITS_S)
        try:
            return self.app(environ, start_response)
        finally:
            if has_turn:
                self.free.release()


def init_app(app: Flask) -> None:
    sys.setswitchinterval(SWITCH_S)
    app.wsgi_app = Turns(app.wsgi_app)  # type: ignore[method-assign]
