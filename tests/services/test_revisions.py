"""A board's history: each package follows one design, belongs to the same owner, and is never rewritten."""

import pytest
import sqlalchemy as sa

from portal.board.design import Design
from portal.intake.corrections import Corrections
from portal.models.corrections import Revision
from portal.services import corrections, packages, revisions
from portal.services.packages import Viewer

VISIT = Viewer(visitor_hash="visit")


@pytest.fixture
def revise(session, files, act):
    """The design of the next revision of this one."""

    def send(kept, viewer=VISIT):
        package = revisions.open_revision(session, kept, viewer, act)
        packages.add_file(session, package, "next.zip", received=files.put(b"the next zip"), act=act)
        return packages.keep_reading(session, package, Design(name="next"), pictures={}, act=act)

    return send


def words(session, kept, viewer=VISIT):
    return [earlier.words for earlier in revisions.history_of(session, kept, viewer).earlier]


def test_a_first_board_is_revision_a_and_follows_nothing(session, kept):
    history = revisions.history_of(session, kept, VISIT)

    assert (history.letter, history.earlier, history.newer, history.is_corrected) == ("A", (), None, False)


def test_the_history_counts_back_to_the_first(session, kept, revise):
    third = revise(revise(kept))

    assert revisions.history_of(session, third, VISIT).letter == "C"
    assert words(session, third) == ["revision B", "revision A"]


def test_a_correction_is_no_revision_of_its_own(session, kept, revise, act):
    second = revise(kept)
    again = corrections.correct(session, second, Corrections(take="other"), act)
    corrected = packages.keep_reading(session, again, Design(name="other"), pictures={}, act=act)
    history = revisions.history_of(session, corrected, VISIT)

    assert (history.letter, history.is_corrected) == ("B", True)
    assert words(session, corrected) == ["the reading before your corrections", "revision A"]
    assert revisions.history_of(session, second, VISIT).newer is corrected


def test_a_revision_belongs_to_the_owner_of_the_board_whoever_sends_it(session, kept, anna, sam, revise):
    kept.package.company_id = anna.company.id
    second = revise(kept, Viewer(user=sam, visitor_hash="sam's browser"))

    assert (second.package.company_id, second.package.visitor_hash) == (anna.company.id, "visit")


def test_what_became_anothers_is_left_out_of_the_history(session, kept, anna, revise):
    second = revise(kept)
    kept.package.company_id = anna.company.id
    session.flush()

    assert words(session, second) == []
    assert words(session, second, Viewer(user=anna, visitor_hash="visit")) == ["revision A"]


def test_a_long_history_is_shown_in_part(session, kept, revise, monkeypatch):
    monkeypatch.setattr(revisions, "MOST_SHOWN", 2)
    fourth = revise(revise(revise(kept)))

    assert words(session, fourth) == ["revision C", "revision B"]


def test_which_board_follows_which_is_written_once(session, kept, revise):
    revise(kept)

    with pytest.raises(sa.exc.DBAPIError, match="append-only"):
        session.execute(sa.update(Revision).values(follows_id=kept.id))
