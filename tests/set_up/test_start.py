"""A start costs what is needed and no more; the others wait for the first page; changed shop files are seen."""

import http.server
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
import sqlalchemy as sa

from portal import db
from portal.demo import first_start, load_shop, prepare
from portal.errors import RatesRefused
from portal.models.people import User
from portal.models.quotes import Quote
from portal.models.shop import ShopPart, ShopVersion
from portal.services.quotes import content
from portal.services.shop import current_shop
from portal.serving import config_hash, is_answering, is_listening, is_ready, run_together, stamp
from portal.settings import ROOT, Settings

HEAVY = ("shapely", "numpy", "cairocffi", "lxml", "python_calamine", "weasyprint", "alembic", "portal.intake.reading")


def loaded_by(statement: str, names: tuple[str, ...]) -> list[str]:
    """Which of these modules a fresh Python has loaded after the statement."""
    script = f"import sys\n{statement}\nprint(*[name for name in {names!r} if name in sys.modules])"
    return subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True).stdout.split()  # noqa: PLW1510


def test_the_web_process_loads_no_reader_and_no_printer():
    assert loaded_by("from app import create_app", HEAVY) == []


def test_what_starts_the_others_loads_none_of_their_libraries():
    assert loaded_by("import portal.cli, portal.serving", (*HEAVY, "flask", "sqlalchemy", "app")) == []


def test_a_command_that_asks_for_no_settings_does_not_load_them():
    assert loaded_by("import portal.cli", ("pydantic", "pydantic_settings")) == []


def test_the_check_for_loaded_modules_sees_them():
    assert loaded_by("import numpy", HEAVY) == ["numpy"]


# What is to be done before a start


@pytest.fixture
def shop(tmp_path: Path) -> Settings:
    """A portal that has not been started yet, with shop files of its own."""
    config = tmp_path / "config"
    config.mkdir()
    for part in ShopPart:
        shutil.copy(ROOT / "config" / part.value, config)
    return Settings(data_dir=tmp_path / "data", config_dir=config, database_url="")


@pytest.fixture
def started(shop: Settings, capsys) -> Settings:
    first_start(shop)
    capsys.readouterr()
    return shop


def edit(settings: Settings, part: ShopPart, old: str, new: str) -> None:
    path = settings.config_dir / part.value
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@contextmanager
def reading(settings: Settings) -> Iterator[sa.orm.Session]:
    engine = db.make_engine(settings.database)
    with db.reading(engine) as session:
        yield session
    engine.dispose()


def company_name(settings: Settings) -> str:
    with reading(settings) as session:
        return current_shop(session).company.name


def versions(settings: Settings) -> int:
    with reading(settings) as session:
        return session.scalar(sa.select(sa.func.count()).select_from(ShopVersion))


def test_a_new_portal_is_not_ready_and_one_that_was_started_is(shop):
    assert not is_ready(shop)
    first_start(shop)
    assert is_ready(shop)


def test_the_first_start_leaves_a_quote_of_the_example_board_for_sales(shop):
    first_start(shop)
    engine = db.make_engine(shop.database)
    with db.reading(engine) as session:
        [quote] = session.scalars(sa.select(Quote))
        assert (quote.state, quote.design.name) == ("budget", "sensor-node")
        assert {cell["quantity"] for cell in content(quote.current)["cells"]} == {10, 100, 1000}
    engine.dispose()


def test_the_first_start_prints_the_passwords_and_a_later_one_does_not(shop, capsys):
    first_start(shop)
    first = capsys.readouterr().out
    first_start(shop)

    assert first.count("one-time password") == 3
    assert capsys.readouterr().out == ""


def test_only_the_database_can_tell_whether_postgresql_is_ready(started):
    assert not is_ready(started.model_copy(update={"database_url": "postgresql+psycopg://there/portal"}))


def test_a_portal_with_another_schema_is_not_ready(started):
    with closing(db.sqlite_module().connect(started.data_dir / "portal.db")) as connection, connection:
        connection.execute("UPDATE alembic_version SET version_num = '000'")

    assert not is_ready(started)


def test_a_file_that_is_no_database_of_ours_is_not_ready(shop):
    shop.data_dir.mkdir()
    (shop.data_dir / "portal.db").touch()

    assert not is_ready(shop)


@pytest.mark.parametrize("part", ShopPart)
def test_a_change_in_any_shop_file_is_seen_at_the_next_start(started, part):
    with (started.config_dir / part.value).open("a") as file:
        file.write("\n")

    assert not is_ready(started)


def test_a_shop_file_saved_again_without_a_change_is_no_change(started):
    path = started.config_dir / "rates.toml"
    path.write_bytes(path.read_bytes())

    assert is_ready(started)


def test_two_files_that_change_places_are_a_change(started):
    before = config_hash(started)
    rates, machines = started.config_dir / "rates.toml", started.config_dir / "machines.toml"
    kept = rates.read_bytes()
    rates.write_bytes(machines.read_bytes())
    machines.write_bytes(kept)

    assert config_hash(started) != before


# The shop's files at a start


def test_a_changed_file_is_in_force_after_the_next_start(started, capsys):
    edit(started, ShopPart.COMPANY, company_name(started), "Lakeside Assembly")
    prepare(started)

    assert company_name(started) == "Lakeside Assembly"
    assert capsys.readouterr().out == "New versions of the shop's data: company.toml\n"


def test_a_start_without_a_change_adds_no_version_and_says_nothing(started, capsys):
    prepare(started)

    assert versions(started) == len(ShopPart)
    assert capsys.readouterr().out == ""


def test_after_a_start_the_portal_is_ready_for_the_next(started):
    edit(started, ShopPart.COMPANY, company_name(started), "Lakeside Assembly")
    prepare(started)

    assert is_ready(started)


def test_a_faulty_file_stops_the_start_and_is_looked_at_again_at_the_next(started):
    (started.config_dir / "rates.toml").write_text("currency = ")

    for _ in range(2):
        with pytest.raises(RatesRefused, match=r"rates\.toml: is not TOML"):
            first_start(started)
    assert not is_ready(started)


def test_a_faulty_file_stops_the_very_first_start_with_nothing_stored(shop):
    (shop.config_dir / "calendar.toml").write_text("holidays = 1")

    with pytest.raises(RatesRefused, match=r"calendar\.toml: "):
        first_start(shop)
    with reading(shop) as session:
        assert session.scalars(sa.select(User)).all() == []


def test_a_folder_can_be_loaded_that_is_not_the_settings_own(started, tmp_path):
    other = shutil.copytree(started.config_dir, tmp_path / "other")
    elsewhere = started.model_copy(update={"config_dir": Path(other)})
    edit(elsewhere, ShopPart.COMPANY, company_name(started), "Lakeside Assembly")
    before = stamp(started).read_text()

    assert load_shop(started, Path(other)) == {"taken": ["company.toml"], "left": []}
    assert stamp(started).read_text() == before


def test_the_command_names_every_fault_and_ends_with_2(started):
    for name in ("rates.toml", "machines.toml"):
        (started.config_dir / name).write_text("= 1")
    environment = {"PORTAL_DATA_DIR": str(started.data_dir), "PORTAL_CONFIG_DIR": str(started.config_dir)}
    command = [sys.executable, "-m", "portal.cli", "shop", "load"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)

    assert done.returncode == 2
    assert "rates.toml: " in done.stderr
    assert "machines.toml: " in done.stderr


# Web and worker


@pytest.fixture(autouse=True)
def own_signals() -> Iterator[None]:
    """What takes signals here gives them back to the tests."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


def python(script: str) -> list[str]:
    return [sys.executable, "-S", "-c", script]


SLEEP = "import time; time.sleep(30)"


def test_the_worker_starts_only_when_the_portal_is_up(tmp_path):
    looks = []
    web = python(f"import time, pathlib; time.sleep(0.5); pathlib.Path({str(tmp_path / 'up')!r}).touch(); {SLEEP}")
    worker = python(f"import sys, pathlib; sys.exit(7 if pathlib.Path({str(tmp_path / 'up')!r}).exists() else 8)")

    def is_up() -> bool:
        looks.append(1)
        return (tmp_path / "up").exists()

    assert run_together([web, worker], {}, when_up=is_up) == 7
    assert len(looks) > 1


def test_nobody_asks_again_once_the_portal_is_up():
    looks = []

    run_together([python("import time; time.sleep(0.6)"), python(SLEEP)], {}, when_up=lambda: not looks.append(1))

    assert len(looks) == 1


def test_a_portal_that_does_not_come_up_starts_no_worker(tmp_path):
    worker = python(f"import pathlib; pathlib.Path({str(tmp_path / 'worked')!r}).touch()")

    assert run_together([python("raise SystemExit(3)"), worker], {}, when_up=lambda: False) == 3
    assert not (tmp_path / "worked").exists()


def test_when_one_ends_the_other_is_stopped_at_once():
    before = time.monotonic()

    assert run_together([python(SLEEP), python("raise SystemExit(5)")], {}) == 5
    assert time.monotonic() - before < 5


def test_ending_without_a_fault_is_still_an_end_nobody_asked_for():
    assert run_together([python("")], {}) == 1


def test_the_children_get_the_environment():
    script = "import os; raise SystemExit(int(os.environ['PORTAL_CODE']))"

    assert run_together([python(script)], {"PORTAL_CODE": "9"}) == 9


def test_a_signal_stops_both_and_is_no_fault(tmp_path):
    script = f"from portal.serving import run_together; raise SystemExit(run_together([{python(SLEEP)}] * 2, {{}}))"
    parent = subprocess.Popen([sys.executable, "-c", script], cwd=ROOT)
    time.sleep(1.5)
    parent.terminate()

    assert parent.wait(10) == 0


# Whether it is up


@pytest.fixture
def port() -> Iterator[int]:
    """Bound and silent, like a web server that is still loading the portal behind it."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def at(port: int) -> Settings:
    return Settings(base_url=f"http://127.0.0.1:{port}")


def test_a_port_that_is_bound_is_listening_but_does_not_answer_yet(port):
    assert is_listening(at(port))
    assert not is_answering(at(port))


def test_where_nobody_listens_nobody_answers():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]

    assert not is_listening(at(port))
    assert not is_answering(at(port))


@contextmanager
def answering(status: int) -> Iterator[int]:
    class Health(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self.send_response(status if self.path == "/health" else 404)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Health) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("status", "is_up"), [(200, True), (500, False), (404, False)])
def test_it_is_up_when_it_answers_that_it_is_well(status, is_up):
    with answering(status) as port:
        assert is_answering(at(port)) is is_up
