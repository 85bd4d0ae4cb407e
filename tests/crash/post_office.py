"""A mail server that outlives every kill of the portal, and remembers which letter it took in which of its lives."""

import asyncio
import email
import random
import socket
from collections import Counter
from typing import Any, Self

from aiosmtpd.controller import Controller


class PostOffice:
    """`taken`: how often each letter was acknowledged in one life of the portal. `open`: letters in the air now."""

    def __init__(self) -> None:
        self.life, self.open = 0, 0
        self.taken: Counter[tuple[str, int]] = Counter()
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)

    def __enter__(self) -> Self:
        self.controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.controller.stop()

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Takes its time before and after the letter is in its hands, so that kills fall into both."""
        self.open += 1
        try:
            await asyncio.sleep(random.uniform(0, 0.03))  # noqa: S311 - moments, no secrets
            letter = email.message_from_bytes(envelope.content)
            self.taken[letter["Message-ID"], self.life] += 1
            await asyncio.sleep(random.uniform(0, 0.03))  # noqa: S311
        finally:
            self.open -= 1
        return "250 Taken"

    def letters(self) -> Counter[str]:
        """How often each letter was taken, in all lives."""
        whole: Counter[str] = Counter()
        for (message_id, _), times in self.taken.items():
            whole[message_id] += times
        return whole
