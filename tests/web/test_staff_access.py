"""Who may come into the rooms of sales and of the floor, and where they lead."""

import pytest
from browsing import HERE
from staff_work import kept_quote, placed_order

from portal.models.people import Role

ROOMS = ("sales", "floor")
OF_THE_FLOOR = {"floor.lots", "floor.lot", "floor.report"}
VALUES = {"reference": "X", "number": 1, "part": "rates.toml", "company": 1, "work_centre": "X", "refund": "X"}
OPEN_TO_THE_FLOOR = {"sales.capacity", "sales.promises", "sales.goods"}


def addresses(app, method, *rooms):
    """(endpoint, address) of each view of these rooms."""
    adapter = app.url_map.bind("127.0.0.1")
    return [
        (rule.endpoint, adapter.build(rule.endpoint, {name: VALUES[name] for name in rule.arguments}, method=method))
        for rule in app.url_map.iter_rules()
        if method in rule.methods and rule.endpoint.partition(".")[0] in rooms
    ]


def test_there_are_as_many_rooms_as_were_promised(app):
    found = {endpoint for endpoint, _ in addresses(app, "GET", *ROOMS)}

    assert {f"sales.{name}" for name in ("quotes", "quote", "orders", "order", "outbox", "jobs", "shop")} <= found
    assert {"floor.lots", "floor.lot"} <= found


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_stranger_is_sent_to_sign_in(app, visitor, method):
    token = {"csrf_token": visitor.token()}
    for endpoint, path in addresses(app, method, *ROOMS):
        answer = visitor.client.open(path, method=method, base_url=HERE, data=token if method == "POST" else None)
        assert (endpoint, answer.location) == (endpoint, "/sessions/new")


@pytest.mark.parametrize("role", [Role.BUYER, Role.REQUESTER])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_customer_finds_nothing_here(app, portal, method, role):
    customer = portal.customer(role=role)
    token = {"csrf_token": customer.token()}
    for endpoint, path in addresses(app, method, *ROOMS):
        answer = customer.client.open(path, method=method, base_url=HERE, data=token if method == "POST" else None)
        assert (endpoint, answer.status_code) == (endpoint, 404)


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_floor_finds_no_room_of_sales(app, portal, method):
    worker = portal.staff(Role.FLOOR)
    token = {"csrf_token": worker.token()}
    for endpoint, path in addresses(app, method, "sales"):
        if endpoint in OPEN_TO_THE_FLOOR:
            continue
        answer = worker.client.open(path, method=method, base_url=HERE, data=token if method == "POST" else None)
        assert (endpoint, answer.status_code) == (endpoint, 404)


@pytest.mark.parametrize("role", [Role.SALES, Role.ADMIN])
def test_sales_and_admin_open_every_list(app, portal, role):
    staff = portal.staff(role)
    for endpoint, path in addresses(app, "GET", *ROOMS):
        is_allowed = endpoint != "sales.erasure" or role is Role.ADMIN
        if "/X" not in path and "/1" not in path and is_allowed:
            staff.visit(path)


@pytest.mark.parametrize("role", [Role.FLOOR, Role.SALES, Role.ADMIN])
def test_the_floor_is_open_to_all_staff(portal, role):
    portal.staff(role).visit("/floor/")


def test_a_customers_own_quote_and_order_are_not_theirs_on_the_staffs_pages(portal, anna):
    anna.visit(f"/sales/quotes/{kept_quote(portal, anna)}", status=404)
    order = placed_order(portal, anna)

    anna.visit(f"/sales/orders/{order}", status=404)
    anna.visit(f"/floor/lots/{order}-1", status=404)


@pytest.mark.parametrize(
    ("role", "home"), [(Role.SALES, "/sales/quotes"), (Role.ADMIN, "/sales/quotes"), (Role.FLOOR, "/floor/")]
)
def test_staff_land_in_their_own_room_after_signing_in(portal, role, home):
    portal.staff(role)
    browser = portal.browser()

    answer = browser.post("/sessions", {"email": f"{role}@house.example", "password": "a long enough one"})
    assert answer.location == home


BELOW = "//nav[@aria-label='This group']/a"


def header_of(browser, path):
    return browser.visit(path).all("//nav[@aria-label='Main']/a/text()")


def below(browser, path):
    return browser.visit(path).all(f"{BELOW}/text()")


def test_the_header_of_sales_leads_to_every_room(portal):
    assert header_of(portal.staff(), "/sales/jobs") == ["Quotes", "Orders", "Money", "Floor", "Shop"]


@pytest.mark.parametrize(
    ("path", "pages"),
    [
        ("/sales/quotes", []),
        ("/sales/credit", ["Credit", "Stripe"]),
        ("/floor/", ["Lots", "Goods in", "Capacity", "Promises"]),
        ("/sales/jobs", ["Data in force", "Rate card", "Outbox", "Jobs"]),
    ],
)
def test_below_the_header_stand_the_pages_of_the_same_group(portal, path, pages):
    assert below(portal.staff(), path) == pages


def test_only_administrators_are_led_to_what_asks_to_be_erased(portal):
    assert below(portal.staff(Role.ADMIN), "/sales/shop")[-1] == "Erasure"


def test_a_page_below_a_listed_one_marks_it(portal):
    page = portal.staff().visit("/sales/shop/rates.toml")

    assert page.all(f"{BELOW}[@aria-current='page']/text()") == ["Data in force"]


def test_every_group_leads_to_a_page_that_its_reader_may_open(portal):
    for role in (Role.SALES, Role.FLOOR, Role.ADMIN):
        staff = portal.staff(role)
        first = staff.visit("/floor/")
        for href in first.all("//nav[@aria-label='Main']/a/@href"):
            staff.visit(href)


def test_the_header_of_the_floor_leads_to_no_room_of_sales(portal):
    assert header_of(portal.staff(Role.FLOOR), "/floor/") == ["Floor"]


def test_the_header_marks_the_room_in_which_a_page_lies(portal, anna):
    page = portal.staff().visit(f"/sales/quotes/{kept_quote(portal, anna)}")

    assert page.all("//nav[@aria-label='Main']/a[@aria-current='page']/text()") == ["Quotes"]


def test_a_page_that_is_refused_tells_a_customer_nothing_of_the_panel(anna):
    assert "Jobs" not in anna.visit("/sales/jobs", status=404).text
