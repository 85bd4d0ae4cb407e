"""A lot of 100 boards that is printed, placed and tested, and what the floor reports about it."""

from datetime import UTC, datetime, timedelta
from itertools import count

from hypothesis import strategies as st

from portal.production.floor import FloorEvent, FloorKind, lot_progress

SEVEN = datetime(2026, 11, 23, 7, tzinfo=UTC)
PRINT, PLACE, TEST = range(3)
_keys = count()


def reported(operation, kind, *, minute=0, key=None, **counts):
    at = SEVEN + timedelta(minutes=minute)
    return FloorEvent(key or f"report {next(_keys)}", operation, FloorKind(kind), at, "Ada", **counts)


def started(operation, minute=0):
    return reported(operation, "started", minute=minute)


def counted(operation, good=0, **counts):
    return reported(operation, "counted", good=good, **counts)


def finished(operation, good=0, minute=0, **counts):
    return reported(operation, "finished", good=good, minute=minute, **counts)


def through(operation, good, minute=0):
    """An operation that goes as it should."""
    return started(operation, minute), finished(operation, good, minute + 30)


def progress(*events, boards=100, operations=3):
    return lot_progress(events, boards=boards, operations=operations)


counts = st.integers(0, 12)
anything_reported = st.lists(
    st.builds(reported, st.integers(0, 2), st.sampled_from(FloorKind), good=counts, failed=counts, scrapped=counts),
    max_size=40,
)
