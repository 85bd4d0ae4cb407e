"""What every kind of answer carries: nothing runs inline, nothing is guessed, nothing is kept by others."""

import re

import pytest
import sqlalchemy as sa
from browsing import an_act
from inhabited import inhabit

from portal.models.files import StoredFile
from portal.models.quotes import Quote, QuoteDocument


@pytest.fixture
def there(portal):
    there = inhabit(portal)
    with portal.writing() as session:
        [quote] = session.scalars(sa.select(Quote).where(Quote.reference == there.things["quote"]))
        received = portal.app.extensions["files"].put(b"%PDF-1.7 a quote")
        session.add(StoredFile(sha256=received.sha256, bytes=received.bytes, created_at=an_act().at))
        session.add(QuoteDocument(revision=quote.current, sha256=received.sha256, created_at=an_act().at))
    return there


def answers(there):
    """One answer of each kind: what it is, the answer."""
    buyer, sales, things = there.people["buyer"], there.people["sales"], there.things
    quote = f"/quotes/{things['quote']}"
    return {
        "page": buyer.get(quote),
        "list": sales.get("/sales/orders"),
        "missing page": buyer.get("/no-such-page"),
        "foreign thing": there.people["other"].get(quote),
        "sign-in": there.people["stranger"].get(quote),
        "bad form": sales.post(f"/sales/orders/{things['order']}/payments", {"payment-amount": "x"}),
        "no token": buyer.client.post(quote + "/refusal", base_url="http://127.0.0.1:8000"),
        "wrong method": buyer.client.delete(quote, base_url="http://127.0.0.1:8000"),
        "too large": buyer.post("/sessions/link", {"email": "a" * 300_000}),
        "json": buyer.get(f"/api/v1/designs/{things['design']}"),
        "json fault": buyer.get("/api/v1/designs/nothing"),
        "description": buyer.get("/api/v1/openapi.json"),
        "pdf": buyer.get(quote + "/document.pdf"),
        "data": buyer.get(quote + "/cells/10-standard.csv"),
        "picture": buyer.get(f"/designs/{things['design']}/pictures/top.svg"),
        "events": buyer.get(quote + "/events"),
        "progress": there.people["stranger"].get(f"/progress/{things['token']}"),
        "static": buyer.get("/static/css/layout.css", buffered=True),
    }


EXPECTED_STATUS = {
    "page": 200,
    "list": 200,
    "missing page": 404,
    "foreign thing": 404,
    "sign-in": 302,
    "bad form": 422,
    "no token": 400,
    "wrong method": 405,
    "too large": 413,
    "json": 200,
    "json fault": 404,
    "description": 200,
    "pdf": 200,
    "data": 200,
    "picture": 200,
    "events": 200,
    "progress": 200,
    "static": 200,
}


def test_each_kind_of_answer_is_really_one(there):
    assert {kind: answer.status_code for kind, answer in answers(there).items()} == EXPECTED_STATUS


def test_no_answer_lets_anything_run_inline_or_be_framed(there):
    for kind, answer in answers(there).items():
        policy = answer.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, kind
        assert "frame-ancestors 'none'" in policy or "sandbox" in policy, kind
        assert not re.search(r"unsafe|\*|https?:|script-src[^;]*data:", policy), kind
        assert answer.headers["X-Frame-Options"] == "DENY", kind


def test_no_answer_is_guessed_at_or_tells_where_its_reader_came_from(there):
    for kind, answer in answers(there).items():
        assert answer.headers["X-Content-Type-Options"] == "nosniff", kind
        assert answer.headers["Referrer-Policy"] == "no-referrer", kind
        assert answer.headers["Cross-Origin-Resource-Policy"] == "same-origin", kind
        assert "charset" in answer.content_type or not answer.content_type.startswith("text/"), kind


def test_only_files_of_our_own_are_kept_by_anybody(there):
    for kind, answer in answers(there).items():
        kept = answer.headers.get("Cache-Control", "")
        assert ("no-store" in kept) is (kind not in {"static", "picture"}) or "private" in kept, kind
        assert "public" not in kept, kind


def test_no_answer_says_what_it_is_made_with_or_opens_itself_to_other_sites(there):
    for kind, answer in answers(there).items():
        assert "Access-Control-Allow-Origin" not in answer.headers, kind
        assert "X-Powered-By" not in answer.headers, kind
        assert not re.search(r"Traceback|werkzeug|sqlalchemy|/portal/", answer.text[:20_000], re.IGNORECASE), kind


def test_every_answer_has_a_name_of_its_own_for_the_log(there):
    names = [answer.headers["X-Request-Id"] for answer in answers(there).values()]

    assert len(set(names)) == len(names)
    assert all(re.fullmatch(r"[0-9a-f]{16}", name) for name in names)


def test_no_page_has_a_script_or_a_style_inside_or_loads_one_from_elsewhere(there):
    for kind, answer in answers(there).items():
        if answer.mimetype == "text/html":
            assert not re.search(
                r"<script(?![^>]*\bsrc=\"/static/)|<style|\son\w+=|\sstyle=|javascript:", answer.text
            ), kind
            assert not re.search(r"(?:src|srcset|action)=\"(?:https?:)?//", answer.text), kind


def test_data_is_handed_over_as_a_file_and_a_pdf_under_our_name(there):
    found = answers(there)

    assert found["data"].headers["Content-Disposition"].startswith('attachment; filename="Q-')
    assert found["pdf"].headers["Content-Disposition"].startswith('inline; filename="Q-')


OUTSIDE = (
    "/static/../app.py",
    "/static/%2e%2e/app.py",
    "/static/..%2fapp.py",
    "/static//etc/passwd",
    "/static/css/../../portal/db.py",
    "/static/.%00/x",
    "/static/css",
)


@pytest.mark.parametrize("path", OUTSIDE)
def test_nothing_but_static_files_comes_from_static(visitor, path):
    assert visitor.get(path, follow_redirects=True).status_code == 404
