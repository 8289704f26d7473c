"""A value of a field is of its kind and within its bounds, or it is refused by name."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from onhand.fields import domain
from onhand.fields.domain import Field
from onhand.fields.patterns import is_pattern, matches

SIZES = ("S", "M", "L")


@pytest.mark.parametrize(
    ("field", "raw", "kept"),
    [
        (Field("a", "A", "text"), "  plain 😀 مرحبا ", "plain 😀 مرحبا"),
        (Field("a", "A", "text", pattern="[A-Z]{2}[0-9]+"), "AB12", "AB12"),
        (Field("a", "A", "number"), "12.500", "12.5"),
        (Field("a", "A", "number"), 3, "3"),
        (Field("a", "A", "number", minimum=Decimal(1), maximum=Decimal(2)), "2", "2"),
        (Field("a", "A", "date"), "2026-02-28", "2026-02-28"),
        (Field("a", "A", "boolean"), "yes", True),
        (Field("a", "A", "boolean"), False, False),
        (Field("a", "A", "choice", choices=SIZES), "m", "M"),
        (Field("a", "A", "multi_choice", choices=SIZES), "l,s,L", ["S", "L"]),
        (Field("a", "A", "url"), "https://example.com/a?b=1", "https://example.com/a?b=1"),
    ],
)
def test_a_value_is_kept_as_its_kind_is_written(field: Field, raw: object, kept: object) -> None:
    assert domain.merge([field], {}, {"a": raw}, matches) == ({"a": kept}, [])


@pytest.mark.parametrize(
    ("field", "raw", "rule"),
    [
        (Field("a", "A", "text"), 12, "kind"),
        (Field("a", "A", "text"), "x" * 2_001, "kind"),
        (Field("a", "A", "text", maximum=Decimal(3)), "abcd", "maximum"),
        (Field("a", "A", "text", pattern="[A-Z]+"), "ABc", "pattern"),
        (Field("a", "A", "number"), "NaN", "kind"),
        (Field("a", "A", "number"), "9" * 400, "kind"),
        (Field("a", "A", "number"), "0.1234567", "kind"),
        (Field("a", "A", "number"), True, "kind"),
        (Field("a", "A", "number", minimum=Decimal(1)), "0.9", "minimum"),
        (Field("a", "A", "date"), "31.12.2026", "kind"),
        (Field("a", "A", "date", earliest=date(2026, 1, 1)), "2025-12-31", "minimum"),
        (Field("a", "A", "date", latest=date(2026, 1, 1)), "2026-01-02", "maximum"),
        (Field("a", "A", "boolean"), "perhaps", "kind"),
        (Field("a", "A", "choice", choices=SIZES), "XL", "choice"),
        (Field("a", "A", "multi_choice", choices=SIZES), ["S", "XL"], "choice"),
        (Field("a", "A", "multi_choice", choices=SIZES, maximum=Decimal(1)), ["S", "M"], "maximum"),
        (Field("a", "A", "multi_choice", choices=SIZES), {"S": 1}, "kind"),
        (Field("a", "A", "url"), "javascript:alert(1)", "kind"),
        (Field("a", "A", "url"), "http://[", "kind"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_its_rule(field: Field, raw: object, rule: str) -> None:
    values, problems = domain.merge([field], {"a": "before"}, {"a": raw}, matches)
    assert values == {"a": "before"}
    assert [(one.code, one.rule) for one in problems] == [("a", rule)]


@pytest.mark.parametrize(
    ("kept", "given", "values", "rules"),
    [
        ({}, {}, {}, ["required"]),
        ({"a": "x"}, {"a": None}, {}, ["required"]),
        ({"a": "x"}, {"b": "y"}, {"a": "x"}, ["unknown"]),
        ({"a": "x", "gone": "z"}, {}, {"a": "x", "gone": "z"}, []),
        ({}, {"a": ""}, {}, ["required"]),
    ],
)
def test_what_is_not_named_stays_and_what_is_required_must_be_there(
    kept: dict[str, Any], given: dict[str, Any], values: dict[str, Any], rules: list[str]
) -> None:
    found, problems = domain.merge([Field("a", "A", "text", required=True)], kept, given, matches)
    assert (found, [one.rule for one in problems]) == (values, rules)


def test_a_pattern_that_would_never_end_elsewhere_ends_here() -> None:
    assert matches("(a+)+b", "a" * 2_000) is False
    assert is_pattern("[") is False
