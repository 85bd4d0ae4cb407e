"""Kill -9 while money moves: nothing that was acknowledged is lost, and no cent moves twice."""

import os
import random
from collections import Counter

import pytest
from money_checks import doubled, lost, unlike
from money_clients import CLIENTS
from money_world import MoneyWorld
from post_office import PostOffice
from stripe_server import FakeStripe

KILLS = int(os.environ.get("PORTAL_TEST_KILLS", "5"))  # of each verb, with a request of it in the air
KILLS_IN_A_WORLD = 40  # then a new one: looking at everything after each kill takes longer as it grows
WORLDS = 5 + KILLS // 4  # by chance a busy machine answers everything between two kills; then there is another world


@pytest.mark.crash
@pytest.mark.database
def test_money_survives_every_kill(tmp_path):
    dice, kills, acknowledged = random.Random(20261123), Counter(), Counter()  # noqa: S311 - moments, no secrets
    for number in range(WORLDS):
        world = a_life_of_kills(tmp_path / str(number), dice, most=min(KILLS_IN_A_WORLD, 2 * KILLS), before=kills)
        kills = world.kills
        acknowledged.update({verb: len(said) for verb, said in world.acknowledged.items()})
        print(f"\n{dict(kills)} kills survived; acknowledged: {dict(acknowledged)}", flush=True)  # noqa: T201 - figures
        if all(kills[verb] >= KILLS and acknowledged[verb] for verb in CLIENTS):
            break
    assert {verb: kills[verb] for verb in CLIENTS if kills[verb] < KILLS or not acknowledged[verb]} == {}


def a_life_of_kills(folder, dice, *, most, before):
    """One world, killed until each verb has its kills or it is old; then everything in it is settled."""
    folder.mkdir()
    with FakeStripe().running() as fake, PostOffice() as office:
        world = MoneyWorld(folder, fake, office)
        world.kills.update(before)
        for kill in range(1, most + 1):
            fake.faults = dice.choices(["", "", "500-after", "reset", "409"], k=3)
            world.live(dice.uniform(0.3, 2.5))
            assert (lost(world), doubled(world), world.broken()) == ([], [], []), f"after kill {kill}"
            if all(world.kills[verb] >= KILLS for verb in CLIENTS):
                break
        world.settle()
        assert (lost(world), doubled(world), unlike(world)) == ([], [], [])
        assert (world.broken(), world.faults) == ([], [])
        world.engine.dispose()
        return world
