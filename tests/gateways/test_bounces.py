"""Which letter a mail server's report is of, to whom, why, and whether that is for good."""

import email
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import ABSENT, BARE, EXCHANGE, FULL, LATE, NAME, POSTFIX, TWO

from portal.errors import BadInput
from portal.gateways.bounces import read_bounces, sent_from
from portal.models.base import token


def one(report):
    [bounce] = read_bounces(report.encode())
    return bounce


@pytest.mark.parametrize("report", [POSTFIX, EXCHANGE, BARE], ids=["postfix", "exchange", "bare"])
def test_a_report_names_its_letter_and_the_address_that_took_it_not(report):
    bounce = one(report)
    assert (bounce.recipient, NAME in bounce.letters) == ("anna@volta.example", True)
    assert bounce.is_for_good


def test_what_the_server_said_is_told_in_one_line():
    assert one(POSTFIX).said == (
        "550 5.1.1 <Anna@Volta.example>: Recipient address rejected: User unknown in virtual mailbox table"
    )


def test_a_server_that_says_nothing_is_quoted_by_its_status():
    report = POSTFIX.replace("Diagnostic-Code: smtp; 550 5.1.1 <Anna@Volta.example>: Recipient address\n", "").replace(
        "    rejected: User unknown in virtual mailbox table\n", ""
    )
    assert one(report).said == "status 5.1.1"


@pytest.mark.parametrize("report", [LATE, FULL], ids=["late", "mailbox full"])
def test_what_may_still_arrive_is_not_for_good(report):
    assert not one(report).is_for_good


def test_each_recipient_of_a_report_is_told():
    found = [(bounce.recipient, bounce.is_for_good) for bounce in read_bounces(TWO.encode())]
    assert found == [("anna@volta.example", True), ("bea@volta.example", False)]


@pytest.mark.parametrize("said", [ABSENT, "", "\x00\xff", "Content-Type: multipart/report\n\n"])
def test_what_is_no_report_is_refused_in_words(said):
    with pytest.raises(BadInput, match="no report of a mail server"):
        read_bounces(said.encode("latin-1"))


@given(cut=st.integers(0, len(POSTFIX)), noise=st.binary(max_size=20))
def test_a_damaged_report_is_read_or_refused(cut, noise):
    damaged = POSTFIX.encode()[:cut] + noise + POSTFIX.encode()[cut + len(noise) :]
    with suppress(BadInput):
        assert all(bounce.recipient for bounce in read_bounces(damaged))


def test_a_letter_leaves_from_an_address_that_names_it():
    name = f"<{token()}@boardwright>"
    report = BARE.replace("bounces+Zk3nFm2kZ0u0xqF1a7Qp9wYtRb4LsD6c@lakeside.example", sent_from("b@x.example", name))
    assert one(report).letters == (name,)


def test_without_an_address_for_reports_the_sender_gets_them():
    assert sent_from("", NAME) == ""


def test_the_return_address_is_one_that_mail_servers_take():
    address = sent_from("bounces@lakeside.example", NAME)
    assert email.utils.parseaddr(address)[1] == address
    assert len(address.partition("@")[0]) <= 64  # RFC 5321, 4.5.3.1.1
