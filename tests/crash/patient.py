"""A client that comes again when the portal asks it to."""

import http.client
from http import HTTPStatus

from benchmarks.browser import Browser


class Busy(http.client.HTTPException):
    """The database was held for longer than a page may wait: nothing was done, and nothing acknowledged."""


class Patient(Browser):
    def send(
        self, method: str, path: str, body: bytes = b"", **headers: str
    ) -> tuple[int, http.client.HTTPMessage, str]:
        answer = super().send(method, path, body, **headers)
        if answer[0] == HTTPStatus.SERVICE_UNAVAILABLE:
            raise Busy(path)
        return answer
