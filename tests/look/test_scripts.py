"""The small scripts, in a real browser against a real server: what arrives, and what the customer reads."""

import hashlib

import pytest

pytestmark = pytest.mark.browser

GERBER = b"%FSLAX46Y46*%\n%MOMM*%\nG04 caf\xc3\xa9 \r\n\x00\xffM02*\n"


@pytest.fixture(autouse=True)
def quiet_server(window):
    window.received.clear()
    window.asked.clear()
    window.refuse, window.stream, window.live = "", [], "first"


def a_file(name: str, content: bytes) -> dict:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def choose(page, *files) -> None:
    page.set_input_files(".dropzone__input", list(files))


def test_every_byte_of_every_file_arrives_and_then_the_reading_is_watched(look, window):
    page = look.open()
    choose(
        page,
        a_file("board-F_Cu.gbr", GERBER),
        a_file("Stückliste 1/2 #3?.csv", b"R1;10k\r\n"),
        a_file("empty.txt", b""),
    )
    page.wait_for_url("**/reading")

    expected = {"board-F_Cu.gbr": GERBER, "Stückliste 1/2 #3?.csv": b"R1;10k\r\n", "empty.txt": b""}
    assert window.received == {name: hashlib.sha256(content).hexdigest() for name, content in expected.items()}


def test_each_file_says_its_hash_and_each_request_its_token(look, window):
    page = look.open()
    choose(page, a_file("a.gbr", GERBER))
    page.wait_for_url("**/reading")
    [put] = [headers for method, _, headers in window.asked if method == "PUT"]

    assert put["X-Content-SHA256"] == hashlib.sha256(GERBER).hexdigest()
    assert put["Content-Type"] == "application/octet-stream"
    assert {headers["X-CSRFToken"] for _, _, headers in window.asked} == {"a-token"}


def test_the_protocol_is_announce_put_read(look, window):
    page = look.open()
    choose(page, a_file("a.gbr", GERBER))
    page.wait_for_url("**/reading")

    assert [(method, path) for method, path, _ in window.asked] == [
        ("POST", "/packages"),
        ("PUT", "/files/a.gbr"),
        ("POST", "/start"),
    ]


@pytest.mark.parametrize("size", [0, 1, 55, 56, 64, 4 * 1024 * 1024 + 3])
def test_a_file_read_in_pieces_has_the_same_hash(look, size):
    content = (GERBER * (size // len(GERBER) + 1))[:size]
    page = look.open()
    found = page.evaluate(
        """async ([text, size]) => {
            Object.defineProperty(crypto, "subtle", { value: undefined });  // as on a plain-http address
            const { sha256Of } = await import("/static/js/hash.js");
            const unit = Uint8Array.from(text);
            return sha256Of(new File([Uint8Array.from({ length: size }, (_, i) => unit[i % unit.length])], "a"));
        }""",
        [list(GERBER), size],
    )
    assert found == hashlib.sha256(content).hexdigest()


def test_a_dropped_file_is_taken_like_a_chosen_one(look, window):
    page = look.open()
    page.evaluate("""() => {
        const dropped = new DataTransfer();
        dropped.items.add(new File(["M02*"], "dropped.gbr"));
        const drop = new DragEvent("drop", { dataTransfer: dropped, bubbles: true });
        document.querySelector(".dropzone").dispatchEvent(drop);
    }""")
    page.wait_for_url("**/reading")
    assert list(window.received) == ["dropped.gbr"]


def test_a_refusal_is_shown_in_the_portals_words_and_can_be_tried_again(look, window):
    window.refuse = "A package holds up to 200 MB. Leave out the 3D models and drop it again."
    page = look.open()
    choose(page, a_file("a.zip", b"PK"))
    page.wait_for_selector(".dropzone__error:not(:empty)")

    assert page.text_content(".dropzone__error") == window.refuse
    assert page.is_enabled(".dropzone__input")


def test_a_lost_connection_says_what_to_do(look):
    page = look.open()
    page.route("**/files/*", lambda route: route.abort())
    choose(page, a_file("a.zip", b"PK"))
    page.wait_for_selector(".dropzone__error:not(:empty)")
    assert page.text_content(".dropzone__state") == "not taken"
    assert page.text_content(".dropzone__error").startswith("The connection was lost.")


def test_a_page_follows_the_shop(look, window):
    window.stream = ["event: update\ndata: <p>41 of 100</p>\ndata: <p>good</p>"]
    page = look.open("/live")
    page.wait_for_selector("text=41 of 100")
    assert page.inner_html("[data-live-url]") == "<p>41 of 100</p>\n<p>good</p>"


def test_a_page_goes_where_the_work_is_done(look, window):
    window.stream = ["event: update\ndata: <p>reading</p>", "event: done\ndata: /reading"]
    page = look.open("/live", until="commit")
    page.wait_for_url("**/reading")
    assert page.title() == "Reading"


def test_an_order_on_its_way_is_not_overtaken_by_the_news_of_it(look, window):
    """The stream says that the quote has changed before the answer of the order itself is there."""
    window.stream = ["event: done\ndata:"]
    page = look.open("/quote", until="commit")
    page.get_by_role("button", name="Order").click()
    page.wait_for_url("**/ordered")
    assert page.title() == "Ordered"


def test_without_a_stream_the_page_is_asked_again(look, window):
    window.stream = None
    page = look.open("/live")
    window.live = "second"
    page.wait_for_selector("[data-live-url] >> text=second", timeout=60_000)
    assert page.inner_html("[data-live-url]") == "<p>second</p>"


def test_the_visitors_theme_is_kept_and_wins_over_the_system(look):
    page = look.open(dark=True)
    page.click("[data-theme-toggle]")
    assert page.get_attribute("html", "data-theme") == "light"

    page.reload()
    assert page.get_attribute("html", "data-theme") == "light"


def test_both_themes_differ_and_the_choice_looks_like_the_systems(look):
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    light, dark = look.open().evaluate(paper), look.open(dark=True).evaluate(paper)
    chosen = look.open()
    chosen.click("[data-theme-toggle]")

    assert light != dark
    assert chosen.evaluate(paper) == dark
