"""Kill -9 while money moves: nothing that was acknowledged is lost, and no cent moves twice."""

import os
import random
from collections import Counter

import pytest
from money_checks import doubled, lost, unlike
from money_world import MoneyWorld
from post_office import PostOffice
from stripe_server import FakeStripe

# Of what is in the air; test_each_verb_dies has each. PostgreSQL is another process and is not killed with us.
KILLS = int(os.environ.get("PORTAL_TEST_KILLS", "3" if "PORTAL_TEST_DATABASE_URL" in os.environ else "8"))
KILLS_IN_A_WORLD = 40  # then a new one: looking at everything after each kill takes longer as it grows


@pytest.mark.crash
@pytest.mark.database
def test_money_survives_every_kill(tmp_path):
    dice, kills, acknowledged = random.Random(20261123), Counter(), Counter()  # noqa: S311 - moments, no secrets
    for done in range(0, KILLS, KILLS_IN_A_WORLD):
        world = a_life_of_kills(tmp_path / str(done), dice, kills=min(KILLS_IN_A_WORLD, KILLS - done))
        kills.update(world.kills)
        acknowledged.update({verb: len(said) for verb, said in world.acknowledged.items()})
        print(f"\n{dict(kills)} in the air; acknowledged: {dict(acknowledged)}", flush=True)  # noqa: T201 - figures
    assert kills.total() > 0 < acknowledged.total()


def a_life_of_kills(folder, dice, *, kills):
    """One world, killed so many times; then everything in it is settled."""
    folder.mkdir()
    with FakeStripe().running() as fake, PostOffice() as office:
        world = MoneyWorld(folder, fake, office)
        for kill in range(1, kills + 1):
            fake.faults = dice.choices(["", "", "500-after", "reset", "409"], k=3)
            world.live(dice.uniform(0.3, 2.5))
            assert (lost(world), doubled(world), world.broken()) == ([], [], []), f"after kill {kill}"
        world.settle()
        assert (lost(world), doubled(world), unlike(world)) == ([], [], [])
        assert (world.broken(), world.faults) == ([], [])
        world.engine.dispose()
        return world
