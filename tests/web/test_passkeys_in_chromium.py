"""A passkey in a real browser, with a key made of software: set up once, then it opens the house by itself."""

import socket
import threading

import pytest
from browsing import an_act
from werkzeug.serving import make_server

from portal.models.people import Role
from portal.services.accounts import add_staff
from portal.settings import Settings

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery"
KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def settings(settings) -> Settings:
    """A host with a name: browsers make no passkey for a bare number."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    return settings.model_copy(update={"is_demo": False, "base_url": f"http://localhost:{port}"})


@pytest.fixture
def address(portal, settings):
    with portal.writing() as session:
        lena = add_staff(session, email="lena@house.example", role=Role.FLOOR, password=PASSWORD, act=an_act())
        lena.must_change_password = False
    server = make_server("127.0.0.1", settings.port, portal.app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield settings.base_url
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chromium, address):
    context = chromium.new_context()
    page = context.new_page()
    page.goto(f"{address}/sessions/new")
    yield page
    context.close()


@pytest.fixture
def key(page):
    """A key of software in this browser."""
    wire = page.context.new_cdp_session(page)
    wire.send("WebAuthn.enable")
    return wire, wire.send("WebAuthn.addVirtualAuthenticator", {"options": KEY})["authenticatorId"]


def sign_in(page, address):
    page.goto(f"{address}/sessions/new")
    page.fill("#staff-email", "lena@house.example")
    page.fill("[name=password]", PASSWORD)
    page.click("text=Sign in >> nth=-1")


def set_up(page, address):
    sign_in(page, address)
    page.wait_for_url("**/account/second-factor")
    page.fill("#passkey-name", "Lena's laptop")
    page.click("text=Add a passkey")
    page.wait_for_url("**/account")


def sign_out(page):
    page.click("text=Sign out >> nth=0")
    page.wait_for_url("**/")


def test_a_passkey_is_set_up_and_opens_the_house_the_next_time(page, key, address):
    set_up(page, address)
    assert "Lena's laptop" in page.inner_text("main")
    sign_out(page)
    sign_in(page, address)
    page.wait_for_url("**/sessions/second")
    page.click("text=Use a passkey")
    page.wait_for_url("**/floor/")


def test_another_key_does_not_open_it(page, key, address):
    wire, number = key
    set_up(page, address)
    sign_out(page)
    wire.send("WebAuthn.clearCredentials", {"authenticatorId": number})
    sign_in(page, address)
    page.wait_for_url("**/sessions/second")
    page.click("text=Use a passkey")

    page.wait_for_selector("[role=alert]:visible")
    page.goto(f"{address}/floor/")
    assert page.url.endswith("/sessions/second")


def test_the_only_passkey_of_staff_stays(page, key, address):
    set_up(page, address)
    page.click("text=Remove")

    assert "This is your only second factor" in page.inner_text("main")
