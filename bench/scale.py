"""`onhand bench --scale 1m`: a million levels and ten million movements (or 100k, 10m), and what people wait for.

Each figure stands beside the same at a tenth of the size, and beside raw PostgreSQL in the same run.
"""

from __future__ import annotations

import asyncio
import itertools
import statistics
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import httpx
import psycopg

from bench.ledger import PAGE, POST_ONE, READ_ONE
from bench.report import Report
from bench.scale_fill import PER_LEVEL, Filling, fill, room
from bench.world import PORT, World, organization, pgbench, web
from onhand import past
from onhand.infra.addresses import app_url
from onhand.infra.db import Database

SCALES = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000, "10m": 10_000_000}
TRIES = 15
WARM = 12  # each of the web's connections has made its plans
SAMPLE = 1_000
PROVE = """
SELECT count(*) FROM (SELECT * FROM level WHERE organization_id = %(org)s AND sku_id IN (
    SELECT id FROM sku WHERE organization_id = %(org)s AND code IN (
        SELECT 'L-' || (1 + n * %(step)s) FROM generate_series(0, %(sample)s - 1) n))) v
CROSS JOIN LATERAL (SELECT sum(quantity) AS q, sum(value) AS v, max(id) AS newest FROM movement m
    WHERE m.organization_id = v.organization_id AND m.sku_id = v.sku_id AND m.warehouse_id = v.warehouse_id) m
CROSS JOIN LATERAL (SELECT balance FROM movement b WHERE b.organization_id = v.organization_id AND b.id = m.newest) b
CROSS JOIN LATERAL (SELECT sum(remaining) AS remaining, sum(value) AS worth FROM cost_layer l
    WHERE l.organization_id = v.organization_id AND l.sku_id = v.sku_id AND l.warehouse_id = v.warehouse_id) l
WHERE (v.on_hand, v.value) IS DISTINCT FROM (m.q, m.v) OR v.on_hand <> b.balance
    OR (v.on_hand, v.value) IS DISTINCT FROM (l.remaining, l.worth)
"""
SIZE = "SELECT pg_database_size(current_database())"
Figures = dict[str, float]


def stop_reason(scale: str) -> str | None:
    """Why it cannot be measured here."""
    if scale not in SCALES:
        return f"There is no scale {scale!r}; there are {', '.join(SCALES)}."
    return room(Path(tempfile.gettempdir()), SCALES[scale] * 11 // 10)


def measure(at: World, report: Report, scale: str) -> None:
    """Print the section."""
    small, large = (_at_size(at, report, levels) for levels in (SCALES[scale] // 10, SCALES[scale]))
    report.title(f"Growth from {SCALES[scale] // 10:,} levels to {SCALES[scale]:,}")
    for name, figure in large.items():
        report.line(name, f"{small[name]:10,.2f} → {figure:10,.2f} ms = {figure / max(small[name], 0.001):.1f} times")


def _at_size(at: World, report: Report, levels: int) -> Figures:
    report.title(f"{levels:,} levels, {levels * PER_LEVEL:,} movements")
    organization_id, token = asyncio.run(organization(at.settings, f"scale{levels}"))
    began = time.perf_counter()
    fill(Filling(at.url, organization_id, levels))
    report.line("made by COPY in", f"{time.perf_counter() - began:,.0f} s")
    began = time.perf_counter()
    folded = asyncio.run(_fold(at, organization_id))
    report.line("past summed up", f"{folded:,} movements in {time.perf_counter() - began:,.0f} s")
    with psycopg.connect(at.url, options="-c search_path=onhand,public", autocommit=True) as c:
        c.execute("VACUUM ANALYZE warehouse_day, level_day")
        values = {"org": organization_id, "step": max(levels // 4 // SAMPLE, 1), "sample": SAMPLE}
        differing = (c.execute(PROVE, values).fetchone() or (1,))[0]
        if differing:
            raise AssertionError(f"{differing} sampled levels do not prove")
        report.line("sampled proof", f"{SAMPLE * 4:,} levels hold")
        report.line("database", f"{(c.execute(SIZE).fetchone() or (0,))[0] / 1e9:,.1f} GB")
    with web(replace(at, token=token)):
        return _asked(at, report, token, levels)


async def _fold(at: World, organization_id: UUID) -> int:
    async with Database(app_url(at.settings), 2) as database:
        return await past.keep(database, [organization_id], longest=36_000)


def _asked(at: World, report: Report, token: str, levels: int) -> Figures:
    numbers = itertools.cycle(range(17, levels // 4, max(levels // 4 // 997, 1)))
    then = (datetime.now(UTC) - timedelta(days=100)).isoformat(timespec="seconds")
    day = then[:10]
    figures: Figures = {}
    headers = {"Authorization": f"Bearer {token}"}
    with httpx.Client(base_url=f"http://127.0.0.1:{PORT}/api/v1", headers=headers, timeout=600) as client:

        def ask(path: str, **query: str | int) -> Callable[[], object]:
            return lambda: client.get(path, params=query).raise_for_status()

        def adjust() -> object:
            line = {"sku": f"L-{next(numbers)}", "warehouse": "W1", "quantity": "1"}
            return client.post("/inventory/adjust", json={"reason": "bench", "lines": [line]}).raise_for_status()

        def count() -> object:
            line = {"sku": f"L-{next(numbers)}", "warehouse": "W2", "quantity": "9"}
            body = {"reason": "counted", "fact": True, "lines": [line]}
            return client.post("/inventory/set", json=body).raise_for_status()

        def one_then() -> object:
            query = {"as_of": then, "filter[sku]": f"L-{next(numbers)}"}
            return client.get("/stock-levels", params=query).raise_for_status()

        wanted: list[tuple[str, Callable[[], object], float]] = [
            ("list page of 50, filtered by warehouse", ask("/stock-levels", **{"filter[warehouse]": "W2"}), 200),
            ("list page sorted by on hand", ask("/stock-levels", sort="-on_hand"), 200),
            (
                "list page filtered and sorted by on hand",
                ask("/stock-levels", **{"sort": "-on_hand", "filter[warehouse]": "W3", "filter[on_hand][gte]": "10"}),
                200,
            ),
            ("search", lambda: client.get("/products", params={"q": f"L-{next(numbers)}"}).raise_for_status(), 100),
            ("one posting", adjust, 40),
            ("one count", count, 40),
            ("one item's past level", one_then, 50),
            ("a page of levels at a past moment", ask("/stock-levels", as_of=then), 200),
            ("value of all warehouses now", ask("/time-machine"), 5_000),
            ("value of a warehouse at a past moment", ask("/time-machine", as_of=then, warehouse="W1"), 5_000),
            ("the same as believed then", ask("/time-machine", as_of=then, known_at=then, warehouse="W1"), 5_000),
            ("value of a warehouse at a past day's end", ask("/time-machine", as_of=day, warehouse="W1"), 5_000),
        ]
        for name, call, mark in wanted:
            figures[name] = _median(call)
            report.at_most(name, figures[name], mark, "ms")
        rate = _export(client)
    _against_raw(at, report, figures)
    report.line("export of stock levels", f"{rate:10,.0f} rows/s")
    return figures


def _against_raw(at: World, report: Report, figures: Figures) -> None:
    """What raw PostgreSQL needs for the same, in the same run."""
    raw = {
        "one row": pgbench(at, READ_ONE, clients=1, seconds=3, variables={"items": 1_000_000}),
        "one page": pgbench(at, PAGE, clients=1, seconds=3),
        "one movement": pgbench(at, POST_ONE, clients=1, seconds=3, variables={"items": 1_000_000}),
    }
    for name, key in (("one item's past level", "one row"), ("list page of 50, filtered by warehouse", "one page"),
                      ("one posting", "one movement")):  # fmt: skip
        report.line(f"{name} against raw {key}", f"{figures[name] / (1_000 / raw[key]):10,.1f} times as long")


def _median(call: Callable[[], object]) -> float:
    spent = []
    for _ in range(WARM):
        call()
    for _ in range(TRIES):
        before = time.perf_counter()
        call()
        spent.append(1_000 * (time.perf_counter() - before))
        if sum(spent) > 30_000:
            break
    return statistics.median(spent)


def _export(client: httpx.Client) -> float:
    began, rows = time.perf_counter(), 0
    with client.stream("GET", "/exports/stock-levels", params={"format": "ndjson"}) as answer:
        answer.raise_for_status()
        for piece in answer.iter_raw():
            rows += piece.count(b"\n")
    return rows / (time.perf_counter() - began)
