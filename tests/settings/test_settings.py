"""The environment as one value: safe when nothing is set, and its faults told in the operator's words."""

import os
import stat
from pathlib import Path
from threading import Thread

import pytest
from pydantic import ValidationError

from app import create_app
from portal.settings import ROOT, Settings, secret_key


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch):
    for name in [name for name in os.environ if name.startswith("PORTAL_")]:
        monkeypatch.delenv(name)


class TestDefaults:
    def test_nothing_needs_to_be_set(self):
        assert Settings().faults() == []

    def test_nobody_outside_can_reach_it(self):
        assert (Settings().host, Settings().port) == ("127.0.0.1", 8000)

    def test_it_is_no_demonstration(self):
        assert Settings().is_demo is False

    def test_there_is_no_key_that_others_know(self):
        assert (Settings().secret_key, Settings().smtp_password) == (None, None)

    def test_plain_http_is_not_for_the_world(self):
        assert Settings().allow_plain_http is False

    def test_the_data_lie_in_the_projects_own_folder(self):
        assert Settings().database == f"sqlite:///{ROOT / 'var' / 'portal.db'}"


class TestEnvironment:
    @pytest.mark.parametrize(
        ("variable", "value", "field", "known_as"),
        [
            ("PORTAL_DATA_DIR", "/srv/portal", "data_dir", Path("/srv/portal")),
            ("PORTAL_DATABASE_URL", "postgresql+psycopg://db/portal", "database", "postgresql+psycopg://db/portal"),
            ("PORTAL_BASE_URL", "https://quotes.example:8443/", "port", 8443),
            ("PORTAL_BASE_URL", "https://quotes.example", "host", "quotes.example"),
            ("PORTAL_IS_DEMO", "1", "is_demo", True),
            ("PORTAL_TRUSTED_HOSTS", '["a.example"]', "trusted_hosts", ("a.example",)),
        ],
    )
    def test_each_field_has_its_variable(self, monkeypatch, variable, value, field, known_as):
        monkeypatch.setenv(variable, value)

        assert getattr(Settings(), field) == known_as

    def test_it_is_read_once(self, monkeypatch):
        settings = Settings()
        monkeypatch.setenv("PORTAL_BASE_URL", "https://elsewhere.example")

        assert settings.host == "127.0.0.1"

    def test_it_cannot_be_changed_afterwards(self):
        with pytest.raises(ValidationError, match="frozen"):
            Settings().is_demo = True

    def test_a_field_that_nobody_knows_is_refused(self):
        with pytest.raises(ValidationError, match="Extra inputs"):
            Settings(base_uri="https://quotes.example")

    @pytest.mark.parametrize(("variable", "value"), [("PORTAL_SMTP_PORT", "mail"), ("PORTAL_IS_DEMO", "perhaps")])
    def test_a_value_that_is_none_is_refused(self, monkeypatch, variable, value):
        monkeypatch.setenv(variable, value)

        with pytest.raises(ValidationError):
            Settings()

    @pytest.mark.parametrize("secret", [{"secret_key": "s" * 40}, {"smtp_password": "p" * 40}])
    def test_a_secret_is_not_shown_by_a_traceback(self, secret):
        [value] = secret.values()

        assert value not in repr(Settings(**secret))


class TestFaults:
    @pytest.mark.parametrize(
        "address", ["http://quotes.example", "http://192.168.1.7:8000", "http://127.0.0.1.evil.example"]
    )
    def test_plain_http_is_only_for_this_machine(self, address):
        [fault] = Settings(base_url=address).faults()

        assert fault.startswith("PORTAL_BASE_URL must begin with https://")

    @pytest.mark.parametrize("address", ["https://quotes.example", "http://localhost:8000", "http://[::1]:8000"])
    def test_https_and_this_machine_are_well(self, address):
        assert Settings(base_url=address).faults() == []

    def test_who_trusts_his_network_says_so(self):
        assert Settings(base_url="http://192.168.1.7:8000", allow_plain_http=True).faults() == []

    def test_a_short_key_is_a_fault(self):
        assert Settings(secret_key="x" * 31).faults() == ["PORTAL_SECRET_KEY needs at least 32 characters"]
        assert Settings(secret_key="x" * 32).faults() == []

    def test_every_fault_is_told_at_once(self):
        assert len(Settings(base_url="http://quotes.example", secret_key="short").faults()) == 2

    def test_a_portal_with_faults_does_not_start(self, tmp_path):
        with pytest.raises(SystemExit, match="PORTAL_BASE_URL must begin with https://"):
            create_app(Settings(data_dir=tmp_path, base_url="http://quotes.example"))


class TestHosts:
    def test_on_this_machine_it_answers_to_every_name_of_it(self):
        assert Settings().hosts == ("127.0.0.1", "::1", "localhost")

    def test_in_the_world_it_answers_to_its_own_name_alone(self):
        assert Settings(base_url="https://quotes.example").hosts == ("quotes.example",)

    def test_further_names_are_given_by_the_operator(self):
        settings = Settings(base_url="https://quotes.example", trusted_hosts=("www.quotes.example",))

        assert settings.hosts == ("quotes.example", "www.quotes.example")


class TestSecretKey:
    def test_a_given_key_is_used_and_nothing_is_written(self, tmp_path):
        assert secret_key(Settings(data_dir=tmp_path, secret_key="k" * 40)) == "k" * 40
        assert list(tmp_path.iterdir()) == []

    def test_it_is_made_once(self, tmp_path):
        settings = Settings(data_dir=tmp_path / "new")

        assert secret_key(settings) == secret_key(settings)
        assert len(secret_key(settings)) >= 48

    def test_two_houses_have_two_keys(self, tmp_path):
        assert secret_key(Settings(data_dir=tmp_path / "a")) != secret_key(Settings(data_dir=tmp_path / "b"))

    def test_only_its_user_can_read_it(self, tmp_path):
        before = os.umask(0)
        try:
            secret_key(Settings(data_dir=tmp_path))
        finally:
            os.umask(before)

        assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600

    def test_nothing_lies_beside_it(self, tmp_path):
        secret_key(Settings(data_dir=tmp_path))

        assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]

    def test_processes_that_start_together_agree(self, tmp_path):
        """Web processes and worker all ask at once; none may read a key that is half written or another's."""
        keys = []
        threads = [Thread(target=lambda: keys.append(secret_key(Settings(data_dir=tmp_path)))) for _ in range(20)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

        assert len(set(keys)) == 1
        assert len(keys[0]) >= 48
