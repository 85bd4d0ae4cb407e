"""`portal verify`, `staff add`, `migrate`: what the people of the house call."""

import json
import shutil
import sqlite3
from contextlib import closing

import pytest
import sqlalchemy as sa
from calling import asked, call, run

from benchmarks import seed
from portal import db
from portal.demo import files_of
from portal.models.files import StoredFile
from portal.models.people import User
from portal.models.schema import migrate
from portal.services.invariants import CHECKS
from portal.services.shop import current_shop
from portal.settings import Settings

# The database itself refuses most of these; somebody with its file and bad intentions is not stopped by it.
TAMPERED = {
    "UPDATE orders SET total = 1": "An order is what was accepted",
    "UPDATE quote_revisions SET snapshot_text = snapshot_text || ' '": "Revisions are what was frozen",
    "UPDATE quotes SET state = 'draft'": "States are the last of their history",
    "DELETE FROM outbox WHERE key LIKE 'order:%'": "Every order was confirmed by mail",
    "UPDATE audit_entries SET actor = 'nobody' WHERE number = 3": "The audit is one chain",
    "DELETE FROM audit_entries WHERE number = 3": "The audit is one chain",
    "UPDATE stored_files SET sha256 = 'f' || substr(sha256, 2)": "Every file is there and whole",
    "UPDATE jobs SET state = 'leased'": "Jobs are in one state",
    "UPDATE alembic_version SET version_num = '999'": "The database is sound",
}


@pytest.fixture(scope="module")
def seeded(tmp_path_factory):
    """A house with an accepted order, in the folder where the command line looks for it."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("house"))
    engine, files = db.make_engine(settings.database), files_of(settings)
    migrate(engine)
    with db.writing(engine) as session:
        buyer = seed.open_shop(session).buyer
        kept = seed.a_design(session, files, "sensor node")
        seed.an_order(session, seed.firm_quote(session, kept, seed.offered(session, seed.a_board()), buyer))
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return settings.data_dir


@pytest.fixture
def house(seeded, tmp_path):
    """A copy of it, to be changed."""
    shutil.copytree(seeded, tmp_path / "house")
    return tmp_path / "house"


def tamper(house, statement):
    with closing(sqlite3.connect(house / "portal.db")) as connection:
        for (trigger,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            connection.execute(f'DROP TRIGGER "{trigger}"')
        connection.execute("PRAGMA foreign_keys = OFF")
        assert connection.execute(statement).rowcount > 0
        connection.commit()


def looked_up(house, question):
    engine = db.make_engine(Settings(data_dir=house).database)
    with db.reading(engine) as session:
        found = question(session)
    engine.dispose()
    return found


class TestVerify:
    def test_a_sound_house_is_found_sound(self, seeded):
        report = asked("verify", data_dir=seeded)

        assert report["ok"] is True
        assert [check["name"] for check in report["checks"]] == list(CHECKS)

    def test_each_check_says_how_much_it_looked_at(self, seeded):
        looked = {check["name"]: check["looked_at"] for check in asked("verify", data_dir=seeded)["checks"]}

        assert looked["An order is what was accepted"] == 1
        assert looked["Totals are the sum of their lines"] == 2 * 6  # two revisions, three quantities at two speeds

    def test_in_words_each_check_is_a_line(self, seeded):
        lines = call("verify", data_dir=seeded).stdout.splitlines()

        assert lines[0] == "ok     Revisions are what was frozen (2)"
        assert len(lines) == len(CHECKS)

    @pytest.mark.parametrize("statement", TAMPERED)
    def test_what_was_tampered_with_is_found(self, house, statement):
        tamper(house, statement)

        done = call("verify", "--json", data_dir=house)
        faulty = [check["name"] for check in json.loads(done.stdout)["checks"] if check["faults"]]
        assert done.exit_code == 1
        assert TAMPERED[statement] in faulty

    def test_in_words_a_fault_stands_below_its_check(self, house):
        tamper(house, "UPDATE orders SET total = 1")

        said = call("verify", data_dir=house).stdout
        assert "FAULT  An order is what was accepted (1)\n       order O-" in said

    def test_a_file_that_rotted_on_the_disk_is_found(self, house):
        sha256 = looked_up(house, lambda session: session.scalars(sa.select(StoredFile.sha256)).first())
        files_of(Settings(data_dir=house)).path(sha256).write_bytes(b"rotten")

        done = call("verify", data_dir=house)
        assert done.exit_code == 1
        assert f"file {sha256} is not what was stored" in done.stdout

    def test_the_program_answers_with_one_object_and_its_exit_code(self, house):
        assert run("verify", "--json", data_dir=house).returncode == 0
        tamper(house, "UPDATE orders SET total = 1")

        done = run("verify", "--json", data_dir=house)
        assert (done.returncode, done.stderr, json.loads(done.stdout)["ok"]) == (1, "", False)

    @pytest.mark.parametrize("folder", ["", "nowhere"])
    def test_without_a_database_it_says_so_and_makes_none(self, tmp_path, folder):
        done = call("verify", "--json", data_dir=tmp_path / folder)

        assert done.exit_code == 1
        assert json.loads(done.stdout)["error"].endswith(".")
        assert not list(tmp_path.rglob("portal.db"))


class TestStaff:
    def test_the_first_member_opens_the_house(self, tmp_path):
        report = asked("staff", "add", "anna@house.example", "--role", "admin", data_dir=tmp_path)

        assert (report["email"], report["role"]) == ("anna@house.example", "admin")
        assert looked_up(tmp_path, current_shop).currency == "EUR"

    def test_the_password_is_for_one_sign_in_and_kept_as_a_hash(self, tmp_path):
        password = asked("staff", "add", "anna@house.example", "--role", "sales", data_dir=tmp_path)["password"]

        user = looked_up(tmp_path, lambda session: session.scalars(sa.select(User)).one())
        assert user.must_change_password is True
        assert password not in str(vars(user))
        assert len(password) >= 16

    def test_two_members_have_two_passwords(self, tmp_path):
        passwords = {
            asked("staff", "add", f"{role}@house.example", "--role", role, data_dir=tmp_path)["password"]
            for role in ("sales", "floor")
        }

        assert len(passwords) == 2

    def test_in_words_it_is_one_sentence(self, tmp_path):
        said = call("staff", "add", "anna@house.example", "--role", "floor", data_dir=tmp_path).stdout

        assert said.startswith("anna@house.example may sign in once with ")

    def test_a_role_that_is_none_is_refused_with_those_that_are(self, tmp_path):
        done = call("staff", "add", "anna@house.example", "--role", "king", "--json", data_dir=tmp_path)

        assert done.exit_code == 2
        assert "'sales', 'floor', 'admin'" in json.loads(done.stdout)["error"]

    @pytest.mark.parametrize(
        "email", ["", "anna", "anna@", "a b@house.example", "anna@house.example\nBcc: x@y.example"]
    )
    def test_what_is_no_address_is_refused(self, tmp_path, email):
        done = call("staff", "add", email, "--role", "sales", "--json", data_dir=tmp_path)

        assert done.exit_code == 2
        assert json.loads(done.stdout)["findings"][0]["severity"] == "stop"

    def test_a_member_is_added_once(self, tmp_path):
        call("staff", "add", "anna@house.example", "--role", "sales", data_dir=tmp_path)

        done = call("staff", "add", "Anna@house.example", "--role", "admin", "--json", data_dir=tmp_path)
        assert done.exit_code == 2
        assert looked_up(tmp_path, lambda session: len(session.scalars(sa.select(User)).all())) == 1


def test_a_database_without_a_portal_in_it_is_not_verified(tmp_path):
    (tmp_path / "portal.db").touch()

    done = call("verify", data_dir=tmp_path)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("There is no portal in this database.")


def test_migrating_twice_changes_nothing(house):
    before = asked("verify", data_dir=house)

    assert (call("migrate", data_dir=house).exit_code, call("migrate", data_dir=house).exit_code) == (0, 0)
    assert asked("verify", data_dir=house) == before


def test_migrating_makes_a_house_where_there_is_none(tmp_path):
    call("migrate", data_dir=tmp_path / "new")

    assert asked("verify", data_dir=tmp_path / "new")["ok"] is True
