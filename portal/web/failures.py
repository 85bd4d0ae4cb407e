"""The one place where an error becomes a page or a JSON answer."""

from typing import Any

from flask import Flask, jsonify, make_response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, SecurityError

from portal.errors import PortalError

SENTENCES = {
    400: "The request could not be understood. Please go back and try again.",
    404: "There is no such page here. Check the address, or sign in with the account that owns it.",
    405: "This address does not take that kind of request. Please start from the first page.",
    411: "The upload did not say how long it is. Please use another browser or program.",
    413: "This is larger than we can take. Please send a smaller file, or the package as one zip.",
    500: "Something is broken on our side, and we have noted it. Please try again in a few minutes.",
}


def init_app(app: Flask) -> None:
    app.register_error_handler(PortalError, lambda error: answer(error.status, error.sentence))
    app.register_error_handler(
        CSRFError, lambda _: answer(400, "This page has grown old. Please reload it and repeat.")
    )
    app.register_error_handler(HTTPException, http_answer)


def http_answer(error: HTTPException) -> Any:
    """Werkzeug's own errors in our words, with the headers they bring (a 405 names what is allowed)."""
    code = error.code or 500
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
