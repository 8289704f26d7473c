import asyncio
from decimal import Decimal

from onhand import catalog
from onhand.infra.db import Database
from onhand.kernel import Actor, new_id


def wanted(*codes: str) -> list[catalog.SkuWanted]:
    return [catalog.SkuWanted(code, f"Name of {code}", Decimal("1.25"), None, "GBP") for code in codes]


async def test_missing_skus_are_made_and_known_ones_kept(database: Database, actor: Actor) -> None:
    async with database.session(actor) as session:
        first = await catalog.ensure_skus(session, wanted("A", "B"))
    async with database.session(actor) as session:
        again = await catalog.ensure_skus(session, wanted("b", "C", "A"))
        facts = await catalog.sku_by_codes(session, ["a", "B", "c", "D"])
    assert again["A"] == first["A"]
    assert again["b"] == first["B"]
    assert {code: (sku.code, sku.name, sku.selling_price) for code, sku in facts.items()} == {
        "a": ("A", "Name of A", Decimal("1.25")),
        "B": ("B", "Name of B", Decimal("1.25")),
        "c": ("C", "Name of C", Decimal("1.25")),
    }


async def test_codes_that_differ_in_case_are_one_sku_as_first_written(database: Database, actor: Actor) -> None:
    async with database.session(actor) as session:
        ids = await catalog.ensure_skus(session, wanted("85123A", "85123a"))
        facts = await catalog.skus_by_ids(session, [*ids.values(), new_id()])
    assert len(set(ids.values())) == 1
    assert [sku.code for sku in facts.values()] == ["85123A"]


async def test_two_imports_at_once_make_each_sku_once(database: Database, actor: Actor) -> None:
    async def take_in(codes: list[str]) -> dict[str, object]:
        async with database.session(actor) as session:
            return dict(await catalog.ensure_skus(session, wanted(*codes)))

    codes = [f"S{n}" for n in range(50)]
    answers = await asyncio.gather(*(take_in(codes if turn % 2 else codes[::-1]) for turn in range(4)))
    assert all(answer == answers[0] for answer in answers)
    async with database.session(actor) as session:
        assert len(await catalog.sku_by_codes(session, codes)) == 50


async def test_a_made_sku_can_be_searched_for(database: Database, actor: Actor) -> None:
    async with database.session(actor) as session:
        await catalog.ensure_skus(session, [catalog.SkuWanted("22752", "Set 7 babushka nesting boxes")])
        item = await catalog.product_by(session, "22752")
    assert item.product.search_text == " 22752 set 7 babushka nesting boxes "


async def test_twenty_thousand_skus_take_seconds_not_minutes(database: Database, actor: Actor) -> None:
    async with asyncio.timeout(20), database.session(actor) as session:
        ids = await catalog.ensure_skus(session, wanted(*(f"SKU-{n}" for n in range(20_000))))
    assert len(set(ids.values())) == 20_000


async def test_many_skus_are_renamed_and_priced_and_found_by_their_new_name(database: Database, actor: Actor) -> None:
    async with database.session(actor) as session:
        await catalog.ensure_skus(session, wanted("A", "B"))
        facts = await catalog.sku_by_codes(session, ["A", "B"])
        await catalog.revise_skus(session, [catalog.SkuRevision(facts["A"], "Red mug", Decimal("2.95"))])
        item, other = await catalog.product_by(session, "A"), await catalog.product_by(session, "B")
    assert (item.product.name, item.product.search_text, item.sku.selling_price) == (
        "Red mug",
        " a red mug ",
        Decimal("2.95"),
    )
    assert (other.product.name, other.sku.selling_price) == ("Name of B", Decimal("1.25"))
