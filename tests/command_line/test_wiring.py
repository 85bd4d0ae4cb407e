"""What a command brings together: mailer, files, worker, the demo shop; and a quote's paper without a database."""

from datetime import datetime

import pytest
import sqlalchemy as sa
from calling import EXAMPLE
from pydantic import SecretStr

from portal import db, jobs
from portal.demo import DEMO_STAFF, fill_demo, mailer_of, migrated_engine, workshop
from portal.desk import shop_of
from portal.gateways.mail import FolderMailer, SmtpMailer
from portal.gateways.reader import DirectReader
from portal.models.people import User
from portal.paper import snapshot
from portal.routing.options import BuildOptions, Speed
from portal.services import accounts
from portal.services.audit import Act
from portal.services.pricing import priced_cells
from portal.settings import Settings

NOW = datetime(2026, 11, 23, 9, 0)  # noqa: DTZ001 - the clock on the shop's wall


@pytest.fixture
def settings(tmp_path):
    return Settings(data_dir=tmp_path)


@pytest.fixture
def engine(settings):
    engine = migrated_engine(settings)
    yield engine
    engine.dispose()


class TestMailer:
    def test_without_a_server_letters_are_files_in_the_data_folder(self, settings, tmp_path):
        assert mailer_of(settings) == FolderMailer(tmp_path / "mail")

    def test_with_a_server_they_leave_by_it(self, tmp_path):
        settings = Settings(data_dir=tmp_path, smtp_host="mail.example", smtp_user="portal", smtp_password="geheim")

        assert mailer_of(settings) == SmtpMailer("mail.example", 587, "portal", "geheim")

    def test_a_server_may_want_no_password(self, tmp_path):
        assert mailer_of(Settings(data_dir=tmp_path, smtp_host="mail.example")).password == ""

    def test_a_traceback_does_not_show_the_password(self):
        assert "geheim" not in repr(SmtpMailer("mail.example", 587, "portal", SecretStr("geheim").get_secret_value()))


class TestDemo:
    def test_it_has_one_member_for_each_role_with_a_password_each(self, engine, settings):
        with db.writing(engine) as session:
            passwords = fill_demo(session, settings)

        assert passwords.keys() == DEMO_STAFF.keys()
        assert len(set(passwords.values())) == len(DEMO_STAFF)

    def test_the_passwords_open_the_house_and_must_be_changed(self, engine, settings):
        with db.writing(engine) as session:
            passwords = fill_demo(session, settings)
            act = Act(actor="test", at=jobs.now(), request_id="test")
            for email, password in passwords.items():
                assert accounts.sign_in(session, email=email, password=password, act=act) is not None
            assert all(user.must_change_password for user in session.scalars(sa.select(User)))

    def test_it_is_filled_once(self, engine, settings):
        with db.writing(engine) as session:
            fill_demo(session, settings)
        with db.writing(engine) as session:
            assert fill_demo(session, settings) == {}
            assert session.scalar(sa.select(sa.func.count()).select_from(User)) == len(DEMO_STAFF)


def test_a_worker_has_everything_and_finds_nothing_to_do_in_a_new_house(engine, settings):
    with workshop(settings) as shop:
        assert jobs.run_all(shop) == 0
        assert (shop.sender, shop.base_url) == ("Boardwright <portal@localhost>", "http://127.0.0.1:8000")
        shop.engine.dispose()


class TestPaper:
    @pytest.fixture(scope="module")
    @staticmethod
    def frozen():
        shop = shop_of(Settings(), rates=None, catalogue=None)
        reading = DirectReader().read(EXAMPLE, name="sensor-node", on_step=lambda _: None)
        options = BuildOptions(consigned=frozenset({"STM32L031K6U6"}))
        cells = priced_cells(reading.design, options, shop, quantities=[10], speeds=[Speed.STANDARD], local_now=NOW)
        return reading, cells, snapshot(reading, options, cells, shop=shop, local_now=NOW)

    def test_it_is_named_by_the_day_that_it_was_asked_on(self, frozen):
        assert frozen[2]["quote"] == "of 23 November 2026"

    def test_it_is_a_budget_for_whoever_holds_the_files(self, frozen):
        assert frozen[2]["is_firm"] is False
        assert frozen[2]["customer"]["company"] == "the holder of these files"

    def test_it_names_every_file_that_was_read_by_its_hash(self, frozen):
        reading, _, paper = frozen

        assert [(f["name"], f["sha256"]) for f in paper["design"]["files"]] == [
            (file.name, file.sha256) for file in reading.design.files
        ]

    def test_its_figures_are_those_of_the_answer(self, frozen):
        _, [cell], paper = frozen

        assert [printed["total"] for printed in paper["cells"]] == [str(cell.sheet.total)]
        assert paper["options"]["consigned"] == ["STM32L031K6U6"]
