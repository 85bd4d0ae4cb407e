"""A customer's own program: it signs in with a token, sees what its owner sees, and does no more than it may."""

import hashlib
from datetime import timedelta

import pytest
import sqlalchemy as sa
from browsing import HERE, an_act
from staff_work import kept_quote, placed_order

from portal.models.people import User
from portal.services.tokens import make_token, revoke_token


class Program:
    """No cookies, no form: a token with each request."""

    def __init__(self, portal, secret):
        self.client, self.secret = portal.app.test_client(use_cookies=False), secret

    def ask(self, method, path, **kwargs):
        headers = {"Authorization": f"Bearer {self.secret}"} | kwargs.pop("headers", {})
        return self.client.open(path, method=method, base_url=HERE, headers=headers, **kwargs)


def program_of(portal, scope="read", email="anna@example.org"):
    with portal.writing() as session:
        user = session.scalars(sa.select(User).where(User.email == email)).one()
        made = make_token(session, user, name="erp", scope=scope, lives=timedelta(days=1), act=an_act())
    return Program(portal, made.secret)


def test_a_program_reads_the_quote_of_its_owner(portal, anna):
    reference = kept_quote(portal, anna)
    answer = program_of(portal).ask("GET", f"/api/v1/quotes/{reference}")

    assert (answer.status_code, answer.json["reference"]) == (200, reference)
    assert len(answer.json["sha256"]) == 64


def test_a_program_sees_how_far_an_order_is(portal, anna):
    reference = placed_order(portal, anna)
    program = program_of(portal)

    [listed] = program.ask("GET", "/api/v1/orders").json["orders"]
    order = program.ask("GET", f"/api/v1/orders/{reference}").json
    assert (listed["reference"], order["percent"]) == (reference, 0)
    assert order["stages"][0]["total"] == order["boards"]


def test_a_program_of_another_company_is_told_that_there_is_nothing(portal, anna):
    reference = kept_quote(portal, anna)
    portal.customer("eve@example.net")

    assert program_of(portal, email="eve@example.net").ask("GET", f"/api/v1/quotes/{reference}").status_code == 404


def test_a_program_that_may_write_sends_a_package_in_without_any_form_token(portal, anna):
    program, data = program_of(portal, "write"), b"PK\x03\x04 a board"
    opened = program.ask("POST", "/api/v1/packages", json={}).json
    digest = {"X-Content-SHA256": hashlib.sha256(data).hexdigest()}
    put = program.ask("PUT", opened["files_url"] + "board.zip", data=data, headers=digest)

    assert put.status_code == 201
    assert anna.visit(opened["page_url"])


def test_a_program_that_may_only_read_sends_nothing_in(portal, anna):
    answer = program_of(portal).ask("POST", "/api/v1/packages", json={})

    assert answer.status_code == 401
    assert "may only read" in answer.json["error"]


@pytest.mark.parametrize("secret", ["", "bw_nothing", "x" * 5000, "Grün"])
def test_what_is_no_token_opens_nothing(portal, secret):
    assert Program(portal, secret).ask("GET", "/api/v1/orders").status_code in {302, 401}


def test_a_revoked_token_is_dead_at_once(portal, anna):
    program = program_of(portal)
    with portal.writing() as session:
        user = session.scalars(sa.select(User)).one()
        revoke_token(session, user, 1, an_act())

    assert program.ask("GET", "/api/v1/orders").status_code == 401


def test_a_token_opens_no_page(portal, anna):
    assert program_of(portal).ask("GET", "/orders").location == "/sessions/new"


def test_a_token_beside_a_cookie_counts_and_the_cookie_does_not(portal, anna):
    headers = {"Authorization": "Bearer bw_nothing"}

    assert anna.get("/api/v1/orders", headers=headers).status_code == 401


def test_a_false_token_does_not_spare_the_cookie_its_proof(portal, anna):
    headers = {"Authorization": "Bearer anything"}
    answer = anna.client.post("/account/sessions/end-others", base_url=HERE, headers=headers)

    assert answer.status_code == 400
