"""One process of a race: random postings on few SKUs, some ids shared with the other processes."""

from __future__ import annotations

import random
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from uuid import UUID

import psycopg
from tests.ledger.conftest import connect

from onhand.kernel import Actor
from onhand.ledger import store_post
from onhand.ledger.domain import Line, Move, Posting, Release, Reserve, Withhold

SKUS = ("A", "B", "C")
SHARED = 400
THREADS = 2
RETRYABLE = (psycopg.errors.SerializationFailure, psycopg.errors.DeadlockDetected)


def shared(number: int, wording: int) -> Posting:
    """The posting that all processes know under one id, in one of two wordings."""
    lines = [Move(sku=SKUS[number % 3], warehouse="MAIN", quantity=Decimal(1 + wording))]
    return Posting(id=UUID(int=number + 1), lines=lines)


def a_line(dice: random.Random, promises: list[UUID]) -> Line:
    sku, place = dice.choice(SKUS), dice.choice(("MAIN", "MAIN", "EAST"))
    quantity = Decimal(dice.randint(1, 4))
    kind = dice.random()
    if kind < 0.2:
        made = Reserve(sku=sku, warehouse=place, quantity=quantity, priority=dice.randint(0, 3))
        promises.append(made.id)
        return made
    if kind < 0.35 and promises:
        return Release(reservation=dice.choice(promises))
    if kind < 0.5 and promises:
        return Move(quantity=-quantity, reservation=dice.choice(promises))
    if kind < 0.6:
        return Withhold(sku=sku, warehouse=place, quantity=quantity * dice.choice((1, -1)))
    return Move(sku=sku, warehouse=place, quantity=quantity * dice.choice((1, 1, -1)))


def a_posting(dice: random.Random, promises: list[UUID]) -> Posting:
    if dice.random() < 0.15:
        return shared(dice.randrange(SHARED), dice.randint(0, 1))
    lines = [a_line(dice, promises) for _ in range(dice.choice((1, 1, 1, 2, 3)))]
    return Posting(lines=lines, fact=dice.random() < 0.1)


def race(job: tuple[str, UUID, int, float]) -> Counter[str]:
    """Two connections of this process; returns how often which state came, and `DeadlockDetected` and the like."""
    url, organization_id, seed, seconds = job
    with ThreadPoolExecutor(THREADS) as threads:
        jobs = [(url, organization_id, seed * THREADS + n, seconds) for n in range(THREADS)]
        return sum(threads.map(run, jobs), Counter())


def run(job: tuple[str, UUID, int, float]) -> Counter[str]:
    url, organization_id, seed, seconds = job
    dice, said, promises = random.Random(seed), Counter[str](), list[UUID]()
    actor = Actor(organization_id, label=f"racer {seed}")
    end = time.monotonic() + seconds
    with connect(url) as connection:
        while time.monotonic() < end:
            batch = [a_posting(dice, promises) for _ in range(dice.randint(1, 20))]
            asked = store_post.arguments(organization_id, actor, batch, brief=False, silent=False)
            try:
                rows = connection.execute(store_post.SQL, asked).fetchall()
            except RETRYABLE as problem:
                said[type(problem).__name__] += 1
                continue
            said.update(outcome.state.name for outcome in store_post.outcomes(batch, rows))
    return said
