"""Who may enter which view. Every view declares it; a view without a declaration is refused to everybody.

A test walks `url_map` and fails on a view that declares nothing, and on a GET that could write.
"""

import secrets
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from flask import Flask, Response, current_app, g, redirect, request, session, url_for

from portal.db import READING
from portal.errors import NotSignedIn, NotYours
from portal.models.people import STAFF, LoginSession, Role, User, hashed
from portal.services.accounts import SignedIn, open_login, open_session
from portal.services.audit import Act
from portal.services.factors import factors_of
from portal.services.packages import Viewer
from portal.services.tokens import usable_token
from portal.web.guard import carried_token, cookie_name

EVERYBODY = "everybody"
SIGNED_IN = "signed in"
CUSTOMERS = frozenset({Role.REQUESTER, Role.BUYER})
SALES = frozenset({Role.SALES, Role.ADMIN})
FLOOR = frozenset({Role.FLOOR, Role.SALES, Role.ADMIN})
LOGIN_COOKIE = "login"
IDLE = {True: timedelta(hours=1), False: timedelta(hours=12)}  # staff, customers: then they sign in again
SEEN_EVERY = timedelta(minutes=5)

View = TypeVar("View", bound=Callable[..., Any])


def open_to_everybody(view: View) -> View:
    """No account is needed; what is shown is found by an unguessable name or belongs to this browser."""
    view.access = EVERYBODY  # type: ignore[attr-defined]
    return view


def requires(*roles: Role | frozenset[Role]) -> Callable[[View], View]:
    """Any of these roles; none named: everybody who is signed in."""
    allowed = frozenset().union(*(role if isinstance(role, frozenset) else {role} for role in roles))

    def declare(view: View) -> View:
        view.access = allowed or SIGNED_IN  # type: ignore[attr-defined]
        return view

    return declare


def init_app(app: Flask) -> None:
    app.before_request(know_the_viewer)
    app.before_request(let_in)
    app.context_processor(lambda: {"viewer": g.viewer.user if "viewer" in g else None})


def know_the_viewer() -> None:
    if secret := carried_token():
        know_the_program(secret)
        return
    secret = request.cookies.get(cookie_name(current_app.extensions["settings"], LOGIN_COOKIE), "")
    login = open_login(g.session, secret, now()) if secret else None
    g.login = login if login and is_awake(login, now()) else None
    visitor = session.get("visitor")
    g.viewer = Viewer(user=g.login.user if g.login else None, visitor_hash=hashed(visitor) if visitor else None)


def know_the_program(secret: str) -> None:
    """A token stands for its owner, for no more than its scope."""
    g.login, token = None, usable_token(g.session, secret, now())
    if token is None:
        raise NotSignedIn("This token opens nothing: it has ended, or was revoked. Please make a new one.")
    if token.scope == "read" and request.method not in READING:
        raise NotSignedIn("This token may only read. Please make one that may send packages in.")
    g.viewer = Viewer(user=token.user)


def is_awake(login: LoginSession, at: datetime) -> bool:
    """Seen within the idle time. When, stands in the signed cookie of this browser, so that looking writes nothing."""
    number, seen = session.get("seen", (0, 0))
    last = datetime.fromtimestamp(seen, UTC) if number == login.id else login.created_at
    if at - last > IDLE[login.user.is_staff]:
        return False
    if at - last > SEEN_EVERY:
        session["seen"] = (login.id, int(at.timestamp()))
    return True


def let_in() -> Any:
    """404 for what is not yours, the sign-in page for what needs an account; nothing passes undeclared."""
    view = current_app.view_functions.get(request.endpoint or "")
    access = access_of(request.endpoint or "", view)
    if view is None or access == EVERYBODY:
        return None
    if g.viewer.user is None:
        return redirect(url_for("sessions.new"))
    if request.endpoint not in ALWAYS and (page := missing_step(g.viewer.user)):
        return redirect(url_for(page)) if request.endpoint not in STEPS[page] else None
    if access != SIGNED_IN and not (access and g.viewer.user.roles & access):
        raise NotYours
    return None


def missing_step(user: User) -> str | None:
    """The page that stands between a password and the house: a proof, a password of one's own, a second factor."""
    if g.login is None:  # a program, whose token was made behind all of these
        return None
    is_proven = g.login.proven_at is not None
    if not is_proven and factors_of(g.session, user):
        return "factors.show"
    if user.must_change_password:
        return "sessions.password"
    return "factors.first" if needs_factor(user) and not is_proven else None


def needs_factor(user: User) -> bool:
    return user.is_staff and current_app.extensions["settings"].needs_second_factor


ALWAYS = {"sessions.end", "static"}
STEPS = {
    "factors.show": {"factors.show", "factors.prove", "factors.ask_passkey", "factors.prove_passkey"},
    "sessions.password": {"sessions.password", "sessions.set_password"},
    "factors.first": {
        "factors.first",
        "factors.begin",
        "factors.confirm",
        "factors.ask_new_passkey",
        "factors.add_passkey",
    },
}
DECLARED_HERE = {"static": EVERYBODY, "openapi.openapi": EVERYBODY}  # views that Flask and its extensions bring


def access_of(endpoint: str, view: Callable[..., Any] | None) -> Any:
    """EVERYBODY, SIGNED_IN, a set of roles, or None when nothing is declared."""
    return DECLARED_HERE.get(endpoint, getattr(view, "access", None))


def now() -> datetime:
    return datetime.now(UTC)


def act(reason: str = "") -> Act:
    """Who does this request, for the audit."""
    actor = g.viewer.user.email if g.viewer.user else f"visitor {(g.viewer.visitor_hash or 'unknown')[:12]}"
    return Act(actor=actor, at=now(), request_id=g.request_id, reason=reason)


def remember_visitor() -> None:
    """Give this browser a name, so that what it uploads is its own; called by writing views only."""
    if "visitor" not in session:
        session["visitor"] = secrets.token_urlsafe(32)
        session.permanent = True
        g.viewer = Viewer(user=g.viewer.user, visitor_hash=hashed(session["visitor"]))


def sign_this_browser_in(response: Response, user: User, *, proven_at: datetime | None = None) -> Response:
    """A session of its own for this browser, with the name that the browser gives itself."""
    theirs = Act(actor=user.email, at=now(), request_id=g.request_id)
    browser = request.user_agent.string
    signed_in = open_session(
        g.session, user, theirs, browser=browser, proven_at=proven_at, needs_proof=needs_factor(user)
    )
    return put_login_cookie(response, signed_in)


def put_login_cookie(response: Response, signed_in: SignedIn) -> Response:
    settings = current_app.extensions["settings"]
    response.set_cookie(
        cookie_name(settings, LOGIN_COOKIE),
        signed_in.secret,
        secure=settings.is_https,
        httponly=True,
        samesite="Lax",
        path="/",
        expires=signed_in.session.expires_at,
    )
    return response


def drop_login_cookie(response: Response) -> Response:
    settings = current_app.extensions["settings"]
    response.delete_cookie(
        cookie_name(settings, LOGIN_COOKIE), secure=settings.is_https, httponly=True, samesite="Lax", path="/"
    )
    return response


def home_of(user: Any) -> str:
    """Where a person lands after signing in."""
    if user.roles & SALES:
        return url_for("sales.quotes")
    return url_for("floor.lots") if user.roles & STAFF else url_for("quotes.index")
