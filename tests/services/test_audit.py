"""The audit: one chain, in the transaction of the change."""

import sqlalchemy as sa

from portal.models.work import AuditEntry
from portal.services.audit import broken_links, link, record


def test_entries_are_numbered_without_a_gap(session, act):
    numbers = [record(session, act, "quote.moved", "Q-1", to="firm").number for _ in range(3)]
    assert numbers == [numbers[0], numbers[0] + 1, numbers[0] + 2]


def test_each_entry_carries_the_hash_of_the_one_before(session, act):
    first, second = (record(session, act, "quote.moved", ref) for ref in ("Q-1", "Q-2"))
    assert second.previous_hash == first.hash
    assert list(broken_links(session)) == []


def test_the_reason_is_part_of_what_is_chained(session, act):
    entry = record(session, act.because("price agreed by phone"), "quote.frozen", "Q-1")
    said = link(entry)
    entry.reason = "no reason"
    assert link(entry) != said


def test_an_entry_changed_past_the_portal_is_named(session, act):
    entry = record(session, act, "ledger.payment", "O-1", amount="10.00")
    session.expunge(entry)
    drop = (
        "DROP TRIGGER audit_entries_no_update"
        if session.bind.dialect.name == "sqlite"
        else ("DROP TRIGGER audit_entries_frozen ON audit_entries")
    )
    session.execute(sa.text(drop))
    session.execute(sa.update(AuditEntry).where(AuditEntry.number == entry.number).values(subject="O-2"))
    assert f"audit entry {entry.number} does not fit its chain" in list(broken_links(session))


def test_the_database_itself_refuses_to_change_an_entry(session, act):
    import pytest

    entry = record(session, act, "ledger.payment", "O-1")
    entry.subject = "O-2"
    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        session.flush()
