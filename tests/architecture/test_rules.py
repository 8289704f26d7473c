"""Every rule has a checker, and every checker is shown to fail before it is trusted to pass."""

import pytest
from tests.architecture import doors, pages, shape, words
from tests.architecture.rule import Rule

RULES = [*doors.RULES, *shape.RULES, *words.RULES, *pages.RULES]
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


@each_rule
def test_the_code_obeys_the_rule(rule: Rule) -> None:
    findings = list(rule.find(rule.looks_at()))
    assert not findings, f"{rule.name}:\n" + "\n".join(findings)


@each_rule
def test_the_rule_catches_what_breaks_it(rule: Rule) -> None:
    missed = [sample for sample in rule.bad if not list(rule.find(sample))]
    assert rule.bad
    assert not missed


@each_rule
def test_the_rule_lets_good_code_through(rule: Rule) -> None:
    assert list(rule.find(rule.good)) == []
