"""Gathered writes: shared calls, separate outcomes."""

from __future__ import annotations

import asyncio
from decimal import Decimal
from typing import TYPE_CHECKING

from onhand.kernel import new_id
from onhand.ledger.domain import Move, Posting, Reserve, State
from onhand.ledger.gather import gatherer

if TYPE_CHECKING:
    from tests.ledger.conftest import Shop

    from onhand.infra.db import Database
    from onhand.kernel import Actor
    from onhand.ledger.domain import Outcome


def add(quantity: int, sku: str = "A") -> Posting:
    return Posting(lines=[Move(sku=sku, warehouse="MAIN", quantity=Decimal(quantity))])


async def post(shop: Shop, database: Database, *postings: Posting) -> list[Outcome]:
    return list(await asyncio.gather(*(gatherer(database).post(shop.actor, posting) for posting in postings)))


async def test_many_share_few_calls(shop: Shop, database: Database) -> None:
    answers = await post(shop, database, *(add(1) for _ in range(100)))
    assert all(a.ok for a in answers)
    calls = shop.ask("SELECT count(*) FROM event WHERE organization_id = %s AND kind = 'ledger.posted'")
    assert 1 <= calls[0][0] < 10  # a call writes one event, however many postings share it
    assert shop.ask("SELECT count(*) FROM posting WHERE organization_id = %s") == [(100,)]
    assert shop.level("A") == (100, 0, 0)


async def test_a_refusal_is_its_own(shop: Shop, database: Database) -> None:
    answers = await post(shop, database, add(3), add(-9), add(1, "NONE"), add(2, "B"))
    assert [a.state for a in answers] == [State.POSTED, State.REFUSED, State.REFUSED, State.POSTED]
    assert (shop.level("A"), shop.level("B")) == ((3, 0, 0), (2, 0, 0))


async def test_when_the_call_fails_each_is_tried_alone(shop: Shop, database: Database) -> None:
    poison = Posting(lines=[Move(sku="A", warehouse="MAIN", quantity=Decimal(1), note="\ud800")])
    tasks = [gatherer(database).post(shop.actor, posting) for posting in (add(1), poison, add(1), add(1))]
    answers = await asyncio.gather(*tasks, return_exceptions=True)
    assert isinstance(answers[1], UnicodeEncodeError)
    assert [getattr(a, "ok", None) for a in answers] == [True, None, True, True]
    assert shop.level("A") == (3, 0, 0)


async def test_one_id_from_many_callers_counts_once(shop: Shop, database: Database) -> None:
    same = add(1)
    answers = await post(shop, database, *([same] * 20))
    assert sorted(a.state for a in answers) == [State.POSTED] + [State.REPLAYED] * 19
    assert shop.level("A") == (1, 0, 0)


async def test_an_id_taken_meanwhile_on_other_levels_is_tried_again(shop: Shop, database: Database) -> None:
    key = new_id()
    one, two = (Posting(id=key, lines=add(1, sku).lines) for sku in ("A", "B"))
    answers = await asyncio.gather(
        *(store_retry(database, shop.actor, posting) for posting in (one, two) for _ in range(10))
    )
    states = [a.state for a in answers]
    assert states.count(State.POSTED) == 1
    assert states.count(State.OTHER_BODY) == 10
    assert sorted([shop.level("A"), shop.level("B")]) == [(0, 0, 0), (1, 0, 0)]


async def store_retry(database: Database, actor: Actor, posting: Posting) -> Outcome:
    return await gatherer(database).post(actor, posting)


async def test_a_caller_who_leaves_does_not_stop_the_others(shop: Shop, database: Database) -> None:
    leaving = asyncio.create_task(gatherer(database).post(shop.actor, add(1)))
    staying = [asyncio.create_task(gatherer(database).post(shop.actor, add(1))) for _ in range(5)]
    await asyncio.sleep(0)
    leaving.cancel()
    answers = await asyncio.gather(*staying)
    assert all(a.ok for a in answers)
    assert shop.level("A")[0] in {5, 6}


async def test_two_organizations_do_not_mix(shop: Shop, other_shop: Shop, database: Database) -> None:
    mine, theirs = gatherer(database), gatherer(database)
    await asyncio.gather(
        *(mine.post(shop.actor, add(1)) for _ in range(10)), *(theirs.post(other_shop.actor, add(2)) for _ in range(10))
    )
    assert (shop.level("A"), other_shop.level("A")) == ((10, 0, 0), (20, 0, 0))


async def test_a_flash_sale_sells_what_there_is(shop: Shop, database: Database) -> None:
    await post(shop, database, add(30))
    wishes = [Posting(lines=[Reserve(sku="A", warehouse="MAIN", quantity=Decimal(1))]) for _ in range(300)]
    answers = await post(shop, database, *wishes)
    assert sum(a.ok for a in answers) == 30
    assert shop.level("A") == (30, 30, 0)
