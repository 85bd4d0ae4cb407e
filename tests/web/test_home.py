"""The first page."""


def test_the_first_page_has_one_thing_to_do(visitor):
    page = visitor.visit("/")

    assert page.all("//div[@class='dropzone']/@data-packages-url") == ["/api/v1/packages"]
    assert "No account is needed" in page.main


def test_the_portal_says_that_it_lives(visitor):
    assert visitor.get("/health").json == {"ok": True}


def test_an_address_that_leads_nowhere_says_what_to_do(visitor):
    page = visitor.visit("/nowhere", status=404)

    assert "Check the address" in page.main


def test_the_header_of_a_stranger_offers_to_sign_in_and_no_lists(visitor):
    links = visitor.visit("/").links()

    assert "/sessions/new" in links
    assert "/orders" not in links


def test_the_header_of_a_customer_leads_to_quotes_and_orders(anna):
    page = anna.visit("/")

    assert {"/quotes", "/orders"} <= set(page.links())
    assert "anna@example.org" in page.text


def test_the_header_of_sales_leads_to_the_panel(portal):
    page = portal.staff().visit("/")

    assert "Panel" in page.text
    assert "/quotes" not in page.links()


def test_another_host_name_is_refused_with_a_sentence(visitor):
    answer = visitor.client.get("/", base_url="http://evil.example")

    assert answer.status_code == 400
    assert "evil" not in answer.text


def test_the_example_board_is_taken_in_and_its_reading_is_asked_for(visitor):
    answer = visitor.post("/packages/example")

    page = visitor.visit(answer.location)
    assert "sensor-node.zip" in page.main
    assert "Waiting for a free reader" in page.main
