"""What the worker does about the floor: follow its reports, and write to whom a promise has moved."""

from datetime import datetime

from sqlalchemy import Engine

from portal import db
from portal.models.plans import PromiseChange
from portal.services.audit import Act
from portal.services.following import follow_floor
from portal.services.outbox import post
from portal.web.letters import promise_letter


def follow(engine: Engine, zone: str, *, at: datetime) -> str:
    with db.writing(engine) as session:
        follow_floor(session, zone=zone, act=Act(actor="worker", at=at, request_id="floor"))
    return ""


def send_promise(engine: Engine, change_id: str, base_url: str, *, at: datetime) -> str:
    with db.writing(engine) as session:
        change = session.get_one(PromiseChange, int(change_id))
        words, recipient = promise_letter(change, base_url=base_url), change.order.quote.requested_by.email
        post(session, words, key=f"promise:{change.id}", recipient=recipient, at=at)
    return ""
