"""A browser without a screen: it follows forms and links, and looks at every page as an inspector would."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import lxml.html
import sqlalchemy as sa
from flask.testing import FlaskClient

from portal.db import reading
from portal.models.people import LoginSession, hashed
from portal.services.audit import Act

HERE = "http://127.0.0.1:8000"
TYPED = "//input[not(@type='hidden') and not(@type='submit')] | //select | //textarea"


def an_act(actor: str = "anna@example.org", reason: str = "") -> Act:
    return Act(actor=actor, at=datetime.now(UTC), request_id="test", reason=reason)


@dataclass
class Page:
    """A page that has passed the inspection of `visit`."""

    response: Any
    root: Any

    @property
    def text(self) -> str:
        return " ".join(self.root.text_content().split())

    @property
    def main(self) -> str:
        return " ".join(self.root.xpath("//main")[0].text_content().split())

    def all(self, xpath: str) -> list[Any]:
        return self.root.xpath(xpath)

    def links(self) -> list[str]:
        return self.root.xpath("//a/@href")

    def form(self, action: str) -> dict[str, Any]:
        """What pressing the button of this form would send, untouched; `action` is the end of its address."""
        [form] = [form for form in self.root.forms if form.action.partition("?")[0].endswith(action)]
        sent: dict[str, Any] = {}
        for name, value in form.form_values():
            sent.setdefault(name, []).append(value)
        return sent


class Browser:
    """One visitor with a cookie jar. `email` is who is signed in, or empty."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self.client: FlaskClient = app.test_client()
        self.secret = ""

    def with_login(self, secret: str) -> "Browser":
        self.secret = secret
        self.client.set_cookie("login", secret, domain="127.0.0.1")
        return self

    @property
    def email(self) -> str:
        with reading(self.app.extensions["engine"]) as session:
            opened = sa.select(LoginSession).where(LoginSession.token_hash == hashed(self.secret))
            login = session.scalars(opened).first()
            return login.user.email if login else ""

    def visitor(self) -> str:
        """The name of this browser, as the portal remembers it."""
        with self.client.session_transaction(base_url=HERE) as kept:
            return kept.setdefault("visitor", "a visitor's own secret name " + str(id(self)))

    def get(self, path: str, **kwargs: Any) -> Any:
        return self.client.get(path, base_url=HERE, **kwargs)

    def visit(self, path: str, *, status: int = 200, follow: bool = False) -> Page:
        """Open a page and inspect it: status, title, one h1, unique ids, labelled inputs."""
        return inspected(self.get(path, follow_redirects=follow), status)

    def token(self) -> str:
        """The CSRF token of a page that this browser has open."""
        return self.visit("/").root.xpath("//meta[@name='csrf-token']/@content")[0]

    def post(self, path: str, data: dict[str, Any] | None = None, **kwargs: Any) -> Any:
        """Send a form; the token is added unless the form had one."""
        sent = {"csrf_token": self.token()} | (data or {})
        return self.client.post(path, base_url=HERE, data=sent, **kwargs)

    def api(self, method: str, path: str, **kwargs: Any) -> Any:
        headers = {"X-CSRFToken": self.token()} | kwargs.pop("headers", {})
        return self.client.open(path, method=method, base_url=HERE, headers=headers, **kwargs)


def inspected(response: Any, status: int = 200) -> Page:
    assert response.status_code == status, (response.status_code, response.headers.get("Location"), response.text[:400])
    root = lxml.html.fromstring(response.text)
    assert root.xpath("string(//title)").strip(), "a page needs a title"
    assert len(root.xpath("//h1")) == 1, "a page has one h1"
    assert [name for name, times in Counter(root.xpath("//@id")).items() if times > 1] == []
    assert [lxml.html.tostring(typed) for typed in root.xpath(TYPED) if not is_labelled(root, typed)] == []
    return Page(response, root)


def is_labelled(root: Any, typed: Any) -> bool:
    is_named = typed.get("aria-label") or typed.xpath("ancestor::label")
    return bool(is_named or (typed.get("id") and root.xpath("//label[@for=$name]", name=typed.get("id"))))
