"""Follow the floor: slots to where they are, promises that this moves, what was learnt, and what has left."""

from sqlalchemy.orm import Session

from portal.services.actuals import open_orders, settle
from portal.services.audit import Act
from portal.services.noises import learn_noise, note_begun, note_done
from portal.services.paces import learn, note_runs
from portal.services.pricing import local
from portal.services.scoring import score
from portal.services.shop import current_shop


def follow_floor(session: Session, *, zone: str, act: Act) -> None:
    """All of it in one transaction; asked again at once, it changes nothing."""
    shop, orders = current_shop(session), open_orders(session)
    for order in orders:
        note_begun(session, order, shop.schedule)
    settle(session, shop.schedule, orders, zone=zone, act=act)
    runs = [run for order in orders for run in note_runs(session, order, shop.schedule, zone=zone)]
    left = [order for order in orders if score(session, order, shop.schedule.calendar, zone=zone, act=act)]
    for order in left:
        note_done(order, zone=zone)
    learning, today = shop.lead_times.learning, local(act.at, zone).date()
    if runs:
        learn(session, learning, today=today)
    if left:
        session.flush()
        learn_noise(session, shop.schedule, learning, today=today)
