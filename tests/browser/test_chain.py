"""The whole chain, clicked through in a real Chromium: from dropped files to shipped boards.

PORTAL_SCREENSHOTS names a folder that keeps a picture of every page.
"""

import os
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from playwright.sync_api import TimeoutError as PageTimeout

from benchmarks.running import Running, free_port
from portal import db
from portal.demo import fill_demo, migrated_engine
from portal.settings import Settings

EXAMPLES = Path(__file__).resolve().parents[2] / "config" / "examples"
A_WHILE_MS = 30_000

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def portal(tmp_path_factory) -> Iterator[tuple[str, dict[str, str]]]:
    """A portal as `bin/run` starts it; its address and the one-time passwords that it printed."""
    folder = tmp_path_factory.mktemp("portal")
    settings = Settings(data_dir=folder)
    engine = migrated_engine(settings)
    with db.writing(engine) as session:
        passwords = fill_demo(session, settings)
    engine.dispose()
    running = Running(folder, port=free_port(), web_processes=1)
    yield running.url, passwords
    running.kill()


@pytest.fixture
def visitors(chromium, portal) -> Iterator["Visitors"]:
    visitors = Visitors(chromium, portal[0])
    yield visitors
    visitors.leave()
    assert visitors.complaints == []


class Visitors:
    """People with a browser of their own each. Whatever the console complains of is remembered."""

    def __init__(self, chromium: Browser, url: str) -> None:
        self.chromium, self.url = chromium, url
        self.complaints: list[str] = []
        self.contexts, self.pictures = [], 0

    def arrive(self) -> Page:
        context = self.chromium.new_context(base_url=self.url, viewport={"width": 1280, "height": 900})
        self.contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(A_WHILE_MS)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda message: self._hear(message.type, message.text))
        return page

    def _hear(self, kind: str, text: str) -> None:
        if kind == "error":
            self.complaints.append(text)

    def picture(self, page: Page, name: str) -> None:
        folder = os.environ.get("PORTAL_SCREENSHOTS")
        if folder:
            self.pictures += 1
            page.screenshot(path=Path(folder) / f"chain-{self.pictures:02}-{name}.png", full_page=True)

    def leave(self) -> None:
        for context in self.contexts:
            context.close()


def drop_files(page: Page, *paths: Path) -> None:
    page.goto("/")
    page.locator("input[type=file]").set_input_files([str(path) for path in paths])
    page.wait_for_url(re.compile(r"/designs/"), timeout=60_000)


def keep_as_quote(page: Page, email: str) -> None:
    """E-mail address, letter, link, button."""
    page.get_by_label("Your e-mail address").fill(email)
    page.get_by_role("button", name=re.compile("Keep|Send")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(re.compile("mail", re.IGNORECASE))
    page.goto("/outbox")
    page.get_by_role("link").filter(has_text=re.compile("link|quote", re.IGNORECASE)).first.click()
    page.locator("a[href*='/links/']").first.click()
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url(re.compile(r"/quotes/Q-"))


def sign_in(page: Page, email: str, password: str) -> None:
    """Staff sign in with the printed password and must choose their own at once."""
    page.goto("/sessions/new")
    form = page.locator("form", has=page.locator("input[type=password]"))
    form.get_by_label(re.compile("e-mail", re.IGNORECASE)).fill(email)
    form.get_by_label(re.compile("password", re.IGNORECASE)).fill(password)
    form.get_by_role("button").click()
    page.wait_for_url("**/sessions/password")
    fields = page.locator("main input[type=password]")
    fields.nth(0).fill(password)
    for number in range(1, fields.count()):
        fields.nth(number).fill("a sentence of my own")
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_url(re.compile(r"/(sales|floor)"))


def test_a_newcomers_board_is_shipped(visitors, portal):
    """Drop, look, price, keep, review, accept, pay, build, ship: nine pages, five people, one board."""
    passwords = portal[1]
    customer, sales, floor, public = (visitors.arrive() for _ in range(4))

    drop_files(customer, EXAMPLES / "sensor-node.zip")
    expect(customer.get_by_role("main")).to_contain_text("50")
    visitors.picture(customer, "design")
    choose_prices(visitors, customer)
    keep_as_quote(customer, "anna@example.com")
    visitors.picture(customer, "quote-budget")
    reference = customer.url.rsplit("/", 1)[-1].partition("?")[0]

    sign_in(sales, "sales@demo.example", passwords["sales@demo.example"])
    visitors.picture(sales, "sales-quotes")
    sales.goto(f"/sales/quotes/{reference}")
    visitors.picture(sales, "sales-review")
    sales.get_by_role("button", name="Make it firm and send it").click()
    expect(sales.get_by_role("main")).to_contain_text("It holds until")

    order = accept(visitors, customer, reference)
    release_and_pay(visitors, sales, order)

    public.goto(customer.locator("main a[href*='/progress/']").first.get_attribute("href"))
    visitors.picture(public, "progress-before")
    sign_in(floor, "floor@demo.example", passwords["floor@demo.example"])
    build(visitors, floor, order, watched_by=customer)
    expect(customer.get_by_role("main")).to_contain_text("100 %", timeout=A_WHILE_MS)
    expect(public.get_by_role("main")).to_contain_text("100 %", timeout=A_WHILE_MS)
    visitors.picture(customer, "order-shipped")
    visitors.picture(public, "progress-shipped")


def choose_prices(visitors: Visitors, page: Page) -> None:
    """Quantities and options reprice at once; a click on a cell shows its lines."""
    page.get_by_role("link", name=re.compile("price", re.IGNORECASE)).first.click()
    page.wait_for_url(re.compile(r"/prices"))
    before = page.get_by_role("main").inner_text()
    page.get_by_label("Surface finish").select_option("hasl")
    page.wait_for_url(re.compile("finish=hasl"))
    expect(page.get_by_role("main")).not_to_have_text(before)
    page.get_by_label("Quantities").fill("5, 50, 500")
    page.get_by_label("Quantities").press("Tab")
    page.wait_for_url(re.compile("quantities=5"))
    page.locator("a.price-matrix__cell").nth(2).click()
    page.wait_for_url(re.compile("cell=50-standard"))
    expect(page.locator(".cost-table").first).to_contain_text("Bare boards")
    visitors.picture(page, "prices")


def arrives(page: Page, address: str) -> None:
    """The browser gets there; where it does not, what stands on the page instead is the reason."""
    try:
        page.wait_for_url(re.compile(address))
    except PageTimeout:
        pytest.fail(f"{page.url} shows: {page.get_by_role('main').inner_text()[:1500]}")


def accept(visitors: Visitors, page: Page, reference: str) -> str:
    order = page.get_by_role("button", name="Order with obligation to pay")
    expect(order).to_be_visible(timeout=A_WHILE_MS)  # the open page followed the review by itself
    page.goto(f"/quotes/{reference}?cell=50-standard")
    visitors.picture(page, "quote-firm")
    page.get_by_label(re.compile("purchase order", re.IGNORECASE)).fill("PO 4711")
    order.click()
    arrives(page, r"/orders/O-")
    visitors.picture(page, "order")
    return page.url.rsplit("/", 1)[-1]


def release_and_pay(visitors: Visitors, page: Page, order: str) -> None:
    """Sales checks the purchase order, writes the invoice, and enters the money that came."""
    page.goto(f"/sales/orders/{order}")
    page.get_by_label("What has been settled").first.fill("The purchase order and the terms are in order.")
    page.get_by_role("button", name="Close hold no. 1").click()
    expect(page.get_by_role("main")).to_contain_text("Nothing holds this order up")
    page.get_by_label("Number of the invoice").fill("2026-0001")
    page.get_by_role("button", name="Enter the invoice").click()
    page.get_by_label("Amount received").fill("100.00")
    page.get_by_label("Reference of the bank").fill("SEPA 1")
    page.get_by_role("button", name="Enter the payment").click()
    expect(page.get_by_role("main")).to_contain_text("SEPA 1")
    visitors.picture(page, "sales-order")


def build(visitors: Visitors, page: Page, order: str, *, watched_by: Page) -> None:
    """Every operation: started, one board mended on the way, finished. The customer watches without reloading."""
    page.goto(f"/floor/lots/{order}-1")
    operations = page.locator(".operation").count()
    visitors.picture(page, "floor-lot")
    page.get_by_role("button", name="Start", exact=True).first.click()
    expect(watched_by.get_by_role("main")).to_contain_text(re.compile("running", re.IGNORECASE), timeout=A_WHILE_MS)
    form = page.locator("form", has=page.get_by_role("button", name="Count", exact=True)).first
    form.locator("input[name=good]").fill("49")
    form.locator("input[name=failed]").fill("1")
    form.get_by_role("button").click()
    page.get_by_role("button", name="Report rework").first.click()
    page.get_by_role("button", name="Finish", exact=True).first.click()
    for done in range(1, operations):
        page.get_by_role("button", name="Start", exact=True).first.click()
        page.get_by_role("button", name=re.compile("good: finish")).first.click()
        expect(page.get_by_role("main")).to_contain_text(re.compile(rf"{done + 1} of {operations}|Done"))
    visitors.picture(page, "floor-done")


def test_several_loose_files_are_one_board(visitors, tmp_path):
    """A customer who does not zip: Gerbers, drill, BOM and centroid dropped together."""
    with zipfile.ZipFile(EXAMPLES / "motor-driver.zip") as package:
        package.extractall(tmp_path)
    page = visitors.arrive()
    drop_files(page, *sorted(path for path in tmp_path.rglob("*") if path.is_file()))
    expect(page.get_by_role("main")).to_contain_text("60")
    visitors.picture(page, "loose-files")


def test_a_broken_package_is_refused_in_words_and_can_be_tried_again(visitors, tmp_path):
    broken = tmp_path / "board.zip"
    broken.write_bytes((EXAMPLES / "sensor-node.zip").read_bytes()[:9000])
    page = visitors.arrive()
    page.goto("/")
    page.locator("input[type=file]").set_input_files(str(broken))
    page.wait_for_url(re.compile(r"/packages/"))
    in_words = re.compile("damaged|cut|incomplete", re.IGNORECASE)
    expect(page.get_by_role("main")).to_contain_text(in_words, timeout=A_WHILE_MS)
    visitors.picture(page, "refused")
