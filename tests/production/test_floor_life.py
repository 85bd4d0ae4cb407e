"""A lot in the hands of three shifts: whatever is reported in whatever order, the boards add up."""

from a_lot import PLACE, TEST, counted, finished, progress, reported, started
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from portal.production.floor import after, lot_progress
from portal.production.lifecycle import OperationState
from portal.production.timeline import percent, timeline

operations = st.integers(0, TEST)
LABELS = ("Paste printing", "Placement", "Test")


class Floor(RuleBasedStateMachine):
    """Only what the rules allow is reported here; every report must be taken."""

    def __init__(self):
        super().__init__()
        self.lot = progress(boards=24)
        self.reports = []

    def running(self, operation):
        return self.lot.operations[operation].state is OperationState.RUNNING

    def take(self, report):
        self.lot = after(self.lot, report)
        self.reports.append(report)

    @rule(operation=operations)
    def start(self, operation):
        if self.lot.operations[operation].state is OperationState.WAITING and self.lot.arrived(operation):
            self.take(started(operation))

    @rule(operation=operations, data=st.data())
    def count(self, operation, data):
        if self.running(operation):
            good = data.draw(st.integers(0, self.lot.waiting(operation)))
            failed = data.draw(st.integers(0, self.lot.waiting(operation) - good))
            self.take(counted(operation, good, failed=failed))

    @rule(operation=operations, is_scrap=st.booleans())
    def rework(self, operation, is_scrap):
        if self.running(operation) and self.lot.operations[operation].failed:
            self.take(reported(operation, "reworked", good=not is_scrap, scrapped=is_scrap))

    @rule(operation=operations)
    def take_one_back(self, operation):
        spare = self.lot.operations[operation].good - self.lot.passed_on(operation)
        if self.running(operation) and spare:
            self.take(reported(operation, "corrected", good=1))

    @rule(operation=operations)
    def finish(self, operation):
        is_last_board_here = self.lot.all_arrived(operation) and not self.lot.operations[operation].failed
        if self.running(operation) and is_last_board_here:
            self.take(finished(operation, self.lot.waiting(operation)))

    @precondition(lambda self: self.reports)
    @rule(data=st.data())
    def hear_an_old_report_again(self, data):
        again = data.draw(st.sampled_from(self.reports))
        assert lot_progress([*self.reports, again], boards=24, operations=3) == self.lot

    @invariant()
    def the_boards_add_up(self):
        failed = sum(operation.failed for operation in self.lot.operations)
        waiting = sum(self.lot.waiting(number) for number in range(3))
        assert self.lot.finished + self.lot.scrapped + failed + waiting == 24

    @invariant()
    def the_customer_sees_the_same_boards(self):
        stages = timeline([self.lot], LABELS)
        assert stages[-1].done == self.lot.finished
        assert [stage.done for stage in stages] == sorted((stage.done for stage in stages), reverse=True)

    @invariant()
    def all_is_done_at_a_hundred_percent_and_only_then(self):
        assert (percent([self.lot]) == 100) == self.lot.is_done

    @invariant()
    def nobody_works_at_what_has_no_boards(self):
        assert self.lot.operations[PLACE].counted <= self.lot.arrived(PLACE)


TestFloor = Floor.TestCase
TestFloor.settings = settings(max_examples=60, stateful_step_count=30, deadline=None)
