"""A new revision of a board, and what changed since the last one, on one page."""

import pytest
import shown_boards as boards
import sqlalchemy as sa
from browsing import an_act

from portal.board.design import BomLine
from portal.db import reading
from portal.models.files import DesignRecord, Package
from portal.services.packages import keep_reading
from portal.services.revisions import letter_of


@pytest.fixture
def revise(portal):
    """Send a revision of a design as this browser; the reference of its design."""

    def send(who, design, later=None):
        opened = who.api("POST", f"/designs/{design}/revisions", json={}).json
        with portal.writing() as session:
            package = session.scalars(sa.select(Package).where(Package.reference == opened["reference"])).one()
            read = later or boards.sensor_node(bom=(BomLine(1, ("R1", "R2"), 2, "47k", "0603"),))
            return keep_reading(session, package, read, pictures={}, act=an_act("worker")).reference

    return send


def test_a_revision_is_sent_from_the_page_of_the_board(portal, visitor):
    design = portal.design(visitor)
    page = visitor.visit(f"/designs/{design}")
    drop = visitor.visit(next(link for link in page.links() if link.endswith("/revision")))

    assert drop.all("//@data-packages-url") == [f"/designs/{design}/revisions"]


def test_the_drop_zone_is_told_where_to_put_the_files(portal, visitor):
    answer = visitor.api("POST", f"/designs/{portal.design(visitor)}/revisions", json={})

    assert answer.status_code == 201
    assert answer.json["files_url"] == f"/api/v1/packages/{answer.json['reference']}/files/"


def test_a_revision_belongs_to_whom_the_board_belongs_to(portal, anna, revise):
    first = portal.design(anna)
    second = revise(portal.staff(), first)

    assert anna.get(f"/designs/{second}").status_code == 200
    assert portal.browser().get(f"/designs/{second}").status_code == 404


def test_the_new_board_leads_to_what_changed(portal, anna, revise):
    first = portal.design(anna)
    second = revise(anna, first)
    page = anna.visit(f"/designs/{second}")

    assert f"/designs/{second}/changes?since={first}" in page.links()
    assert "Revision B." in page.main


def test_what_changed_stands_in_groups_with_before_and_now(portal, anna, revise):
    page = anna.visit(f"/designs/{revise(anna, portal.design(anna))}/changes")

    assert "What changed since revision A" in page.main
    assert "R1, R2 changed Yageo RC0603FR-07120RL 120R 0603 47k 0603" in page.main


def test_groups_without_a_change_are_left_out(portal, anna, revise):
    page = anna.visit(f"/designs/{revise(anna, portal.design(anna))}/changes")

    assert [head.text_content() for head in page.all("//h2")] == ["Price and date", "Parts: 5"]


def test_a_revision_that_changes_nothing_says_so(portal, anna, revise):
    page = anna.visit(f"/designs/{revise(anna, portal.design(anna), boards.sensor_node())}/changes")

    assert "Nothing changed" in page.main


def test_price_and_date_are_compared_at_the_quantity_that_is_asked_for(portal, anna, revise):
    page = anna.visit(f"/designs/{revise(anna, portal.design(anna))}/changes?boards=50")
    rows = [row.text_content() for row in page.all("(//table)[1]/tbody/tr")]

    assert [row.split()[0] for row in rows] == ["Before", "Now"]
    assert "50 boards, net" in page.main
    assert len(set(rows)) == 2


@pytest.mark.parametrize("boards_asked", ["0", "many", "9999999", "²"])
def test_a_quantity_that_is_none_is_refused_with_a_sentence(portal, anna, revise, boards_asked):
    answer = anna.get(f"/designs/{revise(anna, portal.design(anna))}/changes?boards={boards_asked}")

    assert (answer.status_code, "is not a quantity" in answer.text) == (422, True)


def test_three_revisions_are_a_history(portal, anna, revise):
    first = portal.design(anna)
    second = revise(anna, first)
    third = revise(anna, second)
    page = anna.visit(f"/designs/{third}")

    assert "Revision C." in page.main
    assert [link for link in page.links() if "/changes" in link] == [
        f"/designs/{third}/changes?since={second}",
        f"/designs/{third}/changes?since={first}",
    ]


def test_a_board_without_an_earlier_one_has_nothing_to_compare(portal, anna):
    design = portal.design(anna)

    assert anna.get(f"/designs/{design}/changes").location == f"/designs/{design}"


def test_a_board_that_is_no_earlier_revision_is_not_compared(portal, anna, revise):
    second, other = revise(anna, portal.design(anna)), portal.design(anna)

    assert anna.get(f"/designs/{second}/changes?since={other}").status_code == 404


def test_an_earlier_revision_that_became_another_companys_is_not_shown(portal, visitor, revise):
    first = portal.design(visitor)
    second = revise(visitor, first)
    with portal.writing() as session:
        from portal.services.accounts import new_customer

        kept = session.scalars(sa.select(DesignRecord).where(DesignRecord.reference == first)).one()
        kept.package.company_id = new_customer(session, "eve@example.org", an_act()).company.id
    page = visitor.visit(f"/designs/{second}")

    assert [link for link in page.links() if first in link] == []


def test_hostile_names_are_shown_as_text(portal, anna, revise):
    page = anna.visit(f"/designs/{revise(anna, portal.design(anna), boards.hostile())}/changes")

    assert page.all("//main//script") == []
    assert '<script>alert("x")</script>' in page.main


def test_a_revision_is_audited(portal, anna, revise):
    from portal.models.work import AuditEntry

    first = portal.design(anna)
    revise(anna, first)
    with reading(portal.engine) as session:
        entry = session.scalars(sa.select(AuditEntry).where(AuditEntry.action == "revision.opened")).one()

    assert entry.changes == {"follows": first}


def test_the_database_refuses_to_change_which_board_follows_which(portal, anna, revise):
    revise(anna, portal.design(anna))

    with pytest.raises(sa.exc.IntegrityError, match="append-only"), portal.writing() as session:
        session.execute(sa.text("DELETE FROM revisions"))


@pytest.mark.parametrize(("number", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_revisions_are_lettered(number, letters):
    assert letter_of(number) == letters
