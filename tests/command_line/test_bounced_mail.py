"""`portal mail bounced`: a mail server's report comes in by a pipe, and its address gets no more letters."""

from datetime import UTC, datetime

import pytest
from calling import asked, call, refused
from reports import ABSENT, NAME, POSTFIX

from portal import db
from portal.models.schema import migrate
from portal.models.work import MailState, OutboxMail
from portal.services.outbox import Words, post
from portal.settings import Settings


@pytest.fixture
def engine(tmp_path):
    """A house that has sent one letter."""
    engine = db.make_engine(Settings(data_dir=tmp_path).database)
    migrate(engine)
    with db.writing(engine) as session:
        words = Words("Your quote", "", "")
        mail = post(session, words, key="one", recipient="anna@volta.example", at=datetime.now(UTC))
        mail.message_id, mail.state = NAME, MailState.SENT
    yield engine
    engine.dispose()


def reported(tmp_path, text=POSTFIX):
    (tmp_path / "report.eml").write_text(text)
    return tmp_path / "report.eml"


def test_a_report_is_taken_from_a_file(engine, tmp_path):
    said = asked("mail", "bounced", reported(tmp_path), data_dir=tmp_path)
    assert said == {"dead": ["anna@volta.example"], "left": []}
    with db.reading(engine) as session:
        assert session.get_one(OutboxMail, 1).state is MailState.DEAD


def test_it_is_said_in_words(engine, tmp_path):
    said = call("mail", "bounced", reported(tmp_path), data_dir=tmp_path)
    assert said.stdout == "anna@volta.example gets no more letters until somebody confirms it.\n"


def test_of_a_letter_that_is_not_ours_nothing_follows(engine, tmp_path):
    other = POSTFIX.replace("Zk3nFm2kZ0u0xqF1a7Qp9wYtRb4LsD6c", "Zk3nFm2kZ0u0xqF1a7Qp9wYtRb4LsDXX")
    said = asked("mail", "bounced", reported(tmp_path, other), data_dir=tmp_path)
    assert said == {"dead": [], "left": ["anna@volta.example"]}


def test_what_is_no_report_is_refused(engine, tmp_path):
    assert "no report of a mail server" in refused("mail", "bounced", reported(tmp_path, ABSENT), data_dir=tmp_path)
