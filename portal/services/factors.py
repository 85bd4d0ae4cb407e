"""The second factor: a code of an app, or one of the codes on paper. Passkeys have a file of their own."""

import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import pyotp
import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import BadInput
from portal.gateways.seal import Seal
from portal.models.base import ALPHABET
from portal.models.factors import CodeApp, Passkey, RecoveryCode
from portal.models.people import LoginSession, User, hashed
from portal.services.accounts import session_of
from portal.services.audit import Act, record
from portal.services.limits import count, forget, refuse_beyond

STEPS = (0, -1, 1)  # a telephone's clock may be half a minute off, either way
RECOVERY_CODES = 10


@dataclass(frozen=True, slots=True)
class NewApp:
    """What the app needs once, to be shown as a picture and as text."""

    secret: str
    address: str  # otpauth://totp/…


def factors_of(session: Session, user: User) -> frozenset[str]:
    """Which second factors this person has: `code`, `passkey`, or none."""
    has_app = sa.exists().where(CodeApp.user_id == user.id, CodeApp.confirmed_at.is_not(None))
    has_key = sa.exists().where(Passkey.user_id == user.id)
    code, passkey = session.execute(sa.select(has_app, has_key)).one()
    return frozenset(name for name, has in (("code", code), ("passkey", passkey)) if has)


def begin_app(session: Session, user: User, seal: Seal, *, issuer: str, act: Act) -> NewApp:
    """A new secret for the app, worth nothing until its first code was given. The app so far goes on until then."""
    known = _app_of(session, user)
    if known and known.confirmed_at:
        raise BadInput("An app gives your codes already. Please remove it first, then set up the new one.")
    secret = pyotp.random_base32()
    app = known or CodeApp(user_id=user.id, created_at=act.at, sealed_secret="")
    app.sealed_secret, app.created_at = seal.close(secret), act.at
    session.add(app)
    return NewApp(secret, pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=issuer))


def waiting_app(session: Session, user: User, seal: Seal, *, issuer: str) -> NewApp | None:
    """The app that was begun and has not given a code yet: its picture may be shown again."""
    app = _app_of(session, user)
    secret = seal.open(app.sealed_secret) if app and app.confirmed_at is None else None
    return NewApp(secret, pyotp.TOTP(secret).provisioning_uri(name=user.email, issuer_name=issuer)) if secret else None


def confirm_app(session: Session, user: User, seal: Seal, *, code: str, act: Act) -> tuple[str, ...] | None:
    """The codes on paper, shown this once, when the first code of the app is right."""
    refuse_beyond(session, "code", user.email, act.at)
    app = _app_of(session, user)
    if app is None or not _takes(app, seal, code=code, at=act.at):
        count(session, "code", user.email, act.at)
        return None
    app.confirmed_at = act.at
    record(session, act, "second-factor.added", user.email, kind="code")
    return new_recovery_codes(session, user, act)


def new_recovery_codes(session: Session, user: User, act: Act) -> tuple[str, ...]:
    """Ten codes of 49 bits; those before are worth nothing any more."""
    if not factors_of(session, user):
        raise BadInput("Codes on paper stand in for a second factor. Please set up an app or a passkey first.")
    session.execute(sa.delete(RecoveryCode).where(RecoveryCode.user_id == user.id))
    codes = tuple("".join(secrets.choice(ALPHABET) for _ in range(10)) for _ in range(RECOVERY_CODES))
    session.add_all(RecoveryCode(user_id=user.id, code_hash=_hashed(user, code)) for code in codes)
    record(session, act, "recovery-codes.made", user.email)
    return tuple(f"{code[:5]}-{code[5:]}" for code in codes)


def prove_by_code(session: Session, login: LoginSession, seal: Seal, *, code: str, act: Act) -> bool:
    """Whether this code of the app, or of the paper, is right; then the session counts as proven."""
    user = login.user
    refuse_beyond(session, "code", user.email, act.at)
    typed = "".join(code.split()).replace("-", "").upper()
    app = _app_of(session, user)
    by_app = app is not None and app.confirmed_at is not None and _takes(app, seal, code=typed, at=act.at)
    if not by_app and not _use_recovery_code(session, user, typed, act):
        count(session, "code", user.email, act.at)
        return False
    forget(session, "code", user.email)
    prove(session, login, "code" if by_app else "recovery code", act)
    return True


def prove(session: Session, login: LoginSession, kind: str, act: Act) -> None:
    login.proven_at = act.at
    login.expires_at = act.at + session_of(login.user)
    record(session, act, "session.proven", login.user.email, kind=kind)


def remove_app(session: Session, user: User, act: Act, *, is_required: bool) -> None:
    """Staff keep at least one factor; whoever has none left is asked for nothing at the next sign-in."""
    if is_required and factors_of(session, user) == {"code"}:
        raise BadInput("This is your only second factor, and staff need one. Please add a passkey first.")
    session.execute(sa.delete(CodeApp).where(CodeApp.user_id == user.id))
    record(session, act, "second-factor.removed", user.email, kind="code")


def take_all_factors(session: Session, user: User, act: Act) -> None:
    """For the day on which telephone and paper are lost: an administrator does it, and it is on record."""
    for table in (CodeApp, Passkey, RecoveryCode):
        session.execute(sa.delete(table).where(table.user_id == user.id))
    open_ones = sa.select(LoginSession).where(LoginSession.user_id == user.id, LoginSession.revoked_at.is_(None))
    for login in session.scalars(open_ones):
        login.revoked_at = act.at
    record(session, act, "second-factors.reset", user.email)


def left_codes(session: Session, user: User) -> int:
    unused = sa.select(sa.func.count()).where(RecoveryCode.user_id == user.id, RecoveryCode.used_at.is_(None))
    return session.scalar(unused) or 0


def _app_of(session: Session, user: User) -> CodeApp | None:
    return session.scalars(sa.select(CodeApp).where(CodeApp.user_id == user.id)).first()


def _takes(app: CodeApp, seal: Seal, *, code: str, at: datetime) -> bool:
    """Right, and newer than the last one that was taken: a code that was watched cannot be used again."""
    secret = seal.open(app.sealed_secret)
    if secret is None:
        return False
    steps = _right_steps(pyotp.TOTP(secret), code, at)
    taken = max((step for step in steps if step > app.last_step), default=None)
    app.last_step = taken or app.last_step
    return taken is not None


def _right_steps(totp: pyotp.TOTP, code: str, at: datetime) -> Sequence[int]:
    around = [totp.timecode(at) + offset for offset in STEPS]
    return [step for step in around if hmac.compare_digest(totp.generate_otp(step).encode(), code.strip().encode())]


def _use_recovery_code(session: Session, user: User, code: str, act: Act) -> bool:
    kept = session.scalars(sa.select(RecoveryCode).where(RecoveryCode.code_hash == _hashed(user, code))).first()
    if kept is None or kept.used_at is not None:
        return False
    kept.used_at = act.at
    return True


def _hashed(user: User, code: str) -> str:
    return hashed(f"{user.id}:{code}")
