"""Each verb of money is killed at each of its points, then at moments of chance; afterwards it was done once."""

import os
import random
from collections import Counter
from itertools import count

import pytest
from deeds import DEEDS, House
from dying import run
from post_office import PostOffice
from stripe_server import FakeStripe

KILLS = int(os.environ.get("PORTAL_TEST_KILLS", "6"))  # of each verb
LOOK_EVERY = 20  # kills, at everything that `portal verify` looks at


@pytest.fixture
def house(tmp_path):
    with FakeStripe().running() as fake, PostOffice() as office:
        house = House.built(tmp_path, fake, office, database_url=os.environ.get("PORTAL_TEST_DATABASE_URL", ""))
        yield house
        house.engine.dispose()


@pytest.mark.crash
@pytest.mark.database
@pytest.mark.parametrize("verb", DEEDS)
def test_a_verb_that_is_killed_anywhere_is_done_once(house, verb):
    dice, killed = random.Random(20261123), Counter()  # noqa: S311 - moments, no secrets
    whole = a_life(house, verb)
    for life in count(1):
        place = where_to_die(life, whole, dice)
        end = a_life(house, verb, **place)
        killed[next(iter(place))] += end.was_killed
        assert life % LOOK_EVERY or house.faults() == [], f"{verb} after {place}"
        if killed.total() == KILLS:
            break
    assert house.faults() == []
    print(f"\n{verb}: {whole.points} points; killed {dict(killed)}")  # noqa: T201 - the figure


def where_to_die(life, whole, dice):
    """At every point once; where the kills are fewer than the points, evenly among them; then at any moment."""
    point = 1 + (life - 1) * max(1, whole.points // KILLS)
    if point <= whole.points:
        return {"dies_at": point}
    return {"dies_after_s": dice.uniform(0, whole.took_s)}


def a_life(house, verb, **place):
    """Begun, killed or not, and then brought to its end as in life: time passes, and it is asked for again."""
    deed = DEEDS[verb]
    begun = deed.begin(house)
    house.engine.dispose()  # a process that forks has no open connection
    end = run(lambda say: deed.do(house, begun, say), **place)
    there, said = deed.effects(house, begun), Counter(end.said)
    assert {name: there[name] for name in said if there[name] < said[name]} == {}, f"acknowledged and lost: {place}"
    house.let_time_pass()
    house.office.life += verb == "mail"
    deed.do(house, begun, lambda _: None)
    assert deed.effects(house, begun) == deed.whole, f"{verb}, killed {place}"
    return end
