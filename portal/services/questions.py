"""Questions on a quote, from either side: numbered, with who must answer, and sent to them by e-mail."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from portal.errors import BadInput, NotYours
from portal.models.questions import Question
from portal.models.quotes import Quote
from portal.services.audit import Act, record
from portal.services.outbox import Words, post

MOST_OPEN = 20
LONGEST = 4_000


@dataclass(frozen=True, slots=True)
class Sending:
    """Who reads it, and what the letter says."""

    to: str
    letter: Callable[[Question], Words]


def ask(session: Session, quote: Quote, *, text: str, is_for_customer: bool, sending: Sending, act: Act) -> Question:
    """A new question of one side to the other."""
    session.refresh(quote, with_for_update=True)
    if sum(question.is_open for question in quote.questions) >= MOST_OPEN:
        raise BadInput(f"{MOST_OPEN} questions of this quote are open. Please answer some of them first.")
    question = Question(
        quote=quote,
        number=len(quote.questions) + 1,
        is_for_customer=is_for_customer,
        text=_clean(text, "question"),
        asked_by=act.actor,
        asked_at=act.at,
    )
    session.add(question)
    session.flush()
    record(session, act, "question.asked", quote.reference, number=question.number, for_customer=is_for_customer)
    _send(session, question, "question", sending=sending, act=act)
    return question


def answer(session: Session, question: Question, *, text: str, sending: Sending, act: Act) -> None:
    """Once: a later thought is a question or an answer of its own."""
    session.refresh(question, with_for_update=True)
    if not question.is_open:
        raise BadInput(f"Question {question.number} was answered already. Please reload the page to read the answer.")
    question.answer, question.answered_by, question.answered_at = _clean(text, "answer"), act.actor, act.at
    record(session, act, "question.answered", question.quote.reference, number=question.number)
    _send(session, question, "answer", sending=sending, act=act)


def _send(session: Session, question: Question, what: str, *, sending: Sending, act: Act) -> None:
    key = f"{what}:{question.quote.reference}:{question.number}"
    post(session, sending.letter(question), key=key, recipient=sending.to, at=act.at)


def find_question(quote: Quote, number: int) -> Question:
    for question in quote.questions:
        if question.number == number:
            return question
    raise NotYours("question")


def _clean(text: str, what: str) -> str:
    cleaned = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not cleaned or len(cleaned) > LONGEST:
        raise BadInput(f"Your {what} is empty or longer than {LONGEST:,} characters. Please write it again.")
    return cleaned
