"""A portal in which everything exists once: a visitor's board, a buyer's quotes and order, letters, jobs, staff."""

import re
import shutil
import sqlite3
from contextlib import closing
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from browsing import HERE, Browser, an_act
from paying import put_money_into
from staff_work import kept_quote, placed_order

from portal.board.film import Film
from portal.db import reading
from portal.intake.stages import film_key
from portal.models.files import DesignRecord, Package
from portal.models.orders import Order
from portal.models.people import LoginSession, Membership, Role, User, hashed
from portal.models.plans import OrderRelease, WorkNoise, WorkPace
from portal.models.quotes import Quote
from portal.models.work import Job, OutboxMail
from portal.services.accounts import ask_for_link, new_customer, open_session
from portal.services.outbox import Words
from portal.services.packages import keep_films
from portal.services.papers import PaperKind, Wanted, keep_paper
from portal.services.questions import Sending, ask
from portal.services.quotes import make_firm
from portal.services.rates import rate_versions
from portal.services.trials import try_card
from portal.web.live import Pace


@dataclass
class Inhabited:
    """`things` are the buyer's, `unclaimed` the visitor's: what an address names, by the first word of its rule."""

    portal: Any
    things: dict[str, str] = field(default_factory=dict)
    unclaimed: dict[str, str] = field(default_factory=dict)
    people: dict[str, Browser] = field(default_factory=dict)

    def path(self, rule: Any, things: dict[str, str]) -> str:
        """The address of one thing by this rule; both orders and lots are found by their references."""
        values = {"cell": "10-standard", "kind": "json", "side": "top", "name": "board.zip"}
        values |= {"part": "rates.toml", "position": 0, "work_centre": "kitting"}
        values |= {"filename": "css/layout.css", "reference": things.get(noun(rule), "nothing")}
        values |= {name: things[name] for name in ("token", "secret") if name in things}
        values["number"] = things["letter" if "outbox" in rule.rule else "job" if "jobs" in rule.rule else "hold"]
        if "/account/" in rule.rule or "/company/" in rule.rule:
            values["number"] = "999"  # of nobody, so that no person of the table is signed out or removed
        values |= {name: things[name] for name in ("attempt", "refund", "company") if name in things}
        if "/money/" in rule.rule:
            values["number"] = things["invoice"]
        if rule.endpoint == "designs.picture":
            values["kind"] = "svg"
        if rule.endpoint == "papers.show":
            values |= {"kind": "confirmation", "subject": values["reference"]}
        [method] = rule.methods - {"HEAD", "OPTIONS"}
        known = {name: values[name] for name in rule.arguments}
        return self.portal.app.url_map.bind("127.0.0.1").build(rule.endpoint, known, method=method)

    def ask(self, who: str, rule: Any, things: dict[str, str], token: str) -> Any:
        """What this person is answered; what writes is sent empty, with a token of this person's own."""
        [method] = rule.methods - {"HEAD", "OPTIONS"}
        sent = {} if method == "GET" else {"headers": {"X-CSRFToken": token}, "data": b""}
        return self.people[who].client.open(
            self.path(rule, things), method=method, base_url=HERE, buffered=True, **sent
        )


def noun(rule: Any) -> str:
    """Which thing an address names: /sales/quotes/<reference>/dates a quote."""
    return re.sub(r"^/(?:api/v1|sales|floor)?/?", "", rule.rule).partition("/")[0].removesuffix("s")


MADE: dict[str, Any] = {}  # once in a test run: where its data lies, what is in it, its people with their cookies


def inhabit(portal: Any) -> Inhabited:
    """Into a portal of which nothing is open yet: its data folder becomes a copy."""
    portal.app.config["LIVE_PACE"] = Pace(poll_s=0, keep_alive_s=1, lives_s=0)
    if not MADE:
        there = made(portal)
        people = {who: (one.secret, one.client._cookies) for who, one in there.people.items()}
        MADE.update(
            folder=kept(portal), things=dict(there.things), unclaimed=dict(there.unclaimed), people=deepcopy(people)
        )
        return there
    moved_in(portal, MADE["folder"])
    there = Inhabited(portal, dict(MADE["things"]), dict(MADE["unclaimed"]))
    for who, (secret, cookies) in MADE["people"].items():
        there.people[who] = portal.browser()
        there.people[who].secret, there.people[who].client._cookies = secret, deepcopy(cookies)
    return there


def kept(portal: Any) -> Path:
    """A copy of its data, beside the folders of the tests."""
    data = portal.app.extensions["settings"].data_dir
    folder = data.parent / "inhabited"
    shutil.copytree(data / "files", folder / "files")
    with closing(sqlite3.connect(data / "portal.db")) as source, closing(sqlite3.connect(folder / "portal.db")) as copy:
        source.backup(copy)
    return folder


def moved_in(portal: Any, folder: Path) -> None:
    portal.engine.dispose()
    data = portal.app.extensions["settings"].data_dir
    for left in data.glob("portal.db-*"):
        left.unlink()
    shutil.copy(folder / "portal.db", data / "portal.db")
    shutil.copytree(folder / "files", data / "files", dirs_exist_ok=True)


def made(portal: Any) -> Inhabited:
    buyer, uploader = portal.customer("anna@example.org"), portal.browser()
    there = Inhabited(portal)
    order = placed_order(portal, buyer)
    there.things = {"quote": kept_quote(portal, buyer, quantities="10"), "order": order, "lot": f"{order}-1"}
    there.unclaimed = there.things | {"design": portal.design(uploader)}
    with portal.writing() as session:
        find_the_rest(session, there)
        people_of_the_company(session, there)
    there.people |= {"buyer": buyer, "uploader": uploader, "stranger": portal.browser()}
    there.people["other"] = portal.customer("eve@example.net")
    there.people |= {role.value: portal.staff(role) for role in (Role.SALES, Role.FLOOR, Role.ADMIN)}
    return there


def a_release(order: Order) -> OrderRelease:
    """All of it, on some day to come."""
    nothing = dict.fromkeys(("p50", "p80", "p95", "begins")) | {"unknown": [], "material": [], "purchases": []}
    plan = {"name": "Release 1", "boards": order.boards, "wanted": "2030-01-07", "work_cost": "0.00", "tasks": []}
    days = {"wanted_on": date(2030, 1, 7), "promised_on": date(2030, 1, 7)}
    plan = {**plan, **nothing}
    return OrderRelease(order=order, number=1, boards=order.boards, price=order.total, lots=[1], plan=plan, **days)


def find_the_rest(session: Any, there: Inhabited) -> None:
    session.add(a_release(session.scalars(sa.select(Order)).one()))
    give_paper_and_question(session, there)
    give_films(session, there)
    try_card(session, rate_versions(session)[0].text, reason="", based_on=1, act=an_act("sales@house.example"))
    session.add(WorkPace(work_centre="kitting", thousandths=1120, runs=9, as_of=an_act().at.date()))
    session.add(WorkNoise(thousandths=[1000, 1500], minutes=[0, 90], orders=9, as_of=an_act().at.date()))
    quote = session.scalars(sa.select(Quote).where(Quote.reference == there.things["quote"])).one()
    make_firm(session, quote, an_act("sales@house.example"), today=an_act().at.date())
    packages = {package.company_id: package for package in session.scalars(sa.select(Package))}
    common = {
        "token": session.scalars(sa.select(Order.progress_token)).one(),
        "secret": ask_for_link(session, email="anna@example.org", intent={"for": "sign-in"}, act=an_act()),
        "job": str(session.scalars(sa.select(Job.id)).first()),
        "letter": str(session.scalars(sa.select(OutboxMail.id)).first()),
        "hold": "1",
    }
    common |= put_money_into(session, session.scalars(sa.select(Order)).one())
    there.things |= common | {"package": quote.design.package.reference, "design": quote.design.reference}
    there.unclaimed |= common | {"package": packages[None].reference}


def give_paper_and_question(session: Any, there: Inhabited) -> None:
    order = session.scalars(sa.select(Order)).one()
    received = there.portal.app.extensions["files"].put(b"%PDF- a confirmation")
    keep_paper(session, Wanted(PaperKind.CONFIRMATION, order.reference, order.id), received, an_act())
    quote = session.scalars(sa.select(Quote).where(Quote.reference == there.things["quote"])).one()
    sending = Sending("anna@example.org", lambda _: Words("A question", "May R1 be another?", ""))
    ask(session, quote, text="May R1 be another?", is_for_customer=True, sending=sending, act=an_act())


def give_films(session: Any, there: Inhabited) -> None:
    received = there.portal.app.extensions["files"].put(b"\x89PNG of a layer")
    for kept in session.scalars(sa.select(DesignRecord)):
        film = Film("Copper L1 top", "F_Cu.gbr", b"")
        keep_films(session, kept, (film,), pictures={film_key(0): received}, act=an_act("worker"))


def people_of_the_company(session: Any, there: Inhabited) -> None:
    """A colleague, one whose account is closed, and one whose session was revoked: all of the buyer's company."""
    anna = session.scalars(sa.select(User).where(User.email == "anna@example.org")).one()
    for name, role in (("colleague", Role.REQUESTER), ("closed", Role.BUYER), ("revoked", Role.BUYER)):
        user = new_customer(session, f"{name}@example.org", an_act())
        session.flush()
        user.memberships[:] = [Membership(company=anna.company, role=role)]
        secret = open_session(session, user, an_act()).secret
        there.people[name] = there.portal.browser().with_login(secret)
        user.is_active = name != "closed"
        if name == "revoked":
            login = session.scalars(sa.select(LoginSession).where(LoginSession.token_hash == hashed(secret))).one()
            login.revoked_at = an_act().at


def rows(engine: Any) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that the database holds."""
    with reading(engine) as session:
        tables = session.scalars(sa.text("SELECT name FROM sqlite_master WHERE type = 'table'")).all()
        return {table: session.execute(sa.text(f'SELECT * FROM "{table}"')).all() for table in tables}  # noqa: S608
