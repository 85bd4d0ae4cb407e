"""Each rule of the house holds, and each would be seen if it did not."""

import budgets
import habits
import pages
import pytest
from house import Rule, matches, sources_of, tracked

RULES = (*budgets.RULES, *habits.RULES, *pages.RULES)
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name.replace(" ", "-"))


@each_rule
def test_the_house_keeps(rule: Rule):
    faults = rule.faults()

    assert not faults, "\n".join((rule.name.upper(), rule.reason, *faults))


@each_rule
def test_a_breach_is_seen(rule: Rule):
    unseen = [sample for sample in rule.bad if not rule.faults_of_sample(sample)]

    assert not unseen


@each_rule
def test_good_style_is_left_alone(rule: Rule):
    faults = [fault for sample in rule.good for fault in rule.faults_of_sample(sample)]

    assert not faults


@each_rule
def test_each_exception_has_its_reason(rule: Rule):
    assert all(reason.strip() for reason in rule.allowed.values())


def test_a_forgiven_file_is_not_looked_at():
    rule = next(rule for rule in RULES if rule.name == "only the edge commits")

    assert rule.holds_for("portal/services/quotes.py")
    assert not rule.holds_for("portal/db.py")


def test_patterns_reach_into_folders():
    assert matches("portal/web/sales/quotes.py", ("portal/web/*.py",))
    assert not matches("tests/web/test_quotes.py", ("portal/*.py",))


def test_the_rules_see_the_code():
    assert "portal/board/design.py" in tracked()
    assert len(sources_of("portal/*.py")) > 20
