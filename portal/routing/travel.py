"""A placer told by its mechanics: how long one gantry travels over a board, trip by trip.

The textbook's model: both axes move at once, so the longer way counts; each move costs the same again to speed up and
stop; a trip begins and ends at the feeders, which stand at the board's lower left corner.
"""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from portal.routing.sourced import Data, Divisor, Sourced

Point = tuple[float, float]  # mm from the board's lower left corner


class Travel(Data):
    """`place_s` is what one part takes where it goes; `nozzles` are the parts that the head carries on a trip."""

    axis_mm_s: Divisor
    accelerate_s: Sourced
    place_s: Sourced
    nozzles: Divisor

    def seconds(self, points: Sequence[Point]) -> Decimal:
        """For all of these parts, those nearest to the feeders first."""
        carried = max(1, int(self.nozzles.value))
        ahead = sorted(points, key=lambda point: (reach((0, 0), point), point))
        trips = [ahead[first : first + carried] for first in range(0, len(ahead), carried)]
        stops = [[(0.0, 0.0), *trip, (0.0, 0.0)] for trip in trips]
        moves = sum(len(trip) + 1 for trip in trips)
        far_mm = sum(reach(here, there) for stop in stops for here, there in pairwise(stop))
        moved_s = Decimal(str(round(far_mm, 6))) / self.axis_mm_s.value
        return moved_s + moves * self.accelerate_s.value + len(points) * self.place_s.value


def reach(here: Point, there: Point) -> float:
    return max(abs(there[0] - here[0]), abs(there[1] - here[1]))
