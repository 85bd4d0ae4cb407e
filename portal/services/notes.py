"""Notes on a quote: to the customer, frozen in a revision; and the house's own, which never leave it."""

from typing import Any

from sqlalchemy.orm import Session

from portal.errors import BadInput
from portal.models.notes import InternalNote
from portal.models.proposals import Proposal
from portal.models.quotes import Quote, QuoteRevision
from portal.services.audit import Act, record
from portal.services.quotes import content, revise_quote

LONGEST = 2_000


def note_to_customer(session: Session, quote: Quote, text: str, act: Act) -> QuoteRevision | Proposal:
    """A new revision with this note in place of the one before; an empty text takes it out."""
    note, before = clean(text), note_of(content(quote.current))
    if note == before:
        raise BadInput("The note is the same as before, so nothing was changed. Please write another one.")
    why = "wrote a note to you" if not before else "changed the note to you" if note else "took the note to you out"
    return revise_quote(session, quote, {**content(quote.current), "note": note}, act.because(why))


def note_of(snapshot: dict[str, Any]) -> str:
    """To the customer; quotes from before there were notes have none."""
    return str(snapshot.get("note", ""))


def note_internally(session: Session, quote: Quote, text: str, act: Act) -> InternalNote:
    """For colleagues alone. The audit says that there is one, and not what it says."""
    said = clean(text)
    if not said:
        raise BadInput("The note is empty. Please write what your colleagues should know.")
    note = InternalNote(quote=quote, revision=quote.current.number, text=said, written_by=act.actor, written_at=act.at)
    session.add(note)
    record(session, act, "quote.noted", quote.reference, revision=note.revision)
    return note


def clean(text: str) -> str:
    cleaned = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if len(cleaned) > LONGEST:
        raise BadInput(f"A note has at most {LONGEST:,} characters. Please shorten it.")
    return cleaned
