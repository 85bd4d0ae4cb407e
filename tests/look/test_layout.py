"""The frame of every page: with nothing but the context it names, for customers and for staff."""

import re

import pytest
from jinja2 import Environment, UndefinedError
from lxml import html

PAGE = '{% extends "NAME" %}{% block title %}Quotes{% endblock %}{% block content %}<h1>Quotes</h1>{% endblock %}'


@pytest.fixture(params=["layout.html", "layout_staff.html"])
def page(request, environment: Environment):
    return html.document_fromstring(environment.from_string(PAGE.replace("NAME", request.param)).render())


def test_a_page_is_named_after_what_it_shows_and_the_shop(page):
    assert page.findtext(".//title") == "Quotes · Norrland Elektronik"


def test_a_page_carries_the_token_that_the_scripts_send(page):
    assert page.xpath("//meta[@name='csrf-token']/@content") == ["a-token"]


def test_htmx_is_told_not_to_write_styles(page):
    assert page.xpath("//meta[@name='htmx-config']/@content") == ['{"includeIndicatorCSS": false}']


def test_what_was_flashed_is_shown(page):
    assert "Welcome back." in page.text_content()


def test_a_page_has_the_landmarks_of_a_page(page):
    assert [len(page.findall(f".//{name}")) for name in ("header", "nav", "main", "footer", "h1")] == [1] * 5


def test_no_id_stands_twice(environment):
    import gallery_data

    ids = re.findall(r'\sid="([^"]*)"', environment.get_template("gallery.html").render(**gallery_data.CONTEXT))
    assert len(ids) == len(set(ids))


def test_nobody_has_to_be_signed_in(environment):
    assert environment.from_string(PAGE.replace("NAME", "layout.html")).render(viewer=None)


def test_a_word_that_the_view_forgot_is_an_error_and_not_a_gap(environment):
    with pytest.raises(UndefinedError):
        environment.from_string("{{ forgotten }}").render()
