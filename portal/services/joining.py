"""The people of a customer's company: who is asked to join, who may buy, who leaves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa
from sqlalchemy.orm import Session

from portal.errors import BadInput
from portal.models.joining import Invitation
from portal.models.people import Company, LoginLink, LoginSession, Membership, Role, User, hashed, new_secret
from portal.services.audit import Act, record
from portal.services.limits import count, refuse_beyond

INVITATION_LIVES = timedelta(days=7)
CUSTOMERS = (Role.REQUESTER, Role.BUYER)


@dataclass(frozen=True, slots=True)
class Invited:
    invitation: Invitation
    secret: str  # which only the letter carries


def invite(session: Session, company: Company, *, email: str, role: Role, act: Act) -> Invited:
    """A link that joins this company, once, within a week. Who has a company of their own keeps it until then."""
    refuse_beyond(session, "invitation", str(company.id), act.at)
    _may_be_asked(session, company, email, act.at)
    if role not in CUSTOMERS:
        raise BadInput("A colleague asks for quotes, or also buys. Please choose one of the two.")
    invitation = Invitation(
        company=company,
        email=email,
        role=role,
        created_by=act.actor,
        created_at=act.at,
        expires_at=act.at + INVITATION_LIVES,
    )
    session.add(invitation)
    session.flush()
    secret = new_secret()
    intent = {"for": "join", "invitation": invitation.id}
    session.add(
        LoginLink(
            token_hash=hashed(secret),
            email=email,
            intent=intent,
            created_at=act.at,
            expires_at=invitation.expires_at,
        )
    )
    count(session, "invitation", str(company.id), act.at)
    record(session, act, "colleague.invited", company.name, email=email, role=role)
    return Invited(invitation, secret)


def _may_be_asked(session: Session, company: Company, email: str, at: datetime) -> None:
    known = session.scalars(sa.select(User).where(User.email == email)).first()
    if known and known.is_staff:
        raise BadInput("This address belongs to the house itself and joins no customer.")
    if known and known.memberships and known.company.id == company.id:
        raise BadInput(f"{email} belongs to your company already.")
    if any(open_one.email == email for open_one in open_invitations(session, company, at)):
        raise BadInput(f"{email} was invited already. Please withdraw that invitation first, or wait for the answer.")


def open_invitations(session: Session, company: Company, at: datetime) -> Sequence[Invitation]:
    asked = sa.select(Invitation).where(Invitation.company_id == company.id).order_by(Invitation.id)
    return [invitation for invitation in session.scalars(asked) if invitation.is_open(at)]


def withdraw(session: Session, company: Company, number: int, act: Act) -> None:
    for invitation in open_invitations(session, company, act.at):
        if invitation.id == number:
            invitation.withdrawn_at = act.at
            record(session, act, "invitation.withdrawn", company.name, email=invitation.email)


def join(session: Session, user: User, number: int, act: Act) -> Company:
    """The person behind the letter becomes one of the company; what they had stays with the company it was for."""
    invitation = session.get(Invitation, number)
    if invitation is None or not invitation.is_open(act.at) or invitation.email != user.email:
        raise BadInput("This invitation was withdrawn or is over. Please ask your colleague for a new one.")
    invitation.accepted_at = act.at
    user.memberships[:] = [Membership(company=invitation.company, role=invitation.role)]
    record(session, act, "colleague.joined", invitation.company.name, email=user.email, role=invitation.role)
    return invitation.company


def people_of(session: Session, company: Company) -> Sequence[Membership]:
    theirs = sa.select(Membership).join(User).where(Membership.company_id == company.id, User.is_active)
    return session.scalars(theirs.order_by(User.email)).all()


def set_role(session: Session, company: Company, number: int, *, role: Role, act: Act) -> None:
    """A company always keeps somebody who may buy and invite."""
    member = _member(session, company, number)
    if role not in CUSTOMERS:
        raise BadInput("A colleague asks for quotes, or also buys. Please choose one of the two.")
    if member.role is Role.BUYER and role is not Role.BUYER:
        _keep_a_buyer(session, company, member)
    before, member.role = member.role, role
    record(session, act, "role.changed", company.name, email=member.user.email, before=before, now=role)


def remove(session: Session, company: Company, number: int, act: Act) -> None:
    """They are signed out at once; quotes and orders stay with the company. A later sign-in begins a company anew."""
    member = _member(session, company, number)
    _keep_a_buyer(session, company, member)
    user = member.user
    open_ones = sa.select(LoginSession).where(LoginSession.user_id == user.id, LoginSession.revoked_at.is_(None))
    for login in session.scalars(open_ones):
        login.revoked_at = act.at
    own = Company(name=user.email, created_at=act.at)
    user.memberships[:] = [Membership(company=own, role=Role.BUYER)]
    record(session, act, "colleague.removed", company.name, email=user.email)


def rename(session: Session, company: Company, name: str, act: Act) -> None:
    before, company.name = company.name, name
    record(session, act, "company.renamed", name, before=before)


def _member(session: Session, company: Company, number: int) -> Membership:
    for member in people_of(session, company):
        if member.id == number:
            return member
    raise BadInput("This person does not belong to your company. Please reload the page.")


def _keep_a_buyer(session: Session, company: Company, leaving: Membership) -> None:
    others = (member for member in people_of(session, company) if member is not leaving)
    if leaving.role is Role.BUYER and not any(member.role is Role.BUYER for member in others):
        raise BadInput("Somebody of the company must be able to buy. Please make another person a buyer first.")
