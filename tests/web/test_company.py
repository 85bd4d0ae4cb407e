"""The page of a customer's company: people, invitations, data to take along, and the wish to be forgotten."""

import io
import json
import re
import zipfile

import pytest
import sqlalchemy as sa
from browsing import HERE
from staff_work import kept_quote, placed_order

from portal.db import reading
from portal.models.people import Role
from portal.models.work import OutboxMail


def invited(portal, anna, email="bo@example.com", role="requester"):
    """The path of the link in the letter."""
    anna.post("/company/invitations", {"email": email, "role": role})
    with reading(portal.engine) as session:
        mail = session.scalars(sa.select(OutboxMail).where(OutboxMail.recipient == email)).one()
        return re.search(r"(/links/\S+)", mail.text)[1]


def test_an_invited_colleague_sees_the_quotes_of_the_company(portal, anna):
    reference = kept_quote(portal, anna)
    bo, link = portal.browser(), invited(portal, anna)
    assert "Join your company" in bo.visit(link).text
    bo.post(link)

    assert reference in bo.visit("/quotes").text


def test_a_colleague_who_only_asks_for_quotes_changes_nobody(portal, anna):
    bo, link = portal.browser(), invited(portal, anna)
    bo.post(link)

    assert bo.visit("/company").all("//main//form") == []
    assert bo.post("/company/invitations", {"email": "x@example.com", "role": "buyer"}).status_code == 404


def test_an_open_invitation_is_listed_and_can_be_withdrawn(portal, anna):
    link = invited(portal, anna)
    [action] = [path for path in anna.visit("/company").all("//form/@action") if path.endswith("/withdraw")]
    anna.post(action)

    assert "bo@example.com" not in anna.visit("/company").text
    assert portal.browser().post(link).status_code == 422


@pytest.mark.parametrize("wrong", [{"email": ""}, {"email": "a@b@c"}, {"role": "admin"}])
def test_what_cannot_be_sent_is_said_at_its_field(anna, wrong):
    answer = anna.post("/company/invitations", {"email": "bo@example.com", "role": "buyer"} | wrong)

    assert answer.status_code == 422
    assert "field__error" in answer.text


def test_a_role_of_the_house_cannot_be_given(portal, anna):
    [number] = set(re.findall(r"/company/people/(\d+)/role", anna.get("/company").text))

    assert anna.post(f"/company/people/{number}/role", {"role": "admin"}).status_code == 422
    assert anna.get("/sales/quotes").status_code == 404


def test_the_name_of_the_company_stands_on_its_page(anna):
    anna.post("/company/name", {"name": "Müller Sensorik GmbH"})

    assert "Müller Sensorik GmbH" in anna.visit("/company").main


def test_all_data_can_be_taken_along(portal, anna):
    reference = placed_order(portal, anna)
    archive = zipfile.ZipFile(io.BytesIO(anna.get("/company/data.zip").data))

    assert json.loads(archive.read("data.json"))["orders"][0]["reference"] == reference
    assert any(name.endswith("sensor-node.zip") for name in archive.namelist())


def test_the_data_of_a_company_is_for_its_buyers(portal, anna):
    assert portal.browser().get("/company/data.zip").location == "/sessions/new"
    assert portal.staff(Role.SALES).get("/company/data.zip").status_code == 404


def test_a_wish_to_be_erased_reaches_the_administrator_and_can_be_withdrawn(portal, anna):
    anna.post("/company/erasure")
    admin = portal.staff(Role.ADMIN)
    assert "anna@example.org" in admin.visit("/sales/erasure").main
    anna.post("/company/erasure/withdraw")

    assert "No wishes" in admin.visit("/sales/erasure").main


def test_boards_that_are_being_built_are_finished_first(portal, anna):
    order = placed_order(portal, anna)
    anna.post("/company/erasure")
    page = portal.staff(Role.ADMIN).visit("/sales/erasure")

    assert f"order {order} is not finished" in page.main
    assert page.all("//main//form") == []


def test_an_administrator_erases_and_the_customer_is_out(portal, anna):
    portal.design(anna)
    anna.post("/company/erasure")
    admin = portal.staff(Role.ADMIN)
    [action] = admin.visit("/sales/erasure").all("//main//form/@action")
    admin.post(action)

    assert "tombstones" in admin.visit("/sales/erasure").text
    assert anna.get("/quotes").location == "/sessions/new"


def test_who_wished_nothing_is_not_erased(portal, anna):
    admin = portal.staff(Role.ADMIN)
    token = {"csrf_token": admin.token()}

    assert admin.client.post("/sales/erasure/2", base_url=HERE, data=token).status_code == 404
