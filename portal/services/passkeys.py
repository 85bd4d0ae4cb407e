"""Passkeys (WebAuthn) as a second factor: what the browser is asked, and whether its answer is right."""

from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.orm import Session
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, parse_authentication_credential_json
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    UserVerificationRequirement,
)

from portal.errors import BadInput
from portal.models.factors import Passkey
from portal.models.people import LoginSession, User
from portal.services.audit import Act, record
from portal.services.factors import factors_of, prove

MOST_PASSKEYS = 10


@dataclass(frozen=True, slots=True)
class House:
    """Whom a passkey is made for: bound to the host that the browser shows, so that no other site can ask for it."""

    base_url: str
    host: str
    name: str

    @property
    def origin(self) -> str:
        return self.base_url.rstrip("/")

    @property
    def takes_passkeys(self) -> bool:
        """Browsers make none for a bare number such as 127.0.0.1."""
        return not self.host.replace(".", "").isdigit() and ":" not in self.host


def ask_for_new(session: Session, login: LoginSession, house: House) -> str:
    """What the browser needs to make a passkey, as JSON."""
    options = generate_registration_options(
        rp_id=house.host,
        rp_name=house.name,
        user_id=f"user {login.user_id}".encode(),
        user_name=login.user.email,
        exclude_credentials=_known_keys(session, login.user),
        authenticator_selection=AuthenticatorSelectionCriteria(user_verification=UserVerificationRequirement.PREFERRED),
    )
    login.challenge = options.challenge
    return options_to_json(options)


def add_passkey(session: Session, login: LoginSession, house: House, *, name: str, answer: str, act: Act) -> Passkey:
    """BadInput when the answer is not to what was asked."""
    if len(_keys_of(session, login.user)) >= MOST_PASSKEYS:
        raise BadInput(f"You have {MOST_PASSKEYS} passkeys. Please remove one that you no longer use.")
    challenge, login.challenge = login.challenge, None
    try:
        made = verify_registration_response(
            credential=answer,
            expected_challenge=challenge or b"",
            expected_rp_id=house.host,
            expected_origin=house.origin,
        )
    except WebAuthnException as fault:
        raise BadInput("This passkey does not fit to what we asked. Please begin anew.") from fault
    key = Passkey(
        user_id=login.user_id,
        name=name,
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        created_at=act.at,
    )
    session.add(key)
    record(session, act, "second-factor.added", login.user.email, kind="passkey")
    return key


def ask_for_proof(session: Session, login: LoginSession, house: House) -> str:
    options = generate_authentication_options(rp_id=house.host, allow_credentials=_known_keys(session, login.user))
    login.challenge = options.challenge
    return options_to_json(options)


def prove_by_passkey(session: Session, login: LoginSession, house: House, *, answer: str, act: Act) -> bool:
    """Whether one of this person's passkeys has signed what was asked in this session; each question counts once."""
    challenge, login.challenge = login.challenge, None
    try:
        asked_of = base64url_to_bytes(parse_authentication_credential_json(answer).id)
        key = next((key for key in _keys_of(session, login.user) if key.credential_id == asked_of), None)
        if key is None:
            return False
        shown = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge or b"",
            expected_rp_id=house.host,
            expected_origin=house.origin,
            credential_public_key=key.public_key,
            credential_current_sign_count=key.sign_count,
        )
    except WebAuthnException:
        return False
    key.sign_count, key.last_used_at = shown.new_sign_count, act.at
    prove(session, login, "passkey", act)
    return True


def remove_passkey(session: Session, user: User, number: int, act: Act, *, is_required: bool) -> None:
    keys = _keys_of(session, user)
    if is_required and len(keys) == 1 and factors_of(session, user) == {"passkey"}:
        raise BadInput("This is your only second factor, and staff need one. Please set up an app first.")
    if key := next((key for key in keys if key.id == number), None):
        session.delete(key)
        record(session, act, "second-factor.removed", user.email, kind="passkey")


def _keys_of(session: Session, user: User) -> list[Passkey]:
    return list(session.scalars(sa.select(Passkey).where(Passkey.user_id == user.id).order_by(Passkey.id)))


def _known_keys(session: Session, user: User) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=key.credential_id) for key in _keys_of(session, user)]
