"""What sales look after besides quotes and orders: letters, jobs, the shop's data."""

from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from browsing import an_act, inspected
from staff_work import kept_quote, placed_order

from portal.gateways.bounces import Bounce
from portal.models.shop import ShopPart, ShopVersion
from portal.models.work import AuditEntry, Job, JobState, MailState, OutboxMail
from portal.services.bounces import take_bounce
from portal.services.outbox import Words, claim, post
from portal.services.queue import bury, enqueue, finish
from portal.services.shop import add_version

CONFIG = Path(__file__).resolve().parents[2] / "config"


@pytest.fixture
def sales(portal):
    return portal.staff()


def letter(portal, name, **changes):
    """A letter in the outbox, changed as the sending job would; its number."""
    with portal.writing() as session:
        words = Words(f"About {name}", f"Dear {name},\n\nall is well.\n", "<p>All is well.</p>")
        mail = post(session, words, key=f"test:{name}", recipient=f"{name}@example.org", at=an_act().at)
        for column, value in changes.items():
            setattr(mail, column, value)
        return mail.id


def job(portal, key, **changes):
    with portal.writing() as session:
        queued = enqueue(session, "read-package", f"package of {key}", key=key, at=an_act().at)
        for column, value in changes.items():
            setattr(queued, column, value)
        return queued.id


def dead_job(portal, key="broken"):
    with portal.writing() as session:
        queued = enqueue(session, "read-package", "P-1", key=key, at=an_act().at)
        bury(queued, an_act().at, error="Traceback\n  line 1\nOSError: no space left on device")
        return queued.id


def test_letters_that_could_not_be_delivered_stand_on_top(portal, sales):
    letter(portal, "bounced", state=MailState.DEAD, attempts=6, last_error="550 no such user")
    letter(portal, "waiting")
    letter(portal, "sent", state=MailState.SENT, attempts=1)

    assert sales.visit("/sales/outbox").all("//tbody//th/a/text()") == ["About bounced", "About waiting", "About sent"]


def test_a_row_of_the_outbox_says_state_attempts_and_error(portal, sales):
    letter(portal, "bounced", state=MailState.DEAD, attempts=6, last_error="550 no such user")

    [row] = sales.visit("/sales/outbox").all("//tbody/tr")
    said = " ".join(row.text_content().split())
    assert "not delivered bounced@example.org 6" in said
    assert said.endswith("550 no such user")


def test_a_letter_is_read_as_its_text_says_it(portal, sales):
    number = letter(
        portal, "anna", attachments=[{"name": "Q-1.pdf", "sha256": "0" * 64, "media_type": "application/pdf"}]
    )

    page = sales.visit(f"/sales/outbox/{number}")
    assert "Dear anna, all is well." in page.main
    assert "Q-1.pdf" in page.main
    assert "not yet" in page.main


def test_a_sign_in_link_is_for_its_recipient_alone(portal, sales, visitor):
    visitor.post("/sessions/link", {"email": "anna@example.org"})
    with portal.writing() as session:
        [mail] = session.scalars(sa.select(OutboxMail))
        number, text = mail.id, mail.text

    [address] = [word for word in text.split() if "/links/" in word]
    page = sales.visit(f"/sales/outbox/{number}")
    assert address.rpartition("/")[2] not in page.response.text
    assert "not shown to anybody else" in page.main


def test_the_confirmation_of_an_order_can_be_read(portal, anna, sales):
    reference = placed_order(portal, anna)
    with portal.writing() as session:
        [number] = session.scalars(sa.select(OutboxMail.id).where(OutboxMail.key == f"order:{reference}:confirm"))

    assert reference in sales.visit(f"/sales/outbox/{number}").main


def test_a_letter_that_is_not_there_is_not_found(sales):
    sales.visit("/sales/outbox/999", status=404)


def test_an_empty_outbox_says_what_comes_here(sales):
    assert "No letters yet" in sales.visit("/sales/outbox").main


def test_jobs_that_were_given_up_stand_on_top_with_their_error(portal, sales):
    job(portal, "waits")
    job(portal, "runs", state=JobState.LEASED, step="Read copper")
    dead_job(portal)

    rows = [" ".join(row.text_content().split()) for row in sales.visit("/sales/jobs").all("//tbody/tr")]
    assert ["given up" in rows[0], "running" in rows[1], "waiting" in rows[2]] == [True, True, True]
    assert "OSError: no space left on device" in rows[0]
    assert "Read copper" in rows[1]


def test_jobs_that_are_done_are_counted_and_not_listed(portal, sales):
    with portal.writing() as session:
        finish(enqueue(session, "read-package", "P-1", key="done", at=an_act().at), an_act().at)

    page = sales.visit("/sales/jobs")
    assert "1 done so far" in page.main
    assert "Nothing to do" in page.main


def test_a_job_that_is_done_with_a_notice_is_listed(portal, sales):
    with portal.writing() as session:
        queued = enqueue(session, "read-package", "P-1", key="done", at=an_act().at)
        finish(queued, an_act().at, notice="the reader ran out of memory")

    page = sales.visit("/sales/jobs")
    assert "the reader ran out of memory" in page.main
    assert page.all("//tbody//form") == []


def test_the_job_of_a_quote_leads_to_the_quote(portal, anna, sales):
    reference = kept_quote(portal, anna)

    page = sales.visit("/sales/jobs")
    assert f"/sales/quotes/{reference}" in page.links()
    assert f"{reference}, revision 1" in page.main


def test_a_dead_job_is_tried_again_on_request(portal, sales):
    number = dead_job(portal)

    page = sales.visit(sales.post(f"/sales/jobs/{number}/retry").location)
    assert "The job waits again" in page.main
    with portal.writing() as session:
        revived = session.get_one(Job, number)
        assert (revived.state, revived.attempts) == (JobState.WAITING, 0)


def test_who_had_a_job_tried_again_is_in_the_audit(portal, sales):
    sales.post(f"/sales/jobs/{dead_job(portal)}/retry")

    with portal.writing() as session:
        [entry] = session.scalars(sa.select(AuditEntry).where(AuditEntry.subject == "broken"))
        assert (entry.actor, entry.action) == ("sales@house.example", "job.revived")


def test_only_a_dead_job_can_be_tried_again(portal, sales):
    number = job(portal, "waits")

    assert sales.post(f"/sales/jobs/{number}/retry").status_code == 409
    assert sales.post("/sales/jobs/999/retry").status_code == 404


def test_every_part_of_the_shop_is_named_with_its_version(sales):
    page = sales.visit("/sales/shop")

    assert {f"/sales/shop/{part}" for part in ShopPart} <= set(page.links())
    assert len(page.all("//tbody/tr")) == len(ShopPart)


def test_a_newer_version_is_the_one_in_force(portal, sales):
    text = (CONFIG / "rates.toml").read_text() + "\n# dearer from here on\n"
    with portal.writing() as session:
        add_version(session, ShopPart.RATES, text, an_act("sam@house.example", "wages have risen"))

    assert "wages have risen" in sales.visit("/sales/shop").main
    page = sales.visit("/sales/shop/rates.toml")
    assert "# dearer from here on" in page.main
    assert "Version 2" in page.main
    assert "Version 1" in page.main


def test_the_text_in_force_is_shown_as_it_is(portal, sales):
    [text] = sales.visit("/sales/shop/company.toml").all("//pre/text()")

    with portal.writing() as session:
        stored = session.scalars(sa.select(ShopVersion.text).where(ShopVersion.part == ShopPart.COMPANY)).one()
    assert text.strip() == stored.strip()


@pytest.mark.parametrize("part", ["secrets.toml", "..%2Fpyproject.toml", "rates"])
def test_what_is_no_part_of_the_shop_is_not_found(sales, part):
    sales.visit(f"/sales/shop/{part}", status=404)


def test_the_newest_waiting_letter_is_first(portal, sales):
    letter(portal, "older", created_at=an_act().at - timedelta(days=1))
    letter(portal, "newer")

    assert sales.visit("/sales/outbox").all("//tbody//th/a/text()") == ["About newer", "About older"]


@pytest.fixture
def bounced(portal):
    """A letter that came back, and one written after it that is kept back; the number of the first."""
    with portal.writing() as session:
        first, second = (
            post(session, Words(f"Letter {key}", "", ""), key=key, recipient="anna@example.org", at=an_act().at)
            for key in ("one", "two")
        )
        report = Bounce((first.message_id,), "anna@example.org", "550 5.1.1 User unknown", is_for_good=True)
        take_bounce(session, report, an_act())
        claim(session, second.id, an_act().at)
        return first.id


def test_sales_see_which_addresses_take_no_letters_and_why(sales, bounced):
    page = sales.visit("/sales/outbox")
    assert "anna@example.org" in page.main
    assert "550 5.1.1 User unknown" in page.main
    assert page.all("//table//a[text()='anna@example.org']/@href") == [f"/sales/outbox/{bounced + 1}"]


def test_a_confirmed_address_gets_what_was_kept_back(sales, bounced):
    answer = sales.post(f"/sales/outbox/{bounced}/confirmation")
    page = sales.visit(answer.location)
    assert "Kept back until now and leaving: 1." in page.main
    assert "This address takes no letters" not in page.main


def test_an_address_that_takes_letters_is_not_confirmed_by_an_old_page(sales, bounced):
    sales.post(f"/sales/outbox/{bounced}/confirmation")
    page = inspected(sales.post(f"/sales/outbox/{bounced}/confirmation"), 422)
    assert "There is nothing to confirm" in page.main
