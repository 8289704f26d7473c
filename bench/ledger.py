"""The ledger's figures, each as a share of raw PostgreSQL measured just before it."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Callable
from decimal import Decimal

import httpx
import psycopg

from bench import load
from bench.report import Report
from bench.world import PORT, SKUS, World, cpu_seconds, memory_mb, pgbench, web
from onhand import ledger
from onhand.infra.addresses import app_url
from onhand.infra.db import Database
from onhand.kernel import Actor

SECONDS = 6
HOST = "127.0.0.1"
POST_ONE = r"""\set i random(1, :items)
WITH m AS (INSERT INTO bare.movement (item_id, location_id, quantity, kind, reference) VALUES (:i, 1, 1, 1, 'b'))
UPDATE bare.level SET on_hand = on_hand + 1 WHERE item_id = :i AND location_id = 1 RETURNING on_hand, reserved;
"""
RESERVE_ONE = r"""WITH m AS (
  INSERT INTO bare.movement (item_id, location_id, quantity, kind, reference) VALUES (1, 1, 1, 2, 'r'))
UPDATE bare.level SET reserved = reserved + 1 WHERE item_id = 1 AND location_id = 1 AND on_hand - reserved >= 1
RETURNING on_hand, reserved;
"""
READ_ONE = r"""\set i random(1, :items)
SELECT on_hand, reserved FROM bare.level WHERE item_id = :i AND location_id = 1;
"""
PAGE = r"""\set i random(1, 999000)
SELECT * FROM bare.level WHERE location_id = 1 AND item_id > :i ORDER BY item_id LIMIT 50;
"""
LEVELS = """
INSERT INTO product (organization_id, id, name, search_text)
SELECT %(org)s, uuidv7(), 'More ' || n, 'more ' || n FROM generate_series(1, %(count)s) n;
INSERT INTO sku (organization_id, product_id, code)
SELECT p.organization_id, p.id, 'M-' || row_number() OVER (ORDER BY p.id) FROM product p
WHERE p.organization_id = %(org)s AND p.name LIKE 'More%%';
INSERT INTO level (organization_id, sku_id, warehouse_id, on_hand)
SELECT s.organization_id, s.id, w.id, 0 FROM sku s JOIN warehouse w USING (organization_id)
WHERE s.organization_id = %(org)s AND w.code = 'MAIN' ON CONFLICT DO NOTHING;
"""


def adjust(token: str, sku: Callable[[], int]) -> Callable[[], bytes]:
    """Requests that each receive one piece."""

    def make() -> bytes:
        line = b'{"sku":"S-%d","warehouse":"MAIN","quantity":"1"}' % sku()
        return load.request("POST", "/api/v1/inventory/adjust", token, b'{"reason":"received","lines":[%b]}' % line)

    return make


def reserve(token: str) -> Callable[[], bytes]:
    """Requests that each reserve one piece of the same SKU."""
    body = b'{"sku":"S-1","warehouse":"MAIN","quantity":"1","expires_in_seconds":900}'
    made = load.request("POST", "/api/v1/reservations", token, body)
    return lambda: made


async def _post(at: World, lines: list[ledger.Move]) -> float:
    async with Database(app_url(at.settings), 2) as database:
        async with database.session(Actor(at.organization_id, label="bench")) as session:
            started = time.perf_counter()
            posting = ledger.Posting(lines=lines, reason="received")
            answers = await ledger.post(session, [posting], brief=True)  # as imports do
            assert answers[0].state is ledger.State.POSTED, answers[0]
        return time.perf_counter() - started


def stock(at: World, quantity: int, count: int = SKUS) -> float:
    """Receive `quantity` of each SKU in one posting, committed; returns the seconds it took."""
    lines = [ledger.Move(sku=f"S-{n}", warehouse="MAIN", quantity=Decimal(quantity)) for n in range(1, count + 1)]
    return asyncio.run(_post(at, lines))


def measure(at: World, report: Report) -> None:
    """Everything over one web process."""
    with web(at) as process:
        report.title("Bulk")
        bulk(at, report)
        report.title("One movement at a time")
        single(at, report, process.pid)
        report.title("One hot SKU")
        hot(at, report)
        report.title("Reading")
        reading(at, report)
        report.line("web process: resident memory", f"{memory_mb(process.pid):.0f} MB")


def bulk(at: World, report: Report) -> None:
    """100,000 lines in one call, against COPY and one merge."""
    stock(at, 1)  # first touch makes the levels
    tenth, seconds = stock(at, 1, SKUS // 10), stock(at, 1_000_000)
    report.at_most("bulk adjust of 100,000 lines in one call", seconds, 3.0, "s")
    report.line("  10 times the lines take", f"{seconds / tenth:10.1f} times as long")
    report.ratio("  as rows/s against COPY + merge", SKUS / seconds, _copy_and_merge(at), 0.25)


def _copy_and_merge(at: World) -> float:
    rows = "".join(f"{n}\t1\n" for n in range(1, SKUS + 1))
    with psycopg.connect(at.url) as connection:
        started = time.perf_counter()
        connection.execute("CREATE TEMP TABLE incoming (item_id bigint, quantity numeric)")
        with connection.cursor().copy("COPY incoming FROM STDIN") as copy:
            copy.write(rows)
        connection.execute(
            "INSERT INTO bare.movement (item_id, location_id, quantity, kind) "
            "SELECT item_id, 1, quantity, 1 FROM incoming"
        )
        connection.execute(
            "UPDATE bare.level l SET on_hand = on_hand + i.quantity FROM incoming i "
            "WHERE l.item_id = i.item_id AND l.location_id = 1"
        )
        connection.commit()
        return SKUS / (time.perf_counter() - started)


def single(at: World, report: Report, pid: int) -> None:
    """HTTP adjusts of one piece on SKUs at random."""
    anchor = pgbench(at, POST_ONE, clients=32, seconds=SECONDS, variables={"items": SKUS})
    report.line("raw PostgreSQL, 32 clients (anchor)", f"{anchor:10,.0f}/s")
    spread = adjust(at.token, lambda: random.randint(1, SKUS))
    for clients in (1, 8, 32):
        before = cpu_seconds(pid)
        seen = load.run(HOST, PORT, spread, clients=clients, seconds=SECONDS)
        report.line(f"HTTP adjust, {clients} clients", str(seen))
        used = (cpu_seconds(pid) - before) / max(seen.rate * SECONDS / 1000, 0.001)
    report.ratio("HTTP adjust, 32 clients, against raw", seen.rate, anchor, 0.25)
    report.at_most("  p99", seen.p99, 40, "ms")
    report.at_most("  web CPU per 1,000", used, 0.3, "s")


def hot(at: World, report: Report) -> None:
    """Everybody wants the same SKU."""
    anchor = pgbench(at, RESERVE_ONE, clients=32, seconds=SECONDS)
    report.line("raw PostgreSQL, hot row, 32 clients (anchor)", f"{anchor:10,.0f}/s")
    seen = load.run(HOST, PORT, reserve(at.token), clients=32, seconds=SECONDS)
    report.line("HTTP reserve, one SKU, 32 clients", str(seen))
    report.ratio("HTTP reserve on one hot SKU against raw", seen.rate, anchor, 2.0)
    seen = load.run(HOST, PORT, adjust(at.token, lambda: 1), clients=32, seconds=SECONDS)
    report.line("HTTP adjust, one SKU, 32 clients", str(seen))


def reading(at: World, report: Report) -> None:
    """One level, and pages of a list of a million."""
    anchor = pgbench(at, READ_ONE, clients=8, seconds=SECONDS, variables={"items": SKUS})
    seen = load.run(HOST, PORT, _read_one(at), clients=8, seconds=SECONDS)
    report.line("HTTP read one level, 8 clients", str(seen))
    report.ratio("HTTP read one level against raw", seen.rate, anchor, 0.05)
    with psycopg.connect(at.url, options="-c search_path=onhand,public", autocommit=True) as connection:
        psycopg.ClientCursor(connection).execute(LEVELS, {"org": at.organization_id, "count": 900_000})
        connection.execute("VACUUM ANALYZE")
    anchor = pgbench(at, PAGE, clients=8, seconds=SECONDS)
    seen = load.run(HOST, PORT, _pages(at), clients=8, seconds=SECONDS)
    report.line("HTTP list page of 50 at 1,000,000 levels, 8 clients", str(seen))
    report.ratio("HTTP list page against raw", seen.rate, anchor, 0.10)


def _read_one(at: World) -> Callable[[], bytes]:
    found = httpx.get(
        f"http://{HOST}:{PORT}/api/v1/stock-levels?limit=500", headers={"Authorization": f"Bearer {at.token}"}
    ).json()["data"]
    ids = itertools.cycle([level["id"] for level in found])
    return lambda: load.request("GET", f"/api/v1/stock-levels/{next(ids)}", at.token)


def _pages(at: World) -> Callable[[], bytes]:
    """Walk pages by cursor, from several places in the list."""
    cursors: list[str] = [""]
    with httpx.Client(base_url=f"http://{HOST}:{PORT}", headers={"Authorization": f"Bearer {at.token}"}) as client:
        for _ in range(20):
            cursor = f"&cursor={cursors[-1]}" if cursors[-1] else ""
            cursors.append(client.get(f"/api/v1/stock-levels?limit=500{cursor}").json()["meta"]["next_cursor"])
    requests = itertools.cycle(
        [load.request("GET", f"/api/v1/stock-levels?limit=50&cursor={c}", at.token) for c in cursors[1:]]
    )
    return lambda: next(requests)
