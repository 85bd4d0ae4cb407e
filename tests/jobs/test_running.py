"""The worker itself: leases, beats, notes faults, does its chores, and stops when it is told to."""

import os
import signal
import subprocess
import sys
import threading
import time
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from bench import DeadServer

from portal import db, jobs
from portal.gateways.files import FolderFiles
from portal.gateways.mail import MailDelayed
from portal.gateways.reader import DirectReader
from portal.models.files import DesignRecord
from portal.models.quotes import Quote
from portal.models.work import Job, JobState, MailState
from portal.production.lifecycle import Commercial
from portal.services import queue
from portal.services.invariants import check_invariants

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_S = 60


class Broken:
    """A reader with a bug in it."""

    def read(self, _path, **_asked):
        raise ZeroDivisionError("a bug")


class Waiting(DirectReader):
    """A reader that takes its time, until it is let go."""

    def __init__(self):
        self.begun, self.go = threading.Event(), threading.Event()

    def read(self, path, **asked):
        self.begun.set()
        assert self.go.wait(PATIENCE_S)
        return super().read(path, **asked)


def soon(claim) -> bool:
    deadline = time.monotonic() + PATIENCE_S
    while not claim() and time.monotonic() < deadline:
        time.sleep(0.02)
    return claim()


@pytest.fixture
def thread():
    """Run something beside the test; it must have ended when the test ends."""
    started = []

    def run(target, *args):
        started.append(threading.Thread(target=target, args=args))
        started[-1].start()
        return started[-1]

    yield run
    for one in started:
        one.join(PATIENCE_S)
        assert not one.is_alive()


def test_without_work_nothing_is_run(bench):
    assert jobs.run_one(bench.shop) is False


def test_the_job_that_waited_longest_comes_first(bench):
    first, second = bench.example(), bench.example()

    jobs.run_one(bench.shop)

    assert (bool(bench.look(lambda s: designs(s, first))), bool(bench.look(lambda s: designs(s, second)))) == (
        True,
        False,
    )


def designs(session, reference):
    return session.scalars(sa.select(DesignRecord).where(DesignRecord.package.has(reference=reference))).all()


def test_everything_that_waits_is_done_at_once_and_its_letters_leave(bench):
    bench.example()
    bench.quote()

    assert jobs.run_all(bench.shop) == 2
    assert len(bench.mailer.sent) == 1


def test_no_more_is_run_than_was_asked_for(bench):
    bench.example()
    bench.example()

    assert jobs.run_all(bench.shop, most=1) == 1


def test_a_job_that_is_leased_is_nobody_elses(bench, thread):
    reader = Waiting()
    bench.example()
    thread(jobs.run_one, bench.with_reader(reader))
    assert reader.begun.wait(PATIENCE_S)

    assert jobs.run_one(bench.shop) is False
    reader.go.set()


def test_a_dead_workers_job_is_taken_up_again(bench):
    bench.example()
    with db.writing(bench.engine) as session:
        queue.lease_next(session, jobs.now()).lease_until = jobs.now()

    assert jobs.run_one(bench.shop) is True
    assert (bench.job("read-package").state, bench.job("read-package").attempts) == (JobState.DONE, 2)


def test_a_fault_is_noted_with_its_place_and_tried_again_later(bench):
    bench.example()

    assert jobs.run_one(bench.with_reader(Broken())) is True

    job = bench.job("read-package")
    assert (job.state, job.lease_until, job.run_after > jobs.now()) == (JobState.WAITING, None, True)
    assert 'raise ZeroDivisionError("a bug")' in job.error


def test_a_fault_waits_longer_each_time(bench):
    bench.example()
    waits = []
    for _ in range(queue.MOST_ATTEMPTS - 1):
        jobs.run_one(bench.with_reader(Broken()))
        job = bench.job("read-package")
        waits.append(job.run_after - jobs.now())
        bench.make_due(job.id)

    assert waits == sorted(waits)
    assert waits[-1] > timedelta(minutes=9)


def test_a_job_that_fails_five_times_is_dead_and_keeps_its_fault(bench):
    bench.example()
    for _ in range(10):
        bench.make_due(bench.job("read-package").id)
        jobs.run_one(bench.with_reader(Broken()))

    job = bench.job("read-package")
    assert (job.state, job.attempts, job.finished_at is not None) == (JobState.DEAD, 5, True)
    assert "ZeroDivisionError" in job.error


def test_a_mended_fault_is_forgotten(bench):
    bench.example()
    jobs.run_one(bench.with_reader(Broken()))
    bench.make_due(bench.job("read-package").id)

    jobs.run_one(bench.shop)

    assert (bench.job("read-package").state, bench.job("read-package").error) == (JobState.DONE, "")


def test_a_job_that_nobody_knows_how_to_do_is_a_fault(bench):
    with db.writing(bench.engine) as session:
        queue.enqueue(session, "paint-the-wall", "blue", key="paint", at=jobs.now())

    jobs.run_one(bench.shop)

    assert "KeyError: 'paint-the-wall'" in bench.job("paint-the-wall").error


def test_after_a_fault_every_invariant_holds(bench):
    bench.example()
    jobs.run_one(bench.with_reader(Broken()))

    checked = bench.look(lambda session: check_invariants(session, bench.files, jobs.now()))
    assert [check for check in checked if check.faults] == []


def test_beating_extends_the_lease_while_the_job_runs(bench, thread, monkeypatch):
    monkeypatch.setattr(jobs, "BEAT_S", 0.05)
    reader = Waiting()
    bench.example()
    thread(jobs.run_one, bench.with_reader(reader))
    assert reader.begun.wait(PATIENCE_S)
    first = bench.job("read-package").lease_until

    assert soon(lambda: bench.job("read-package").lease_until > first)
    reader.go.set()


def test_nobody_beats_for_a_job_that_is_done(bench, monkeypatch):
    monkeypatch.setattr(jobs, "BEAT_S", 0.01)
    bench.example()
    jobs.run_one(bench.shop)

    time.sleep(0.05)
    assert bench.job("read-package").lease_until is None


@pytest.mark.parametrize(("days_ago", "state"), [(29, Commercial.FIRM), (32, Commercial.EXPIRED)])
def test_a_quote_expires_when_its_date_has_passed(bench, days_ago, state):
    reference = bench.quote()
    bench.make_firm(reference, days_ago=days_ago)

    jobs.expire_quotes(bench.shop)

    assert bench.look(lambda s: s.scalars(sa.select(Quote.state).where(Quote.reference == reference)).one()) is state


def test_expiring_twice_changes_nothing(bench):
    bench.make_firm(bench.quote(), days_ago=40)
    jobs.expire_quotes(bench.shop)
    before = bench.everything()

    jobs.expire_quotes(bench.shop)

    assert bench.everything() == before


class TestSweep:
    """What a kill leaves in the store is removed; what is named or young stays."""

    @pytest.fixture
    def folder(self, bench, tmp_path):
        bench.files = FolderFiles(tmp_path / "files", least_free_bytes=0)
        return bench.files

    @staticmethod
    def left(path: Path, *, hours: float) -> Path:
        when = time.time() - hours * 3600
        os.utime(path, (when, when))
        return path

    def test_an_interrupted_upload_is_removed_after_an_hour(self, bench, folder):
        old, young = folder.aside / "old", folder.aside / "young"
        old.touch()
        young.touch()
        self.left(old, hours=1.1)

        jobs.sweep_files(bench.shop)

        assert (old.exists(), young.exists()) == (False, True)

    @pytest.mark.parametrize(("hours", "stays"), [(0.9, True), (1.1, False)])
    def test_a_file_that_no_row_names_is_removed_after_an_hour(self, bench, folder, hours, stays):
        stored = folder.put(b"its upload was never acknowledged")
        self.left(folder.path(stored.sha256), hours=hours)

        jobs.sweep_files(bench.shop)

        assert folder.has(stored.sha256) is stays

    def test_a_file_that_a_package_names_is_never_removed(self, bench, folder):
        bench.example()
        [name] = folder.names()
        self.left(folder.path(name), hours=9999)

        jobs.sweep_files(bench.shop)

        assert folder.has(name)


class TestLoop:
    @pytest.fixture
    def stop(self):
        event = threading.Event()
        yield event
        event.set()

    def test_it_ends_when_it_is_told_to(self, bench, stop):
        stop.set()

        assert jobs.run_until(bench.shop, stop) is None

    def test_it_does_what_comes_in_while_it_runs(self, bench, stop, thread):
        thread(jobs.run_until, bench.shop, stop)
        bench.quote()

        assert soon(lambda: len(bench.mailer.sent) == 1)
        stop.set()

    def test_the_job_in_hand_is_finished_first(self, bench, stop, thread):
        reader = Waiting()
        bench.example()
        running = thread(jobs.run_until, bench.with_reader(reader), stop)
        assert reader.begun.wait(PATIENCE_S)
        stop.set()
        reader.go.set()
        running.join(PATIENCE_S)

        assert bench.job("read-package").state is JobState.DONE

    def test_a_chore_that_fails_stops_neither_the_jobs_nor_the_other_chores(self, bench, stop, thread):
        class Unmounted(type(bench.files)):
            def sweep(self, _older_than):
                raise OSError("the disk is gone")

        bench.files = Unmounted()
        thread(jobs.run_until, bench.shop, stop)
        bench.quote()

        assert soon(lambda: len(bench.mailer.sent) == 1)
        stop.set()

    def test_a_dead_mail_server_stops_no_job(self, bench, stop, thread):
        number = bench.letter("a letter")
        shop = replace(bench.shop, mailer=DeadServer(MailDelayed("no answer")))
        thread(jobs.run_until, shop, stop)
        bench.example()

        assert soon(lambda: bench.job("read-package").state is JobState.DONE)
        assert bench.mail(number).state is MailState.WAITING
        stop.set()


WORKER = """
from portal import db, jobs
from portal.gateways.files import MemoryFiles
shop = jobs.Workshop(db.make_engine({url!r}), MemoryFiles(), None, None, None, "", "")
print("running", flush=True)
jobs.run_worker(shop)
print("ended", flush=True)
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_worker_ends_by_itself_when_it_is_asked_to(bench, number):
    url = bench.engine.url.render_as_string(hide_password=False)
    command = [sys.executable, "-c", WORKER.format(url=url)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as worker:
        assert worker.stdout.readline() == "running\n"
        time.sleep(0.3)
        worker.send_signal(number)

        assert worker.communicate(timeout=PATIENCE_S)[0] == "ended\n"
        assert worker.returncode == 0


def test_what_was_done_stays_done_for_the_next_worker(bench):
    bench.example()
    jobs.run_all(bench.shop)

    assert jobs.run_all(bench.shop) == 0
    assert bench.count(Job) == 1
