"""What a company left is erased but for business papers, and can be taken along before."""

import io
import json
import zipfile
from dataclasses import replace

import pytest
import sqlalchemy as sa

from portal.errors import BadInput
from portal.models.factors import Attempt
from portal.models.files import StoredFile
from portal.models.joining import Tombstone
from portal.models.people import User
from portal.services import packages, quotes
from portal.services.accounts import new_customer, open_login, open_session
from portal.services.erasing import ask_for_erasure, erase, hindrances, wishes, withdraw_erasure
from portal.services.limits import count
from portal.services.packages import Viewer
from portal.services.taking_along import as_zip


@pytest.fixture
def sent(session, files, act, anna):
    """A package of Anna's company, with one file."""
    session.flush()
    package = packages.open_package(session, Viewer(user=anna), act)
    packages.add_file(session, package, "Größe.zip", received=files.put(b"a board of Anna's"), act=act)
    session.flush()
    return package


@pytest.fixture
def quote(session, act, anna, kept, offered):
    return quotes.keep_as_quote(session, kept, offered, user=anna, act=act)


def test_a_wish_waits_until_it_is_done_or_withdrawn(session, act, anna):
    ask_for_erasure(session, anna.company, act)
    assert wishes(session) == [anna.company]
    withdraw_erasure(session, anna.company, act)
    assert wishes(session) == []


def test_files_go_and_their_tombstones_stay(session, act, anna, sent):
    [file] = sent.files
    sha256 = file.sha256
    erase(session, anna.company, act.because("asked for"))
    session.expire_all()

    assert (sent.files, session.get(StoredFile, sha256)) == ([], None)
    stones = set(map(tuple, session.execute(sa.select(Tombstone.kind, Tombstone.sha256))))
    assert ("file", sha256) in stones


def test_a_file_that_another_company_sent_too_stays_theirs(session, files, act, anna, sent, sam):
    other = packages.open_package(session, Viewer(visitor_hash="another"), act)
    packages.add_file(session, other, "same.zip", received=files.put(b"a board of Anna's"), act=act)
    session.flush()
    erase(session, anna.company, act)

    assert session.get(StoredFile, other.files[0].sha256) is not None


def test_nobody_of_the_company_can_be_named_or_signed_in_any_more(session, act, anna):
    signed_in = open_session(session, anna, act)
    erase(session, anna.company, act)

    assert open_login(session, signed_in.secret, act.at) is None
    assert "anna" not in str(session.scalars(sa.select(User.email)).all())


def test_what_was_read_of_a_board_is_gone_and_the_quote_is_still_what_was_frozen(session, act, anna, quote):
    sha256 = quote.current.sha256
    erase(session, anna.company, act)

    assert "RC0603-10K" not in quote.design.record
    assert quote.current.sha256 == sha256


def test_a_company_is_erased_once(session, act, anna):
    erase(session, anna.company, act)
    with pytest.raises(BadInput, match="cannot be erased"):
        erase(session, anna.company, act)


def test_the_house_itself_is_not_erased(session, act, house):
    with pytest.raises(BadInput, match="cannot be erased"):
        erase(session, house, act)


def test_nothing_hinders_a_company_without_orders(session, anna):
    assert hindrances(session, anna.company) == []


def taken(session, company, files):
    return zipfile.ZipFile(io.BytesIO(b"".join(as_zip(session, company, files))))


def test_a_company_takes_its_files_along_as_it_sent_them(session, files, anna, sent):
    archive = taken(session, anna.company, files)
    assert archive.read(f"{sent.reference}/Größe.zip") == b"a board of Anna's"


def test_a_company_takes_its_quotes_along_as_they_were_frozen(session, files, anna, quote):
    data = json.loads(taken(session, anna.company, files).read("data.json"))
    [said] = data["quotes"]
    assert (said["reference"], said["revisions"][0]["sha256"]) == (quote.reference, quote.current.sha256)


def test_nothing_of_others_is_in_it(session, files, act, anna, sent):
    eve = new_customer(session, "eve@example.net", replace(act, actor="eve@example.net"))
    data = taken(session, anna.company, files).read("data.json").decode()
    assert eve.email not in data


def test_what_was_counted_against_somebody_goes_with_them(session, act, anna, sam):
    for email in (anna.email, sam.email):
        count(session, "sign-in", email, act.at)
        count(session, "code", email, act.at)
    erase(session, anna.company, act)

    assert set(session.scalars(sa.select(Attempt.key))) == {sam.email}
