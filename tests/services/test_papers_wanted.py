"""Which documents an order still lacks, that each is kept once, and who may see it."""

from datetime import date

import pytest
import sqlalchemy as sa
from booked import Customer
from dated_prices import the_shop
from reported import Floor, at_shop
from samples import MONDAY

from portal.errors import NotYours
from portal.models.files import StoredFile
from portal.models.work import AuditEntry
from portal.production.floor import FloorKind
from portal.services.papers import PaperKind, Wanted, find_paper, keep_paper, papers_of, wanted_papers
from portal.services.tax import Billing, save_billing, settle_plan

HOME = Billing("Volta GmbH", ("Am Wehr 4",), "79098", "Freiburg", "DE", "books@volta.example", "DE136695976")


@pytest.fixture
def buys(session, kept, anna, act):
    customer = Customer(session, kept, anna, act)
    return lambda boards=100: customer.orders(customer.asks(boards), agreed=date.max)


@pytest.fixture
def order(buys):
    return buys()


@pytest.fixture
def floor(session, act):
    return Floor(session, act)


def lacking(session, most=10):
    return [(wanted.kind, wanted.subject) for wanted in wanted_papers(session, most=most)]


def kinds(session):
    return {kind.value for kind, _ in lacking(session, 100)}


def prints(session, files, act, *, most=10):
    """Whatever is missing, as the worker prints it."""
    wanted = wanted_papers(session, most=most)
    for one in wanted:
        keep_paper(session, one, files.put(f"{one.kind} of {one.subject}".encode()), act)
    session.flush()
    return wanted


class TestMissing:
    def test_a_shop_without_orders_lacks_nothing(self, session):
        assert lacking(session) == []

    def test_an_order_lacks_its_confirmation_and_a_traveller_for_each_lot(self, session, buys):
        order = buys(600)
        lots = [("traveller", lot.reference) for lot in order.lots]

        assert lacking(session) == [("confirmation", order.reference), *lots]

    def test_a_pro_forma_waits_for_the_tax(self, session, order, act):
        assert "pro-forma" not in kinds(session)
        save_billing(session, order.company, HOME, act)
        settle_plan(session, order, the_shop(), act)
        session.flush()

        assert "pro-forma" in kinds(session)

    def test_a_lot_on_the_line_has_no_packing_list_yet(self, session, floor, order):
        floor.release(order)
        floor.runs(order, 0, MONDAY.replace(tzinfo=None), MONDAY.replace(tzinfo=None))

        assert not {"packing-list", "certificate"} & kinds(session)

    def test_a_lot_that_is_through_has_a_packing_list_and_a_certificate(self, session, floor, order):
        floor.ships(floor.release(order), MONDAY.replace(tzinfo=None))

        assert {"packing-list", "certificate"} <= kinds(session)

    def test_of_two_lots_only_the_one_that_is_through_is_packed(self, session, floor, buys):
        order = floor.release(buys(600))
        first = order.lots[0]
        for operation in range(len(first.operations)):
            floor._report(first, operation, FloorKind.STARTED, MONDAY.replace(tzinfo=None))
            floor._report(first, operation, FloorKind.FINISHED, MONDAY.replace(tzinfo=None), good=first.boards)

        assert [of for kind, of in lacking(session, 100) if kind == "packing-list"] == [first.reference]

    def test_the_oldest_order_is_printed_first(self, session, buys):
        first, second = buys(), buys()

        assert [of for kind, of in lacking(session) if kind == "confirmation"] == [first.reference, second.reference]

    @pytest.mark.parametrize("most", [1, 2, 3])
    def test_no_more_are_printed_at_once_than_asked(self, session, buys, most):
        buys(), buys()

        assert len(lacking(session, most)) == most

    def test_what_is_printed_bit_by_bit_is_all_in_the_end(self, session, buys, files, act):
        orders = [buys() for _ in range(3)]
        while prints(session, files, act, most=1):
            pass

        assert [len(order.papers) for order in orders] == [2, 2, 2]


class TestKeeping:
    @pytest.mark.usefixtures("order")
    def test_what_is_kept_is_lacking_no_more(self, session, files, act):
        assert len(prints(session, files, act)) == 2
        assert lacking(session) == []

    def test_who_comes_second_keeps_nothing(self, session, order, files, act):
        wanted = Wanted(PaperKind.CONFIRMATION, order.reference, order.id)
        keep_paper(session, wanted, files.put(b"one"), act)

        assert keep_paper(session, wanted, files.put(b"two"), act) is None
        assert len(order.papers) == 1

    def test_two_papers_with_the_same_bytes_are_one_file(self, session, order, files, act):
        for one in wanted_papers(session):
            keep_paper(session, one, files.put(b"an empty page"), act)
        sha256 = {paper.sha256 for paper in order.papers}

        assert len(order.papers) == 2
        assert session.scalar(sa.select(sa.func.count(StoredFile.sha256)).where(StoredFile.sha256.in_(sha256))) == 1

    def test_each_is_in_the_audit_with_its_hash(self, session, order, files, act):
        prints(session, files, act)
        printed = sa.select(AuditEntry).where(AuditEntry.action == "paper.printed").order_by(AuditEntry.number)
        said = session.scalars(printed).all()

        assert [entry.changes["sha256"] for entry in said] == [paper.sha256 for paper in order.papers]

    @pytest.mark.usefixtures("order")
    def test_an_order_that_is_not_there_gets_no_paper(self, session, files, act):
        with pytest.raises(sa.exc.NoResultFound):
            keep_paper(session, Wanted(PaperKind.CONFIRMATION, "O-404", 404), files.put(b"x"), act)


class TestSeeing:
    def test_a_customer_does_not_see_the_floors_traveller(self, session, order, files, act):
        prints(session, files, act)

        assert [paper.kind for paper in papers_of(order, is_staff=False)] == ["confirmation"]

    def test_the_floor_sees_all(self, session, order, files, act):
        prints(session, files, act)

        assert {paper.kind for paper in papers_of(order, is_staff=True)} == {"confirmation", "traveller"}

    def test_a_traveller_is_not_found_by_whoever_knows_its_address(self, session, order, files, act):
        prints(session, files, act)
        lot = order.lots[0].reference
        with pytest.raises(NotYours):
            find_paper(order, "traveller", lot, is_staff=False)

        assert find_paper(order, "traveller", lot, is_staff=True).subject == lot

    def test_the_paper_of_another_order_is_not_found_here(self, session, buys, files, act):
        mine, theirs = buys(), buys()
        prints(session, files, act)
        with pytest.raises(NotYours):
            find_paper(mine, "confirmation", theirs.reference, is_staff=True)

    @pytest.mark.parametrize("kind", ["confirmation", "invoice", "", "nonsense"])
    def test_what_was_not_printed_yet_is_not_found(self, order, kind):
        with pytest.raises(NotYours):
            find_paper(order, kind, order.reference, is_staff=True)


def test_a_paper_says_when_it_was_printed(session, order, files, act):
    prints(session, files, Floor(session, act).at(MONDAY.replace(tzinfo=None)))

    assert {paper.created_at for paper in order.papers} == {at_shop(MONDAY.replace(tzinfo=None))}
