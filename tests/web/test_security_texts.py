"""Weird numbers and texts in every field of every form: never our fault, never stored half, never run."""

import re

import pytest
from browsing import HERE
from inhabited import inhabit, rows

SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)>'
WEIRD = {
    "empty": "",
    "full width": "１２",
    "arabic digit": "٣",
    "not a number": "NaN",
    "endless": "Infinity",
    "exponent": "1e9",
    "negative": "-1",
    "underscore": "1_000",
    "two to the 63": str(2**63),
    "a long number": "9" * 400,
    "nothing": "\0",
    "nothing within": "a\0b",
    "right to left": "\u202egnp.exe",
    "lone surrogate": "\udc80",
    "line breaks": "a\r\nSet-Cookie: login=evil\r\n\r\n",
    "ten thousand": "x" * 10_000,
    "template": "{{ 7 * 7 }}{% raw %}${7*7}#{7*7}",
    "formula": '=cmd|" /C calc"!A0',
    "sql": "'; DROP TABLE quotes; --",
    "path": "../../../../etc/passwd",
    "script": SCRIPT,
}
TYPED = "//input[not(@type='submit')] | //select | //textarea"


@pytest.fixture
def there(portal):
    return inhabit(portal)


def pages(there):
    """Every page with a form, and who fills it in."""
    things = there.things
    quote, order, design = things["quote"], things["order"], things["design"]
    return [
        ("stranger", "/sessions/new"),
        ("stranger", f"/links/{things['secret']}"),
        ("buyer", f"/designs/{design}/prices"),
        ("uploader", f"/designs/{there.unclaimed['design']}/prices"),
        ("sales", f"/sales/orders/{order}"),
        ("sales", f"/sales/quotes/{quote}"),
        ("floor", f"/floor/lots/{things['lot']}"),
        ("sales", "/sessions/password"),
        ("buyer", f"/quotes/{quote}"),
    ]


def forms(there):
    """(who, form) of every form that writes, but for those that end a session."""
    for who, path in pages(there):
        for form in there.people[who].visit(path).root.forms:
            if form.method == "POST" and not form.action.endswith("/end"):
                yield who, form


def filled(form):
    sent = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return sent


def fields(form):
    names = {typed.get("name") for typed in form.xpath("." + TYPED.replace(" | //", " | .//"))}
    return sorted(name for name in names if name and name != "csrf_token")


def test_the_forms_are_all_here(there):
    found = {re.sub(r"[A-Z]-\w{4}-\w{4}(-\d)?|/[\w-]{22,43}(?=/|$)", "*", form.action) for _, form in forms(there)}

    assert len(found) >= 8, found


@pytest.mark.parametrize("text", WEIRD.values(), ids=WEIRD)
def test_a_weird_text_in_any_field_of_any_form_is_answered_and_never_run(there, text):
    for who, form in list(forms(there)):
        client, token = there.people[who].client, there.people[who].token()
        for name in fields(form):
            sent = filled(form) | {name: text.encode("utf-8", "surrogatepass"), "csrf_token": token}
            answer = client.post(form.action, base_url=HERE, data=sent, buffered=True)
            assert answer.status_code in {200, 302, 400, 404, 409, 410, 422, 429}, (form.action, name)
            assert "<script>alert" not in answer.text, (form.action, name)
            assert "evil" not in str(answer.headers), (form.action, name)


def test_a_script_that_is_stored_is_shown_as_text_everywhere(there):
    for who, form in list(forms(there)):
        token = there.people[who].token()
        for name in fields(form):
            there.people[who].client.post(
                form.action, base_url=HERE, data=filled(form) | {name: SCRIPT, "csrf_token": token}
            )
    assert "<script>" in str(rows(there.portal.engine)), "none was stored, so nothing is shown"
    for who, path in everywhere(there):
        text = there.people[who].get(path, buffered=True).data.decode(errors="replace")
        assert "<script>alert" not in text, path
        assert "<img src=x" not in text, path


def everywhere(there):
    """Every page that sales and the buyer can open."""
    for rule in there.portal.app.url_map.iter_rules():
        if "GET" in rule.methods and rule.endpoint != "static" and not rule.rule.startswith("/api/"):
            for who in ("sales", "buyer"):
                yield who, there.path(rule, there.things)


QUERIES = (
    *("page", "state", "show", "cell", "revision", "shown"),
    *("quantities", "speeds", "finish", "thickness_mm", "consigned"),
)


IN_ADDRESSES = ("two to the 63", "a long number", "script", "nothing within", "negative")


@pytest.mark.parametrize("text", [WEIRD[name] for name in IN_ADDRESSES], ids=IN_ADDRESSES)
def test_a_weird_text_in_any_address_is_answered_and_never_run(there, text):
    for who, path in everywhere(there):
        if not path.endswith(".json") and "/api/" not in path:
            answer = there.people[who].get(path, query_string=dict.fromkeys(QUERIES, text), buffered=True)
            assert answer.status_code in {200, 204, 302, 400, 404, 410, 422}, path
            assert b"<script>alert" not in answer.data, path


NUMBERS = ("0", "00", "-1", "1.5", str(2**31), str(2**63), "9" * 300, "１", "1e3", "%00")


def test_a_number_in_an_address_that_is_none_of_ours_leads_nowhere(there):
    sales, token = there.people["sales"], there.people["sales"].token()
    order = there.things["order"]
    for path in [f"{place}/{number}" for place in ("/outbox", "/sales/outbox") for number in NUMBERS]:
        assert (path, sales.get(path).status_code) == (path, 404)
    writes = ("/sales/jobs/{}/retry", f"/sales/orders/{order}/holds/{{}}/closing")
    for path in [place.format(number) for place in writes for number in NUMBERS]:
        answer = sales.client.post(path, base_url=HERE, data={"csrf_token": token})
        assert (path, answer.status_code) == (path, 404)


NAMES = (SCRIPT, "\u202epiz.exe", "a" * 400, "..", "a\nb", "con", "=1+1.csv", "\0")


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_a_files_name_is_only_text(there, name):
    from hashlib import sha256
    from urllib.parse import quote

    uploader = there.people["uploader"]
    place = uploader.api("POST", "/api/v1/packages", json={}).json
    headers = {"X-Content-SHA256": sha256(b"zip").hexdigest()}
    answer = uploader.api("PUT", place["files_url"] + quote(name, safe=""), data=b"zip", headers=headers)

    assert answer.status_code in {201, 308, 404, 422}
    assert "<script>alert" not in uploader.visit(place["page_url"]).response.text


def test_a_field_that_no_form_has_changes_nothing(there):
    """Names of columns beside the fields: only what the form declares is looked at."""
    order, sales = there.things["order"], there.people["sales"]
    before = rows(there.portal.engine)["orders"]
    columns = dict.fromkeys(("total", "currency", "company_id", "boards", "accepted_by", "state", "id"), "1")
    sales.post(f"/sales/orders/{order}/invoices", columns | {"invoice-number": "2026-0001"})

    assert rows(there.portal.engine)["orders"] == before
