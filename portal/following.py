"""What the worker does about the floor: follow its reports, and write to whom a promise has moved."""

from datetime import datetime

from sqlalchemy import Engine

from portal import db
from portal.models.plans import PromiseChange
from portal.services.audit import Act
from portal.services.following import follow_floor
from portal.services.outbox import post
from portal.web.letters import MOVED_PROMISE, promise_letter


def follow(engine: Engine, zone: str, *, at: datetime) -> str:
    with db.writing(engine) as session:
        follow_floor(session, zone=zone, act=Act(actor="worker", at=at, request_id="floor"))
    return ""


def send_promise(engine: Engine, change_id: str, base_url: str, *, at: datetime) -> str:
    with db.writing(engine) as session:
        change = session.get_one(PromiseChange, int(change_id))
        reader = change.order.quote.requested_by
        if MOVED_PROMISE in reader.muted:  # their own choice; the page of the order says it all the same
            return ""
        words = promise_letter(change, base_url=base_url)
        post(session, words, key=f"promise:{change.id}", recipient=reader.email, at=at)
    return ""
