"""A worker on a real database with the twins of everything outside, and the customers who give it work."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import Engine

from benchmarks import seed
from portal import db, jobs
from portal.gateways.files import Files, MemoryFiles
from portal.gateways.mail import Letter, MemoryMailer
from portal.gateways.pdf import MemoryPrinter
from portal.gateways.reader import DirectReader
from portal.models.files import Package
from portal.models.people import User
from portal.models.quotes import Quote
from portal.models.work import Job, OutboxMail
from portal.services import outbox, packages, quotes
from portal.services.packages import Viewer

EXAMPLE = Path(__file__).resolve().parents[2] / "config" / "examples" / "sensor-node.zip"
WORDS = outbox.Words("Your quote", "Here it is.", "<p>Here it is.</p>")


def zipped(**members: bytes) -> bytes:
    with io.BytesIO() as packed:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in members.items():
                archive.writestr(name.replace("__", "."), data)
        return packed.getvalue()


class DeadServer:
    """A mail server that answers nothing but this; like a gateway, it can be given to a worker."""

    def __init__(self, fault: Exception) -> None:
        self.fault, self.asked = fault, 0

    def send(self, _letter: Letter) -> None:
        self.asked += 1
        raise self.fault


@dataclass
class Bench:
    engine: Engine
    files: Files = field(default_factory=MemoryFiles)
    mailer: MemoryMailer = field(default_factory=MemoryMailer)
    printer: MemoryPrinter = field(default_factory=MemoryPrinter)

    @property
    def shop(self) -> jobs.Workshop:
        return jobs.Workshop(
            engine=self.engine,
            files=self.files,
            mailer=self.mailer,
            printer=self.printer,
            reader=DirectReader(),
            sender="shop@lakeside.example",
            base_url="https://portal.example/",
        )

    def with_reader(self, reader: object) -> jobs.Workshop:
        return replace(self.shop, reader=reader)

    def upload(self, *sent: tuple[str, bytes]) -> str:
        """A package of a browser, whose reading is asked for."""
        with db.writing(self.engine) as session:
            package = packages.open_package(session, Viewer(visitor_hash="visit"), seed.act())
            for name, data in sent:
                packages.add_file(session, package, name, received=self.files.put(data), act=seed.act())
            packages.start_reading(session, package, seed.act())
            return package.reference

    def example(self) -> str:
        return self.upload(("sensor-node.zip", EXAMPLE.read_bytes()))

    def quote(self) -> str:
        """A budget quote as a customer keeps it."""
        with db.writing(self.engine) as session:
            kept = seed.a_design(session, self.files, "sensor node")
            offer = seed.offered(session, seed.a_board())
            buyer = session.scalars(sa.select(User).where(User.email == "buyer@example.com")).one()
            return quotes.keep_as_quote(session, kept, offer, user=buyer, act=seed.act()).reference

    def revise(self, reference: str, **changes: object) -> None:
        with db.writing(self.engine) as session:
            quote = self.quote_of(session, reference)
            snapshot = {**quotes.content(quote.current), **changes}
            quotes.revise_quote(session, quote, snapshot, seed.act("sales").because("asked for by telephone"))

    def make_firm(self, reference: str, *, days_ago: int = 0) -> None:
        with db.writing(self.engine) as session:
            today = jobs.now().date() - timedelta(days=days_ago)
            quotes.make_firm(session, self.quote_of(session, reference), seed.act("sales"), today=today)

    @staticmethod
    def quote_of(session: object, reference: str) -> Quote:
        return session.scalars(sa.select(Quote).where(Quote.reference == reference)).one()

    def letter(self, key: str, **changes: object) -> int:
        """A letter that is due, by its number."""
        with db.writing(self.engine) as session:
            mail = outbox.post(session, WORDS, key=key, recipient="anna@example.com", at=jobs.now())
            for name, value in changes.items():
                setattr(mail, name, value)
            return mail.id

    def job(self, kind: str) -> Job:
        """The newest job of this kind."""
        return self.look(lambda s: s.scalars(sa.select(Job).where(Job.kind == kind).order_by(Job.id.desc())).first())

    def package(self, reference: str) -> Package:
        return self.look(lambda s: s.scalars(sa.select(Package).where(Package.reference == reference)).one())

    def mail(self, number: int) -> OutboxMail:
        return self.look(lambda s: s.get_one(OutboxMail, number))

    def look(self, question: Callable[[object], object]) -> object:
        """What is in the database now; the rows stay readable after."""
        session = db.reading_session(self.engine)
        session.expire_on_commit = False
        try:
            return question(session)
        finally:
            session.expunge_all()
            session.close()

    def count(self, model: type) -> int:
        return self.look(lambda session: session.scalar(sa.select(sa.func.count()).select_from(model)))

    def everything(self) -> dict[str, int]:
        """How many rows each table has: what must not change when a job runs twice."""
        tables = ("packages", "package_files", "stored_files", "designs", "quote_documents", "outbox", "audit_entries")
        return {name: self.count(sa.table(name)) for name in tables}

    def make_due(self, job_id: int) -> None:
        """Time passes: the job may run now."""
        with db.writing(self.engine) as session:
            session.get_one(Job, job_id).run_after = jobs.now()
