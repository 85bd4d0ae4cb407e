"""The shop's files become versions: what changed, all of it or nothing, and never over what staff made since."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from portal.errors import RatesRefused
from portal.models.shop import ShopPart, ShopVersion
from portal.models.work import AuditEntry
from portal.services.shop import Loaded, add_version, current_shop, load_config

CONFIG = Path(__file__).resolve().parents[2] / "config"
NOTHING = Loaded(taken=(), left=())


@pytest.fixture
def loader(act):
    return replace(act, actor="command line", reason="loaded from files")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for part in ShopPart:
        shutil.copy(CONFIG / part.value, tmp_path)
    return tmp_path


@pytest.fixture
def loaded(session, folder: Path, loader) -> Path:
    """The folder, after it was loaded once."""
    load_config(session, folder, loader)
    return folder


def named(folder: Path, name: str) -> str:
    """The company's file with another name in it."""
    path = folder / "company.toml"
    lines = [f'name = "{name}"' if line.startswith("name =") else line for line in path.read_text().splitlines()]
    path.write_text("\n".join(lines))
    return path.read_text()


def name(session) -> str:
    return current_shop(session).company.name


def numbers(session, part: ShopPart = ShopPart.COMPANY) -> list[int]:
    of_part = sa.select(ShopVersion.number).where(ShopVersion.part == part)
    return list(session.scalars(of_part.order_by(ShopVersion.number)))


def test_the_first_time_every_file_is_taken(session, folder, loader):
    assert load_config(session, folder, loader) == Loaded(taken=tuple(ShopPart), left=())


def test_the_second_time_nothing_is_new(session, loaded, loader):
    assert load_config(session, loaded, loader) == NOTHING
    assert numbers(session) == [1]


def test_only_what_changed_becomes_a_version(session, loaded, loader):
    named(loaded, "Lakeside Assembly")

    assert load_config(session, loaded, loader) == Loaded(taken=(ShopPart.COMPANY,), left=())
    assert (numbers(session), numbers(session, ShopPart.RATES)) == ([1, 2], [1])


def test_a_changed_file_is_in_force_at_once(session, loaded, loader):
    named(loaded, "Lakeside Assembly")
    load_config(session, loaded, loader)

    assert name(session) == "Lakeside Assembly"


def test_a_file_that_is_as_it_was_before_is_a_change_again(session, loaded, loader):
    first = (loaded / "company.toml").read_text()
    named(loaded, "Lakeside Assembly")
    load_config(session, loaded, loader)
    (loaded / "company.toml").write_text(first)
    load_config(session, loaded, loader)

    assert numbers(session) == [1, 2, 3]


def test_the_history_says_who_loaded_what_and_why(session, loaded, loader):
    named(loaded, "Lakeside Assembly")
    load_config(session, loaded, loader)
    last = session.scalars(sa.select(AuditEntry).order_by(AuditEntry.number.desc())).first()

    assert (last.actor, last.action, last.subject) == ("command line", "shop.version", "company.toml")
    assert last.reason == "loaded from files"


def test_what_staff_made_since_stays_in_force(session, loaded, loader, act):
    before = (loaded / "company.toml").read_text()
    add_version(session, ShopPart.COMPANY, named(loaded, "Made by Sam"), act)
    (loaded / "company.toml").write_text(before)

    assert load_config(session, loaded, loader) == NOTHING
    assert name(session) == "Made by Sam"


def test_a_file_that_changed_after_staffs_version_is_left_and_said(session, loaded, loader, act):
    add_version(session, ShopPart.COMPANY, named(loaded, "Made by Sam"), act)
    named(loaded, "Lakeside Assembly")

    assert load_config(session, loaded, loader) == Loaded(taken=(), left=(ShopPart.COMPANY,))
    assert name(session) == "Made by Sam"


def test_a_file_brought_up_to_staffs_version_is_no_news(session, loaded, loader, act):
    add_version(session, ShopPart.COMPANY, named(loaded, "Made by Sam"), act)

    assert load_config(session, loaded, loader) == NOTHING


def test_other_files_are_taken_beside_one_that_is_left(session, loaded, loader, act):
    add_version(session, ShopPart.COMPANY, named(loaded, "Made by Sam"), act)
    named(loaded, "Lakeside Assembly")
    catalogue = loaded / "catalogue.csv"
    catalogue.write_text(catalogue.read_text() + "\n")

    assert load_config(session, loaded, loader) == Loaded(taken=(ShopPart.CATALOGUE,), left=(ShopPart.COMPANY,))


BROKEN = {
    "company.toml": "name = ",
    "rates.toml": "currency = 'EUR'",
    "machines.toml": "[[machines]]",
    "calendar.toml": "holidays = 1",
    "leadtimes.toml": "= 1",
    "catalogue.csv": "what,ever\n1,2",
}


@pytest.mark.parametrize("file", BROKEN)
def test_a_faulty_file_is_named_and_nothing_is_taken(session, loaded, loader, file):
    named(loaded, "Lakeside Assembly")
    (loaded / file).write_text(BROKEN[file])

    with pytest.raises(RatesRefused) as refused:
        load_config(session, loaded, loader)
    assert all(fault.startswith(file) for fault in refused.value.faults)
    assert sum(len(numbers(session, part)) for part in ShopPart) == len(ShopPart)


def test_the_faults_of_all_files_come_in_one_message(session, loaded, loader):
    for file, text in BROKEN.items():
        (loaded / file).write_text(text)

    with pytest.raises(RatesRefused) as refused:
        load_config(session, loaded, loader)
    assert {fault.split(":")[0] for fault in refused.value.faults} == set(BROKEN)


def test_a_missing_file_is_a_fault_like_any_other(session, loaded, loader):
    (loaded / "rates.toml").unlink()
    (loaded / "company.toml").write_text("= 1")

    with pytest.raises(RatesRefused, match=r"company\.toml: .*; rates\.toml: cannot be read"):
        load_config(session, loaded, loader)


def test_a_file_that_is_no_utf_8_is_named(session, loaded, loader):
    (loaded / "catalogue.csv").write_bytes("mpn;Preis €".encode("cp1252"))

    with pytest.raises(RatesRefused, match=r"catalogue\.csv: cannot be read"):
        load_config(session, loaded, loader)
