"""Several processes at once, on few levels, with ids in common: afterwards everything adds up."""

from __future__ import annotations

import multiprocessing
from collections import Counter
from typing import TYPE_CHECKING

from tests.ledger.race import race

from onhand import proof

if TYPE_CHECKING:
    from tests.ledger.conftest import Shop

    from onhand.infra.db import Database

PROCESSES, SECONDS = 2, 3.0


async def test_many_processes_few_levels(shop: Shop, database: Database) -> None:
    organization_id = shop.actor.organization_id
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        counted = pool.map(race, [(shop.url, organization_id, seed, SECONDS) for seed in range(PROCESSES)], 1)
    said: Counter[str] = sum(counted, Counter())
    assert said["DeadlockDetected"] == 0
    assert {"POSTED", "REPLAYED", "OTHER_BODY", "REFUSED"} <= set(said)
    on_file = shop.ask("SELECT count(*) FROM posting WHERE organization_id = %s AND reason <> 'expired'")
    assert on_file == [(said["POSTED"],)]
    outcome = await proof.prove(database, organization_id)
    assert outcome.differences == []
