"""Where no supplier alone has enough, one need is split over several: cheapest first, and more never costs less."""

from datetime import date
from decimal import Decimal

import pytest
from costing_examples import a_design
from hypothesis import given
from hypothesis import strategies as st

from portal.costing.attrition import Extra, Lost
from portal.costing.buying import Alone, Bought, sellers_of
from portal.costing.lines import total
from portal.costing.purchasing import bought_lines, choices, purchase, purchases, wanted
from portal.costing.splitting import NO_WAIT, Split, cost_of
from portal.parts.catalogue import catalogue
from portal.parts.offers import Offer, Packaging, PriceBreak, Sale
from portal.routing.options import BuildOptions


def an_offer(supplier, price, *, stock=None, lead_days=30, **terms):
    """`price`: one price, or a ladder as in the catalogue."""
    pairs = (step.split(":") for step in (price if ":" in price else f"1:{price}").split(";"))
    breaks = tuple(PriceBreak(int(start), Decimal(each)) for start, each in pairs)
    return Offer("A1", "", supplier, breaks, date(2026, 11, 1), stock=stock, lead_days=lead_days, **terms)


def bought(*offers, boards, **options):
    [part] = wanted(a_design("R1 | 0805 | A1 | top"), BuildOptions(**options), catalogue(offers))
    return purchase(part, boards=boards)


def pieces(*offers, boards):
    return [(piece.offer.supplier, piece.sale.quantity) for piece in bought(*offers, boards=boards).pieces]


NEAR = (an_offer("Cheap", "0.10", stock=100), an_offer("Near", "0.12", stock=5000))
BROKER = (an_offer("Cheap", "0.10", stock=100), an_offer("Broker", "2.00", stock=5000))


@pytest.mark.parametrize(
    ("boards", "expected"),
    [
        (100, [("Cheap", 100)]),
        (101, [("Cheap", 100), ("Near", 1)]),
        (5100, [("Cheap", 100), ("Near", 5000)]),
        (5200, [("Near", 5000), ("Cheap", 200)]),  # what nobody has, the cheapest has made
    ],
)
def test_the_rest_comes_from_who_has_it_at_nearly_the_same_price(boards, expected):
    assert pieces(*NEAR, boards=boards) == expected


def test_a_brokers_price_is_not_worth_not_waiting():
    assert pieces(*BROKER, boards=1000) == [("Cheap", 1000)]
    assert bought(*BROKER, boards=1000).pieces[0].is_ordered


def test_where_nobody_says_when_more_is_made_the_broker_it_is():
    never = (
        an_offer("Cheap", "0.10", stock=100, lead_days=None),
        an_offer("Broker", "2.00", stock=5000, lead_days=None),
    )

    assert pieces(*never, boards=1000) == [("Cheap", 100), ("Broker", 900)]


def test_a_stock_that_nobody_tells_is_taken_to_be_enough():
    silent, dear = an_offer("Silent", "0.10"), an_offer("Full", "0.12", stock=500)

    assert pieces(silent, dear, boards=50) == [("Silent", 50)]


def test_the_maker_is_waited_for_rather_than_who_says_nothing_of_stock():
    assert pieces(an_offer("Short", "0.10", stock=5), an_offer("Silent", "0.12"), boards=50) == [("Short", 50)]


def test_a_lower_break_is_reached_where_the_stock_allows_it():
    ladder = "1:0.20;100:0.10"

    assert pieces(an_offer("A", ladder, stock=99), an_offer("B", ladder, stock=5000), boards=80) == [("B", 100)]
    assert pieces(an_offer("A", ladder, stock=99), an_offer("B", "1:0.21", stock=50), boards=80) == [("A", 100)]


def test_multiples_are_kept_of_each_stock():
    reels = an_offer("Reels", "0.10", stock=4999, moq=1000, order_multiple=1000)

    assert pieces(reels, an_offer("Cut", "0.12", stock=900), boards=4500) == [("Reels", 4000), ("Cut", 500)]


def test_each_supplier_is_a_line_with_its_reason_and_the_lines_are_the_cost():
    found = bought(*NEAR, boards=150)
    first, second = bought_lines(found, "EUR")

    assert (first.label, second.label) == ("A1", "A1, Near")
    assert "of 150 in all, over 2 suppliers by stock and price; Near 2026-11-01 at 0.12 EUR" in second.because
    assert total([first, second]) == found.sale.cost == Decimal("16.00")


def test_a_split_purchase_is_told_by_its_largest_piece_and_its_mean_price():
    found = bought(*NEAR, boards=200)

    assert (found.offer.supplier, found.sale.quantity, found.sale.unit_price) == ("Near", 200, Decimal("0.110000"))
    assert found.left_over == 0


def test_what_the_customer_supplies_is_not_bought_of_anybody():
    supplied = (("A1", 60),)

    assert cost_of(bought(*NEAR, boards=150, supplied=supplied).pieces)[:2] == (Decimal("9.00"), 90)
    assert bought(*NEAR, boards=50, supplied=supplied) is None


def test_of_cut_tape_more_is_lost_also_in_a_split():
    tape = an_offer("Tape", "0.10", stock=100, packaging=Packaging.CUT_TAPE)
    reel = an_offer("Reel", "0.11", stock=500, packaging=Packaging.REEL)
    [part] = wanted(a_design("R1 | 0805 | A1 | top"), BuildOptions(), catalogue([tape, reel]))
    rule = Extra(share="0", minimum=0, source="test", date=date(2026, 11, 1), grade="U")
    short, long = (purchase(part._replace(lost=Lost(rule, leader=leader)), boards=120) for leader in (2, 50))

    assert (short.extra, [piece.offer.supplier for piece in short.pieces]) == (2, ["Tape", "Reel"])
    assert (long.extra, [piece.offer.supplier for piece in long.pieces]) == (0, ["Reel"])


ladders = st.sampled_from(["0.10", "0.11", "1:0.20;100:0.10", "10:0.12;1000:0.06", "1:0.50;50:0.11;500:0.09", "2.00"])
stocks = st.none() | st.integers(0, 2000)
offers = st.builds(
    an_offer,
    st.sampled_from(["A", "B", "C", "D"]),
    ladders,
    stock=stocks,
    lead_days=st.none() | st.just(30),
    moq=st.sampled_from([1, 1, 10, 100]),
    order_multiple=st.sampled_from([1, 1, 10, 1000]),
    packaging=st.sampled_from([Packaging.UNKNOWN, Packaging.CUT_TAPE, Packaging.REEL]),
    reel_fee=st.sampled_from([Decimal(0), Decimal(0), Decimal(6)]),
)


@given(found=st.lists(offers, min_size=1, max_size=5), boards=st.integers(1, 3000), more=st.integers(1, 3000))
def test_needing_more_never_costs_less_however_short_the_stocks(found, boards, more):
    few, many = bought(*found, boards=boards), bought(*found, boards=boards + more)

    assert few.sale.cost <= many.sale.cost


@given(found=st.lists(offers, min_size=1, max_size=5), boards=st.integers(1, 3000))
def test_what_is_bought_is_enough_and_nobody_sells_more_than_is_there_unless_it_is_ordered(found, boards):
    [part] = wanted(a_design("R1 | 0805 | A1 | top"), BuildOptions(), catalogue(found))
    [one] = purchases([part], boards=boards)

    assert one.left_over >= 0
    assert sum(piece.is_ordered for piece in one.pieces) <= 1


def ways_written_out(offers, count):
    """Every way that is compared, one need at a time, in the words of the catalogue's documentation."""
    waited_for = [offer for offer in offers if offer.stock is None or offer.lead_days is not None]
    most = NO_WAIT * min((offer.lowest for offer in waited_for), default=Decimal("Infinity"))
    full = [(offer, offer.whole_stock) for offer in offers if offer.whole_stock and offer.lowest <= most]
    full.sort(key=lambda stock: (stock[0].lowest, stock[1].cost))
    for taken in (full[:number] for number in range(len(full) + 1)):
        gone = [offer for offer, _ in taken]
        yield from with_rest(taken, [offer for offer in offers if all(offer is not one for one in gone)], count)
    for offer in waited_for or offers:
        yield from with_rest([stock for stock in full if stock[0] is not offer], [offer], count, is_ordered=True)


def with_rest(taken, sellers, count, *, is_ordered=False):
    rest = count - sum(sale.quantity for _, sale in taken)
    if rest <= 0:
        yield taken
        return
    for seller in sellers:
        sale = seller.cheapest(rest) if is_ordered else next(iter(seller.from_stock([rest])))
        if sale:
            yield [*taken, (seller, Sale(*sale))]


def cost_and_count(way):
    return sum((sale.cost for _, sale in way), Decimal(0)), sum(sale.quantity for _, sale in way)


counts = st.lists(st.integers(1, 4000), min_size=1, max_size=6).map(sorted)


@given(found=st.lists(offers, min_size=2, max_size=5).map(tuple), to_buy=counts)
def test_of_all_ways_written_out_the_cheapest_is_found_for_every_need_at_once(found, to_buy):
    best = [min(map(cost_and_count, ways_written_out(found, count))) for count in to_buy]
    bought = Bought(*Split(found).cheapest(to_buy), extras=[], rules=[])

    assert bought.spent() == [cost for cost, _ in best]
    assert [sum(sale[1] for _, sale in bought.pieces(place)) for place in range(len(to_buy))] == [n for _, n in best]


@given(found=st.lists(offers, min_size=1, max_size=4), boards=counts)
def test_many_quantities_at_once_are_bought_like_each_alone(found, boards):
    [part] = wanted(a_design("R1 | 0805 | A1 | top"), BuildOptions(supplied=(("A1", 40),)), catalogue(found))
    together = choices([part], startings=set(boards))

    for count in boards:
        assert together.purchases(boards=count, started=count) == purchases([part], boards=count)


def test_one_offer_or_no_stock_told_is_no_split():
    assert sellers_of((an_offer("A", "1", stock=5),)) == Alone((an_offer("A", "1", stock=5),))
    assert isinstance(sellers_of((an_offer("A", "1"), an_offer("B", "1"))), Alone)
    assert isinstance(sellers_of((an_offer("A", "1", stock=5), an_offer("B", "1"))), Split)
