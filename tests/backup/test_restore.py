"""A restored portal is what was backed up, and does nothing to anybody before it is told to."""

import json
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from portal import db
from portal.backup import checked_backup, make_backup
from portal.demo import verified, workshop
from portal.errors import BadInput
from portal.gateways.mail import PAUSED
from portal.jobs import send_mail
from portal.models.orders import Order
from portal.models.people import LoginLink, LoginSession
from portal.models.work import AuditEntry
from portal.restore import restore_backup, resume_mail
from portal.services.accounts import ask_for_link
from portal.services.audit import Act

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def restored(made, empty):
    restore_backup(empty, made, at=NOON)
    return empty


def asked(settings, question):
    engine = db.make_engine(settings.database)
    with db.reading(engine) as session:
        answer = question(session)
    engine.dispose()
    return answer


def count(model):
    return lambda session: session.scalar(sa.select(sa.func.count()).select_from(model))


def references(session):
    return sorted(session.execute(sa.select(Order.reference, Order.total)).all())


def test_a_restored_portal_has_the_same_orders_at_the_same_prices(lived_in, restored):
    assert len(asked(restored, references)) == 3
    assert asked(restored, references) == asked(lived_in, references)


def test_a_restored_portal_holds_every_invariant(restored):
    report = verified(restored)

    assert report["ok"], report
    assert {check["name"]: check["looked_at"] for check in report["checks"]}["Every file is there and whole"] == 2


def test_nobody_is_signed_in_after_a_restore(lived_in, restored):
    assert asked(lived_in, count(LoginSession)) == 3
    assert asked(restored, count(LoginSession)) == 0


def test_a_link_sent_before_the_backup_opens_nothing_any_more(lived_in, tmp_path, empty):
    engine, act = db.make_engine(lived_in.database), Act("anna", datetime.now(UTC), "test")
    with db.writing(engine) as session:
        ask_for_link(session, email="anna@example.com", intent={}, act=act)
    engine.dispose()
    make_backup(lived_in, tmp_path / "backup", at=NOON)
    restore_backup(empty, tmp_path / "backup", at=NOON)

    assert asked(empty, count(LoginLink)) == 0


def test_the_history_says_that_it_was_restored(made, restored):
    last = asked(restored, lambda session: session.scalars(sa.select(AuditEntry).order_by(-AuditEntry.number)).first())

    assert (last.action, last.subject) == ("portal.restored", checked_backup(made)["made_at"])


def test_no_letter_leaves_before_it_is_resumed(restored):
    with workshop(restored) as shop:
        assert send_mail(shop) == 0
    assert not (restored.data_dir / "mail").exists()


def test_letters_leave_once_it_is_resumed(restored):
    assert resume_mail(restored) == {"waiting_mail": 3}  # one for each order
    with workshop(restored) as shop:
        assert send_mail(shop) == 3
    assert len(list((restored.data_dir / "mail").glob("*.eml"))) == 3


def test_to_resume_what_was_not_paused_does_no_harm(restored):
    resume_mail(restored)

    assert resume_mail(restored) == {"waiting_mail": 3}
    assert not (restored.data_dir / PAUSED).exists()


def test_where_there_is_no_portal_there_is_nothing_to_resume(empty):
    empty.data_dir.mkdir()

    with pytest.raises(BadInput, match="There is no database in"):
        resume_mail(empty)
    assert list(empty.data_dir.iterdir()) == []


def test_postgresql_is_restored_with_its_own_tool(empty, made):
    settings = empty.model_copy(update={"database_url": "postgresql+psycopg://there/portal"})

    with pytest.raises(BadInput, match=r"pg_restore.* `mail\.paused`"):
        restore_backup(settings, made, at=NOON)
    assert not empty.data_dir.exists()


def test_a_restored_portal_can_be_backed_up_again(restored, tmp_path):
    report = make_backup(restored, tmp_path / "again", at=NOON)

    assert (report["ok"], report["files"]) == (True, 3)


def test_a_backup_is_never_restored_over_a_portal(made, restored):
    before = (restored.data_dir / "portal.db").read_bytes()

    with pytest.raises(BadInput, match=r"is not empty.*PORTAL_DATA_DIR"):
        restore_backup(restored, made, at=NOON)
    assert (restored.data_dir / "portal.db").read_bytes() == before


def test_a_damaged_backup_is_not_restored_and_its_fault_is_named(made, copy_of, empty):
    copy = copy_of(made)
    (copy / "portal.db").write_bytes(b"SQLite format 3\0")

    with pytest.raises(BadInput, match=r"not whole: portal.db was changed. Please take another one"):
        restore_backup(empty, copy, at=NOON)
    assert not empty.data_dir.exists()


def test_a_backup_can_lie_on_a_disk_that_cannot_be_written(made, empty):
    before = {path: path.stat().st_mtime_ns for path in made.rglob("*")}
    restore_backup(empty, made, at=NOON)

    assert {path: path.stat().st_mtime_ns for path in made.rglob("*")} == before


def test_a_backup_of_a_newer_portal_is_refused(lived_in, copy_of, tmp_path, empty):
    newer = lived_in.model_copy(update={"data_dir": copy_of(lived_in.data_dir)})
    engine = db.make_engine(newer.database)
    with db.writing(engine) as session:
        session.execute(sa.text("UPDATE alembic_version SET version_num = '999'"))
    engine.dispose()
    make_backup(newer, tmp_path / "backup", at=NOON)

    with pytest.raises(BadInput, match="newer portal"):
        restore_backup(empty, tmp_path / "backup", at=NOON)


def portal(settings, *words: str) -> subprocess.Popen[str]:
    environment = {"PORTAL_DATA_DIR": str(settings.data_dir), "PATH": "/usr/bin:/bin"}
    command = [sys.executable, "-m", "portal.cli", *words]
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def said(process: subprocess.Popen[str]) -> tuple[int, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out or err


def test_the_commands_say_json(lived_in, empty, tmp_path):
    backup = str(tmp_path / "backup")
    codes, reports = zip(
        said(portal(lived_in, "backup", backup, "--json")),
        said(portal(lived_in, "backup", backup, "--check", "--json")),
        said(portal(empty, "restore", backup, "--json")),
        said(portal(empty, "resume", "--json")),
        strict=True,
    )

    assert codes == (0, 0, 0, 0)
    assert [json.loads(report).get("waiting_mail") for report in reports] == [None, None, 3, 3]


def test_the_check_of_a_broken_backup_fails(lived_in, made, copy_of):
    copy = copy_of(made)
    (copy / "portal.db").unlink()

    assert said(portal(lived_in, "backup", str(copy), "--check")) == (
        1,
        "This backup is not whole:\n  portal.db is missing\n",
    )


@pytest.mark.crash
@pytest.mark.parametrize("after_s", [0.6, 0.8, 1.0, 1.2])
def test_a_killed_backup_or_restore_never_looks_complete(lived_in, made, empty, tmp_path, after_s):
    for process in (portal(lived_in, "backup", str(tmp_path / "b")), portal(empty, "restore", str(made))):
        time.sleep(after_s)
        process.send_signal(signal.SIGKILL)
        process.communicate()
    half_made = (tmp_path / "b").exists() and not checked_backup(tmp_path / "b")["ok"]

    assert not (half_made and (tmp_path / "b" / "manifest.json").exists())
    assert not (empty.data_dir / "portal.db").exists() or verified(empty)["ok"]
