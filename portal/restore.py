"""A backup back into an empty data folder, in a state that does no harm: nobody signed in, no mail on its way."""

import secrets
import shutil
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal import db
from portal.backup import (
    DATABASE,
    FILES,
    Report,
    checked_backup,
    copy_files,
    read_manifest,
    refuse_postgresql,
    refuse_unless_empty,
    require_database,
    stored_in,
    sync,
)
from portal.errors import BadInput
from portal.gateways.mail import PAUSED
from portal.models.people import LoginLink, LoginSession
from portal.models.schema import migrate, newest
from portal.models.work import MailState, OutboxMail
from portal.services.audit import Act, record
from portal.settings import Settings


def restore_backup(settings: Settings, folder: Path, *, at: datetime) -> Report:
    """All of it or no database: that appears last, by a rename. Then everybody signs in anew, and mail waits."""
    refuse_postgresql(
        settings, f"pg_restore, then copy the folder `files` and put an empty file `{PAUSED}` into the data folder"
    )
    data = settings.data_dir
    refuse_unless_empty(data, "an empty data folder by PORTAL_DATA_DIR")
    report = _whole(folder)
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    (data / PAUSED).touch()
    copy_files(stored_in(folder / DATABASE), folder / FILES, data / FILES)
    arriving = data / f"{DATABASE}.part"  # which no portal takes for its database
    shutil.copyfile(folder / DATABASE, arriving)
    waiting = _made_safe(arriving, report["made_at"], at)
    sync(arriving)
    arriving.rename(data / DATABASE)
    sync(data)
    return {**report, "waiting_mail": waiting}


def resume_mail(settings: Settings) -> Report:
    """Let mail go again; how many letters wait."""
    if not settings.database_url:
        require_database(settings)
    (settings.data_dir / PAUSED).unlink(missing_ok=True)
    engine = db.make_engine(settings.database)
    with db.reading(engine) as session:
        waiting = _waiting_mail(session)
    engine.dispose()
    return {"waiting_mail": waiting}


def _whole(folder: Path) -> Report:
    """The report of a backup that may be restored here."""
    report = checked_backup(folder)
    if report["faults"]:
        raise BadInput(f"This backup is not whole: {'; '.join(report['faults'])}. Please take another one.")
    if read_manifest(folder)[0]["schema"] > newest():
        raise BadInput("This backup was made by a newer portal. Please install that version, then restore again.")
    return report


def _made_safe(database: Path, made_at: str, at: datetime) -> int:
    """Bring the schema up, end every sign-in, note the restore in the history; how many letters wait."""
    engine = db.make_engine(f"sqlite:///{database}")
    migrate(engine)
    act = Act(actor="command line", at=at, request_id=secrets.token_hex(8), reason=f"the backup of {made_at}")
    with db.writing(engine) as session:
        session.execute(sa.delete(LoginSession))
        session.execute(sa.delete(LoginLink))
        record(session, act, "portal.restored", made_at)
        waiting = _waiting_mail(session)
    engine.dispose()
    return waiting


def _waiting_mail(session: Session) -> int:
    waiting = sa.select(sa.func.count()).where(OutboxMail.state == MailState.WAITING)
    return session.scalar(waiting) or 0
