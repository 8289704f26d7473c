from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from onhand.salesfile.domain import opening_needed
from onhand.salesfile.opening import opening_needed_by_sku, recording_order

SKUS = 3
MOVES = st.lists(st.tuples(st.integers(0, SKUS - 1), st.integers(0, 5), st.integers(-9, 9).filter(bool)), max_size=40)


def columns(moves: list[tuple[int, int, int]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    table = np.array(moves, np.int64).reshape(-1, 3)
    return table[:, 0], table[:, 1], table[:, 2]


def chronological(moves: list[tuple[int, int, int]], sku: int) -> list[int]:
    return [change for _, _, change in sorted((m for m in moves if m[0] == sku), key=lambda m: (m[1], m[2] < 0))]


@given(MOVES)
def test_the_columns_say_what_the_plain_rule_says(moves: list[tuple[int, int, int]]) -> None:
    needed = opening_needed_by_sku(*columns(moves), SKUS)
    assert needed.tolist() == [opening_needed(chronological(moves, sku)) for sku in range(SKUS)]


@given(MOVES, st.integers(0, 5))
def test_the_beginning_then_the_whole_needs_what_the_whole_needs(moves: list[tuple[int, int, int]], until: int) -> None:
    beginning = [move for move in moves if move[1] <= until]
    first = opening_needed_by_sku(*columns(beginning), SKUS)
    opened = [(sku, -1, int(first[sku])) for sku in range(SKUS)]
    second = opening_needed_by_sku(*columns([*opened, *moves]), SKUS)
    assert (first + second).tolist() == opening_needed_by_sku(*columns(moves), SKUS).tolist()


@given(MOVES, st.data())
def test_no_order_of_imports_ever_records_less_than_nothing(
    moves: list[tuple[int, int, int]], data: st.DataObject
) -> None:
    part = [move for move in moves if data.draw(st.booleans())]
    rest = list(moves)
    for move in part:
        rest.remove(move)
    first = opening_needed_by_sku(*columns(part), SKUS)
    second = opening_needed_by_sku(*columns([*((n, -1, int(first[n])) for n in range(SKUS)), *moves]), SKUS)
    level = first + second
    for number, _, moved in part:
        level[number] += moved
    sku, at, change = columns(rest)
    for place in recording_order(sku, at, change, level).tolist():
        level[sku[place]] += change[place]
        assert level[sku[place]] >= 0


def test_with_nothing_before_lines_are_recorded_as_they_happened() -> None:
    sku, at, change = columns([(0, 3, -1), (0, 1, -2), (1, 2, 5), (0, 1, 4)])
    needed = opening_needed_by_sku(sku, at, change, SKUS)
    assert recording_order(sku, at, change, needed).tolist() == [3, 1, 2, 0]
