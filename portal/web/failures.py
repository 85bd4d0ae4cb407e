"""The one place where an error becomes a page or a JSON answer."""

from typing import Any

from flask import Flask, Response, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from portal.errors import PortalError

RETRY_S = 5
SENTENCES = {
    400: "The request could not be understood. Please go back and try again.",
    404: "There is no such page here. Check the address, or sign in with the account that owns it.",
    405: "This address does not take that kind of request. Please start from the first page.",
    411: "The upload did not say how long it is. Please use another browser or program.",
    413: "This is larger than we can take. Please send a smaller file, or the package as one zip.",
    503: "The portal is busy just now, and nothing was changed. Please try again in a few seconds.",
    500: "Something is broken on our side, and we have noted it. Please try again in a few minutes.",
}


def init_app(app: Flask) -> None:
    app.register_error_handler(PortalError, lambda error: answer(error.status, error.sentence))
    app.register_error_handler(
        CSRFError, lambda _: answer(400, "This page has grown old. Please reload it and repeat.")
    )
    app.register_error_handler(OperationalError, busy)
    app.register_error_handler(HTTPException, http_answer)


def is_away(fault: object) -> bool:
    """SQLite is locked by somebody else; a server is gone or said no. What SQLite says besides is our own bug."""
    origin = getattr(fault, "orig", None)
    return isinstance(fault, OperationalError) and ("sqlite" not in type(origin).__module__ or "locked" in str(origin))


def busy(fault: OperationalError) -> Response:
    """The transaction is gone, and nothing of it is kept. In plain words: a page would ask the database again."""
    if not is_away(fault):
        raise fault
    words = {"error": SENTENCES[503]}
    response = jsonify(words) if request.path.startswith("/api/") else Response(SENTENCES[503], mimetype="text/plain")
    response.status_code, response.headers["Retry-After"] = 503, str(RETRY_S)
    return response


def http_answer(error: HTTPException) -> Any:
    """Werkzeug's own errors in our words, with the headers they bring (a 405 names what is allowed)."""
    code = error.code or 500
    origin = getattr(error, "original_exception", None)
    if is_away(origin):  # at the commit, after the view
        return busy(origin)
    if code < 400:
        return error
    response = error.get_response()
    if isinstance(error, SecurityError):  # a Host header that is not ours: no page of ours has an address there
        response.data, response.content_type = SENTENCES[code], "text/plain; charset=utf-8"
        return response
    body, _ = answer(code, SENTENCES.get(code, error.description or SENTENCES[500]))
    response.data, response.content_type = body.data, body.content_type
    return response


def answer(status: int, sentence: str) -> tuple[Any, int]:
    if request.path.startswith("/api/"):
        return jsonify(error=sentence), status
    return make_response(render_template("error.html", status=status, sentence=sentence)), status
