"""Signing in: single-use magic links for customers, a password for staff, sessions that can be revoked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from email_validator import EmailNotValidError, validate_email
from sqlalchemy.orm import Session, joinedload
from zxcvbn import zxcvbn

from portal.errors import BadInput
from portal.models.people import Company, LoginLink, LoginSession, Membership, Role, User, hashed, new_secret
from portal.services.audit import Act, record
from portal.services.limits import count, forget, refuse_beyond

LINK_LIVES = timedelta(hours=24)
CUSTOMER_SESSION = timedelta(days=30)
STAFF_SESSION = timedelta(hours=12)
HALF_SIGNED_IN = timedelta(minutes=15)  # for who has shown a password and not yet the second factor that is needed
MOST_LINKS_AN_HOUR = 6
LEAST_SCORE, MOST_WEIGHED = 3, 72  # of 4: beyond 10^8 tries; zxcvbn weighs no more characters

# OWASP's figures; the library's own defaults cost half a second on a small machine.
HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
NOBODY = HASHER.hash("nobody has this password")


@dataclass(frozen=True, slots=True)
class SignedIn:
    session: LoginSession
    secret: str  # goes into the browser's cookie and is stored nowhere


def clean_email(text: str) -> str:
    """One address in lower case, or BadInput; two addresses in one field are refused."""
    try:
        return validate_email(text.strip(), check_deliverability=False, test_environment=True).normalized.lower()
    except EmailNotValidError as fault:
        raise BadInput(f"“{text[:80]}” is not an e-mail address we can write to. Please check it.") from fault


def ask_for_link(session: Session, *, email: str, intent: dict[str, Any], act: Act) -> str:
    """A single-use link for this address; returns its secret, which only the letter carries."""
    since = act.at - timedelta(hours=1)
    recent = sa.select(sa.func.count()).where(LoginLink.email == email, LoginLink.created_at > since)
    if session.scalar(recent) >= MOST_LINKS_AN_HOUR:
        raise BadInput("Several links went to this address within the hour. Please use the newest one.")
    secret = new_secret()
    session.add(
        LoginLink(
            token_hash=hashed(secret), email=email, intent=intent, created_at=act.at, expires_at=act.at + LINK_LIVES
        ),
    )
    record(session, act, "link.asked", email, intent=intent.get("for", ""))
    return secret


def usable_link(session: Session, secret: str, at: datetime) -> LoginLink | None:
    link = session.scalars(sa.select(LoginLink).where(LoginLink.token_hash == hashed(secret))).first()
    return link if link and link.is_usable(at) else None


def use_link(session: Session, link: LoginLink, act: Act) -> User:
    """The person behind the link: known, or new with a company of their own."""
    link.used_at = act.at
    user = session.scalars(sa.select(User).where(User.email == link.email)).first()
    if user is None:
        user = new_customer(session, link.email, act)
    if not user.is_active:
        raise BadInput("This account is closed. Please write to us.")
    record(session, act, "link.used", user.email)
    return user


def new_customer(session: Session, email: str, act: Act) -> User:
    company = Company(name=email, created_at=act.at)
    user = User(email=email, created_at=act.at)
    user.memberships.append(Membership(company=company, role=Role.BUYER))
    session.add(user)
    record(session, act, "user.created", email, role=Role.BUYER)
    return user


def add_staff(session: Session, *, email: str, role: Role, password: str, act: Act) -> User:
    """A member of the house with a password that must be changed at the first sign-in."""
    address = clean_email(email)
    if session.scalars(sa.select(User.id).where(User.email == address)).first() is not None:
        raise BadInput(f"{address} has an account already. Please take another address.")
    house = session.scalars(sa.select(Company).where(Company.is_house)).one()
    user = User(email=address, password_hash=HASHER.hash(password), must_change_password=True, created_at=act.at)
    user.memberships.append(Membership(company=house, role=role))
    session.add(user)
    record(session, act, "staff.added", user.email, role=role)
    return user


def sign_in(session: Session, *, email: str, password: str, origin: str = "", act: Act) -> User | None:
    """None when address or password is wrong; both take the same time, so that nobody learns which.

    Failures are counted for the address and for where they come from (`origin`), whether the address exists or not.
    """
    address = email.strip().lower()
    tries = (("sign-in", address), ("sign-in from", origin), ("sign-in anywhere", ""))
    for kind, key in tries:
        refuse_beyond(session, kind, key, act.at)
    user = session.scalars(sa.select(User).where(User.email == address)).first()
    stored = user.password_hash if user and user.password_hash else NOBODY
    if not _matches(stored, password) or user is None or user.password_hash is None or not user.is_active:
        for kind, key in tries:
            count(session, kind, key, act.at)
        return None
    forget(session, "sign-in", address)
    return user


def _matches(stored: str, password: str) -> bool:
    try:
        return HASHER.verify(stored, password)
    except (VerifyMismatchError, InvalidHashError):
        return False


def open_session(
    session: Session,
    user: User,
    act: Act,
    *,
    browser: str = "",
    proven_at: datetime | None = None,
    needs_proof: bool = False,
) -> SignedIn:
    """A new session with a new secret at every sign-in; it ends soon where a second factor is needed and not shown."""
    secret = new_secret()
    login = LoginSession(
        token_hash=hashed(secret),
        user=user,
        browser=browser[:200],
        proven_at=proven_at,
        created_at=act.at,
        expires_at=act.at + (HALF_SIGNED_IN if needs_proof and proven_at is None else session_of(user)),
    )
    session.add(login)
    record(session, act, "session.opened", user.email)
    return SignedIn(login, secret)


def session_of(user: User) -> timedelta:
    return STAFF_SESSION if user.is_staff else CUSTOMER_SESSION


def open_login(session: Session, secret: str, at: datetime) -> LoginSession | None:
    whose = joinedload(LoginSession.user).joinedload(User.memberships)  # every page asks: once, not three times
    query = sa.select(LoginSession).where(LoginSession.token_hash == hashed(secret)).options(whose)
    login = session.scalars(query).unique().first()
    return login if login and login.is_open(at) else None


def sign_out(session: Session, login: LoginSession, act: Act) -> None:
    login.revoked_at = act.at
    record(session, act, "session.revoked", login.user.email)


def open_sessions(session: Session, user: User, at: datetime) -> list[LoginSession]:
    """Where this person is signed in, the newest first."""
    theirs = sa.select(LoginSession).where(LoginSession.user_id == user.id, LoginSession.revoked_at.is_(None))
    return [login for login in session.scalars(theirs.order_by(LoginSession.id.desc())) if login.is_open(at)]


def sign_out_elsewhere(session: Session, user: User, act: Act, *, number: int | None = None, but: int = 0) -> int:
    """End one session of this person, or all but this one; how many were ended."""
    ended = [login for login in open_sessions(session, user, act.at) if login.id != but and number in {None, login.id}]
    for login in ended:
        sign_out(session, login, act)
    return len(ended)


def refuse_guessable(password: str, *, known: Sequence[str]) -> None:
    """BadInput for what is short, leaked, common, a row of keys, or made of what is `known` of this person."""
    if len(password) < 12:
        raise BadInput("A password needs at least 12 characters. A short sentence is easy to remember.")
    if zxcvbn(password[:MOST_WEIGHED], user_inputs=list(known))["score"] < LEAST_SCORE:
        raise BadInput("This password is easily guessed. Please take a sentence of your own, or a few unrelated words.")


def change_password(session: Session, user: User, *, password: str, act: Act) -> None:
    """A new password; every other session of this person is revoked."""
    refuse_guessable(password, known=(user.email, *user.email.split("@"), user.company.name))
    user.password_hash, user.must_change_password = HASHER.hash(password), False
    others = sa.select(LoginSession).where(LoginSession.user_id == user.id, LoginSession.revoked_at.is_(None))
    for login in session.scalars(others):
        login.revoked_at = act.at
    record(session, act, "password.changed", user.email)
