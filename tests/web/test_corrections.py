"""Correcting the roles of files, the board and its edge on the page; it is read again, and the old reading stays."""

from dataclasses import replace

import pytest
import shown_boards as boards
import sqlalchemy as sa
from browsing import an_act

from portal.board.design import FileRole
from portal.board.edges import EdgeChoice
from portal.db import reading
from portal.intake.inside import Inside
from portal.models.corrections import Remembered, Rereading
from portal.models.files import DesignRecord
from portal.models.quotes import Quote
from portal.models.work import Job, JobState
from portal.services.corrections import keep_inside, refuse_again, said_in
from portal.services.packages import keep_reading

UNKNOWN_FILE = "Größe & <Maße> – 基板.txt"
EDGES = (
    EdgeChoice("board.gm1", 50.8, 30.0, is_closed=True, is_taken=True),
    EdgeChoice("board.gko", 48, 28, False, False),
)


@pytest.fixture
def annas(portal, anna):
    return portal.design(anna)


@pytest.fixture
def say(portal):
    """Correct a design as this browser: by the name of a field of the form, its new value."""

    def post(who, design, **changes):
        form = who.visit(f"/designs/{design}/files").form("/files")
        return who.post(f"/designs/{design}/files", form | {name.replace("__", "-"): v for name, v in changes.items()})

    return post


def one(portal, model):
    with reading(portal.engine) as session:
        row = session.scalars(sa.select(model).order_by(model.id.desc())).first()
        return row and {column.key: getattr(row, column.key) for column in sa.inspect(model).columns}


def finished(portal, design):
    """The worker reads what was asked for."""
    with portal.writing() as session:
        again = session.scalars(sa.select(Rereading).order_by(Rereading.id.desc())).first()
        return keep_reading(session, again, design, pictures={}, act=an_act("worker")).reference


def seen(portal, design, inside):
    with portal.writing() as session:
        kept = session.scalars(sa.select(DesignRecord).where(DesignRecord.reference == design)).one()
        keep_inside(session, kept, inside, an_act("worker"))


def test_each_file_leads_from_the_page_of_the_board_to_its_correction(anna, annas):
    links = anna.visit(f"/designs/{annas}").links()

    assert {f"/designs/{annas}/files#file-0", f"/designs/{annas}/files#file-2", f"/designs/{annas}/columns?file=1"} <= {
        *links
    }


def test_the_page_shows_each_file_with_its_role_and_the_evidence(anna, annas):
    page = anna.visit(f"/designs/{annas}/files")

    assert [row.text_content() for row in page.all("//tbody//code")] == ["board-F_Cu.gbr", "bom.csv", UNKNOWN_FILE]
    assert "its X2 attributes say so" in page.main
    assert page.all("//tr[@id='file-0']//option[@selected]/@value") == ["copper", "top", "1"]


def test_a_corrected_role_is_read_again(portal, anna, annas, say):
    answer = say(anna, annas, files__2__role="drill-not-plated")

    [(name, role)] = said_in(Rereading(said=one(portal, Rereading)["said"])).roles.items()
    assert (answer.status_code, answer.location) == (302, f"/designs/{annas}/reading")
    assert (name, role.role, role.plated) == (UNKNOWN_FILE, FileRole.DRILL, False)


def test_side_and_layer_are_said_with_the_role(portal, anna, annas, say):
    say(anna, annas, files__2__role="copper", files__2__side="bottom", files__2__layer="2")

    assert one(portal, Rereading)["said"]["roles"][UNKNOWN_FILE] == {
        "role": "copper", "side": "bottom", "layer": 2, "plated": None, "because": ""
    }  # fmt: skip


def test_what_was_left_as_found_is_not_said(anna, annas, say):
    answer = say(anna, annas)

    assert answer.status_code == 422
    assert "Nothing was changed" in answer.text


@pytest.mark.parametrize(
    "wrong", [{"files__2__role": "spaceship"}, {"files__2__side": "left"}, {"files__2__layer": "999"}]
)
def test_only_what_the_lists_offer_is_taken(portal, anna, annas, say, wrong):
    answer = say(anna, annas, **wrong)

    assert (answer.status_code, one(portal, Rereading)) == (422, None)


def test_a_file_that_is_not_there_cannot_be_corrected(anna, annas, say):
    assert say(anna, annas, files__2__number="77", files__2__role="copper").status_code == 422


def test_while_it_is_read_again_the_steps_are_shown(anna, annas, say):
    page = anna.visit(say(anna, annas, files__2__role="drill").location)

    assert "Waiting for a free reader" in page.main
    assert page.all("//@data-live-url") == [f"/designs/{annas}/reading/events"]


def test_what_was_read_again_is_shown_and_the_first_reading_leads_to_it(portal, anna, annas, say):
    say(anna, annas, files__2__role="drill")
    newest = finished(portal, boards.sensor_node(name="corrected board"))

    assert anna.get(f"/designs/{annas}/reading").location == f"/designs/{newest}"
    assert f"/designs/{newest}" in anna.visit(f"/designs/{annas}").links()
    assert f"/designs/{newest}/changes?since={annas}" in anna.visit(f"/designs/{newest}").links()


def test_the_page_of_the_package_shows_the_newest_reading(portal, anna, say):
    sent = portal.package(anna)
    with portal.writing() as session:
        from portal.models.files import Package

        package = session.get_one(Package, sent.id)
        first = keep_reading(session, package, boards.sensor_node(), pictures={}, act=an_act()).reference
    say(anna, first, files__2__role="drill")

    assert anna.get(f"/packages/{sent.reference}").location == f"/designs/{first}"
    assert anna.get(f"/packages/{sent.reference}").location != f"/designs/{finished(portal, boards.bare())}"
    assert "copper only" in anna.visit(f"/packages/{sent.reference}", follow=True).text


def test_a_quote_on_the_first_reading_keeps_it(portal, anna, annas, say):
    form = anna.visit(f"/designs/{annas}/prices?quantities=10").form("/quotes")
    anna.post(f"/designs/{annas}/quotes", form)
    say(anna, annas, files__2__role="drill")
    finished(portal, boards.bare())

    with reading(portal.engine) as session:
        assert session.scalars(sa.select(Quote)).one().design.reference == annas


def test_what_cannot_be_read_like_this_says_why_and_leads_back(portal, anna, annas, say):
    from portal.errors import PackageRefused

    where = say(anna, annas, files__2__role="drill").location
    with portal.writing() as session:
        refusal = PackageRefused("x", "There are no layers left.", "Leave one as copper.")
        refuse_again(session, session.scalars(sa.select(Rereading)).one(), refusal, an_act("worker"))
    page = anna.visit(where)

    assert "There are no layers left. Leave one as copper." in page.main
    assert f"/designs/{annas}/files" in page.links()


def test_our_own_fault_is_said_to_be_ours(portal, anna, annas, say):
    where = say(anna, annas, files__2__role="drill").location
    with portal.writing() as session:
        job = session.scalars(sa.select(Job).where(Job.kind == "read-again")).one()
        job.state, job.finished_at = JobState.DEAD, an_act().at

    assert "Something went wrong on our side" in anna.visit(where).main


def test_a_correction_is_remembered_for_the_company_when_it_is_wanted(portal, anna, annas, say):
    say(anna, annas, files__2__role="drill", remember="y")

    kept = one(portal, Remembered)
    assert (kept["kind"], kept["said"]["role"], kept["said_for"]) == ("role", "drill", "sensor-node rev C")


def test_a_correction_without_the_tick_is_for_this_package_only(portal, anna, annas, say):
    say(anna, annas, files__2__role="drill", remember=[])

    assert one(portal, Remembered) is None


def test_a_visitor_is_told_that_it_holds_for_this_package(portal, visitor, say):
    design = portal.design(visitor)
    say(visitor, design, files__2__role="drill", remember="y")

    assert "It holds for this package." in visitor.visit(f"/designs/{design}/files").main
    assert one(portal, Remembered) is None


def test_what_staff_correct_is_remembered_for_the_owner_of_the_board(portal, anna, annas, say):
    say(portal.staff(), annas, files__2__role="drill")
    with reading(portal.engine) as session:
        owner = session.scalars(sa.select(DesignRecord).where(DesignRecord.reference == annas)).one().company_id

    assert one(portal, Remembered)["company_id"] == owner


def test_what_is_remembered_can_be_looked_at_and_forgotten(portal, anna, annas, say):
    say(anna, annas, files__2__role="drill")
    page = anna.visit("/corrections")
    row = page.all("//tbody/tr")[0].text_content()
    anna.post(f"/corrections/{one(portal, Remembered)['id']}/forgotten")

    assert ("Drill" in row, "sensor-node rev C" in row) == (True, True)
    assert "Nothing yet." in anna.visit("/corrections").main


def test_another_company_neither_sees_nor_forgets_it(portal, anna, annas, say):
    say(anna, annas, files__2__role="drill")
    eve = portal.customer("eve@example.org")

    assert "Nothing yet." in eve.visit("/corrections").main
    assert eve.post(f"/corrections/{one(portal, Remembered)['id']}/forgotten").status_code == 404


def test_another_board_of_the_package_is_chosen_on_the_page(portal, visitor):
    design = portal.design(visitor, boards.sensor_node(candidates=("main v2", "<panel>")))
    page = visitor.visit(f"/designs/{design}")
    visitor.post(f"/designs/{design}/board", page.form("/board") | {"chosen": "1"})

    assert ("main v2" in page.main, "<panel>" in page.main) == (True, True)
    assert one(portal, Rereading)["said"]["take"] == "<panel>"


@pytest.mark.parametrize("chosen", [{}, {"chosen": "2"}, {"chosen": "-1"}, {"chosen": "main v2"}])
def test_only_a_board_of_the_list_can_be_chosen(portal, visitor, chosen):
    design = portal.design(visitor, boards.sensor_node(candidates=("main v2", "panel")))

    assert visitor.post(f"/designs/{design}/board", chosen).status_code == 422


def test_the_outlines_are_measured_when_they_are_asked_for(portal, visitor):
    design = portal.design(visitor)
    form = visitor.visit(f"/designs/{design}/files").form("/inside")
    answer = visitor.post(f"/designs/{design}/inside", form)

    assert one(portal, Job)["kind"] == "see-inside"
    assert "Opening your package" in visitor.visit(answer.location).main


def test_another_outline_is_chosen_by_the_size_that_it_gives(portal, visitor):
    design = portal.design(visitor)
    seen(portal, design, Inside(edges=EDGES))
    page = visitor.visit(f"/designs/{design}/files")
    visitor.post(f"/designs/{design}/outline", page.form("/outline") | {"chosen": "1"})

    assert "board.gm1: 50.8 × 30 mm, closed, as the board is read now" in page.main
    assert one(portal, Rereading)["said"]["outline"] == "board.gko"


def test_a_package_without_an_outline_says_how_to_name_one(portal, visitor):
    design = portal.design(visitor)
    seen(portal, design, Inside())

    assert "give it the role “Outline”" in visitor.visit(f"/designs/{design}/files").main


def test_looking_at_the_pages_writes_nothing(portal, anna, annas):
    from inhabited import rows

    before = rows(portal.engine)
    for path in ("files", "columns?file=1", "reading", "revision", "changes"):
        anna.visit(f"/designs/{annas}/{path}", follow=True)

    assert rows(portal.engine) == before


@pytest.fixture
def turned(portal, anna):
    return portal.design(anna, replace(boards.sensor_node(), turned=(("SOT-23", 180), ("0603", 0))))


def test_packages_that_are_turned_can_be_confirmed_and_are_remembered(portal, anna, turned):
    page = anna.visit(f"/designs/{turned}/files")
    anna.post(f"/designs/{turned}/rotations")

    assert "is turned by 180°" in page.main
    assert one(portal, Rereading)["said"]["turns"] == {"SOT-23": {"degrees": 180, "because": ""}}
    assert "Rotation 0 is turned by 180° against IPC-7351" in anna.visit("/corrections").main


def test_where_nothing_is_turned_nothing_is_asked(anna, annas):
    assert "How your parts are turned" not in anna.visit(f"/designs/{annas}/files").main


def test_a_package_that_was_confirmed_is_asked_about_only_when_it_lies_otherwise(portal, anna, turned):
    anna.post(f"/designs/{turned}/rotations")
    as_before = finished(portal, replace(boards.sensor_node(), turned=(("SOT-23", 180),)))
    anna.post(f"/designs/{as_before}/rotations")

    assert "How your parts are turned" not in anna.visit(f"/designs/{as_before}/files").main
