"""Which machine of a line places how many of which parts, so that the slowest is as fast as it can be.

Parts move from a machine that takes long to one that takes less, pair by pair, first those that the other is best at
(the equation of Indium's line balancing: equal times). A pair never ends slower than it began, so a further machine
never slows a line. Parts are divided as a liquid is: what is lost because reels are whole is the line's `balance`.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations

from portal.parts.packages import PackageClass

Seconds = Mapping[PackageClass, Decimal]  # of one part of each class that a machine takes
Parts = dict[PackageClass, Decimal]
ROUNDS = 8  # of all pairs; two machines need one
NONE = Decimal(0)


def balanced(parts: Mapping[PackageClass, int], machines: Sequence[Seconds]) -> tuple[Decimal, ...]:
    """Seconds of each machine for these parts. What no machine takes is left out."""
    shares: list[Parts] = []
    for number, machine in enumerate(machines):
        taken = {name for earlier in machines[:number] for name in earlier}
        shares.append({name: Decimal(parts[name]) for name in sorted(parts) if name in machine and name not in taken})
        for _ in range(ROUNDS):
            for one, other in combinations(range(number + 1), 2):
                level((shares[one], shares[other]), (machines[one], machines[other]))
    return tuple(time_of(share, machine) for share, machine in zip(shares, machines, strict=True))


def time_of(share: Parts, machine: Seconds) -> Decimal:
    return sum((count * machine[name] for name, count in share.items()), NONE)


def level(shares: tuple[Parts, Parts], machines: tuple[Seconds, Seconds]) -> None:
    """All that both take goes to the second, then back to the first, its best parts first, until both take as long."""
    (mine, its), (here, there) = shares, machines
    common = sorted(
        (name for name in {*mine, *its} if name in here and name in there), key=lambda n: (here[n] / there[n], n)
    )
    for name in common:
        its[name] = its.get(name, NONE) + mine.pop(name, NONE)
    first, second = time_of(mine, here), time_of(its, there)
    for name in common:
        both = here[name] + there[name]
        moved = min(its[name], max(NONE, second - first) / both) if both else its[name]
        mine[name], its[name] = moved, its[name] - moved
        first, second = first + moved * here[name], second - moved * there[name]
