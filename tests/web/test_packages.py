"""A package on its way to a design."""

import pytest
import shown_boards as boards
import sqlalchemy as sa
from browsing import an_act

from portal.intake.reading import read_package
from portal.models.files import Package
from portal.models.work import Job, JobState
from portal.services.packages import keep_reading, refuse_package
from portal.web.designs import MEASURING
from portal.web.packages import READING


@pytest.fixture
def package(portal, visitor):
    return portal.package(visitor)


def change(portal, package, what):
    """Let the worker do something to this package and its job."""
    with portal.writing() as session:
        job = session.scalars(sa.select(Job)).first()
        what(session.get_one(Package, package.id), job, session)


def test_while_it_waits_the_page_says_so_and_lists_the_files(visitor, package):
    page = visitor.visit(f"/packages/{package.reference}")

    assert "Waiting for a free reader" in page.main
    assert "sensor-node.zip 5 B" in page.main.replace("\xa0", " ") or "sensor-node.zip" in page.main


def test_the_step_of_the_job_is_the_step_of_the_page(portal, visitor, package):
    def read(_package, job, _session):
        job.state, job.step = JobState.LEASED, "copper"

    change(portal, package, read)

    running = visitor.visit(f"/packages/{package.reference}").all("//li[@aria-current='step']")
    assert "Reading copper, mask and paste" in running[0].text_content()


def test_the_page_knows_every_step_of_the_reader(tmp_path):
    steps = []
    (tmp_path / "board.gbr").write_text("G04 nothing to draw*\n%FSLAX46Y46*%\n%MOMM*%\nM02*\n")
    read_package(tmp_path, name="board", progress=steps.append)

    assert steps == [*READING, *MEASURING]


def test_when_it_is_read_the_page_goes_to_the_design(portal, visitor, package):
    change(portal, package, lambda read, _job, session: keep_reading(
        session, read, boards.sensor_node(), pictures={}, act=an_act("worker")))  # fmt: skip

    page = visitor.visit(f"/packages/{package.reference}", follow=True)
    assert page.all("//h1")[0].text == "sensor-node rev C"


def test_a_refused_package_says_why_and_takes_the_next(portal, visitor, package):
    sentence = "The archive unpacks to 50 GB. Please send only the files of one board."
    change(portal, package, lambda refused, _job, session: refuse_package(session, refused, sentence, an_act("worker")))

    page = visitor.visit(f"/packages/{package.reference}")
    assert sentence in page.main
    assert "Nothing of it was kept here" in page.main
    assert page.all("//div[@class='dropzone']")


def test_a_reading_that_broke_is_our_fault_and_says_so(portal, visitor, package):
    def break_down(_package, job, _session):
        job.state, job.error = JobState.DEAD, "KeyError: 'secret internals'"

    change(portal, package, break_down)

    page = visitor.visit(f"/packages/{package.reference}")
    assert "Something went wrong on our side" in page.main
    assert "KeyError" not in page.text


def test_files_that_nobody_asked_to_read_can_be_read_now(portal, visitor):
    package = portal.package(visitor, asked=False)
    form = visitor.visit(f"/packages/{package.reference}").form("/reading")

    answer = visitor.post(f"/packages/{package.reference}/reading", form)
    assert "Waiting for a free reader" in visitor.visit(answer.location).main


def test_a_long_name_with_signs_is_shown_as_it_is(portal, visitor):
    name = "Größe & <b>Maße " + "x" * 200 + ".zip"
    package = portal.package(visitor, files={name: b"x"})

    assert name in visitor.visit(f"/packages/{package.reference}").main


def test_the_stream_tells_the_step_and_then_where_to_go(portal, visitor, package):
    first = visitor.get(f"/packages/{package.reference}/events").text
    change(portal, package, lambda read, _job, session: keep_reading(
        session, read, boards.bare(), pictures={}, act=an_act("worker")))  # fmt: skip
    last = visitor.get(f"/packages/{package.reference}/events").text

    assert "event: update" in first
    assert last.startswith("retry: 2000\n\nevent: done\n")
    assert last.endswith(f"\ndata: /packages/{package.reference}\n\n")
