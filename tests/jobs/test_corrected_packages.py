"""A package is read again as its owner corrects it, and looked into for the dialogs, by jobs that may run twice."""

import pytest
import sqlalchemy as sa
from bench import EXAMPLE

from benchmarks import seed
from portal import db, incoming, jobs
from portal.board.design import FileRole
from portal.errors import PackageRefused
from portal.gateways.reader import DirectReader, ReaderKilled
from portal.intake.corrections import Corrections, RoleSaid, TableSaid
from portal.models.corrections import Rereading
from portal.models.files import DesignRecord, Package
from portal.models.people import User
from portal.models.work import JobState
from portal.services import corrections, packages, remembering
from portal.services.packages import Viewer, the_design

LIST = b"Klump;Ding;Zahl;Was\n10k;R1,R2;2;RC0603\nLM358;U1;1;LM358DR\n"
NAMED = TableSaid({"value": 0, "designator": 1, "quantity": 2, "mpn": 3}, header_row=1)
LASTING = TableSaid(
    NAMED.columns, 1, headings={"value": "Klump", "designator": "Ding", "quantity": "Zahl", "mpn": "Was"}
)
MASK = "gerbers/sensor-node-F_Mask.gbr"


class Killed(DirectReader):
    """A reader that dies before it says anything, with what."""

    def __init__(self, refusal=None):
        self.refusal = refusal or ReaderKilled("Killed")

    def read(self, _path, **_asked):
        raise self.refusal

    def inside(self, _path, _said):
        raise self.refusal


def designs(bench):
    return bench.look(lambda session: session.scalars(sa.select(DesignRecord).order_by(DesignRecord.id)).all())


def correct(bench, reference, said):
    """What the page does; the number of the correction."""
    with db.writing(bench.engine) as session:
        package = session.scalars(sa.select(Package).where(Package.reference == reference)).one()
        return corrections.correct(session, package.newest, said, seed.act()).id


@pytest.fixture
def example(bench):
    """The example board, read."""
    reference = bench.example()
    jobs.run_one(bench.shop)
    return reference


@pytest.fixture
def drawn_mask(bench, example):
    """Its owner says that the top mask is but a drawing; not read yet."""
    return correct(bench, example, Corrections(roles={MASK: RoleSaid(FileRole.DRAWING)}))


def test_the_package_is_read_again_with_what_was_said(bench, drawn_mask):
    jobs.run_one(bench.shop)
    first, again = designs(bench)
    roles = [{file.name: file for file in the_design(kept).files}[MASK] for kept in (first, again)]

    assert [(file.role, file.evidence) for file in roles][1] == (FileRole.DRAWING, "you said so")
    assert roles[0].role is FileRole.MASK
    assert again.measured_at


def test_it_is_drawn_as_it_was_corrected(bench, drawn_mask):
    jobs.run_one(bench.shop)
    first, again = designs(bench)

    assert again.top_picture
    assert again.top_picture != first.top_picture


def test_reading_again_twice_changes_nothing(bench, drawn_mask):
    jobs.run_one(bench.shop)
    before = bench.everything()
    incoming.read_again(bench.shop, 1, str(drawn_mask))

    assert bench.everything() == before


def test_what_would_leave_nothing_to_build_is_refused_and_the_first_reading_stays(bench, example):
    [first] = designs(bench)
    all_papers = {file.name: RoleSaid(FileRole.DOCUMENT) for file in the_design(first).files}
    number = correct(bench, example, Corrections(roles=all_papers))
    jobs.run_one(bench.shop)
    again = bench.look(lambda session: session.get_one(Rereading, number))

    assert "nothing here that a board can be built from" in again.refused
    assert (len(designs(bench)), bench.package(example).refused) == (1, None)


def test_a_board_that_is_not_there_is_refused_with_those_that_are(bench, example):
    number = correct(bench, example, Corrections(take="nobody's board"))
    jobs.run_one(bench.shop)

    assert "no board named nobody's board" in bench.look(lambda s: s.get_one(Rereading, number)).refused


def test_a_reader_that_dies_over_a_correction_is_noted_for_staff(bench, drawn_mask):
    jobs.run_one(bench.with_reader(Killed()))
    job = bench.job("read-again")

    assert (job.state, job.error) == (JobState.DONE, "reader-killed Killed")
    assert "staff have been told" in bench.look(lambda s: s.get_one(Rereading, drawn_mask)).refused


def annas_upload(bench, *sent):
    """A package of the seeded buyer's company."""
    with db.writing(bench.engine) as session:
        buyer = session.scalars(sa.select(User).where(User.email == "buyer@example.com")).one()
        package = packages.open_package(session, Viewer(user=buyer, visitor_hash="buyer"), seed.act())
        for name, data in sent:
            packages.add_file(session, package, name, received=bench.files.put(data), act=seed.act())
        packages.start_reading(session, package, seed.act())


def remember(bench, said):
    with db.writing(bench.engine) as session:
        buyer = session.scalars(sa.select(User).where(User.email == "buyer@example.com")).one()
        remembering.remember(session, buyer.company.id, said, said_for="amp v1", act=seed.act())


def test_a_remembered_role_is_the_evidence_of_the_next_package(bench):
    remember(bench, Corrections(roles={MASK: RoleSaid(FileRole.DRAWING)}))
    annas_upload(bench, ("node.zip", EXAMPLE.read_bytes()))
    jobs.run_one(bench.shop)
    [kept] = designs(bench)
    [file] = [file for file in the_design(kept).files if file.name == MASK]

    assert file.role is FileRole.DRAWING
    assert file.evidence.startswith("as you said for amp v1 on ")


def test_remembered_columns_read_the_next_list_in_no_language(bench):
    said = Corrections(roles={"amp-v1-liste.csv": RoleSaid(FileRole.BOM)}, tables={"amp-v1-liste.csv": LASTING})
    remember(bench, said)
    annas_upload(bench, ("amp-v2-liste.csv", LIST))
    jobs.run_one(bench.shop)
    design = the_design(designs(bench)[0])

    assert [line.mpn for line in design.bom] == ["RC0603", "LM358DR"]
    assert "columns-as-said" in {finding.code for finding in design.findings}


def test_a_list_in_no_language_is_read_once_its_columns_are_named(bench):
    reference = bench.upload(("board.zip", EXAMPLE.read_bytes()), ("liste.csv", LIST))
    jobs.run_one(bench.shop)
    name = next(file.name for file in the_design(designs(bench)[0]).files if file.name.endswith("liste.csv"))
    correct(bench, reference, Corrections(roles={name: RoleSaid(FileRole.BOM)}, tables={name: NAMED}))
    jobs.run_one(bench.shop)

    assert {file.name: file.role for file in the_design(designs(bench)[1]).files}[name] is FileRole.BOM


def look(bench, reference, reader=None):
    """Ask for a look inside and have it taken."""
    with db.writing(bench.engine) as session:
        package = session.scalars(sa.select(Package).where(Package.reference == reference)).one()
        corrections.ask_inside(session, package.newest, seed.act())
    jobs.run_one(bench.with_reader(reader or DirectReader()))
    return bench.look(lambda s: corrections.inside_of(s, designs(bench)[-1]))


def test_a_look_inside_shows_the_tables_and_the_edges(bench, example):
    inside = look(bench, example)

    assert [table.name for table in inside.tables] == ["sensor-node-bom.csv", "sensor-node-all-pos.csv"]
    assert [(edge.width_mm, edge.height_mm, edge.is_taken) for edge in inside.edges] == [(50.0, 30.0, True)]


def test_a_package_that_cannot_be_looked_into_shows_nothing_and_is_noted(bench, example):
    inside = look(bench, example, Killed())

    assert (inside.tables, inside.edges) == ((), ())
    assert bench.job("see-inside").error == "reader-killed Killed"


def test_a_refusal_of_a_look_is_no_fault_of_ours(bench, example):
    look(bench, example, Killed(PackageRefused("x", "No.", "Do.")))

    assert bench.job("see-inside").error == ""


def test_loose_files_are_looked_into_as_they_are(bench):
    reference = bench.upload(("sensor.zip", EXAMPLE.read_bytes()), ("notes.csv", LIST))
    jobs.run_one(bench.shop)

    assert "Klump" in str(look(bench, reference).tables)
