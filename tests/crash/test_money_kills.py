"""Kill -9 while money moves: nothing that was acknowledged is lost, and no cent moves twice."""

import os
import random
from datetime import UTC, datetime, timedelta

import pytest
from money_world import MoneyWorld, lost, unlike
from stripe_server import FakeStripe

from portal import db, till
from portal.gateways.stripe import StripeGateway
from portal.services.invariants import check_invariants

KILLS = int(os.environ.get("PORTAL_TEST_KILLS", "10"))
WARM_UP_S = 90  # the first life ends when each client got something, so that there is something to lose


@pytest.mark.crash
@pytest.mark.database
def test_money_survives_every_kill(tmp_path):
    dice = random.Random(20261123)  # noqa: S311 - moments, no secrets
    with FakeStripe().running() as fake:
        world = MoneyWorld(tmp_path, fake)
        world.live(WARM_UP_S, until=world.all_were_heard)
        for kill in range(1, KILLS + 1):
            fake.faults = dice.choices(["", "", "500-after", "reset", "409"], k=3)
            world.live(dice.uniform(0.5, 6.0))
            assert (lost(world), faults(world)) == ([], []), f"after kill {kill}"
        settle(world)
        assert (lost(world), faults(world), unlike(world), world.faults) == ([], [], [], [])
        counts = {verb: len(said) for verb, said in world.acknowledged.items()}
        moved = {kind: len(fake.world.of(kind)) for kind in ("payment_intent", "refund")}
        print(f"\n{KILLS} kills survived; acknowledged: {counts}; at Stripe: {moved}")  # noqa: T201 - for the note
        world.engine.dispose()
    assert min(counts.values()) > 0, f"a client never got anything acknowledged: {counts}"


def settle(world):
    """The worker goes on by itself, with a clock that runs ahead: every call and every event is settled."""
    world.fake.faults, at = [], datetime.now(UTC)
    for minute in range(12):
        stripe = StripeGateway("sk_test_of_the_kills", base=world.fake.base)
        now = at + timedelta(minutes=2 * minute)
        counter = till.Counter(
            world.engine, stripe, is_live=False, base_url="http://127.0.0.1", now=lambda now=now: now
        )
        till.serve(counter)
        till.reconcile(counter)


def faults(world):
    with db.reading(world.engine) as session:
        checked = check_invariants(session, world.files, datetime.now(UTC), rehash_files=False)
    return [check for check in checked if check.faults]
