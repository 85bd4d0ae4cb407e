"""Taking an upload in: whose it is, what may be added, when it is read."""

from dataclasses import replace
from datetime import timedelta

import pytest

from portal.errors import BadInput, NotYours, TooMuch
from portal.models.work import JobState
from portal.services import packages
from portal.services.packages import (
    Viewer,
    add_file,
    clean_name,
    find_design,
    find_package,
    keep_reading,
    open_package,
    refuse_package,
    start_reading,
    the_design,
)

VISITOR = Viewer(visitor_hash="visit")
STRANGER = Viewer(visitor_hash="another")


@pytest.fixture
def package(session, act):
    return open_package(session, VISITOR, act)


def test_a_visitor_sees_their_own_package(session, package):
    assert find_package(session, package.reference, VISITOR) is package


@pytest.mark.parametrize("viewer", [STRANGER, Viewer()])
def test_nobody_else_sees_a_visitors_package(session, package, viewer):
    with pytest.raises(NotYours):
        find_package(session, package.reference, viewer)


def test_a_claimed_design_is_its_companys_and_no_longer_the_browsers(session, kept, anna):
    kept.package.company_id = anna.company.id
    session.flush()
    assert find_design(session, kept.reference, Viewer(user=anna)) is kept
    with pytest.raises(NotYours):
        find_design(session, kept.reference, VISITOR)


def test_staff_see_every_design(session, kept, sam):
    assert find_design(session, kept.reference, Viewer(user=sam)) is kept


def test_the_same_file_sent_again_changes_nothing(session, package, files, act):
    first = add_file(session, package, "board.zip", received=files.put(b"zip"), act=act)
    assert add_file(session, package, "board.zip", received=files.put(b"zip"), act=act) is first


def test_another_file_of_the_same_name_is_refused(session, package, files, act):
    add_file(session, package, "board.zip", received=files.put(b"zip"), act=act)
    with pytest.raises(BadInput, match="two different files named board.zip"):
        add_file(session, package, "board.zip", received=files.put(b"another"), act=act)


def test_reading_an_empty_package_is_refused(session, package, act):
    with pytest.raises(BadInput, match="no file in this package"):
        start_reading(session, package, act)


def test_asking_twice_reads_once(session, package, files, act):
    add_file(session, package, "board.zip", received=files.put(b"zip"), act=act)
    first = start_reading(session, package, act)
    assert start_reading(session, package, act) is first
    assert first.state is JobState.WAITING


def test_nothing_is_added_to_a_package_that_is_being_read(session, package, files, act):
    add_file(session, package, "board.zip", received=files.put(b"zip"), act=act)
    start_reading(session, package, act)
    with pytest.raises(BadInput, match="being read already"):
        add_file(session, package, "bom.csv", received=files.put(b"R1"), act=act)


def test_a_package_that_was_read_twice_is_one_design(session, kept, act):
    design = the_design(kept)
    assert keep_reading(session, kept.package, design, pictures={}, act=act) is kept


def test_a_design_comes_back_as_it_was_read(kept):
    assert the_design(kept).bom[0].designators == ("R1", "R2")


def test_of_a_refused_package_only_the_sentence_stays(session, package, files, act):
    sent = files.put(b"not a zip at all")
    add_file(session, package, "board.zip", received=sent, act=act)
    alone = refuse_package(session, package, "The archive is damaged. Please pack it again.", act)
    assert (package.refused, package.files, alone) == (
        "The archive is damaged. Please pack it again.",
        [],
        {sent.sha256},
    )


def test_a_file_that_somebody_else_sent_too_is_not_discarded(session, package, files, act):
    other, sent = open_package(session, STRANGER, act), files.put(b"the same board")
    for theirs in (package, other):
        add_file(session, theirs, "board.zip", received=sent, act=act)
    assert refuse_package(session, package, "No.", act) == set()
    assert other.files[0].stored.sha256 == sent.sha256


def test_a_file_that_was_discarded_while_it_arrived_is_asked_for_again(session, package, files, act):
    sent = files.put(b"the same board")
    files.discard(sent.sha256)
    with pytest.raises(BadInput, match="send it again"):
        add_file(session, package, "board.zip", received=sent, act=act, files=files)


def test_an_hour_takes_twenty_packages_of_one_browser(session, act):
    for _ in range(packages.MOST_PACKAGES_AN_HOUR):
        open_package(session, VISITOR, act)
    with pytest.raises(TooMuch):
        open_package(session, VISITOR, act)
    assert open_package(session, VISITOR, replace(act, at=act.at + timedelta(hours=2)))


def test_a_day_takes_so_many_bytes_of_one_browser_however_many_packages_they_are(session, files, act, monkeypatch):
    monkeypatch.setattr(packages, "MOST_BYTES_A_DAY", 10)
    first, second = (open_package(session, VISITOR, act) for _ in range(2))
    add_file(session, first, "a.zip", received=files.put(b"12345"), act=act)
    add_file(session, second, "b.zip", received=files.put(b"1234567890"[5:]), act=act)
    with pytest.raises(TooMuch, match="tomorrow"):
        add_file(session, second, "c.zip", received=files.put(b"!"), act=act)
    other = open_package(session, STRANGER, act)
    assert add_file(session, other, "c.zip", received=files.put(b"!"), act=act)


def test_tomorrow_there_is_room_again_and_the_next_company_has_its_own(session, files, act, anna, monkeypatch):
    monkeypatch.setattr(packages, "MOST_BYTES_A_DAY", 5)
    add_file(session, open_package(session, VISITOR, act), "a.zip", received=files.put(b"12345"), act=act)
    tomorrow = replace(act, at=act.at + timedelta(days=1))
    for viewer, when in ((Viewer(user=anna), act), (VISITOR, tomorrow)):
        package = open_package(session, viewer, when)
        assert add_file(session, package, "b.zip", received=files.put(b"54321"), act=when)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("board.zip", "board.zip"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\anna\\board.zip", "board.zip"),
        ("bo\u202eard\n.zip", "board.zip"),
        ("主板 Ü.zip", "主板 Ü.zip"),
    ],
)
def test_a_file_name_is_shown_without_folders_and_tricks(given, shown):
    assert clean_name(given) == shown


@pytest.mark.parametrize("name", ["", "..", "/", "a" * 256, "\x00\x07", "."])
def test_a_name_that_is_none_is_refused(name):
    with pytest.raises(BadInput, match="needs a name"):
        clean_name(name)
