"""Everything that can be pressed can be reached and seen with the keyboard alone."""

import pytest

pytestmark = pytest.mark.browser

REACHABLE = "a[href], button:not([disabled]), input:not([type=radio]):not([type=file]), select, textarea, .table-box"


def focused(page, expression: str):
    return page.evaluate(f"(e => {expression})(document.activeElement)")


def test_the_first_stop_skips_to_the_content(look):
    page = look.open()
    page.keyboard.press("Tab")
    assert focused(page, "e.textContent") == "Skip to the content"

    page.keyboard.press("Enter")
    assert focused(page, "e.id") == "content"


def test_the_focus_is_always_visible(look):
    page = look.open()
    unseen = page.evaluate(f"""() => [...document.querySelectorAll({REACHABLE!r})]
        .filter(e => e.checkVisibility() && !e.closest("dialog"))
        .filter(e => {{ e.focus({{ focusVisible: true }}); return getComputedStyle(e).outlineStyle === "none"; }})
        .map(e => e.outerHTML)""")
    assert unseen == []


def test_a_dialog_opens_and_closes_without_a_script_and_gives_the_focus_back(look):
    page = look.open()
    page.focus("text=Decline…")
    page.keyboard.press("Enter")
    assert page.is_visible("dialog")

    page.keyboard.press("Escape")
    assert page.is_hidden("dialog")
    assert focused(page, "e.textContent") == "Decline…"


def test_what_is_pressed_with_a_finger_is_large_enough(look):
    page = look.open(width=375)
    small = page.evaluate("""() => [
        ...document.querySelectorAll(".button, .nav-link, .price-matrix__cell:is(a), .tabs__tab, .field__input")
    ]   .filter(e => e.checkVisibility() && e.getBoundingClientRect().height < 32)
        .map(e => e.outerHTML)""")
    assert small == []


def test_nothing_turns_for_those_who_asked_for_calm(look):
    page = look.open()
    page.emulate_media(reduced_motion="reduce")
    assert page.evaluate("document.getAnimations().length") == 0
