"""A rate card is checked whole when it is read: every fault, by its key, in one message."""

from decimal import Decimal

import pytest
from costing_examples import CONFIG, a_card, demo_basis

from portal.costing.cards import load_rate_card, read_rate_card
from portal.costing.values import plain
from portal.errors import RatesRefused
from portal.parts.packages import PackageClass


def faults(*charges, head=""):
    with pytest.raises(RatesRefused) as refused:
        a_card(*charges, head=head)
    return refused.value.faults


def test_every_fault_of_a_card_is_in_one_message():
    wrong_rate, wrong_driver = 'per = "board"\nrate = "cheap"', 'per = "moon"\nrate = "1"'

    found = faults(wrong_rate, wrong_driver, head='colour = "red"')

    assert [fault.split(": ")[1] for fault in found] == ["charges.0.rate", "charges.1.per.0", "colour"]


def test_a_fault_names_file_key_and_what_was_expected():
    [fault] = faults('per = "board"\nrate = "cheap"')

    assert (
        fault
        == "card.toml: charges.0.rate: expected a number, such as \"0.65\" (found 'cheap'), in the charge 'Charge'"
    )


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ('per = "board"', "expected exactly one of rate, rate_by, rate_is, tiers"),
        ('per = "board"\nrate = "1"\ntiers = { by = "board", steps = { 1 = "1" } }', "expected exactly one of"),
        ('rate = "1"', "expected either per or of_groups"),
        ('per = "board"\nof_groups = ["parts"]\nrate = "1"', "expected either per or of_groups"),
        ('per = "moon"\nrate = "1"', "expected a known driver"),
        ('per = "board"\nrate = "-1"', "not below zero"),
        ('per = "board"\nrate = "NaN"', "expected a number"),
        ('per = "board"\nrate = "Infinity"', "expected a number"),
        ('per = "board"\nrate = "1e30"', "expected a number"),
        ('per = "board"\nrate = true', "expected a number"),
        ('per = "board"\nrate = "1"\ngroup = "sundries"', "group"),
        ('per = "board"\nrate = "1"\ngrade = "Z"', "grade"),
        ('per = "board"\nrate = "1"\nwhen = { moon = { min = "1" } }', "expected a known driver"),
        ('per = "board"\nrate = "1"\nwhen = { board = { least = "1" } }', "is not a known key"),
        ('per = "board"\nrate = "1"\nfactors = { moon = { full = "2" } }', "expected a known driver"),
        ('per = "board"\nrate = "1"\nsets = { board = 0 }', "more than 0"),
        ('per = "board"\nrate = "1"\nsets = { side = 3 }', "side is not what the charge is per"),
        ('per = "board"\nrate = "1"\nminimum = { per = "board" }', "minimum.amount: is missing"),
        ('per = "board"\nrate_by = { side = { 1 = "1" }, board = { 1 = "1" } }', "expected one driver"),
        ('per = "board"\ntiers = { by = "board", steps = {} }', "tiers.steps"),
        ('per = "minute:"\nrate = "1"', "expected a known driver"),
        ('of_groups = ["parts"]\nrate = "1"\nsets = { board = 3 }', "not for a share of groups"),
        ('per = "board"\nrate = "1"\nprice = "2"', "is not a known key"),
    ],
)
def test_a_mistake_in_a_charge_is_refused_with_its_reason(keys, said):
    assert any(said in fault for fault in faults(keys))


@pytest.mark.parametrize(
    "template",
    ["{moon}", "{board.__class__}", "{board[0]}", "{board!r}", "{board:>10}", "{", "{}", "{0}"],
)
def test_a_reason_can_name_drivers_and_nothing_else(template):
    [fault] = faults(f'per = "board"\nrate = "1"\nbecause = "{template}"')

    assert "charges.0.because" in fault


@pytest.mark.parametrize("key", ["name", "currency", "as_of"])
def test_a_card_has_a_name_a_currency_and_a_day(key):
    text = {"name": 'name = "a"', "currency": 'currency = "EUR"', "as_of": "as_of = 2026-11-01"}
    text.pop(key)

    with pytest.raises(RatesRefused, match=f"{key}: is missing"):
        read_rate_card("\n".join(text.values()), file="card.toml")


@pytest.mark.parametrize("currency", ["€", "euro", "eur", ""])
def test_a_currency_is_its_three_letters(currency):
    text = f'name = "a"\ncurrency = "{currency}"\nas_of = 2026-11-01\ncharges = []'

    with pytest.raises(RatesRefused, match="currency"):
        read_rate_card(text, file="card.toml")


def test_a_card_without_charges_prices_nothing_and_is_refused():
    with pytest.raises(RatesRefused, match="charges"):
        read_rate_card('name = "a"\ncurrency = "EUR"\nas_of = 2026-11-01\ncharges = []', file="card.toml")


def test_text_that_is_not_toml_is_refused_with_its_line():
    with pytest.raises(RatesRefused, match="card.toml: is not TOML: .*line 1"):
        read_rate_card("name = = 3", file="card.toml")


def test_a_card_may_name_drivers_of_its_own():
    card = a_card('per = "via_in_pad"\nrate = "0.01"', head='[drivers]\nvia_in_pad = "filled vias"')

    assert card.charges[0].per == ("via_in_pad",)


def test_drivers_that_are_no_table_are_one_fault_and_no_crash():
    found = faults('per = "board"\nrate = "1"', head="drivers = [1, 2]")

    assert [fault.split(": ")[1] for fault in found] == ["drivers"]


def test_whole_numbers_need_no_quotes():
    assert a_card('per = "board"\nrate = 5').charges[0].rate == 5


def test_a_card_knows_where_a_minute_has_a_price():
    card = a_card('per = "minute:bench"\nrate = "0.92"', 'per = "board"\nrate = "1"')

    assert card.work_centres == {"bench"}


def test_attrition_has_a_rule_for_every_class_of_package():
    rule = '{ share = "0.1", minimum = 5, source = "x", date = 2026-11-01, grade = "U" }'
    figure = '{ value = "1", unit = "x", source = "x", date = 2026-11-01, grade = "U" }'
    figures = "\n".join(f"{key} = {figure}" for key in ("budget", "volume_share", "one_below"))
    head = f"[attrition]\n{figures}\n[attrition.by_class]\nqfn = {rule}"

    [fault] = faults('per = "board"\nrate = "1"', head=head)

    assert "expected a rule for 01005, 0201" in fault


def test_the_demo_card_charges_every_work_centre_of_the_demo_shop():
    assert demo_basis().card.work_centres == set(demo_basis().shop.work_centres)


def test_the_demo_card_says_where_each_rate_comes_from():
    card = demo_basis().card

    assert all(charge.source and charge.grade in "ABCU" for charge in card.charges)
    assert set(card.attrition.by_class) == set(PackageClass)


@pytest.mark.parametrize("path", sorted((CONFIG / "cards").glob("*.toml")), ids=lambda path: path.stem)
def test_every_card_that_ships_is_whole_and_named_like_its_file(path):
    assert load_rate_card(path).name == path.stem


@pytest.mark.parametrize(
    ("figure", "printed"),
    [("6E+1", "60"), ("0.02030", "0.0203"), ("75.00", "75"), ("0", "0"), ("0.00", "0"), ("12.5", "12.5")],
)
def test_figures_are_printed_as_people_write_them(figure, printed):
    assert plain(Decimal(figure)) == printed
