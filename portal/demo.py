"""Wiring for the command line: database, worker, the demo shop and its people."""

import secrets
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from app import create_app
from portal import db
from portal.errors import BadInput, PortalError
from portal.gateways.bounces import read_bounces
from portal.gateways.files import FolderFiles
from portal.gateways.mail import PAUSED, FolderMailer, Mailer, SmtpMailer
from portal.gateways.pdf import LimitedPrinter
from portal.gateways.reader import LimitedReader
from portal.gateways.stripe import StripeGateway
from portal.intake.reading import Reading
from portal.jobs import Workshop
from portal.models.people import Company, Role, User
from portal.models.schema import migrate, present
from portal.models.shop import ShopVersion
from portal.routing.options import BuildOptions, Speed
from portal.services.accounts import add_staff, change_password, clean_email, new_customer
from portal.services.audit import Act
from portal.services.bounces import take_bounce
from portal.services.catalogue import import_price_list
from portal.services.factors import take_all_factors
from portal.services.invariants import check_invariants
from portal.services.packages import Viewer, add_file, keep_reading, open_package
from portal.services.pricing import advised, local, priced_cells
from portal.services.quotes import Offered, keep_as_quote
from portal.services.shop import current_shop, load_config
from portal.serving import config_hash, stamp
from portal.settings import ROOT, Settings
from portal.till import Counter
from portal.words import loading_in_words

EXAMPLE = ROOT / "config" / "examples" / "sensor-node.zip"
DEMO_BUYER = "buyer@demo.example"
DEMO_STAFF = {"sales@demo.example": Role.SALES, "floor@demo.example": Role.FLOOR, "admin@demo.example": Role.ADMIN}


def act(reason: str = "") -> Act:
    return Act(actor="command line", at=datetime.now(UTC), request_id=secrets.token_hex(8), reason=reason)


def migrated_engine(settings: Settings) -> Engine:
    settings.data_dir.mkdir(parents=True, exist_ok=True)
    engine = db.make_engine(settings.database)
    migrate(engine)
    return engine


def files_of(settings: Settings) -> FolderFiles:
    return FolderFiles(settings.data_dir / "files")


def mailer_of(settings: Settings) -> Mailer:
    """SMTP when it is configured, else files in the data folder; the outbox page shows both."""
    if not settings.smtp_host:
        return FolderMailer(settings.data_dir / "mail")
    password = settings.smtp_password.get_secret_value() if settings.smtp_password else ""
    return SmtpMailer(settings.smtp_host, settings.smtp_port, settings.smtp_user, password)


@contextmanager
def workshop(settings: Settings) -> Iterator[Workshop]:
    """What the worker needs, inside the application's context: letters and documents are rendered there."""
    app = create_app(settings)
    with app.app_context(), closing(LimitedPrinter(keeps_one_ready=True)) as printer:
        yield Workshop(
            engine=app.extensions["engine"],
            files=app.extensions["files"],
            mailer=mailer_of(settings),
            printer=printer,
            reader=LimitedReader(capabilities=settings.config_dir / "capabilities.toml"),
            sender=settings.mail_from,
            base_url=settings.base_url,
            reply_to=settings.mail_reply_to,
            bounces_to=settings.mail_bounces_to,
            pause=settings.data_dir / PAUSED,
            timezone=settings.timezone,
            counter=counter_of(settings, app.extensions["engine"]),
        )


def counter_of(settings: Settings, engine: Engine) -> Counter | None:
    """Without a key there is no Stripe, and everything else works."""
    if settings.stripe_key is None:
        return None
    stripe = StripeGateway(settings.stripe_key.get_secret_value(), base=settings.stripe_base_url)
    return Counter(engine, stripe, is_live=stripe.is_live, base_url=settings.base_url, now=lambda: act("worker").at)


def fill_demo(session: Session, settings: Settings) -> dict[str, str]:
    """The demo shop, once: its data, and people with one-time passwords (returned; stored only as hashes)."""
    if session.scalar(sa.select(sa.func.count()).select_from(ShopVersion)):
        return {}
    doing = act("the demo shop")
    session.add(Company(name="Demo Assembly", is_house=True, created_at=doing.at))
    load_config(session, settings.config_dir, doing)
    passwords = {email: secrets.token_urlsafe(9) for email in DEMO_STAFF}
    for email, role in DEMO_STAFF.items():
        add_staff(session, email=email, role=role, password=passwords[email], act=doing)
    return passwords


def fill_example(session: Session, settings: Settings, reading: Reading) -> None:
    """The example board of a customer, read and kept as a quote: sales has something to review at once."""
    doing, files = act("the example board"), files_of(settings)
    buyer = new_customer(session, DEMO_BUYER, doing)
    package = open_package(session, Viewer(user=buyer), doing)
    add_file(session, package, EXAMPLE.name, received=files.put(EXAMPLE.read_bytes()), act=doing)
    pictures = {name: files.put(data) for name, data in reading.drawn.items()}
    kept = keep_reading(session, package, reading.design, pictures=pictures, act=doing)
    shop, at = current_shop(session), local(doing.at, settings.timezone)
    asked = {"quantities": [10, 100, 1000], "local_now": at}
    cells = priced_cells(reading.design, BuildOptions(), shop, speeds=Speed, **asked)
    found = advised(reading.design, BuildOptions(), shop, speed=Speed.STANDARD, **asked)
    offered = Offered(BuildOptions(), cells, shop.currency, shop.versions, advice=found)
    keep_as_quote(session, kept, offered, user=buyer, act=doing)


def load_shop(settings: Settings, folder: Path | None = None) -> dict[str, list[str]]:
    """Take the changed files of the shop's data, by default those of the settings; what was taken, and what not."""
    before = config_hash(settings)  # a file saved while we read is seen as changed at the next start
    engine = migrated_engine(settings)
    with db.writing(engine) as session:
        loaded = load_config(session, folder or settings.config_dir, act("loaded from files"))
    engine.dispose()
    if folder is None:
        stamp(settings).write_text(before)
    return {"taken": [part.value for part in loaded.taken], "left": [part.value for part in loaded.left]}


def take_price_list(settings: Settings, file: Path) -> dict[str, Any]:
    """A supplier's price list into the catalogue, read line by line; what it held."""
    engine = migrated_engine(settings)
    try:
        with db.writing(engine) as session, file.open(encoding="utf-8-sig", newline="") as lines:
            kept = import_price_list(session, lines, act("price list taken in"), name=file.name)
            return {"file": kept.name, "offers": kept.offers, "oldest": day(kept.oldest), "newest": day(kept.newest)}
    except UnicodeDecodeError as fault:
        raise BadInput(f"{file.name} cannot be read as UTF-8 text ({fault}). Please check the file.") from fault
    finally:
        engine.dispose()


def day(found: date | None) -> str | None:
    return found.isoformat() if found else None


def prepare(settings: Settings) -> None:
    """What a start needs and may not be there yet: the schema, and the shop's data as its files say now."""
    loaded = load_shop(settings)
    if any(loaded.values()):
        print(loading_in_words(loaded))


def first_start(settings: Settings) -> None:
    """Database and demo shop; prints the one-time passwords of its people, which are shown only now."""
    engine = migrated_engine(settings)
    with db.writing(engine) as session:
        passwords = fill_demo(session, settings)
    if passwords:
        reading = LimitedReader().read(EXAMPLE, name=EXAMPLE.stem, on_step=lambda _: None)
        with db.writing(engine) as session:
            fill_example(session, settings, reading)
    engine.dispose()
    for email, password in passwords.items():
        print(f"  staff: {email}  one-time password: {password}")
    prepare(settings)


def _check_schema(engine: Engine) -> None:
    """Opening an SQLite database that is not there would make an empty one."""
    path = engine.url.database if engine.name == "sqlite" else None
    if path and not Path(path).exists():
        raise PortalError(f"There is no database at {path}. Please check PORTAL_DATA_DIR.")
    try:
        with engine.connect() as connection:
            found = present(connection)
    except sa.exc.OperationalError as fault:
        raise PortalError(f"The database cannot be opened ({fault.orig}). Please check its address.") from fault
    if not found:
        raise PortalError("There is no portal in this database. Please check its address, or run `portal migrate`.")


def verified(settings: Settings) -> dict[str, Any]:
    """Every invariant with its count and its faults."""
    engine = db.make_engine(settings.database)
    _check_schema(engine)
    with db.reading(engine) as session:
        checked = check_invariants(
            session, files_of(settings), datetime.now(UTC), needs_second_factor=settings.needs_second_factor
        )
    return {"ok": not any(check.faults for check in checked), "checks": [asdict(check) for check in checked]}


def take_bounces(settings: Settings, raw: bytes) -> dict[str, list[str]]:
    """A mail server's report: which addresses get no more letters, and of which nothing follows."""
    bounces, engine = read_bounces(raw), db.make_engine(settings.database)
    _check_schema(engine)
    with db.writing(engine) as session:
        taken = [bounce.recipient for bounce in bounces if take_bounce(session, bounce, act("a mail server's report"))]
    return {"dead": taken, "left": [bounce.recipient for bounce in bounces if bounce.recipient not in taken]}


def add_staff_member(settings: Settings, email: str, role: str) -> dict[str, str]:
    password = secrets.token_urlsafe(12)
    engine = migrated_engine(settings)
    with db.writing(engine) as session:
        if session.scalars(sa.select(Company).where(Company.is_house)).first() is None:
            session.add(Company(name="The house", is_house=True, created_at=datetime.now(UTC)))
            load_config(session, settings.config_dir, act("first start"))
        user: User = add_staff(session, email=email, role=Role(role), password=password, act=act())
        return {"email": user.email, "role": role, "password": password}


def reset_staff_member(settings: Settings, email: str) -> dict[str, str]:
    """For a lost telephone or a forgotten password: no second factor, a new password, signed out everywhere."""
    password = secrets.token_urlsafe(12)
    engine = migrated_engine(settings)
    with db.writing(engine) as session:
        user = session.scalars(sa.select(User).where(User.email == clean_email(email))).first()
        if user is None or not user.is_staff:
            raise BadInput(f"Nobody of the house has the address {email}. Please check it.")
        take_all_factors(session, user, act())
        change_password(session, user, password=password, act=act())
        user.must_change_password = True
        return {"email": user.email, "password": password}
