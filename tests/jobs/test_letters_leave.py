"""The worker sends what is due: each letter by itself, tried again with patience, and never inside a transaction."""

from datetime import timedelta

import pytest
from bench import DeadServer

from portal import db, jobs
from portal.gateways.mail import MailDelayed, MailRefused
from portal.models.work import MailState, OutboxMail
from portal.services import outbox

LATER = MailDelayed("451 later")
LOST = {"name": "q.pdf", "media_type": "application/pdf", "sha256": "0" * 64}
NEVER = MailRefused("550 no such user")


def post(bench, **changes):
    return bench.letter("a quote", **changes)


def send(bench, *, server=None):
    if server:
        bench.mailer = server
    return jobs.send_mail(bench.shop)


def make_due(bench, number):
    with db.writing(bench.engine) as session:
        session.get_one(OutboxMail, number).next_try_at = jobs.now()


def test_a_letter_that_is_due_is_sent_by_the_shop(bench):
    number = post(bench)

    assert send(bench) == 1
    assert [(letter.sender, letter.recipient) for letter in bench.mailer.sent] == [
        ("shop@lakeside.example", "anna@example.com")
    ]
    assert (bench.mail(number).state, bench.mail(number).attempts) == (MailState.SENT, 1)


def test_a_sent_letter_is_not_sent_again(bench):
    post(bench)
    send(bench)

    assert send(bench) == 0
    assert len(bench.mailer.sent) == 1


def test_a_letter_that_is_not_due_waits(bench):
    number = post(bench, next_try_at=jobs.now() + timedelta(hours=1))

    assert send(bench) == 0
    assert bench.mail(number).state is MailState.WAITING


def test_a_server_that_says_later_is_asked_later(bench):
    number = post(bench)
    send(bench, server=DeadServer(LATER))

    mail = bench.mail(number)
    assert (mail.state, mail.last_error, mail.attempts) == (MailState.WAITING, "451 later", 1)
    assert outbox.PATIENCE[0] * 0.9 < mail.next_try_at - jobs.now() <= outbox.PATIENCE[0]


def test_a_delayed_letter_leaves_under_its_own_message_id(bench):
    number, well = post(bench), bench.mailer
    send(bench, server=DeadServer(LATER))
    make_due(bench, number)

    send(bench, server=well)

    assert [letter.message_id for letter in well.sent] == [bench.mail(number).message_id]


def test_a_server_that_says_never_is_not_asked_again(bench):
    number, server = post(bench), DeadServer(NEVER)
    send(bench, server=server)
    make_due(bench, number)
    send(bench)

    assert server.asked == 1
    assert (bench.mail(number).state, bench.mail(number).last_error) == (MailState.DEAD, "550 no such user")


def test_patience_with_a_dead_server_ends(bench):
    number, server = post(bench), DeadServer(LATER)
    for _ in range(10):
        make_due(bench, number)
        send(bench, server=server)

    assert server.asked == len(outbox.PATIENCE) + 1
    assert bench.mail(number).state is MailState.DEAD


@pytest.mark.parametrize(
    "changes",
    [
        pytest.param({"recipient": "anna@example.com\nBcc: everybody@example.com"}, id="a line break in its address"),
        pytest.param(
            {"attachments": [{"name": "q.pdf", "media_type": "application/pdf", "sha256": "0" * 64}]}, id="a lost PDF"
        ),
    ],
)
def test_a_broken_letter_does_not_keep_the_others_waiting(bench, changes):
    broken, good = bench.letter("broken", **changes), bench.letter("good")

    assert send(bench) == 2
    assert bench.mail(good).state is MailState.SENT
    assert (bench.mail(broken).state, bench.mail(broken).attempts) == (MailState.WAITING, 1)
    assert bench.mail(broken).last_error.startswith("our fault: ")


def test_while_a_server_thinks_everybody_else_can_write(bench):
    """A server may take half a minute; nobody else may wait for the database meanwhile."""

    class Thinking:
        def send(self, _letter):
            bench.letter("written meanwhile")

    first = post(bench)
    send(bench, server=Thinking())

    assert bench.mail(first).state is MailState.SENT


def test_a_letter_that_is_being_sent_is_not_sent_by_a_second_worker(bench):
    class Sending(type(bench.mailer)):
        def send(self, letter):
            super().send(letter)
            assert jobs.send_mail(bench.shop) == 0

    post(bench)
    send(bench, server=Sending())

    assert len(bench.mailer.sent) == 1


def test_a_letter_whose_worker_was_killed_is_sent_by_the_next(bench):
    class Killed:
        def send(self, _letter):
            raise KeyboardInterrupt

    number, well = post(bench), bench.mailer
    with pytest.raises(KeyboardInterrupt):
        send(bench, server=Killed())
    assert send(bench, server=well) == 0

    make_due(bench, number)
    assert send(bench) == 1


def test_more_letters_than_one_round_takes_leave_in_the_next(bench):
    for number in range(25):
        bench.letter(f"letter {number}")

    assert (send(bench), send(bench), send(bench)) == (20, 5, 0)
    assert len({letter.message_id for letter in bench.mailer.sent}) == 25


def test_a_mailbox_that_is_not_there_gets_no_second_letter(bench):
    post(bench)
    send(bench, server=DeadServer(MailRefused("550 5.1.1 no such user", is_address=True)))
    later = bench.letter("another quote")
    send(bench)

    assert (bench.mail(later).state, bench.mail(later).attempts) == (MailState.DEAD, 0)
    assert "550 5.1.1 no such user" in bench.mail(later).last_error


def test_a_letter_that_is_refused_for_what_it_says_harms_no_address(bench):
    post(bench)
    send(bench, server=DeadServer(MailRefused("554 spam")))
    later = bench.letter("another quote")

    assert bench.mail(later).state is MailState.WAITING


def test_answers_go_to_the_shops_people(bench):
    post(bench)
    send(bench)
    assert bench.mailer.sent[0].reply_to == "quotes@example.org"
