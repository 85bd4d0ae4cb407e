"""Public flexible job shops (each operation on one of several machines) with known optima.

Brandimarte 1993, from the instances of SchedulingLab/fjsp-instances (MIT). Row by row one job: the number of its
operations, then for each the number of its machines and (machine, minutes) pairs.
"""

from itertools import pairwise

from job_shops import ALWAYS

from portal.planning.annealing import annealed
from portal.planning.capacity import Rules, WorkCentre
from portal.planning.timetable import Job, Timetable

OPTIMA = {"mk01": 40, "mk04": 60, "mk08": 523}
TEXTS = {
    "mk01": """6 2 0 5 2 4 3 4 3 2 5 1 1 2 2 4 5 2 3 5 5 1 6 0 1 1 2 1 3 5 6 2 6 3 3
5 1 1 6 1 2 1 1 0 2 2 1 6 3 6 3 5 5 1 6 0 1
5 1 1 6 2 2 4 5 2 3 5 5 1 6 0 1 3 2 4 1 6 5 6 2 0 1 4 5
5 3 5 5 1 6 0 1 1 1 6 1 2 1 3 4 3 2 5 1 1 2 2 4 5 2
6 3 4 3 2 5 1 1 3 5 5 1 6 0 1 1 1 6 2 0 5 2 4 2 1 6 3 6 3 2 4 1 6 5 6
6 2 2 4 5 2 1 0 2 3 2 4 1 6 5 6 1 1 6 3 5 5 1 6 0 1 2 0 3 3 2
5 1 5 1 2 0 3 3 2 3 2 4 1 6 5 6 3 1 6 4 1 0 6 1 2 1
5 2 2 4 5 2 3 2 4 1 6 5 6 3 5 5 1 6 0 1 1 1 6 2 1 6 3 6
6 1 5 1 2 0 1 4 5 3 5 6 2 6 3 3 1 0 2 3 2 4 1 6 5 6 2 1 6 3 6
6 2 2 4 5 2 3 2 4 1 6 5 6 3 4 3 2 5 1 1 1 5 1 2 1 6 3 6 2 0 3 3 2""",
    "mk04": """8 1 0 6 2 0 6 6 9 2 5 7 2 1 2 3 2 6 5 3 0 8 2 9 7 9 3 1 3 3 8 2 2 2 4 5 5 7 2 5 1 3 7
7 1 5 1 2 5 1 3 7 1 0 6 2 5 7 2 1 3 1 3 3 8 2 2 1 5 2 1 6 2
6 1 5 1 3 1 3 3 8 2 2 3 2 2 6 1 3 4 2 3 2 6 5 2 0 7 2 7 2 3 4 2 1
5 1 6 2 1 0 6 2 0 6 6 9 2 5 7 2 1 2 3 5 4 7
7 1 6 2 2 0 6 6 9 2 3 4 2 1 3 0 8 2 9 7 9 2 0 7 2 7 3 1 3 3 8 2 2 2 3 5 4 7
9 1 5 2 2 3 4 2 1 3 2 2 6 1 3 4 2 5 1 3 7 2 3 5 4 7 3 0 8 2 9 7 9 2 0 7 2 7 1 5 1 2 0 6 6 9
5 2 4 5 5 7 2 0 7 2 7 2 5 1 3 7 1 5 2 2 5 7 2 1
6 2 3 5 4 7 2 4 5 5 7 3 1 3 3 8 2 2 1 5 2 1 5 1 2 0 6 6 9
9 1 0 6 2 0 6 6 9 2 3 4 2 1 3 0 8 2 9 7 9 2 3 2 6 5 2 5 1 3 7 1 6 2 2 0 7 2 7 3 1 3 3 8 2 2
5 2 4 5 5 7 1 0 6 1 6 2 2 3 5 4 7 2 0 6 6 9
4 3 0 8 2 9 7 9 1 0 6 3 1 3 3 8 2 2 2 3 2 6 5
6 2 3 2 6 5 1 5 1 1 0 6 2 0 7 2 7 3 0 8 2 9 7 9 1 6 2
4 1 5 2 2 5 7 2 1 2 5 1 3 7 2 4 5 5 7
3 2 4 5 5 7 1 5 1 2 3 2 6 5
6 2 3 5 4 7 1 6 2 3 0 8 2 9 7 9 3 1 3 3 8 2 2 3 2 2 6 1 3 4 1 0 6""",
    "mk08": """10 2 6 18 3 5 2 4 7 6 7 1 2 19 1 6 14 2 3 5 9 12 1 0 10 1 9 18 2 6 10 7 19 2 2 11 7 9 2 2 5 7 12
12 1 1 5 2 6 18 3 5 2 2 5 7 12 1 0 10 1 9 19 2 2 15 3 19 1 6 14 1 4 9 2 4 14 8 5 1 0 19 2 6 10 7 19 1 0 16
14 2 4 14 8 5 1 0 19 1 0 10 1 2 19 2 6 18 3 5 2 3 5 9 12 2 2 5 7 12 1 9 10 1 4 9 1 0 7 2 6 10 7 19 1 0 10 1 9 19 1 9 18
10 1 9 10 2 4 7 6 7 1 6 14 1 0 10 1 9 18 2 2 15 6 13 2 9 14 4 7 2 2 11 7 9 1 8 11 1 4 9
12 1 4 9 2 4 14 8 5 2 6 18 3 5 2 2 11 7 9 1 0 10 1 8 11 1 0 7 1 6 14 2 3 5 9 12 2 2 15 3 19 1 7 18 1 9 19
10 2 2 15 6 13 1 2 19 1 4 9 1 9 19 2 2 5 7 12 2 6 18 3 5 2 7 14 9 9 2 3 5 9 12 1 9 18 1 0 7
12 1 0 10 1 9 18 1 0 7 1 4 9 2 7 14 9 9 2 6 10 7 19 2 2 15 3 19 2 9 14 4 7 1 7 18 1 9 19 1 0 19 1 0 10
11 1 0 10 1 6 14 1 0 10 2 2 15 3 19 2 4 14 8 5 2 6 18 3 5 1 2 19 1 0 19 2 3 5 9 12 1 4 9 1 9 19
14 2 6 10 7 19 2 7 14 9 9 1 0 19 1 9 19 2 9 14 4 7 1 1 5 2 3 5 9 12 2 4 7 6 7 1 0 16 1 0 7 1 8 11 1 2 19 1 0 10 1 9 18
11 1 9 19 2 9 14 4 7 1 7 18 2 2 11 7 9 1 0 7 1 0 10 2 4 14 8 5 2 2 15 3 19 1 9 18 1 2 19 1 0 19
11 2 4 14 8 5 1 0 10 1 7 18 2 2 15 3 19 2 6 10 7 19 2 2 5 7 12 2 2 11 7 9 2 7 14 9 9 1 9 10 1 8 11 1 2 19
10 1 9 19 2 2 11 7 9 2 4 7 6 7 1 0 16 1 6 14 2 6 18 3 5 2 3 5 9 12 1 0 10 1 7 18 2 4 14 8 5
11 2 9 14 4 7 1 9 19 2 6 10 7 19 2 2 15 3 19 1 0 19 1 7 18 2 7 14 9 9 2 2 11 7 9 1 9 18 2 4 14 8 5 1 1 5
11 1 0 10 2 4 7 6 7 1 0 10 1 8 11 1 6 14 2 2 15 6 13 2 7 14 9 9 1 0 16 2 2 5 7 12 2 4 14 8 5 1 1 5
11 2 4 14 8 5 2 4 7 6 7 1 6 14 1 9 10 2 6 10 7 19 2 2 15 3 19 2 6 18 3 5 1 0 7 2 2 11 7 9 1 0 19 1 7 18
11 1 1 5 2 6 10 7 19 1 9 10 1 8 11 1 7 18 2 9 14 4 7 2 4 14 8 5 1 0 10 1 0 19 2 2 15 6 13 2 7 14 9 9
13 1 9 10 2 4 14 8 5 1 4 9 1 9 19 1 0 10 2 2 5 7 12 1 1 5 2 9 14 4 7 1 0 10 2 7 14 9 9 2 2 15 6 13 1 0 16 1 6 14
11 2 2 15 6 13 1 1 5 1 9 19 1 2 19 1 7 18 1 0 7 1 4 9 1 6 14 2 6 18 3 5 1 0 10 2 4 14 8 5
10 2 6 10 7 19 1 1 5 2 2 11 7 9 1 8 11 2 3 5 9 12 1 9 18 2 6 18 3 5 2 7 14 9 9 2 2 5 7 12 1 9 19
10 1 9 18 1 9 10 1 6 14 1 8 11 2 2 15 6 13 1 1 5 2 7 14 9 9 2 2 5 7 12 1 4 9 1 0 16""",
}


class FlexibleShop:
    """Each operation goes to the machine that is done with it first."""

    def __init__(self, name):
        self.optimum = OPTIMA[name]
        self.jobs = [_job([*map(int, row.split())]) for row in TEXTS[name].splitlines()]
        count = 1 + max(machine for job in self.jobs for choices in job for machine in choices)
        self.machines = tuple(WorkCentre(f"{number}", 1, ALWAYS) for number in range(count))

    @property
    def queue(self):
        longest = max(map(len, self.jobs))
        return [job for at in range(longest) for job, operations in enumerate(self.jobs) if at < len(operations)]

    def built(self, queue, limit=float("inf")):
        timetable = Timetable(self.machines, Rules())
        steps, ready, done, last = [], [0] * len(self.jobs), [0] * len(self.jobs), 0
        for job in queue:
            choices = self.jobs[job][done[job]]
            fits = [
                (timetable.lanes[f"{m}"][0].fit(Job(minutes), free=ready[job]), m) for m, minutes in choices.items()
            ]
            fit, machine = min(fits, key=lambda pair: (pair[0].end, pair[1]))
            booking = timetable.take(fit, Job(choices[machine]), f"{job}")
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
            if any(choices.get(step[1]) != step[3] - step[2] for choices, step in zip(operations, own, strict=True)):
                yield f"job {job} runs where it cannot, or too fast"
            if any(before[3] > after[2] for before, after in pairwise(own)):
                yield f"job {job} overtakes itself"
        for machine in {step[1] for step in steps}:
            here = sorted((start, end) for _, there, start, end in steps if there == machine)
            if any(before[1] > after[0] for before, after in pairwise(here)):
                yield f"machine {machine} does two things at once"


def _job(numbers):
    rest, job = numbers[1:], []
    for _ in range(numbers[0]):
        count, rest = rest[0], rest[1:]
        job.append(dict(zip(rest[: 2 * count : 2], rest[1 : 2 * count : 2], strict=True)))
        rest = rest[2 * count :]
    return job
