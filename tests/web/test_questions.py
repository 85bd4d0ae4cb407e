"""Sales and the customer ask each other about a quote, on its page and by letter."""

import pytest
import sqlalchemy as sa
from staff_work import kept_quote

from portal.db import reading
from portal.models.people import Role
from portal.models.work import OutboxMail


@pytest.fixture
def quote(portal, anna):
    return kept_quote(portal, anna)


def letters(portal, word):
    with reading(portal.engine) as session:
        query = sa.select(OutboxMail).where(OutboxMail.key.startswith(f"{word}:")).order_by(OutboxMail.id)
        return [(mail.recipient, mail.text) for mail in session.scalars(query)]


def test_the_customer_is_asked_and_answers(portal, anna, quote):
    sales = portal.staff()
    sales.post(f"/quotes/{quote}/questions", {"text": "May R1 be of another maker?"})
    assert "you are asked" in anna.visit(f"/quotes/{quote}").main
    anna.post(f"/quotes/{quote}/questions/1/answer", {"text": "Yes, Yageo."})

    assert "Yes, Yageo." in sales.visit(f"/sales/quotes/{quote}").main


def test_sales_is_asked_and_answers(portal, anna, quote):
    anna.post(f"/quotes/{quote}/questions", {"text": "Can you do ENIG?"})
    sales = portal.staff()
    assert "you are asked" in sales.visit(f"/sales/quotes/{quote}").main
    sales.post(f"/quotes/{quote}/questions/1/answer", {"text": "We can."})

    assert "We can." in anna.visit(f"/quotes/{quote}").main


def test_each_letter_leads_to_the_page_of_its_reader(portal, anna, quote):
    anna.post(f"/quotes/{quote}/questions", {"text": "Can you do ENIG?"})
    portal.staff().post(f"/quotes/{quote}/questions/1/answer", {"text": "We can."})

    [(_, question)] = letters(portal, "question")
    [(recipient, answer)] = letters(portal, "answer")
    assert f"/sales/quotes/{quote}#questions" in question
    assert (recipient, f"http://127.0.0.1:8000/quotes/{quote}#questions" in answer) == ("anna@example.org", True)


def test_nobody_answers_for_the_other_side(portal, anna, quote):
    anna.post(f"/quotes/{quote}/questions", {"text": "Can you do ENIG?"})
    answer = anna.post(f"/quotes/{quote}/questions/1/answer", {"text": "Of course we can."})

    assert answer.status_code == 422
    assert "Please wait for the answer" in answer.text


def test_an_empty_question_is_not_sent(portal, anna, quote):
    assert anna.post(f"/quotes/{quote}/questions", {"text": " "}).status_code == 422
    assert letters(portal, "question") == []


def test_the_floor_asks_no_customers(portal, quote):
    assert portal.staff(Role.FLOOR).post(f"/quotes/{quote}/questions", {"text": "Hello?"}).status_code == 404


def test_a_question_with_markup_is_text(portal, anna, quote):
    anna.post(f"/quotes/{quote}/questions", {"text": "<script>alert(1)</script>\nsecond line"})

    assert "<script>alert(1)" not in anna.get(f"/quotes/{quote}").text
    assert "<script>alert(1)</script>" in anna.visit(f"/quotes/{quote}").main
