from __future__ import annotations

from decimal import Decimal
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from onhand.allocation.domain import Need, Plan, Site, plan
from onhand.kernel import derived_id

SPACE = UUID(int=1)


def named(text: str) -> UUID:
    return derived_id(SPACE, text)


def site(code: str, priority: int = 100) -> Site:
    return Site(named(code), code, priority)


def wants(**quantities: int) -> list[Need]:
    return [Need(named(f"line {sku}"), named(sku), Decimal(quantity)) for sku, quantity in quantities.items()]


def stock(**levels: dict[str, int]) -> dict[tuple[UUID, UUID], Decimal]:
    return {(named(w), named(sku)): Decimal(q) for w, held in levels.items() for sku, q in held.items()}


def served(made: Plan, sites: list[Site]) -> set[tuple[str, int]]:
    codes = {s.id: s.code for s in sites}
    return {(codes[share.site_id], int(share.quantity)) for share in made.shares}


def test_the_warehouse_of_highest_priority_serves() -> None:
    sites = [site("FAR", 20), site("NEAR", 10)]
    assert served(plan(wants(A=1), sites, stock(FAR={"A": 9}, NEAR={"A": 1})), sites) == {("NEAR", 1)}


def test_at_equal_priority_the_one_that_fills_most_lines_serves_then_the_code_decides() -> None:
    sites = [site("EAST"), site("WEST")]
    most = plan(wants(A=1, B=1, C=9), sites, stock(EAST={"A": 1, "C": 9}, WEST={"A": 1, "B": 1, "C": 9}))
    assert {share.site_id for share in most.shares} == {named("WEST")}
    tie = plan(wants(A=1), sites, stock(EAST={"A": 1}, WEST={"A": 1}))
    assert [share.site_id for share in tie.shares] == [named("EAST")]


def test_one_parcel_goes_before_priority() -> None:
    sites = [site("NEAR", 10), site("FAR", 20)]
    made = plan(wants(A=1, B=1), sites, stock(NEAR={"A": 5}, FAR={"A": 5, "B": 5}))
    assert {share.site_id for share in made.shares} == {named("FAR")}


def test_a_line_is_divided_only_when_nobody_can_fill_it() -> None:
    sites = [site("NEAR", 10), site("FAR", 20)]
    whole = plan(wants(A=4), sites, stock(NEAR={"A": 3}, FAR={"A": 4}))
    assert served(whole, sites) == {("FAR", 4)}
    divided = plan(wants(A=6), sites, stock(NEAR={"A": 3}, FAR={"A": 4}))
    assert served(divided, sites) == {("NEAR", 3), ("FAR", 3)}


def test_what_nobody_has_is_short() -> None:
    [need] = wants(A=6)
    assert plan([need], [site("NEAR")], stock(NEAR={"A": 4})).short == {need.line_id: Decimal(2)}
    assert plan([need], [], {}).short == {need.line_id: Decimal(6)}


def test_two_lines_of_one_sku_do_not_get_the_same_piece() -> None:
    lines = [Need(named("1"), named("A"), Decimal(1)), Need(named("2"), named("A"), Decimal(1))]
    made = plan(lines, [site("NEAR")], stock(NEAR={"A": 1}))
    assert (len(made.shares), made.short) == (1, {named("2"): Decimal(1)})


def kit_needs(line: str, kits: int, **parts: str) -> list[Need]:
    """What a line of so many kits wants: `kit_needs("1", 2, A="2", B="1")`."""
    each = {sku: Decimal(quantity) for sku, quantity in parts.items()}
    return [Need(named(line + sku), named(sku), per * kits, named(line), per) for sku, per in each.items()]


def test_of_kits_only_whole_ones_are_served_and_what_they_leave_goes_to_others() -> None:
    lines = [*kit_needs("1", 3, A="2", B="1"), Need(named("2"), named("B"), Decimal(2))]
    made = plan(lines, [site("NEAR")], stock(NEAR={"A": 3, "B": 3}))
    assert served(made, [site("NEAR")]) == {("NEAR", 2), ("NEAR", 1)}
    assert made.short == {named("1A"): Decimal(4), named("1B"): Decimal(2)}


@given(
    st.lists(st.tuples(st.integers(1, 4), st.integers(1, 3), st.integers(1, 2)), min_size=1, max_size=3),
    st.dictionaries(st.tuples(st.sampled_from(["N", "E"]), st.sampled_from("AB")), st.integers(0, 9)),
)
def test_kits_that_share_parts_are_whole_and_nothing_is_promised_twice(
    lines: list[tuple[int, int, int]], held: dict[tuple[str, str], int]
) -> None:
    kits = [kit_needs(str(n), count, A=str(a), B=str(b)) for n, (count, a, b) in enumerate(lines)]
    needs = [need for parts in kits for need in parts]
    free = {(named(w), named(sku)): Decimal(quantity) for (w, sku), quantity in held.items()}
    made = plan(needs, [site("N"), site("E")], free)
    for share in made.shares:
        free[share.site_id, share.sku_id] -= share.quantity
    assert all(left >= 0 for left in free.values())
    for parts in kits:
        whole = {(need.quantity - made.short.get(need.line_id, Decimal(0))) / need.each for need in parts}
        assert len(whole) == 1
        assert not whole.pop() % 1


quantities = st.integers(0, 5)
skus = st.sampled_from("ABC")


@given(
    st.lists(st.tuples(skus, st.integers(1, 6)), max_size=5),
    st.lists(st.tuples(st.sampled_from(["N", "E", "S"]), st.integers(1, 2)), unique_by=lambda s: s[0]),
    st.dictionaries(st.tuples(st.sampled_from(["N", "E", "S"]), skus), quantities),
)
def test_whatever_is_asked_nothing_is_promised_twice_and_nothing_left_lying(
    lines: list[tuple[str, int]], places: list[tuple[str, int]], held: dict[tuple[str, str], int]
) -> None:
    needs = [Need(named(f"{i}"), named(sku), Decimal(quantity)) for i, (sku, quantity) in enumerate(lines)]
    sites = [site(code, priority) for code, priority in places]
    free = {(named(w), named(sku)): Decimal(quantity) for (w, sku), quantity in held.items()}
    made = plan(needs, sites, free)
    for share in made.shares:
        free[share.site_id, share.sku_id] -= share.quantity
    assert all(left >= 0 for left in free.values())
    given_to = {need.line_id: sum(s.quantity for s in made.shares if s.line_id == need.line_id) for need in needs}
    for need in needs:
        assert given_to[need.line_id] + made.short.get(need.line_id, 0) == need.quantity
        if need.line_id in made.short:
            assert all(free.get((s.id, need.sku_id), 0) == 0 for s in sites)
