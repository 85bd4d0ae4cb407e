"""Public job shops with known optima, solved with the planning room's own lanes and search."""

import json
from itertools import pairwise
from pathlib import Path

from planning_shop import at

from portal.planning.annealing import annealed
from portal.planning.calendar import Calendar, Span, working_week
from portal.planning.capacity import Rules, WorkCentre
from portal.planning.timetable import Job, Timetable

ALWAYS = Calendar(working_week(range(7), [Span(0, 1440)]), frozenset(), at("2026-01-01 12:00").time())
SHOPS = json.loads((Path(__file__).parent / "job_shops.json").read_text(encoding="utf-8"))


class JobShop:
    """Each job runs over every machine in its own order; the sooner the last one ends, the better."""

    def __init__(self, name):
        self.optimum, machines, minutes = SHOPS[name]["optimum"], SHOPS[name]["machines"], SHOPS[name]["minutes"]
        self.jobs = [list(zip(*rows, strict=True)) for rows in zip(machines, minutes, strict=True)]
        self.machines = tuple(WorkCentre(f"{number}", 1, ALWAYS) for number in range(len(machines[0])))

    @property
    def queue(self):
        """The number of each job once for each of its operations, all first ones first."""
        return [job for _ in self.machines for job in range(len(self.jobs))]

    def built(self, queue, limit=float("inf")):
        """Each operation in the first gap that takes it: (job, machine, start, end), and when all is done."""
        timetable = Timetable(self.machines, Rules())
        steps, ready, done, last = [], [0] * len(self.jobs), [0] * len(self.jobs), 0
        for job in queue:
            machine, minutes = self.jobs[job][done[job]]
            [lane] = timetable.lanes[f"{machine}"]
            booking = timetable.take(lane.fit(Job(minutes), free=ready[job]), Job(minutes), f"{job}")
            steps.append((job, machine, booking.start, booking.end))
            ready[job], done[job], last = booking.end, done[job] + 1, max(last, booking.end)
            if last > limit:
                break
        return steps, last

    def searched(self, *, tries, seed=1):
        return annealed(self.queue, lambda queue, limit: self.built(queue, limit)[1], tries=tries, seed=seed)

    def faults(self, steps):
        """Said by a checker that knows nothing of lanes."""
        for job, operations in enumerate(self.jobs):
            own = [step for step in steps if step[0] == job]
            if [(machine, end - start) for _, machine, start, end in own] != operations:
                yield f"job {job} does not run as it is given"
            if any(before[3] > after[2] for before, after in pairwise(own)):
                yield f"job {job} overtakes itself"
        for machine in {step[1] for step in steps}:
            here = sorted((start, end) for _, there, start, end in steps if there == machine)
            if any(before[1] > after[0] for before, after in pairwise(here)):
                yield f"machine {machine} does two things at once"
