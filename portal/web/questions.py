"""Questions and answers on a quote, on the customer's page and on that of sales."""

from typing import Any

from flask import Blueprint, current_app, g, redirect, url_for

from portal.errors import BadInput, NotYours
from portal.models.quotes import Quote
from portal.services.outbox import Words
from portal.services.questions import Question, Sending, answer, ask, find_question
from portal.services.quotes import find_quote
from portal.services.shop import current_shop
from portal.web.access import SALES, act, requires
from portal.web.forms.quotes import QuestionForm
from portal.web.letters import render_words

bp = Blueprint("questions", __name__)


@bp.post("/quotes/<reference>/questions")
@requires()
def new(reference: str) -> Any:
    """From whoever asks to the other side."""
    quote, by_house = find_quote(g.session, reference, g.viewer), may_speak_for_house()
    said = text_of_form()
    ask(
        g.session,
        quote,
        text=said,
        is_for_customer=by_house,
        sending=Sending(customer_of(quote) if by_house else house(), letter_of("question")),
        act=act(),
    )
    return back_to(quote)


@bp.post("/quotes/<reference>/questions/<int:number>/answer")
@requires()
def reply(reference: str, number: int) -> Any:
    """Who was asked answers; nobody answers for the other side."""
    quote = find_quote(g.session, reference, g.viewer)
    question, by_house = find_question(quote, number), may_speak_for_house()
    said = text_of_form()
    if question.is_for_customer == by_house:
        raise BadInput("The other side was asked this. Please wait for the answer, or ask a question of your own.")
    to = house() if question.is_for_customer else question.asked_by
    answer(g.session, question, text=said, sending=Sending(to, letter_of("answer")), act=act())
    return back_to(quote)


def may_speak_for_house() -> bool:
    user = g.viewer.user
    if user.is_staff and not user.roles & SALES:
        raise NotYours("quote")
    return user.is_staff


def text_of_form() -> str:
    form = QuestionForm()
    if not form.validate_on_submit():
        raise BadInput(f"{' '.join(form.text.errors)} Please go back and write it again.")
    return form.text.data


def letter_of(name: str) -> Any:
    """The letter of a question, with where it can be answered by whoever gets it."""
    base_url = current_app.extensions["settings"].base_url.rstrip("/")
    company = current_shop(g.session).company

    def letter(question: Question) -> Words:
        is_for_staff = question.is_for_customer == (name == "answer")
        page = "sales.quote" if is_for_staff else "quotes.show"
        address = f"{base_url}{url_for(page, reference=question.quote.reference)}#questions"
        return render_words(name, company=company, question=question, quote=question.quote, address=address)

    return letter


def house() -> str:
    return current_shop(g.session).company.email


def customer_of(quote: Quote) -> str:
    return quote.requested_by.email


def back_to(quote: Quote) -> Any:
    page = "sales.quote" if g.viewer.is_staff else "quotes.show"
    return redirect(url_for(page, reference=quote.reference, _anchor="questions"))
