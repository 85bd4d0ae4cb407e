"""Who may see what: each rule over every address there is."""

import re

import pytest
import sqlalchemy as sa
from browsing import HERE, an_act

from portal.db import reading, reading_session
from portal.models.files import Package
from portal.models.orders import Order
from portal.models.people import Company
from portal.models.quotes import Quote
from portal.services.quotes import make_firm
from portal.web.access import access_of

CUSTOMER_ROOMS = {"packages", "designs", "prices", "quotes", "orders", "api", "corrections", "columns", "revisions"}
KINDS = {"designs.picture": "svg"}
NOT_THERE_YET = {"quotes.document", "designs.layer", "papers.show"}  # printed or drawn by the worker, later

UNKNOWN = {
    **dict.fromkeys(("reference", "token", "secret"), "nobody-knows"),
    "name": "a.zip",
    "side": "top",
    "cell": "1-standard",
    "kind": "csv",
    "number": "999999",
}


def rules(app, method):
    return [rule for rule in app.url_map.iter_rules() if method in rule.methods and rule.endpoint != "static"]


def address(app, rule, **values):
    known = {name: values.get(name, UNKNOWN.get(name, "1")) for name in rule.arguments}
    [method] = rule.methods - {"HEAD", "OPTIONS"}
    return app.url_map.bind("127.0.0.1").build(rule.endpoint, known, method=method)


def test_every_view_declares_who_may_enter(app):
    undeclared = [name for name, view in app.view_functions.items() if access_of(name, view) is None]

    assert undeclared == []


def test_no_address_reads_and_writes(app):
    both = [rule.rule for rule in app.url_map.iter_rules() if rule.methods & {"GET"} and rule.methods & {"POST", "PUT"}]

    assert both == []


def test_a_session_of_a_reading_request_cannot_write(portal):
    with reading_session(portal.engine) as session:
        session.add(Company(name="written by a GET", created_at=an_act().at))
        with pytest.raises(sa.exc.OperationalError, match="readonly"):
            session.flush()


def test_every_writing_address_asks_for_the_token(app, visitor):
    for method in ("POST", "PUT"):
        for rule in rules(app, method):
            path, sent = address(app, rule), {"email": "a@example.org"}
            answer = visitor.client.open(path, method=method, base_url=HERE, data=sent)
            assert (rule.rule, answer.status_code) == (rule.rule, 400)


def test_a_reference_that_nobody_knows_leads_nowhere(app, anna):
    for rule in rules(app, "GET"):
        if rule.arguments - {"filename"} and rule.endpoint.partition(".")[0] in CUSTOMER_ROOMS | {"progress", "outbox"}:
            assert (rule.rule, anna.get(address(app, rule)).status_code) == (rule.rule, 404)


def test_what_needs_an_account_sends_a_stranger_to_sign_in(app, visitor):
    for rule in rules(app, "GET"):
        if access_of(rule.endpoint, app.view_functions[rule.endpoint]) != "everybody":
            assert visitor.get(address(app, rule)).location == "/sessions/new", rule.rule


@pytest.fixture
def annas(portal, anna):
    """The references of everything that anna has: package, design, quote, order."""
    design = portal.design(anna)
    form = anna.visit(f"/designs/{design}/prices?quantities=10").form("/quotes")
    quote = anna.post(f"/designs/{design}/quotes", form).location
    with portal.writing() as session:
        kept = session.scalars(sa.select(Quote)).one()
        make_firm(session, kept, an_act("sales@house.example"), today=an_act().at.date())
    anna.post(f"{quote}/acceptance", anna.visit(quote).form("/acceptance") | {"customer_po": "PO 1"})
    with reading(portal.engine) as session:
        package, order = session.scalars(sa.select(Package)).one(), session.scalars(sa.select(Order)).one()
        return {"package": package.reference, "design": design, "quote": quote[8:], "order": order.reference}


def thing_of(rule):
    """Which of anna's things an address names: /designs/<reference>/prices a design."""
    return re.sub(r"^/(?:api/v1/)?", "", rule.rule).partition("/")[0].removesuffix("s")


def of_customers(app, method):
    named = [rule for rule in rules(app, method) if rule.endpoint.partition(".")[0] in CUSTOMER_ROOMS]
    return [rule for rule in named if "reference" in rule.arguments]


@pytest.mark.parametrize("who", ["another company", "another browser"])
def test_what_is_annas_is_not_there_for(portal, annas, who):
    stranger = portal.customer("eve@example.org") if who == "another company" else portal.browser()
    for rule in of_customers(portal.app, "GET"):
        answer = stranger.get(address(portal.app, rule, reference=annas[thing_of(rule)], cell="10-standard"))
        assert (rule.rule, answer.status_code) == (rule.rule, 404) or answer.location == "/sessions/new"


def test_nothing_of_annas_is_changed_by_another_company(portal, annas):
    eve = portal.customer("eve@example.org")
    sent = {"quantities": "1", "cell": "0", "sha256": "0" * 64, "customer_po": "1"}
    for method in ("POST", "PUT"):
        for rule in of_customers(portal.app, method):
            path = address(portal.app, rule, reference=annas[thing_of(rule)])
            answer = eve.api(method, path, data=sent)
            assert (rule.rule, answer.status_code) == (rule.rule, 404)


def test_anna_sees_all_that_is_hers(portal, anna, annas):
    for rule in of_customers(portal.app, "GET"):
        named = {"reference": annas[thing_of(rule)], "cell": "10-standard", "kind": KINDS.get(rule.endpoint, "json")}
        answer = anna.get(address(portal.app, rule, **named))
        assert answer.status_code in {200, 302} or rule.endpoint in NOT_THERE_YET, rule.rule


def test_staff_see_what_is_annas(portal, annas):
    sales = portal.staff()
    for path in (f"/api/v1/designs/{annas['design']}", f"/designs/{annas['design']}/pictures/top.svg"):
        assert sales.get(path).status_code == 200


def test_pages_are_for_this_viewer_alone_and_load_nothing_from_elsewhere(anna):
    headers = anna.get("/quotes").headers

    assert headers["Cache-Control"] == "no-store"
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
