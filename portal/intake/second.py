"""A second pair of hands for what takes longest: one more process of the reader, under the same limits.

It must be there before the limits forbid to start any. It costs nothing until it is asked: nothing is loaded in it,
and for small boards nothing ever is. What it is sent comes from the reader itself, which has the same rights as it.
"""

import os
import pickle
import socket
import struct
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

WORTHWHILE_BYTES = 2_000_000  # of questions: below that loading takes longer than answering
STDIN, STDOUT = 0, 1
LENGTH = struct.Struct("<Q")
READ_AT_ONCE = 1 << 20

Answer = Callable[[Any], Any]
Run = Callable[..., Iterable[Any]]  # as `map`: an answer and its questions


class Second:
    """`share` answers questions like `map`, the dearer ones in both processes at once."""

    def __init__(self, limit: Callable[[], None]) -> None:
        """Forks. Call it before there are limits, threads, or anything of the customer's; `limit` sets its limits."""
        self.line, theirs = socket.socketpair()
        self.process = os.fork()
        if self.process == 0:
            self.line.close()
            _serve_and_go(theirs, limit)
        theirs.close()

    def close(self) -> None:
        """Lets it go. Whoever listens to the reader must not wait for it."""
        self.line.close()
        with suppress(ChildProcessError):
            os.waitpid(self.process, 0)

    def share(self, answer: Answer, questions: Sequence[Any]) -> Iterator[Any]:
        """In the order of the questions. Where the other one dies, its part is done here."""
        packed = [pickle.dumps((answer, question), pickle.HIGHEST_PROTOCOL) for question in questions]
        if sum(map(len, packed)) < WORTHWHILE_BYTES or len(questions) < 2:
            return map(answer, questions)
        away = _half([len(one) for one in packed])
        sent = self._send([packed[at] for at in away])
        here = {at: answer(question) for at, question in enumerate(questions) if at not in away}
        there = dict(zip(away, self._hear() if sent else (), strict=False))
        return (
            here[at] if at in here else there[at] if at in there else answer(question)
            for at, question in enumerate(questions)
        )

    def _send(self, packed: list[bytes]) -> bool:
        try:
            send(self.line, pickle.dumps(packed, pickle.HIGHEST_PROTOCOL))
        except OSError:
            return False
        return True

    def _hear(self) -> Sequence[Any]:
        try:
            said = hear(self.line)
        except OSError:
            return ()
        return pickle.loads(said) if said else ()  # noqa: S301 - from a process of the same rights


def _serve_and_go(line: socket.socket, limit: Callable[[], None]) -> None:
    """Whatever happens, this process ends here and never goes on as a second reader."""
    try:
        for stream in (STDIN, STDOUT):  # they are the reader's own
            os.close(stream)
        limit()
        _serve(line)
    except ConnectionError:  # the reader went away
        pass
    finally:
        os._exit(0)


def _serve(line: socket.socket) -> None:
    """Answers until nobody asks. What goes wrong ends it: whoever asked does it then himself, and says so."""
    while packed := hear(line):
        questions = [pickle.loads(one) for one in pickle.loads(packed)]  # noqa: S301 - from a process of the same rights
        send(line, pickle.dumps([answer(question) for answer, question in questions], pickle.HIGHEST_PROTOCOL))


def _half(weights: Sequence[int]) -> list[int]:
    """Which of them to give away, so that both have about as much: the heaviest first, to whom has less."""
    mine = theirs = 0
    away: list[int] = []
    for at in sorted(range(len(weights)), key=lambda at: -weights[at]):
        if theirs < mine:
            away.append(at)
            theirs += weights[at]
        else:
            mine += weights[at]
    return sorted(away)


def send(line: socket.socket, data: bytes) -> None:
    line.sendall(LENGTH.pack(len(data)) + data)


def hear(line: socket.socket) -> bytes:
    """One message; nothing where the other has hung up."""
    head = _exactly(line, LENGTH.size)
    return _exactly(line, LENGTH.unpack(head)[0]) if head else b""


def _exactly(line: socket.socket, count: int) -> bytes:
    parts: list[bytes] = []
    missing = count
    while missing:
        part = line.recv(min(missing, READ_AT_ONCE))
        if not part:
            return b""
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
