"""A card that could price something wrongly does not price at all: each kind of fault, by its key, in words."""

import pytest
from costing_examples import a_card, a_charge

from portal.costing.cards import read_rate_card
from portal.costing.drivers import NUMBERS, TEXTS
from portal.errors import RatesRefused
from portal.parts.packages import PackageClass

GOOD = 'per = "board"\nrate = "1"'
HEAD = 'name = "test"\ncurrency = "EUR"\nas_of = 2026-11-01\n'


def faults_of(text):
    with pytest.raises(RatesRefused) as refused:
        read_rate_card(text, file="card.toml")
    return [fault.removeprefix("card.toml: ") for fault in refused.value.faults]


def faults(*charges, head=""):
    return faults_of("\n".join([HEAD + head, *(a_charge(charge) for charge in charges)]))


NUMBER = 'expected a number, such as "0.65"'
DRIVER = "expected a known driver, minute:<work centre>, or one named in [drivers]"


@pytest.mark.parametrize(
    ("rate", "said"),
    [
        ('"-0.01"', "expected a number that is not below zero"),
        ("-1", "expected a number that is not below zero"),
        ('"nan"', NUMBER),
        ("nan", NUMBER),
        ("inf", NUMBER),
        ('"-inf"', NUMBER),
        ('"sNaN"', NUMBER),
        ("true", NUMBER),
        ('""', NUMBER),
        ('"0,65"', NUMBER),
        ('"1_000"', NUMBER),
        ('"€ 5"', NUMBER),
        ('"٥"', NUMBER),
        ('"1000000000000"', NUMBER),
        ("1000000000000", NUMBER),
        (f"{10**30}", NUMBER),
        ('"1e999999"', NUMBER),
        ("2026-11-01", NUMBER),
        ("[1]", NUMBER),
    ],
)
@pytest.mark.parametrize(
    ("place", "key"),
    [
        ("rate = {}", "rate"),
        ("rate_by = {{ side = {{ 1 = {} }} }}", "rate_by.side.1"),
        ('tiers = {{ by = "board", steps = {{ 1 = {} }} }}', "tiers.steps.1"),
        ('rate = "1"\nfactors = {{ finish = {{ enig = {} }} }}', "factors.finish.enig"),
        ('rate = "1"\nminimum = {{ amount = {} }}', "minimum.amount"),
        ('rate = "1"\nwhen = {{ board = {{ min = {} }} }}', "when.board.min"),
    ],
)
def test_wherever_a_figure_stands_it_is_a_number_that_can_be_charged(place, key, rate, said):
    [fault] = faults(f'per = "board"\n{place.format(rate)}')

    assert fault.startswith(f"charges.0.{key}: {said} (found ")


@pytest.mark.parametrize(
    ("keys", "key"),
    [
        ('per = "moon"\nrate = "1"', "per.0"),
        ('per = ["board", "moon"]\nrate = "1"', "per.1"),
        ('per = "Board"\nrate = "1"', "per.0"),
        ('per = ""\nrate = "1"', "per.0"),
        ('per = "minutes:bench"\nrate = "1"', "per.0"),
        (f'{GOOD}\nfactors = {{ moon = {{ full = "2" }} }}', "factors.moon.[key]"),
        (f'{GOOD}\nwhen = {{ moon = {{ min = "1" }} }}', "when.moon.[key]"),
        (f"{GOOD}\nsets = {{ moon = 2 }}", "sets.moon.[key]"),
        (f'{GOOD}\nminimum = {{ amount = "1", per = "moon" }}', "minimum.per"),
        ('per = "board"\ntiers = { by = "moon", steps = { 1 = "1" } }', "tiers.by"),
        ('per = "board"\nrate_by = { moon = { 1 = "1" } }', "rate_by.moon.[key]"),
        (f'{GOOD}\nbecause = "by the {{moon}}"', "because"),
    ],
)
def test_a_driver_that_nobody_knows_is_refused_wherever_it_stands(keys, key):
    assert faults(keys)[0].startswith(f"charges.0.{key}: {DRIVER}")


@pytest.mark.parametrize("name", [name for name in NUMBERS if name != "counted_amount"])
def test_every_number_that_is_documented_may_be_charged_by(name):
    assert a_card(f'per = "{name}"\nrate = "1"\nbecause = "{{{name}}}"').charges[0].per == (name,)


@pytest.mark.parametrize("name", TEXTS)
def test_every_text_that_is_documented_may_choose_a_rate(name):
    assert a_card(f'per = "order"\nrate_by = {{ {name} = {{ any = "1" }} }}\nbecause = "{{{name}}}"')


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize(
    "keys", ['per = "{}"\nrate = "1"', 'per = "board"\ntiers = {{ by = "{}", steps = {{ 1 = "1" }} }}']
)
def test_a_text_is_never_multiplied_or_compared_with_steps(keys, name):
    assert f"expected a driver that is a number; {name} is text" in faults(keys.format(name))[0]


@pytest.mark.parametrize("key", ["label", "group", "unit", "source", "date", "grade"])
def test_a_charge_says_what_it_is_and_where_it_comes_from(key):
    charge = "\n".join(row for row in a_charge(GOOD).splitlines() if not row.startswith(f"{key} ="))

    [fault] = faults_of(f"{HEAD}{charge}")

    assert fault.removesuffix(", in the charge 'Charge 0'").startswith(f"charges.0.{key}: is missing")


def test_a_card_without_a_source_is_told_so_once_and_not_for_each_charge():
    charge = '[[charges]]\nlabel = "{}"\ngroup = "test"\nunit = "x"\nper = "order"\nrate = {}\n'

    assert faults_of(HEAD + charge.format("A", 1) + charge.format("B", 2) + charge.format("C", '"x"')) == [
        "charges.2.rate: expected a number, such as \"0.65\" (found 'x'), in the charge 'C'",
        "source, date, grade: missing in several charges; say source, grade and as_of once, at the head",
    ]


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ('group = "sundries"', "charges.0.group: expected 'set-up', 'boards', 'stencil', 'parts'"),
        ('group = "Parts"', "charges.0.group: expected "),
        ('grade = "E"', "charges.0.grade: expected 'A', 'B', 'C' or 'U' (found 'E')"),
        ('grade = ""', "charges.0.grade: expected 'A', 'B', 'C' or 'U' (found '')"),
        ('date = "in spring"', "charges.0.date: expected a day"),
        ("date = 2026", "charges.0.date: expected a day, such as 2026-11-23 (found 2026)"),
        ("source = 5", "charges.0.source: expected text in quotes (found 5)"),
        (
            "date = 2026-11-23T10:00:00",
            "charges.0.date: expected a day, such as 2026-11-23 (found 2026-11-23 10:00:00)",
        ),
        ('when_any = "x"', "charges.0.when_any: expected a list, such as [{ width_mm = { below = 20 } }"),
        (
            'scaled_by = { by = "board", steps = { 1 = 1 } }',
            'charges.0.scaled_by: expected a list, such as [{ by = "board"',
        ),
        ('when = { speed = { one_of = "express" } }', "charges.0.when.speed.one_of: expected a list"),
        ('sets = { board = "3" , side = 0 }', "charges.0.sets.side: expected more than 0"),
        ('alternative = { of = "assembly" }', "charges.0.alternative.way: is missing"),
        ('minimum = { per = "board" }', "charges.0.minimum.amount: is missing"),
    ],
)
def test_what_stands_in_the_wrong_words_is_told_by_its_key(keys, said):
    assert faults(f"{GOOD}\n{keys}")[0].startswith(said)


RATE, BY, TIERS = 'rate = "1"', 'rate_by = { side = { 1 = "1" } }', 'tiers = { by = "board", steps = { 1 = "1" } }'
TABLE = 'table = { axes = [{ by = "board", steps = [1, 10] }], rates = ["2", "1"] }'


@pytest.mark.parametrize(
    "ways", [(), (RATE, BY), (RATE, TIERS), (BY, TIERS), (TIERS, TABLE), (RATE, BY, TIERS), ("rate_by = {}",)]
)
def test_a_charge_has_one_price_and_not_two(ways):
    [fault] = faults("\n".join(['per = "board"', *ways]))

    assert fault.startswith("charges.0: expected exactly one of rate, rate_by, rate_is, tiers, table, in the charge ")


@pytest.mark.parametrize("way", [RATE, BY, TIERS, TABLE])
def test_each_way_of_pricing_will_do(way):
    assert a_card(f'per = "board"\n{way}')


@pytest.mark.parametrize(
    "template",
    [
        "{board.real}",
        "{board.__class__.__mro__}",
        "{board[0]}",
        "{board!r}",
        "{board!s}",
        "{board:>10}",
        "{board:.2f}",
        "{board:{side}}",
        "{0}",
        "{}",
        "{ board }",
        "{board",
        "board}",
        "{self}",
        "{moon}",
    ],
)
def test_a_reason_can_reach_for_nothing_but_a_drivers_name(template):
    [fault] = faults(f'{GOOD}\nbecause = "{template}"')

    assert fault.startswith("charges.0.because: expected ")


@pytest.mark.parametrize("template", ["", "once an order", "{board} × {side}", "{{literally}}", "100 %"])
def test_a_reason_may_be_words_and_drivers(template):
    assert a_card(f'{GOOD}\nbecause = "{template}"').charges[0].because == template


def test_faults_of_several_charges_are_told_by_their_place_in_the_card():
    found = faults(GOOD, 'per = "moon"\nrate = "1"', GOOD, 'per = "board"\nrate = "x"', head="note = 5\n")

    assert [fault.split(": ")[0] for fault in found] == ["note", "charges.1.per.0", "charges.3.rate"]


@pytest.mark.parametrize("charges", ["", "charges = []", "charges = 5", 'charges = "none"', "charges = {}"])
def test_without_a_list_of_charges_there_is_no_card(charges):
    assert faults_of(f"{HEAD}{charges}")[0].startswith("charges")


ORIGIN = 'source = "x", date = 2026-11-01, grade = "U"'
RULES = {str(name): f'{{ share = "0.1", minimum = 5, {ORIGIN} }}' for name in PackageClass}
LIMITS = dict.fromkeys(("budget", "volume_share", "one_below"), f'{{ value = "1", unit = "x", {ORIGIN} }}')


def attrition_faults(limits=LIMITS, rules=RULES):
    rows = [f"{name} = {figure}" for name, figure in limits.items()]
    rows += ["[attrition.by_class]", *(f'"{name}" = {rule}' for name, rule in rules.items())]
    return faults(GOOD, head="\n".join(["[attrition]", *rows, ""]))


@pytest.mark.parametrize("name", list(PackageClass))
def test_attrition_forgets_no_class_of_part(name):
    [fault] = attrition_faults(rules={key: rule for key, rule in RULES.items() if key != name})

    assert fault.startswith(f"attrition: by_class: expected a rule for {name} too")


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (f'{{ share = "-0.1", minimum = 5, {ORIGIN} }}', "share: expected a number that is not below zero"),
        (f'{{ share = "0.1", minimum = -5, {ORIGIN} }}', "minimum: expected at least 0"),
        (f'{{ share = "0.1", minimum = "few", {ORIGIN} }}', "minimum: expected a whole number"),
        (f'{{ share = "0.1", minimum = 1.5, {ORIGIN} }}', "minimum: expected a whole number"),
        (f'{{ share = "10%", minimum = 5, {ORIGIN} }}', f"share: {NUMBER}"),
        (f'{{ share = "0.1", {ORIGIN} }}', "minimum: is missing"),
        ('{ share = "0.1", minimum = 5, date = 2026-11-01, grade = "U" }', "source: is missing"),
    ],
)
def test_a_rule_of_attrition_is_checked_like_a_charge(rule, said):
    [fault] = attrition_faults(rules=RULES | {"0402": rule})

    assert fault.startswith(f"attrition.by_class.0402.{said}")


@pytest.mark.parametrize("name", LIMITS)
def test_attrition_has_all_three_limits(name):
    found = attrition_faults(limits={key: figure for key, figure in LIMITS.items() if key != name})

    assert found == [f"attrition.{name}: is missing"]


CIRCLE = '[computed.x]\nmeaning = "m"\nsum = [{ of = "y" }]\n[computed.y]\nmeaning = "m"\nsum = [{ of = "x" }]\n'


def test_a_circle_is_told_in_the_same_message_as_all_other_faults():
    found = faults('per = "board"\nrate = "-1"', head=CIRCLE)

    assert [fault.split(":")[0] for fault in found] == ["charges.0.rate", "computed.x"]
    assert found[1].endswith("goes round in a circle: x → y → x")


def test_what_cannot_be_read_is_no_part_of_a_circle():
    found = faults('per = "board"\nrate = "-1"', head=CIRCLE.replace('of = "x"', 'of = "moon"'))

    assert [fault.split(":")[0] for fault in found] == ["computed.y.sum.0.of.0", "charges.0.rate"]


@pytest.mark.parametrize(
    "key", ['as_of = "yesterday"', "as_of = 20261123", "as_of = 2026-11-23T10:00:00", 'grade = "Z"', "source = 5"]
)
def test_a_fault_of_the_head_is_told_once_however_many_charges_rest_on_it(key):
    head = {"name": '"x"', "currency": '"EUR"', "as_of": "2026-11-01", "source": '"x"', "grade": '"A"'}
    head |= {key.split(" = ")[0]: key.split(" = ")[1]}
    charges = '[[charges]]\nlabel = "{}"\ngroup = "test"\nunit = "x"\nper = "order"\nrate = 1\n'
    text = "".join(f"{name} = {value}\n" for name, value in head.items()) + charges.format("A") + charges.format("B")

    assert [fault.split(":")[0] for fault in faults_of(text)] == [key.split(" = ")[0]]


def test_a_fault_of_one_of_many_charges_names_its_label():
    [fault] = faults('label = "Placing"\nper = "board"\nrate = "1,50"')

    assert fault == "charges.0.rate: expected a number, such as \"0.65\" (found '1,50'), in the charge 'Placing'"


@pytest.mark.parametrize("condition", ['">5"', '["2", "four"]', '{ none_of = ["> 5"] }'])
def test_a_sign_in_the_place_of_a_number_would_never_hold_and_is_refused(condition):
    [fault] = faults(f'per = "board"\nrate = "1"\nwhen = {{ board = {condition} }}')

    assert "when: board is a number and never" in fault
    assert "use min, max, above or below" in fault


@pytest.mark.parametrize("condition", ['"2"', "2", '["1.60", 0.8]'])
def test_numbers_in_quotes_are_numbers(condition):
    assert a_card(f'per = "board"\nrate = "1"\nwhen = {{ thickness_mm = {condition} }}')


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ('[limits]\nboard = "max 50"', "limits.board: board is a number and never 'max 50'"),
        ("[limits]\nfinish = { max = 5 }", "limits.finish: finish is text and never reaches a number"),
        (
            '[computed.points]\nmeaning = "p"\nsum = [{ of = "board", when = { side = "two" } }]',
            "computed.points.sum: when: side is a number and never 'two'",
        ),
    ],
)
def test_a_limit_or_a_term_that_nothing_meets_is_refused(table, said):
    assert said in "\n".join(faults(GOOD, head=f"{table}\n"))


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("minimun = 5", "minimun: is not a known key; the nearest is minimum"),
        ('when = "board > 5"', "when: expected a table in braces, such as { board = { max = 50 } }"),
        ("tiers = [1, 2]", 'tiers: expected a table in braces, such as { by = "board", steps = { 1 = 5, 10 = 4 } }'),
        (
            'tiers = { by = "board", steps = { "1-9" = 5 } }',
            "expected the figure from which the rate holds, such as 10",
        ),
    ],
)
def test_what_stands_in_a_wrong_form_is_shown_in_the_right_one(key, said):
    without = 'per = "board"' if key.startswith("tiers") else GOOD

    assert said in "\n".join(faults(f"{without}\n{key}"))
