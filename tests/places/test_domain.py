from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onhand.kernel import new_id
from onhand.places.domain import BadPattern, Node, chosen_bin, expand, loads, may_lie_in, spots

KINDS = ("zone", "aisle", "shelf", "bin")


def codes(pattern: str) -> list[str]:
    return [cuts[-1] for cuts in expand(pattern)]


@pytest.mark.parametrize(
    ("pattern", "made"),
    [
        ("A-{1..3}", ["A-1", "A-2", "A-3"]),
        ("A-{08..11}", ["A-08", "A-09", "A-10", "A-11"]),
        ("{A..C}{1..2}", ["A1", "A2", "B1", "B2", "C1", "C2"]),
        ("Tür {links,rechts}", ["Tür links", "Tür rechts"]),
        ("{5..5}!", ["5!"]),
    ],
)
def test_a_pattern_stands_for_codes(pattern: str, made: list[str]) -> None:
    assert codes(pattern) == made


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("A-1", "in braces"),
        ("A-{1..3", "needs its"),
        ("A-}1{", "needs its"),
        ("A-{}", "no range"),
        ("A-{1..}", "no range"),
        ("A-{3..1}", "backwards"),
        ("A-{a..F}", "mixes"),
        ("A-{1..9999}", "5,000"),
        ("{1..100}-{1..100}", "10,000 places"),
        ("{a,A}", "twice"),
        ("x" * 70 + "{1..2}", "60 characters"),
    ],
)
def test_a_pattern_that_cannot_be_used_says_why(pattern: str, words: str) -> None:
    with pytest.raises(BadPattern, match=words):
        expand(pattern)


def test_groups_make_the_places_above() -> None:
    made = spots("{A..B}-{1..2}-{1..2}", "bin", tree=True)
    assert [(one.code, one.kind, one.within) for one in made[:4]] == [
        ("A", "aisle", None),
        ("A-1", "shelf", "A"),
        ("A-1-1", "bin", "A-1"),
        ("A-1-2", "bin", "A-1"),
    ]
    assert len(made) == 2 + 4 + 8
    with pytest.raises(BadPattern, match="deep"):
        spots("{1..2}{1..2}", "zone", tree=True)


@pytest.mark.parametrize("inner", KINDS)
@pytest.mark.parametrize("outer", KINDS)
def test_what_is_larger_does_not_lie_in_what_is_smaller(inner: str, outer: str) -> None:
    assert may_lie_in(inner, outer) == (KINDS.index(outer) < KINDS.index(inner))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 100)), max_size=30))
def test_the_top_holds_all_that_lies_below(shape: list[tuple[int, int]]) -> None:
    top = Node(new_id(), None, None)
    nodes = [top]
    held = {}
    for parent, units in shape:
        node = Node(new_id(), nodes[parent % len(nodes)].id, None)
        nodes.append(node)
        held[node.id] = (Decimal(units), Decimal(0))
    assert loads(nodes, held)[top.id].units == sum(units for _, units in shape)


def test_a_place_can_hold_what_its_parts_can_unless_it_says_otherwise() -> None:
    zone, shelf, left, right = (new_id() for _ in range(4))
    nodes = [
        Node(zone, None, None),
        Node(shelf, zone, None),
        Node(left, shelf, Decimal(10)),
        Node(right, shelf, Decimal(5)),
    ]
    found = loads(nodes, {left: (Decimal(12), Decimal(2))})
    assert (found[shelf].capacity, found[zone].fill) == (Decimal(15), Decimal("0.8"))
    assert found[left].fill == Decimal("1.2")
    assert found[zone].unavailable == Decimal(2)
    unknown = loads([*nodes[:3], Node(right, shelf, None)], {})
    assert unknown[shelf].fill is None


def test_goods_go_beside_their_like_else_where_there_is_room() -> None:
    bins = [("A", Decimal(5), Decimal(5)), ("B", Decimal(10), Decimal(0)), ("C", None, Decimal(90))]
    assert chosen_bin(bins, Decimal(3), lambda code: code == "C") == "C"
    assert chosen_bin(bins, Decimal(3), lambda code: code == "A") == "B"
    assert chosen_bin(bins, Decimal(11), lambda _: False) == "C"
    assert chosen_bin(bins[:1], Decimal(1), lambda _: True) is None
