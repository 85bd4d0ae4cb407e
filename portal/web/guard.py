"""What stands before every view: hosts, sizes, headers, CSRF, request ids."""

import secrets

from flask import Flask, Response, g, request
from flask_talisman import Talisman
from flask_wtf.csrf import CSRFProtect
from werkzeug.routing import IntegerConverter

from portal.errors import BadInput, NotYours
from portal.intake.limits import LIMITS
from portal.services.packages import Viewer
from portal.settings import Settings

FORM_BYTES = 256 * 1024
UPLOAD_ENDPOINT = "api.put_file"
CSRF_LIVES_S = 12 * 3600

# Nothing is allowed but what is named; no inline script or style anywhere.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


class RowNumber(IntegerConverter):
    """A number in an address: ASCII digits, and no more than a database can look up."""

    regex = "[0-9]{1,9}"


def init_app(app: Flask) -> None:
    settings: Settings = app.extensions["settings"]
    app.url_map.converters["int"] = RowNumber
    app.config.update(
        TRUSTED_HOSTS=list(settings.hosts),
        MAX_CONTENT_LENGTH=FORM_BYTES,
        MAX_FORM_PARTS=200,
        SESSION_COOKIE_NAME=cookie_name(settings, "visit"),
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        WTF_CSRF_TIME_LIMIT=CSRF_LIVES_S,
        WTF_CSRF_SSL_STRICT=False,  # we send no referrer, so there is none to compare; SameSite and the token stand
    )

    @app.before_request
    def name_request() -> None:
        g.request_id = secrets.token_hex(8)
        g.viewer = Viewer()  # nobody, until access.py has looked; a request that is refused before has a page, too
        if request.endpoint == UPLOAD_ENDPOINT:
            request.max_content_length = LIMITS.package_bytes
        elif any("\0" in text for text in request.values.values()):
            raise BadInput("There is a character in this that cannot be stored. Please type it anew, do not paste it.")
        if "\0" in request.path:
            raise NotYours

    CookieGuard(app)
    Talisman(
        app,
        force_https=False,  # the proxy's work; plain HTTP is refused at start but for this machine
        session_cookie_secure=settings.is_https,
        strict_transport_security=settings.is_https,
        content_security_policy=POLICY,
        referrer_policy="no-referrer",
        frame_options="DENY",
    )
    app.after_request(keep_private)


class CookieGuard(CSRFProtect):
    """Another site can make a browser send our cookies, but never a token of its own: that needs no proof."""

    def protect(self, **said: bool) -> None:
        if not carried_token():
            super().protect(**said)


def carried_token() -> str:
    """What a program signs in with, on the API alone; the cookies that come with it count for nothing."""
    is_api = request.path.startswith("/api/")
    return request.authorization.token or "" if is_api and request.authorization else ""


def cookie_name(settings: Settings, name: str) -> str:
    """`__Host-` binds a cookie to this host and to TLS; a browser takes it only over HTTPS."""
    return f"__Host-{name}" if settings.is_https else name


def keep_private(response: Response) -> Response:
    """Pages are for this viewer only; files under static/ may be kept."""
    if request.endpoint != "static" and "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    response.headers["X-Request-Id"] = g.get("request_id", "")
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.vary.add("Cookie")
    return response
