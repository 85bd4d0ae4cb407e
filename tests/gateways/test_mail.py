"""Letters over a real SMTP server that says yes, not now, never, or nothing at all."""

import email
import socket
from dataclasses import replace
from email import policy

import pytest
from aiosmtpd.controller import Controller

from portal.gateways.mail import Attachment, FolderMailer, Letter, MailDelayed, MailRefused, SmtpMailer

LETTER = Letter(
    message_id="<abc@boardwright>",
    sender="Lakeside Assembly <shop@lakeside.example>",
    recipient="anna@example.com",
    subject="Ihr Angebot für „Fühler“",
    text="Guten Tag, 12,50 €",
    html="<p>Guten Tag, 12,50 €</p>",
    attachments=(Attachment("Angebot-Fühler.pdf", "application/pdf", b"%PDF-1.7 \xff"),),
)


class Server:
    """Keeps what it gets, or answers the recipient with one line."""

    def __init__(self, answer="250 OK"):
        self.answer, self.letters, self.left_from = answer, [], []

    async def handle_RCPT(self, _server, _session, envelope, address, _options):  # noqa: N802 - aiosmtpd's name
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802 - aiosmtpd's name
        self.left_from.append(envelope.mail_from)
        self.letters.append(email.message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


@pytest.fixture
def serve(request):
    def start(handler):
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        controller = Controller(handler, hostname="127.0.0.1", port=port)
        controller.start()
        request.addfinalizer(controller.stop)
        return SmtpMailer("127.0.0.1", port)

    return start


def test_a_letter_arrives_with_its_umlauts_and_its_attachment(serve):
    server = Server()
    serve(server).send(LETTER)
    [letter] = server.letters
    [pdf] = letter.iter_attachments()
    assert (letter["Subject"], letter["Message-ID"]) == (LETTER.subject, LETTER.message_id)
    assert (pdf.get_filename(), pdf.get_content()) == ("Angebot-Fühler.pdf", b"%PDF-1.7 \xff")


def test_a_letter_has_text_for_those_who_read_no_html(serve):
    server = Server()
    serve(server).send(LETTER)
    assert "12,50 €" in server.letters[0].get_body(("plain",)).get_content()


def test_a_picture_is_inside_of_the_letter_and_a_file_comes_with_it(serve):
    server = Server()
    picture = Attachment("board.png", "image/png", b"\x89PNG", shown_as="board")
    serve(server).send(replace(LETTER, html='<img src="cid:board">', attachments=(*LETTER.attachments, picture)))
    [letter] = server.letters

    [shown] = letter.get_body(("related",)).iter_attachments()
    assert (shown["Content-ID"], shown.get_content_disposition(), shown.get_content()) == (
        "<board>",
        "inline",
        b"\x89PNG",
    )
    assert [file.get_filename() for file in letter.iter_attachments()] == ["Angebot-Fühler.pdf"]


def test_not_now_is_tried_later(serve):
    with pytest.raises(MailDelayed, match="451"):
        serve(Server("451 greylisted")).send(LETTER)


def test_never_is_never(serve):
    with pytest.raises(MailRefused, match="550 no such user"):
        serve(Server("550 no such user")).send(LETTER)


@pytest.mark.parametrize(
    ("answer", "is_address"),
    [
        ("550 5.1.1 no such user", True),
        ("553 bad mailbox", True),
        ("550 5.7.1 you are on a list", False),
        ("554 spam", False),
    ],
)
def test_only_what_is_said_of_the_mailbox_counts_against_the_address(serve, answer, is_address):
    with pytest.raises(MailRefused) as refused:
        serve(Server(answer)).send(LETTER)
    assert refused.value.is_address is is_address


def test_reports_go_to_the_letters_own_address_and_answers_to_the_shop(serve):
    server = Server()
    serve(server).send(replace(LETTER, bounces_to="bounces+abc@lakeside.example", reply_to="sales@lakeside.example"))
    [letter] = server.letters
    assert (server.left_from, letter["Reply-To"]) == (["bounces+abc@lakeside.example"], "sales@lakeside.example")


def test_a_server_that_is_not_there_is_tried_later():
    with pytest.raises(MailDelayed):
        SmtpMailer("127.0.0.1", 9).send(LETTER)


def test_a_line_break_in_a_subject_is_refused_before_it_is_sent():
    from dataclasses import replace

    with pytest.raises(ValueError, match="linefeed"):
        replace(LETTER, subject="Hi\nBcc: all@example.com").message()


def test_without_smtp_each_letter_is_a_file_that_opens_in_a_mail_program(tmp_path):
    FolderMailer(tmp_path).send(LETTER)
    message = email.message_from_bytes((tmp_path / "abc.eml").read_bytes(), policy=policy.default)
    assert message["To"] == "anna@example.com"
