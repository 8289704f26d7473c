"""The language of search: what is read, and where a bad query is marked."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onhand.infra.query_language import All, BadQuery, Either, Field, Not, Value, Word, parse_query


def test_words_stand_side_by_side() -> None:
    assert parse_query("brass lamp") == All((Word("brass", 0, 5), Word("lamp", 6, 10)))
    assert parse_query("   ") is None


def test_a_field_has_a_name_an_operator_and_values() -> None:
    assert parse_query("price:<5") == Field("price", "lt", (Value("5", 7, 8),), 0, 8)
    assert parse_query('Tag:foil,"first edition"') == Field(
        "tag", "is", (Value("foil", 4, 8), Value("first edition", 9, 24, quoted=True)), 0, 24
    )
    assert parse_query('"Card number":>=12') == Field("card number", "gte", (Value("12", 16, 18),), 0, 18)


def test_a_range_has_two_ends() -> None:
    assert parse_query("price:1..9") == Field("price", "between", (Value("1", 6, 7), Value("9", 9, 10)), 0, 10)


def test_or_binds_less_than_what_stands_side_by_side() -> None:
    assert parse_query("a b OR c") == Either((All((Word("a", 0, 1), Word("b", 2, 3))), Word("c", 7, 8)))


def test_a_minus_denies_what_follows_it_and_a_hyphen_does_not() -> None:
    assert parse_query("-archived") == Not(Word("archived", 1, 9))
    assert parse_query("NOT (a OR b)") == Not(Either((Word("a", 5, 6), Word("b", 10, 11))))
    assert parse_query("T-shirt") == Word("T-shirt", 0, 7)


def test_a_phrase_stands_as_it_is_written() -> None:
    assert parse_query('"blue mug"') == Word("blue mug", 0, 10, phrase=True)


@pytest.mark.parametrize(
    ("query", "start", "end"),
    [
        ("brass OR", 7, 8),
        ("OR brass", 0, 2),
        ("price:", 0, 6),
        ("a price:< b", 2, 9),
        ('name:"open', 5, 6),
        ('"open', 0, 1),
        ("(a b", 0, 1),
        ("a) b", 1, 2),
        ("price:1..", 6, 9),
        ("price:<1,2", 9, 10),
        ("()", 1, 2),
        ("(" * 11 + "a" + ")" * 11, 10, 11),
        (" ".join("a" * 41), 80, 81),
    ],
)
def test_a_bad_query_is_marked(query: str, start: int, end: int) -> None:
    with pytest.raises(BadQuery) as bad:
        parse_query(query)
    assert (bad.value.start, bad.value.end) == (start, end)


def marked(text: str) -> tuple[int, int]:
    try:
        parse_query(text)
    except BadQuery as bad:
        return bad.start, bad.end
    return 0, 1


@given(st.text(max_size=80))
def test_every_text_is_read_or_marked_within_itself(text: str) -> None:
    start, end = marked(text)
    assert 0 <= start <= len(text)
    assert start < end
