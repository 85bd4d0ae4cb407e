"""Letters: written once, sent at least once, dead ones visible."""

from datetime import timedelta

import pytest
from samples import MONDAY

from portal.gateways.mail import MailDelayed, MailRefused, MemoryMailer
from portal.models.work import MailState
from portal.services.outbox import PATIENCE, SENDING, House, Words, attempt, claim, due_mail, letter_of, note, post

WORDS = Words("Your quote", "Here it is.", "<p>Here it is.</p>")


class Failing:
    """A mail server that always says the same."""

    def __init__(self, fault):
        self.fault = fault

    def send(self, _letter):
        raise self.fault


def deliver(mail, mailer, files, *, at=MONDAY):
    """One attempt, as the worker makes it."""
    note(mail, attempt(mailer, letter_of(mail, files, House("shop@example.com"))), at)


@pytest.fixture
def mail(session, files):
    stored = files.put(b"%PDF-1.7 a quote")
    attachment = {"name": "Q-1.pdf", "media_type": "application/pdf", "sha256": stored.sha256}
    return post(session, WORDS, key="quote:Q-1", recipient="anna@example.com", at=MONDAY, attachments=(attachment,))


def test_the_same_letter_is_written_once(session, mail):
    session.flush()
    assert post(session, WORDS, key="quote:Q-1", recipient="anna@example.com", at=MONDAY) is mail


def test_a_letter_leaves_with_its_attachment(session, mail, files):
    mailer = MemoryMailer()
    deliver(mail, mailer, files)
    assert mail.state is MailState.SENT
    assert mailer.sent[0].attachments[0].data == b"%PDF-1.7 a quote"


def test_a_sent_letter_is_not_due_again(session, mail, files):
    deliver(mail, MemoryMailer(), files)
    assert due_mail(session, MONDAY + timedelta(days=1)) == []
    assert claim(session, mail.id, MONDAY + timedelta(days=1)) is None


def test_a_letter_that_somebody_is_sending_is_nobody_elses(session, mail):
    assert claim(session, mail.id, MONDAY) is mail
    assert claim(session, mail.id, MONDAY) is None
    assert due_mail(session, MONDAY) == []


def test_a_letter_whose_sender_died_is_taken_up_again(session, mail):
    claim(session, mail.id, MONDAY)
    assert claim(session, mail.id, MONDAY + SENDING) is mail


def test_a_letter_that_was_never_written_cannot_be_claimed(session):
    assert claim(session, 4711, MONDAY) is None


def test_a_delayed_letter_is_tried_again_later_under_the_same_message_id(session, mail, files):
    first = mail.message_id
    deliver(mail, Failing(MailDelayed("451 later")), files)
    assert due_mail(session, MONDAY) == []
    [due] = due_mail(session, MONDAY + PATIENCE[0])
    assert (due.message_id, due.last_error) == (first, "451 later")


def test_a_refused_letter_stays_visible_with_the_servers_words(session, mail, files):
    deliver(mail, Failing(MailRefused("550 no such user")), files)
    assert (mail.state, mail.last_error) == (MailState.DEAD, "550 no such user")


def test_patience_with_a_dead_server_ends(session, mail, files):
    for _ in range(len(PATIENCE) + 1):
        deliver(mail, Failing(MailDelayed("451 later")), files)
    assert mail.state is MailState.DEAD
