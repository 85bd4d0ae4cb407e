"""An address that bounced gets no more letters until somebody confirms it."""

import pytest
from samples import MONDAY

from portal.errors import BadInput
from portal.gateways.bounces import Bounce
from portal.models.work import MailState
from portal.services.audit import Act
from portal.services.bounces import confirm_address, dead_address, dead_addresses, mark_dead, take_bounce
from portal.services.outbox import House, Words, claim, letter_of, post

WORDS = Words("Your quote", "Here it is.", "<p>Here it is.</p>")
ACT = Act(actor="worker", at=MONDAY, request_id="test")
ANNA = "Anna@volta.example"


def letter(session, key="quote:Q-1", recipient=ANNA):
    return post(session, WORDS, key=key, recipient=recipient, at=MONDAY)


def bounced(session, mail, **changed):
    said = {"letters": (mail.message_id,), "recipient": mail.recipient.lower(), "said": "550 no", "is_for_good": True}
    return take_bounce(session, Bounce(**said | changed), ACT)


def test_a_letter_that_came_back_is_shown_as_not_delivered(session):
    mail = letter(session)
    mail.state = MailState.SENT
    bounced(session, mail)
    assert (mail.state, mail.last_error) == (MailState.DEAD, "bounced: 550 no")


def test_its_address_is_dead_however_it_is_written(session):
    bounced(session, letter(session))
    assert dead_address(session, "anna@VOLTA.example").said == "550 no"


def test_a_letter_that_is_only_late_silences_nobody(session):
    mail = letter(session)
    assert bounced(session, mail, is_for_good=False) is None
    assert (mail.state, dead_addresses(session)) == (MailState.WAITING, [])


@pytest.mark.parametrize("forged", [{"letters": ("<x@elsewhere>",)}, {"recipient": "boss@volta.example"}])
def test_a_report_of_no_letter_of_ours_silences_nobody(session, forged):
    assert bounced(session, letter(session), **forged) is None
    assert dead_addresses(session) == []


def test_the_next_letter_to_a_dead_address_is_kept_back_and_says_why(session):
    bounced(session, letter(session))
    later = letter(session, "order:O-1:confirm")
    assert claim(session, later.id, MONDAY) is None
    assert later.last_error.startswith("kept back: anna@volta.example takes no letters since ")


def test_letters_to_others_leave(session):
    bounced(session, letter(session))
    other = letter(session, "quote:Q-2", "bea@volta.example")
    assert claim(session, other.id, MONDAY) is other


def test_once_confirmed_what_was_kept_back_leaves_and_what_came_back_does_not(session):
    first = letter(session)
    bounced(session, first)
    kept = letter(session, "order:O-1:confirm")
    claim(session, kept.id, MONDAY)
    assert confirm_address(session, ANNA, ACT) == 1
    assert claim(session, kept.id, MONDAY) is kept
    assert first.state is MailState.DEAD


def test_an_address_may_die_again(session):
    bounced(session, letter(session))
    confirm_address(session, ANNA, ACT)
    mark_dead(session, ANNA, "551 moved", ACT)
    assert [(one.said, one.confirmed_by) for one in dead_addresses(session)] == [("551 moved", "")]


def test_a_second_report_changes_nothing(session):
    first = mark_dead(session, ANNA, "550 no", ACT)
    assert mark_dead(session, ANNA, "550 still no", ACT) is first
    assert first.said == "550 no"


def test_an_address_that_lives_need_not_be_confirmed(session):
    with pytest.raises(BadInput, match="takes letters as far as we know"):
        confirm_address(session, ANNA, ACT)


def test_answers_go_to_the_house_and_reports_to_the_address_of_the_letter(session, files):
    mail = letter(session)
    made = letter_of(mail, files, House("P <p@x.example>", "shop@x.example", "bounces@x.example"))
    assert made.message()["Reply-To"] == "shop@x.example"
    assert made.bounces_to == f"bounces+{mail.message_id[1:-1].partition('@')[0]}@x.example"
