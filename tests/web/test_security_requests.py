"""What no request may do: write without a token of its own browser, write by reading, or choose our name."""

import re

import pytest
from browsing import HERE
from inhabited import inhabit, rows

from app import create_app
from portal.web.live import Pace

ALL_PEOPLE = ("stranger", "uploader", "buyer", "colleague", "floor", "sales")


@pytest.fixture
def there(portal):
    return inhabit(portal)


def rules(app, *methods):
    return [rule for rule in app.url_map.iter_rules() if rule.methods & set(methods)]


def statuses_of_writes(there, token):
    """The rules that sales or a buyer could use, tried by a browser with this token."""
    found = {}
    for rule in rules(there.portal.app, "POST", "PUT"):
        who = "sales" if rule.endpoint.startswith(("sales", "floor")) else "buyer"
        found[rule.endpoint] = there.ask(who, rule, there.things, token).status_code
    return found


@pytest.mark.parametrize("whose", ["nobody", "another browser", "a made-up one"])
def test_nothing_is_written_with_the_token_of(there, whose):
    token = {"nobody": "", "another browser": there.people["other"].token(), "a made-up one": "x" * 91}[whose]
    before = rows(there.portal.engine)

    assert set(statuses_of_writes(there, token).values()) == {400}
    assert rows(there.portal.engine) == before


def test_a_token_in_the_address_is_none(there):
    buyer = there.people["buyer"]
    path = f"/quotes/{there.things['quote']}/refusal?csrf_token={buyer.token()}"

    assert buyer.client.post(path, base_url=HERE).status_code == 400


def test_a_method_cannot_be_put_on_by_a_field_or_a_header(there):
    buyer, path = there.people["buyer"], f"/quotes/{there.things['quote']}"
    sent = {"_method": "DELETE", "csrf_token": buyer.token()}

    assert buyer.client.post(path, base_url=HERE, data=sent).status_code == 405
    assert buyer.get(path, headers={"X-HTTP-Method-Override": "POST"}).status_code == 200


def test_reading_every_page_changes_no_row(there):
    before = rows(there.portal.engine)
    for who in ALL_PEOPLE:
        for rule in rules(there.portal.app, "GET"):
            assert there.ask(who, rule, there.things, "").status_code < 500
    assert rows(there.portal.engine) == before


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_a_request_that_asks_little_changes_no_row(there, method):
    before, sales = rows(there.portal.engine), there.people["sales"]
    for rule in there.portal.app.url_map.iter_rules():
        answer = sales.client.open(there.path(rule, there.things), method=method, base_url=HERE, buffered=True)
        assert answer.status_code < 500
    assert rows(there.portal.engine) == before


def test_head_is_get_without_its_body(there):
    head = there.people["buyer"].client.head("/quotes", base_url=HERE)

    assert (head.status_code, head.data) == (200, b"")


@pytest.mark.parametrize("method", ["DELETE", "PATCH", "TRACE", "CONNECT"])
def test_no_address_takes(there, method):
    sales = there.people["sales"]
    for rule in there.portal.app.url_map.iter_rules():
        answer = sales.client.open(there.path(rule, there.things), method=method, base_url=HERE)
        assert answer.status_code in {400, 405}, rule.rule


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "127.0.0.1@evil.example", "", "evil.example:8000"]
)
def test_a_host_that_is_not_ours_is_refused_everywhere(app, visitor, host):
    for path in ("/", "/sessions/new", "/static/css/layout.css", "/api/v1/openapi.json", "/no-such-page"):
        answer = visitor.client.get(path, base_url=HERE, headers={"Host": host}, buffered=True)
        assert (path, answer.status_code) == (path, 400)


@pytest.mark.parametrize("header", ["X-Forwarded-Host", "X-Host", "X-Forwarded-Server", "X-Original-Host", "Forwarded"])
def test_a_forwarded_host_is_not_believed(visitor, header):
    answer = visitor.get(
        "/sessions/new", headers={header: "host=evil.example" if header == "Forwarded" else "evil.example"}
    )

    assert "evil" not in answer.text + str(answer.headers)


@pytest.mark.parametrize("header", ["X-Original-URL", "X-Rewrite-URL", "X-Script-Name", "X-Forwarded-Prefix"])
def test_a_header_does_not_lead_around_the_guard(visitor, header):
    answer = visitor.get("/", headers={header: "/sales/quotes"})

    assert "/sales/quotes" not in answer.text
    assert answer.status_code == 200


def letters(portal):
    return rows(portal.engine)["outbox"]


def test_a_letter_names_our_address_whatever_the_request_says(portal, visitor):
    alias = "http://localhost:8000"  # another name of ours, and not the one in the settings
    token = re.search(r'csrf-token" content="([^"]+)', visitor.client.get("/", base_url=alias).text).group(1)
    sent = {"email": "bo@example.org", "csrf_token": token}
    headers = {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "gopher"}
    visitor.client.post("/sessions/link", base_url=alias, data=sent, headers=headers)
    [letter] = letters(portal)

    assert set(re.findall(r"(https?://[^/\s\"]+)/links", str(letter))) == {HERE}


@pytest.mark.parametrize(
    "email",
    [
        "a@example.org, b@example.org",
        "a@example.org\nBcc: b@example.org",
        "a@example.org\r\n\r\nHello",
        '"x" <a@example.org>, b@example.org',
        "a@example.org;b@example.org",
        "a@example.org\0",
        "a" * 300 + "@example.org",
        "<script>@example.org",
    ],
)
def test_a_letter_has_one_recipient_or_none(portal, visitor, email):
    answer = visitor.post("/sessions/link", {"email": email})

    assert (answer.status_code, letters(portal)) == (422, [])


@pytest.mark.parametrize("next_", ["//evil.example", "/\\evil.example", "https://evil.example", "/\t/evil.example"])
def test_no_address_sends_a_browser_elsewhere(portal, next_):
    portal.staff()
    browser = portal.browser()
    sent = {"email": "sales@house.example", "password": "a long enough one", "next": next_}
    answer = browser.post(f"/sessions?next={next_}&url={next_}", sent)

    assert answer.location == "/sales/quotes"


def test_the_cookie_of_a_sign_in_is_new_each_time_and_dead_after_signing_out(portal):
    portal.staff()
    browser = portal.browser().with_login("a cookie that somebody put there")
    browser.post("/sessions", {"email": "sales@house.example", "password": "a long enough one"})
    kept = browser.client.get_cookie("login", domain="127.0.0.1").value
    browser.post("/sessions/end")

    assert kept != "a cookie that somebody put there"
    assert portal.browser().with_login(kept).get("/sales/quotes").location == "/sessions/new"


@pytest.fixture
def https_app(settings):
    app = create_app(settings.model_copy(update={"base_url": "https://portal.example"}))
    app.config.update(TESTING=True, LIVE_PACE=Pace(lives_s=0))
    yield app
    app.extensions["engine"].dispose()


def test_over_https_every_cookie_is_bound_to_this_host(https_app):
    client = https_app.test_client()
    page = client.get("/", base_url="https://portal.example").text
    token = re.search(r'csrf-token" content="([^"]+)', page).group(1)
    sent = {"csrf_token": token}
    answer = client.post("/packages/example", base_url="https://portal.example", data=sent, headers={"Referer": ""})
    [cookie] = answer.headers.getlist("Set-Cookie")

    assert cookie.startswith("__Host-visit=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
    assert "Domain" not in cookie


def test_over_https_a_browser_comes_back_over_https(https_app):
    headers = https_app.test_client().get("/", base_url="https://portal.example").headers

    assert re.match(r"max-age=\d{8}", headers["Strict-Transport-Security"])


def test_over_https_this_machines_own_names_are_strangers(https_app):
    assert https_app.test_client().get("/", base_url="https://127.0.0.1").status_code == 400


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(portal):
    portal.staff()
    answer = portal.browser().post("/sessions", {"email": "sales@house.example", "password": "a long enough one"})
    for cookie in answer.headers.getlist("Set-Cookie"):
        assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= set(cookie.split("; ")), cookie


def test_a_character_that_no_database_can_store_is_refused_in_words(visitor):
    """PostgreSQL takes no NUL into a text; SQLite would keep it and cut the page there."""
    page = visitor.client.get("/sessions/new?from=%00", base_url=HERE)

    assert page.status_code == 422
    assert "cannot be stored" in page.text
