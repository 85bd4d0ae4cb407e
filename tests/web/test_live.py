"""Streams: they say what is new, once, hold nothing in between, and end."""

from itertools import islice

import pytest

from portal.web import live
from portal.web.live import Event, Looks, Pace, events, written

QUICK = Pace(poll_s=0.001, keep_alive_s=0.005, lives_s=0.05)


@pytest.fixture
def looks(app):
    """A thing whose version counts up with each look that `seen` does not stop."""

    def of(versions, render=lambda _session: Event("new")):
        answers = iter(versions)
        last = [None]

        def version(_session):
            last[0] = next(answers, last[0])
            return last[0]

        return Looks(app.extensions["engine"], version, render)

    return of


def test_what_does_not_change_is_said_once(looks):
    said = list(events(looks([1]), QUICK))

    assert sum("event: update" in part for part in said) == 1


def test_each_change_is_said(looks):
    said = list(events(looks([1, 1, 2, 2, 3]), QUICK))

    assert sum("event: update" in part for part in said) == 3


def test_a_browser_that_comes_back_is_not_told_again_what_it_knows(looks):
    first = list(islice(events(looks([1]), QUICK), 2))[1]
    known = first.partition("id: ")[2].partition("\n")[0]

    assert not any("event:" in part for part in events(looks([1]), QUICK, seen=known))


def test_silence_is_broken_by_a_sign_of_life(looks):
    assert ": still here\n\n" in list(events(looks([1]), QUICK))


def test_after_the_end_nothing_follows(looks):
    said = list(events(looks([1, 2, 3], lambda _session: Event("/designs/1", name="done")), QUICK))

    assert len(said) == 2
    assert said[1].endswith("data: /designs/1\n\n")


def test_a_stream_ends_by_itself(looks):
    assert len(list(events(looks(range(10**9)), QUICK))) < 200


def test_every_line_of_the_data_goes_by_itself():
    assert written(Event("<ol>\n<li>"), "7") == "event: update\nid: 7\ndata: <ol>\ndata: <li>\n\n"


def test_nothing_to_say_is_still_an_event():
    assert written(Event(""), "7").endswith("data: \n\n")


def test_no_session_is_open_between_two_looks(app, looks):
    stream = events(looks([1]), QUICK)
    list(islice(stream, 2))

    assert app.extensions["engine"].pool.checkedout() == 0


def test_one_stream_too_many_is_told_to_ask_by_itself(portal, visitor, monkeypatch):
    package = portal.package(visitor)
    monkeypatch.setattr(live, "OPEN", live.threading.BoundedSemaphore(1))
    path = f"/packages/{package.reference}/events"
    with visitor.get(path, buffered=False):
        second = visitor.get(path)

    assert second.status_code == 204
    assert visitor.get(path).status_code == 200


@pytest.mark.parametrize("name", ["done", "last"])
def test_after_the_last_thing_that_is_said_the_stream_ends(looks, name):
    said = list(events(looks([1, 2, 3], lambda _session: Event("new", name=name)), QUICK))

    assert sum("event:" in part for part in said) == 1
