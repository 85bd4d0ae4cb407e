"""A board is kept as soon as it can be priced; what is measured later is added, however often the worker dies."""

import pytest
import sqlalchemy as sa
from bench import EXAMPLE

from portal import incoming, jobs
from portal.errors import PackageRefused
from portal.gateways.reader import DirectReader, ReaderKilled
from portal.intake.stages import NOT_MEASURED, unmeasured
from portal.models.files import DesignRecord
from portal.models.work import AuditEntry, JobState
from portal.services.packages import the_design


class Stages(DirectReader):
    """Reads as ever, and dies before it says this stage (1, 2, or 3); `seen` is called after each."""

    def __init__(self, *, dies_before=4, seen=lambda _number: None, with_=None):
        self.dies_before, self.seen, self.with_ = dies_before, seen, with_ or RuntimeError("the power went")

    def read(self, path, *, on_stage, **asked):
        number = 0

        def say(stage):
            nonlocal number
            number += 1
            if number >= self.dies_before:
                raise self.with_
            on_stage(stage)
            self.seen(number)

        reading = super().read(path, on_stage=say, **asked)
        if self.dies_before == 3:
            raise self.with_
        return reading


def kept(bench):
    return bench.look(lambda session: session.scalars(sa.select(DesignRecord)).one())


def drawn(record):
    return [record.top_picture, record.bottom_picture, record.top_thumbnail, record.viewer]


def test_each_stage_is_kept_before_the_next_is_read(bench):
    known = []
    bench.example()
    jobs.run_one(bench.with_reader(Stages(seen=lambda _: known.append(kept(bench)))))
    last = kept(bench)

    assert [bool(record.top_picture) for record in (*known, last)] == [False, True, True]
    assert [record.measured_at is not None for record in (*known, last)] == [False, False, True]
    assert [the_design(record).board.min_clearance_mm is not None for record in (*known, last)] == [False, False, True]
    assert {record.reference for record in known} == {last.reference}


def test_all_that_was_drawn_is_kept(bench):
    bench.example()
    jobs.run_one(bench.shop)

    assert all(drawn(kept(bench)))
    assert bench.files.read(kept(bench).top_thumbnail).startswith(b"\x89PNG")


def test_every_stage_is_in_the_audit(bench):
    bench.example()
    jobs.run_one(bench.shop)

    asked = sa.select(AuditEntry).where(AuditEntry.action == "design.read").order_by(AuditEntry.number)
    entries = bench.look(lambda session: session.scalars(asked).all())
    assert [entry.changes["is_whole"] for entry in entries] == [False, False, True]


@pytest.mark.parametrize("stage", [1, 2, 3])
def test_a_worker_that_dies_on_the_way_leaves_what_was_read_and_the_next_one_reads_on(bench, stage):
    bench.example()
    jobs.run_one(bench.with_reader(Stages(dies_before=stage)))
    assert bench.count(DesignRecord) == (stage > 1)
    assert bench.job("read-package").state is JobState.WAITING

    bench.make_due(bench.job("read-package").id)
    jobs.run_one(bench.shop)
    assert (kept(bench).measured_at is not None, all(drawn(kept(bench)))) == (True, True)


def test_the_address_of_a_board_stays_when_it_is_read_again(bench):
    bench.example()
    jobs.run_one(bench.with_reader(Stages(dies_before=2)))
    before = kept(bench).reference
    bench.make_due(bench.job("read-package").id)
    jobs.run_one(bench.shop)

    assert kept(bench).reference == before


def test_what_was_read_whole_is_not_read_again(bench):
    reference = bench.example()
    jobs.run_one(bench.shop)
    before, everything = kept(bench), bench.everything()
    incoming.read_package(bench.shop, bench.job("read-package").id, reference)

    assert (kept(bench).record, kept(bench).measured_at, bench.everything()) == (
        before.record,
        before.measured_at,
        everything,
    )


class Dying(DirectReader):
    """What the gateway answers where its child died after the first stages."""

    def read(self, path, **asked):
        return unmeasured(super().read(path, **asked), "Killed: out of memory")


def test_a_reader_that_dies_in_the_last_stage_leaves_a_board_that_says_so(bench):
    bench.example()
    jobs.run_one(bench.with_reader(Dying()))

    assert NOT_MEASURED in the_design(kept(bench)).findings
    assert (kept(bench).measured_at is not None, bench.job("read-package").state) == (True, JobState.DONE)
    assert bench.job("read-package").error == "Killed: out of memory"


@pytest.mark.parametrize("refusal", [ReaderKilled("out of time"), PackageRefused("odd", "Odd.", "Send it again.")])
def test_a_board_that_is_shown_already_is_never_taken_back(bench, refusal):
    reference = bench.example()
    jobs.run_one(bench.with_reader(Stages(dies_before=2)))
    bench.make_due(bench.job("read-package").id)
    jobs.run_one(bench.with_reader(Stages(dies_before=1, with_=refusal)))

    assert bench.package(reference).refused is None
    assert NOT_MEASURED in the_design(kept(bench)).findings
    assert kept(bench).measured_at is not None
    assert EXAMPLE.read_bytes() in bench.files.kept.values()
