"""The fault table of SMTP over the outbox: nothing is lost, and nothing that was acknowledged leaves again."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa
from post_offices import PostOffice, opened

from portal import db, jobs
from portal.gateways.mail import SmtpMailer
from portal.models.work import MailState, OutboxMail

LETTERS = 5
MENDED = [("450 busy", LETTERS), ("DATA 451 later", LETTERS), ("MAIL 550 not from you", LETTERS), ("drop", 20)]


def served(bench, office, request, *, rounds, patience_s=20):
    """`rounds` rounds of the worker, hours apart."""
    mailer = SmtpMailer("127.0.0.1", opened(office, request), timeout_s=patience_s)
    shop = replace(bench.shop, mailer=mailer)
    for _ in range(rounds):
        jobs.send_mail(shop)
        with db.writing(bench.engine) as session:
            waits = OutboxMail.state == MailState.WAITING
            session.execute(sa.update(OutboxMail).where(waits).values(next_try_at=jobs.now() - timedelta(seconds=1)))


def states(bench):
    return set(bench.look(lambda session: session.scalars(sa.select(OutboxMail.state)).all()))


@pytest.mark.parametrize(("fault", "letters"), MENDED)
def test_after_a_fault_every_letter_arrives_under_its_own_name(bench, request, fault, letters):
    written = {bench.mail(bench.letter(f"quote {number}")).message_id for number in range(letters)}
    office = PostOffice(*[fault] * letters)
    served(bench, office, request, rounds=2)
    assert states(bench) == {MailState.SENT}
    assert (set(office.names()), len(office.names())) == (written, letters * (2 if fault == "drop" else 1))


def test_a_server_that_hangs_keeps_the_letters_and_gets_each_later(bench, request):
    written = {bench.mail(bench.letter(f"quote {number}")).message_id for number in range(3)}
    office = PostOffice(*["hang"] * 3)
    served(bench, office, request, rounds=1, patience_s=0.2)
    assert states(bench) == {MailState.WAITING}
    served(bench, PostOffice(), request, rounds=1)
    assert (states(bench), written >= set(office.names())) == ({MailState.SENT}, True)


def test_what_was_acknowledged_leaves_once_however_often_the_worker_looks(bench, request):
    for number in range(LETTERS):
        bench.letter(f"quote {number}")
    office = PostOffice(*["rude"] * LETTERS)
    served(bench, office, request, rounds=3)
    assert len(office.names()) == len(set(office.names())) == LETTERS


def test_what_is_refused_for_good_is_kept_with_the_servers_words(bench, request):
    numbers = [bench.letter(f"quote {number}", recipient=f"{number}@example.com") for number in range(LETTERS)]
    served(bench, PostOffice(*["550 5.1.1 no such user"] * LETTERS), request, rounds=2)
    assert {bench.mail(number).last_error for number in numbers} == {"550 5.1.1 no such user"}


def test_a_server_that_is_away_longer_than_our_patience_leaves_every_letter_visible(bench):
    number = bench.letter("a quote")
    away = replace(bench.shop, mailer=SmtpMailer("127.0.0.1", 9, timeout_s=0.2))
    for _ in range(8):
        jobs.send_mail(away)
        with db.writing(bench.engine) as session:
            session.get_one(OutboxMail, number).next_try_at = jobs.now()
    assert (bench.mail(number).state, "refused" in bench.mail(number).last_error) == (MailState.DEAD, True)
