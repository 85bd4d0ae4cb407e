"""Questions on a quote: numbered, asked once, answered once, and each goes to its reader by e-mail."""

import pytest
import sqlalchemy as sa

from portal.errors import BadInput, NotYours
from portal.models.work import OutboxMail
from portal.services import quotes
from portal.services.outbox import Words
from portal.services.questions import LONGEST, MOST_OPEN, Sending, answer, ask, find_question


def letter(question):
    return Words(f"Question {question.number}", question.answer or question.text, "<p>…</p>")


@pytest.fixture
def quote(session, act, anna, kept, offered):
    return quotes.keep_as_quote(session, kept, offered, user=anna, act=act)


def asked(session, quote, act, text="May R1 be of another maker?", *, is_for_customer=True):
    to = "anna@example.com" if is_for_customer else "sales@lakeside.example"
    return ask(session, quote, text=text, is_for_customer=is_for_customer, sending=Sending(to, letter), act=act)


def answered(session, question, act, text="Yes, Yageo is fine."):
    answer(session, question, text=text, sending=Sending("sales@lakeside.example", letter), act=act)


def test_questions_of_a_quote_are_numbered_whoever_asks(session, act, quote):
    first, second = asked(session, quote, act), asked(session, quote, act, is_for_customer=False)
    assert (first.number, second.number) == (1, 2)


def test_who_is_asked_gets_a_letter(session, act, quote):
    asked(session, quote, act)
    [mail] = session.scalars(sa.select(OutboxMail).where(OutboxMail.key.startswith("question:")))
    assert (mail.recipient, mail.text) == ("anna@example.com", "May R1 be of another maker?")


def test_who_asked_gets_the_answer_by_letter(session, act, quote):
    answered(session, asked(session, quote, act), act)
    [mail] = session.scalars(sa.select(OutboxMail).where(OutboxMail.key.startswith("answer:")))
    assert (mail.recipient, mail.text) == ("sales@lakeside.example", "Yes, Yageo is fine.")


def test_a_question_is_open_until_it_is_answered(session, act, quote):
    question = asked(session, quote, act)
    assert question.is_open
    answered(session, question, act)
    assert not question.is_open


def test_an_answer_is_not_written_over(session, act, quote):
    question = asked(session, quote, act)
    answered(session, question, act)
    with pytest.raises(BadInput, match="answered already"):
        answered(session, question, act, "No, after all.")
    assert question.answer == "Yes, Yageo is fine."


@pytest.mark.parametrize("text", ["", "  \n ", "x" * (LONGEST + 1)])
def test_nothing_and_too_much_are_not_sent(session, act, quote, text):
    with pytest.raises(BadInput, match="Please write it again"):
        asked(session, quote, act, text)


def test_lines_stay_lines(session, act, quote):
    assert asked(session, quote, act, " First.  \nSecond.\n").text == "First.\nSecond."


def test_a_quote_is_not_flooded_with_questions(session, act, quote):
    for _ in range(MOST_OPEN):
        asked(session, quote, act)
    with pytest.raises(BadInput, match="answer some of them first"):
        asked(session, quote, act)


def test_a_question_that_is_not_there_is_not_found(session, act, quote):
    asked(session, quote, act)
    with pytest.raises(NotYours):
        find_question(quote, 2)
