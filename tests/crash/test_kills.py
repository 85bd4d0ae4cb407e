"""Kill -9 of the whole process group at random moments: every acknowledged thing is still there, once."""

import os
import random
from datetime import UTC, datetime

import pytest
from world import World, lost

from portal import db
from portal.services.invariants import check_invariants

# SQLite is what can lose a write to a kill of ours; PostgreSQL is another process and is not killed with us.
KILLS = int(os.environ.get("PORTAL_TEST_KILLS", "10" if "PORTAL_TEST_DATABASE_URL" in os.environ else "60"))
LOOK_EVERY, REHASH_EVERY = 5, 20  # kills: what is broken stays so until the next look
AT_MOST = 3 * KILLS  # on a slow machine a verb may need more lives until it gets its first answer


@pytest.mark.crash
@pytest.mark.database
def test_whatever_was_acknowledged_survives_every_kill(tmp_path):
    world, dice, kill = World(tmp_path), random.Random(20261122), 0  # noqa: S311 - moments, no secrets
    while kill < KILLS or (kill < AT_MOST and not all(world.acknowledged.values())):
        kill += 1
        world.live(dice.uniform(0.1, 1.2), waits=kill % 3 == 0)
        assert (lost(world), world.faults) == ([], []), f"after kill {kill}"
        assert kill % LOOK_EVERY or faults(world, rehash_files=kill % REHASH_EVERY == 0) == [], f"after kill {kill}"
    assert faults(world, rehash_files=True) == []
    world.engine.dispose()
    counts = {verb: len(said) for verb, said in world.acknowledged.items()}
    print(f"\n{kill} kills survived; acknowledged: {counts}")  # noqa: T201 - the figure for the note
    assert min(counts.values()) > 0, f"a client never got anything acknowledged: {counts}"


def faults(world, *, rehash_files):
    with db.reading(world.engine) as session:
        checked = check_invariants(session, world.files, datetime.now(UTC), rehash_files=rehash_files)
    return [check for check in checked if check.faults]
