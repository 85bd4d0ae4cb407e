"""The fault table of SMTP at the gateway: what is for good, what is not yet, and what nobody may read on the way."""

import pytest
from post_offices import PostOffice, certificate, opened

from portal.gateways.mail import Letter, MailDelayed, MailRefused, SmtpMailer

LETTER = Letter("<abc@boardwright>", "shop@lakeside.example", "anna@example.com", "Your quote", "Here", "<p>Here</p>")
ELSEWHERE = "127.0.0.2"  # this machine by another name: what is not 127.0.0.1 is a stranger to whom we speak TLS


def sent_to(office, request, **more):
    SmtpMailer("127.0.0.1", opened(office, request), **more).send(LETTER)


@pytest.mark.parametrize(
    "fault", ["450 busy", "DATA 452 full", "MAIL 451 later", "MAIL 550 not from you", "421 closing"]
)
def test_what_is_not_about_the_letter_or_not_for_good_is_tried_later(request, fault):
    with pytest.raises(MailDelayed):
        sent_to(PostOffice(fault), request)


@pytest.mark.parametrize("fault", ["550 no such user", "DATA 554 looks like spam"])
def test_what_is_said_of_recipient_or_letter_is_for_good(request, fault):
    with pytest.raises(MailRefused, match=fault[-5:]):
        sent_to(PostOffice(fault), request)


def test_who_says_nothing_is_not_waited_for(request):
    with pytest.raises(MailDelayed):
        sent_to(PostOffice("hang"), request, timeout_s=0.2)


def test_a_line_that_is_cut_before_the_answer_leaves_it_open_whether_it_arrived(request):
    office = PostOffice("drop")
    with pytest.raises(MailDelayed):
        sent_to(office, request)
    assert office.names() == [LETTER.message_id]


def test_a_letter_that_was_taken_is_sent_however_the_server_parts(request):
    office = PostOffice("rude")
    sent_to(office, request)
    assert office.names() == [LETTER.message_id]


def test_a_wrong_password_kills_no_letter(request):
    with pytest.raises(MailDelayed):
        sent_to(PostOffice(), request, user="portal", password="old")


class TestTls:
    def test_a_server_elsewhere_that_speaks_no_tls_gets_no_letter(self, request):
        office = PostOffice()
        with pytest.raises(MailDelayed, match="STARTTLS"):
            SmtpMailer(ELSEWHERE, opened(office, request, host=ELSEWHERE)).send(LETTER)
        assert office.taken == []

    def test_a_server_whose_certificate_nobody_vouches_for_gets_no_letter(self, request, tmp_path):
        office, (_, context) = PostOffice(), certificate(tmp_path, ELSEWHERE)
        with pytest.raises(MailDelayed, match="certificate verify failed"):
            SmtpMailer(ELSEWHERE, opened(office, request, host=ELSEWHERE, context=context)).send(LETTER)
        assert office.taken == []

    def test_a_server_whose_certificate_is_known_gets_it(self, request, tmp_path, monkeypatch):
        office, (known, context) = PostOffice(), certificate(tmp_path, ELSEWHERE)
        monkeypatch.setenv("SSL_CERT_FILE", str(known))
        SmtpMailer(ELSEWHERE, opened(office, request, host=ELSEWHERE, context=context)).send(LETTER)
        assert office.names() == [LETTER.message_id]

    def test_a_certificate_of_another_address_is_no_certificate(self, request, tmp_path, monkeypatch):
        office, (known, context) = PostOffice(), certificate(tmp_path, "127.0.0.3")
        monkeypatch.setenv("SSL_CERT_FILE", str(known))
        with pytest.raises(MailDelayed, match="certificate is not valid for"):
            SmtpMailer(ELSEWHERE, opened(office, request, host=ELSEWHERE, context=context)).send(LETTER)
