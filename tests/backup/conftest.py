"""A shop that has worked for a while, with letters waiting to be sent, and one backup of it."""

import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks import seed
from portal import db
from portal.backup import make_backup
from portal.gateways.files import FolderFiles
from portal.models.schema import migrate
from portal.settings import Settings

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture(scope="session")
def lived_in(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    settings = Settings(data_dir=tmp_path_factory.mktemp("shop"), database_url="")
    engine, files = db.make_engine(settings.database), FolderFiles(settings.data_dir / "files", least_free_bytes=0)
    migrate(engine)
    with db.writing(engine) as session:
        seeded = seed.open_shop(session)
        kept = seed.a_design(session, files, "sensor node")
        offer = seed.offered(session, seed.a_board())
        for _ in range(3):
            seed.an_order(session, seed.firm_quote(session, kept, offer, seeded.buyer))
    engine.dispose()
    return settings


@pytest.fixture(scope="session")
def made(lived_in: Settings, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup; whoever changes it takes a copy."""
    folder = tmp_path_factory.mktemp("backups") / "monday"
    make_backup(lived_in, folder, at=NOON)
    return folder


@pytest.fixture
def copy_of(tmp_path: Path) -> Callable[[Path], Path]:
    def copy(folder: Path) -> Path:
        return Path(shutil.copytree(folder, tmp_path / "copy"))

    return copy


@pytest.fixture
def empty(tmp_path: Path) -> Settings:
    """Settings whose data folder is not there yet."""
    return Settings(data_dir=tmp_path / "restored", database_url="")
