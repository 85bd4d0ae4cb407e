"""One page at a time in each process; what writes waits for none of them."""

from threading import Event, Thread

import pytest

from portal.web import turns
from portal.web.turns import Turns

STARTS = lambda *_: None  # noqa: E731 - what a server hands in, of no interest here


class Kitchen:
    """A portal whose pages are done when the test says so; it counts how many it is making."""

    def __init__(self):
        self.made, self.may_end = [], Event()

    def __call__(self, environ, _starts):
        self.made.append(environ["PATH_INFO"])
        if environ["PATH_INFO"] == "/slow":
            self.may_end.wait(10)
        return [b"served"]


@pytest.fixture
def kitchen():
    """With a slow page being made, until the test is over."""
    kitchen = Kitchen()
    kitchen.turns = Turns(kitchen)
    slow = Thread(target=kitchen.turns, args=({"REQUEST_METHOD": "GET", "PATH_INFO": "/slow"}, STARTS))
    slow.start()
    while not kitchen.made:
        slow.join(0.001)
    yield kitchen
    kitchen.may_end.set()
    slow.join()


def asked(kitchen, method, path):
    return Thread(target=kitchen.turns, args=({"REQUEST_METHOD": method, "PATH_INFO": path}, STARTS))


def test_a_payment_does_not_wait_for_the_page_that_is_being_made(kitchen):
    kitchen.turns({"REQUEST_METHOD": "POST", "PATH_INFO": "/hooks/stripe"}, STARTS)
    assert kitchen.made == ["/slow", "/hooks/stripe"]


def test_a_page_waits_for_the_one_before_it(kitchen, monkeypatch):
    monkeypatch.setattr(turns, "WAITS_S", 60)
    second = asked(kitchen, "GET", "/second")
    second.start()
    second.join(0.02)
    assert kitchen.made == ["/slow"]
    kitchen.may_end.set()
    second.join()
    assert kitchen.made == ["/slow", "/second"]


def test_behind_a_page_that_takes_long_the_next_is_made_all_the_same(kitchen, monkeypatch):
    monkeypatch.setattr(turns, "WAITS_S", 0.001)
    kitchen.turns({"REQUEST_METHOD": "GET", "PATH_INFO": "/second"}, STARTS)
    assert kitchen.made == ["/slow", "/second"]


def test_a_page_that_breaks_gives_its_turn_back(monkeypatch):
    def broken(_environ, _starts):
        raise ZeroDivisionError

    monkeypatch.setattr(turns, "WAITS_S", 0)
    line = Turns(broken)
    for _ in range(3):
        with pytest.raises(ZeroDivisionError):
            line({"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, STARTS)
    assert line.free.acquire(blocking=False)


def test_a_stream_that_flows_holds_up_no_page(monkeypatch):
    def flowing(_environ, _starts):
        yield b"first"
        yield b"second"

    monkeypatch.setattr(turns, "WAITS_S", 0)
    line = Turns(flowing)
    stream = iter(line({"REQUEST_METHOD": "GET", "PATH_INFO": "/events"}, STARTS))
    assert next(stream) == b"first"
    assert line.free.acquire(blocking=False)


def test_every_portal_has_its_turns(app):
    assert isinstance(app.wsgi_app, Turns)
