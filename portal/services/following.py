"""Follow the floor: slots to where they are, promises that this moves, what was learnt, and what has left."""

from sqlalchemy.orm import Session

from portal.services.actuals import open_orders, settle
from portal.services.audit import Act
from portal.services.paces import learn, note_runs
from portal.services.pricing import local
from portal.services.scoring import score
from portal.services.shop import current_shop


def follow_floor(session: Session, *, zone: str, act: Act) -> None:
    """All of it in one transaction; asked again at once, it changes nothing."""
    shop, orders = current_shop(session), open_orders(session)
    settle(session, shop.schedule, orders, zone=zone, act=act)
    runs = [run for order in orders for run in note_runs(session, order, shop.schedule, zone=zone)]
    for order in orders:
        score(session, order, shop.schedule.calendar, zone=zone, act=act)
    if runs:
        learn(session, shop.lead_times.learning, today=local(act.at, zone).date())
