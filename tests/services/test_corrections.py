"""Correcting what we took a file for: read again beside the old design, remembered for a company, and forgotten."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from portal.board.design import Design, FileRole, Finding, Severity, Side
from portal.errors import BadInput, NotYours, PackageRefused, TooMuch
from portal.intake.corrections import NOTHING_SAID, Corrections, RoleSaid, TableSaid, TurnSaid
from portal.intake.inside import Inside
from portal.intake.preview import TablePreview
from portal.models.corrections import Remembered, Rereading
from portal.models.work import AuditEntry, Job
from portal.services import corrections, packages, remembering
from portal.services.packages import Viewer

COPPER = Corrections(roles={"amp-v1-inner.gbr": RoleSaid(FileRole.COPPER, Side.TOP)})
COLUMNS = Corrections(tables={"amp-v1-liste.csv": TableSaid({"mpn": 3}, 1, headings={"mpn": "Was"})})
TURNED = Corrections(turns={"SOT-23": TurnSaid(180)})
OTHER_BOARD = Corrections(take="the other board")
REFUSAL = PackageRefused("no-such-board", "There is no such board.", "Choose another.")


def jobs(session, kind):
    return session.scalars(sa.select(Job).where(Job.kind == kind)).all()


def actions(session):
    return session.scalars(sa.select(AuditEntry.action).order_by(AuditEntry.number)).all()


@pytest.fixture
def again(session, kept, act):
    return corrections.correct(session, kept, COPPER, act)


@pytest.fixture
def corrected(session, again, act):
    """The design that came of the correction."""
    return packages.keep_reading(session, again, Design(name="sensor, corrected"), pictures={}, act=act)


@pytest.fixture
def annas_package(session, anna, act, files):
    """A way to send a package of anna's company, with the reading asked for."""

    def send(name="amp-v2.zip"):
        package = packages.open_package(session, Viewer(user=anna, visitor_hash="anna"), act)
        packages.add_file(session, package, name, received=files.put(name.encode()), act=act)
        packages.start_reading(session, package, act)
        return package

    return send


def test_a_correction_is_read_by_a_job_of_its_own(session, kept, again):
    [job] = jobs(session, "read-again")

    assert (job.subject, corrections.said_in(again)) == (str(again.id), COPPER)
    assert corrections.last_correction(session, kept) is again


def test_a_correction_leaves_its_trace(session, kept, again):
    entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "reading.corrected")).one()

    assert (entry.subject, entry.changes["said"]["roles"]["amp-v1-inner.gbr"]["role"]) == (kept.reference, "copper")


def test_asking_twice_is_asking_once(session, kept, again, act):
    assert corrections.correct(session, kept, COPPER, act) is again
    assert len(jobs(session, "read-again")) == 1


def test_saying_nothing_reads_nothing_again(session, kept, act):
    with pytest.raises(BadInput, match="correct an entry first"):
        corrections.correct(session, kept, NOTHING_SAID, act)


def test_the_old_design_stays_as_it_was(session, kept, corrected):
    assert (kept.name, corrected.name) == ("sensor", "sensor, corrected")
    assert kept.package.newest is corrected


def test_a_design_knows_what_it_corrects_and_what_corrects_it(session, kept, corrected):
    assert list(corrections.earlier_readings(session, corrected)) == [kept]
    assert corrections.corrected_by(session, kept) is corrected
    assert corrections.corrected_by(session, corrected) is None


def test_a_second_correction_keeps_the_first(session, corrected, act):
    second = corrections.correct(session, corrected, COLUMNS, act)

    assert corrections.said_in(second) == replace(COPPER, tables=COLUMNS.tables)


def test_another_board_of_the_package_has_an_edge_of_its_own(session, kept, act):
    edge = corrections.correct(session, kept, Corrections(outline="board.gm1"), act)
    design = packages.keep_reading(session, edge, Design(name="a"), pictures={}, act=act)
    other = corrections.correct(session, design, OTHER_BOARD, act)

    assert corrections.said_in(other) == OTHER_BOARD


def test_a_stage_after_the_other_fills_one_design(session, again, act):
    first = packages.keep_reading(session, again, Design(name="a"), pictures={}, act=act, is_whole=False)
    last = packages.keep_reading(session, again, Design(name="b"), pictures={}, act=act)

    assert (first, last.name, last.measured_at) == (last, "b", act.at)


def test_the_first_reading_goes_on_where_it_was_while_another_is_made(session, kept, again, act):
    kept.measured_at = None
    packages.keep_reading(session, again, Design(name="corrected"), pictures={}, act=act, is_whole=False)
    packages.keep_reading(session, kept.package, Design(name="measured"), pictures={}, act=act)

    assert [design.name for design in kept.package.designs] == ["measured", "corrected"]


def test_each_design_is_watched_by_its_own_job(session, kept, corrected, act):
    packages.start_reading(session, kept.package, act)

    assert corrections.job_of(session, kept).kind == "read-package"
    assert corrections.job_of(session, corrected).kind == "read-again"


def test_what_cannot_be_read_like_this_leaves_the_old_design_and_its_files(session, kept, again, act):
    corrections.refuse_again(session, again, REFUSAL, act)

    assert again.refused == "There is no such board. Choose another."
    assert [file.name for file in kept.package.files] == ["sensor.zip"]


def test_what_was_shown_before_the_reader_died_stays_and_says_what_is_missing(session, again, act):
    design = packages.keep_reading(session, again, Design(name="a"), pictures={}, act=act, is_whole=False)
    corrections.refuse_again(session, again, REFUSAL, act)

    assert [finding.code for finding in packages.the_design(design).findings] == ["not-measured"]
    assert (again.refused, design.measured_at) == (None, act.at)


def test_what_was_refused_may_be_asked_again(session, kept, again, act):
    corrections.refuse_again(session, again, REFUSAL, act)

    assert corrections.correct(session, kept, COPPER, act) is not again


def test_there_is_an_end_to_reading_again(session, kept, act, monkeypatch):
    monkeypatch.setattr(corrections, "MOST_REREADINGS_AN_HOUR", 1)
    corrections.correct(session, kept, COPPER, act)

    with pytest.raises(TooMuch):
        corrections.correct(session, kept, OTHER_BOARD, act)
    assert corrections.correct(session, kept, OTHER_BOARD, replace(act, at=act.at + timedelta(hours=2)))


def test_what_a_company_said_holds_for_its_next_package(session, anna, act, annas_package):
    remembering.remember(session, anna.company.id, COPPER, said_for="amp v1", act=act)
    said = corrections.said_at_first(session, annas_package())

    assert list(said.roles) == ["*inner.gbr"]
    assert said.roles["*inner.gbr"].because == "as you said for amp v1 on 23 Nov 2026"


def test_columns_are_remembered_with_their_headings(session, anna, act, annas_package):
    remembering.remember(session, anna.company.id, COLUMNS, said_for="amp v1", act=act)
    [(pattern, table)] = corrections.said_at_first(session, annas_package()).tables.items()

    assert (pattern, table.headings, table.columns) == ("*liste.csv", {"mpn": "Was"}, {"mpn": 3})


def test_how_a_company_turns_a_package_holds_for_its_next_package_of_files(session, anna, act, annas_package):
    remembering.remember(session, anna.company.id, TURNED, said_for="amp v1", act=act)
    [(package, turn)] = corrections.said_at_first(session, annas_package()).turns.items()

    assert (package, turn.degrees) == ("SOT-23", 180)
    assert turn.because.startswith("as you said for amp v1 on ")


def test_what_one_company_said_is_nothing_to_another(session, anna, act, annas_package):
    other = remembering_of_another(session, act)

    assert corrections.said_at_first(session, annas_package()) == NOTHING_SAID
    assert other != anna.company.id


def remembering_of_another(session, act):
    from portal.services.accounts import new_customer

    company = new_customer(session, "eve@example.net", act).company
    remembering.remember(session, company.id, COPPER, said_for="eve's board", act=act)
    return company.id


def test_a_visitors_word_is_for_this_package_only(session, kept, again, act):
    packages.start_reading(session, kept.package, act)

    assert session.scalars(sa.select(Remembered)).all() == []
    assert corrections.said_at_first(session, kept.package) == NOTHING_SAID


def test_the_last_word_about_a_pattern_counts(session, anna, act, annas_package):
    for role in (FileRole.COPPER, FileRole.DRAWING):
        said = Corrections(roles={"amp-v1-inner.gbr": RoleSaid(role)})
        remembering.remember(session, anna.company.id, said, said_for="amp", act=act)

    assert corrections.said_at_first(session, annas_package()).roles["*inner.gbr"].role is FileRole.DRAWING


def test_a_name_that_is_only_the_boards_own_is_not_remembered_for_every_file(session, anna, act):
    said = Corrections(roles={"7": RoleSaid(FileRole.COPPER)})
    remembering.remember(session, anna.company.id, said, said_for="amp", act=act)

    assert remembering.all_remembered(session, anna.company.id) == []


def test_what_is_forgotten_is_applied_no_more(session, anna, act, annas_package):
    remembering.remember(session, anna.company.id, COPPER, said_for="amp", act=act)
    [row] = remembering.all_remembered(session, anna.company.id)
    remembering.forget(session, anna.company.id, row.id, act)

    assert corrections.said_at_first(session, annas_package()) == NOTHING_SAID
    assert actions(session)[-4:][0] == "correction.forgotten"


def test_nobody_forgets_for_another_company(session, anna, act):
    remembering.remember(session, anna.company.id, COPPER, said_for="amp", act=act)
    [row] = remembering.all_remembered(session, anna.company.id)

    with pytest.raises(NotYours):
        remembering.forget(session, anna.company.id + 1, row.id, act)


def test_what_is_forgotten_later_still_stands_beside_the_package_that_was_read_with_it(
    session, anna, act, annas_package
):
    remembering.remember(session, anna.company.id, COPPER, said_for="amp", act=act)
    package = annas_package()
    remembering.forget(session, anna.company.id, remembering.all_remembered(session, anna.company.id)[0].id, act)

    assert list(corrections.said_at_first(session, package).roles) == ["*inner.gbr"]


def test_a_reading_asked_for_twice_notes_once_what_is_remembered(session, anna, act, annas_package):
    remembering.remember(session, anna.company.id, COPPER, said_for="amp", act=act)
    packages.start_reading(session, annas_package(), act)

    assert session.scalar(sa.select(sa.func.count()).select_from(Rereading)) == 1


def test_a_look_inside_is_taken_once(session, kept, act):
    for _ in range(2):
        corrections.ask_inside(session, kept, act)
    corrections.keep_inside(session, kept, Inside((TablePreview("bom.csv", FileRole.BOM, ()),)), act)
    corrections.keep_inside(session, kept, Inside(), act)

    assert len(jobs(session, "see-inside")) == 1
    assert [table.name for table in corrections.inside_of(session, kept).tables] == ["bom.csv"]


def test_where_columns_are_unsure_the_look_is_taken_unasked(session, kept, again, act):
    unsure = Finding(Severity.ASK, "columns-unsure", "bom.csv", "has no headings that are known", "Name them.")
    corrections.ask_where_unsure(session, kept, act)
    design = packages.keep_reading(session, again, Design("a", findings=(unsure,)), pictures={}, act=act)
    corrections.ask_where_unsure(session, design, act)

    assert [job.subject for job in jobs(session, "see-inside")] == [design.reference]


def test_nothing_was_seen_before_anybody_looked(session, kept):
    assert corrections.inside_of(session, kept) is None
    assert corrections.inside_job(session, kept) is None
