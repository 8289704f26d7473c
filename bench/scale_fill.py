"""Levels and movements by COPY, straight into the tables as they are, consistent so that a sampled proof holds.

Everything follows from a level's number and the number of its movement: first 40 come in at 2 each, then by turns
three leave and one comes back, each round of all levels later than the one before, over the past year. One in a
hundred happened three days before it was recorded.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psycopg

if TYPE_CHECKING:
    from uuid import UUID

PER_LEVEL = 10
PLACES = 4
LINES = 1_000
GIGABYTES_PER_MILLION = 4.0
SPARE = 1.15

CATALOGUE = """
INSERT INTO warehouse (organization_id, code, name) SELECT %(org)s, 'W' || n, 'Site ' || n
FROM generate_series(1, %(places)s) n;
CREATE TEMP TABLE made AS SELECT n, uuidv7() AS product_id, uuidv7() AS sku_id FROM generate_series(1, %(skus)s) n;
INSERT INTO product (organization_id, id, name, search_text)
SELECT %(org)s, product_id, 'Lot ' || n, ' l-' || n || ' lot ' || n || ' ' FROM made;
INSERT INTO sku (organization_id, id, product_id, code) SELECT %(org)s, sku_id, product_id, 'L-' || n FROM made;
CREATE TABLE bare.numbered AS
SELECT (m.n - 1) * %(places)s + w.place AS number, m.sku_id, w.id AS warehouse_id
FROM made m CROSS JOIN (SELECT id, row_number() OVER (ORDER BY code) - 1 AS place FROM warehouse
    WHERE organization_id = %(org)s AND code LIKE 'W%%') w;
CREATE UNIQUE INDEX ON bare.numbered (number);
"""
PARTS = """
DO $$ DECLARE parent text; first date; BEGIN
  FOREACH parent IN ARRAY ARRAY['movement'] LOOP
    FOR i IN 1..13 LOOP
      first := (date_trunc('month', now()) - make_interval(months => i))::date;
      IF to_regclass(format('onhand.%I', parent || to_char(first, '_YYYYMM'))) IS NULL THEN
        EXECUTE format('CREATE TABLE onhand.%I PARTITION OF onhand.%I FOR VALUES FROM (%L) TO (%L)',
          parent || to_char(first, '_YYYYMM'), parent, first, first + interval '1 month');
      END IF;
    END LOOP;
  END LOOP;
END $$
"""
STEP = "CASE WHEN k = 0 THEN 40 WHEN k % 2 = 1 THEN -3 ELSE 1 END"
BALANCE = "40 - 3 * ((k + 1) / 2) + k / 2"
WHEN = """(now() - interval '364 days'
    + (k * {levels} + number)::float8 / ({rounds} * {levels}::float8) * interval '363 days')"""
MOVEMENTS = """SELECT '{org}'::uuid, {base} + k * {levels} + number + 1,
    {when}, ('00000000-0000-7000-8000-' || lpad(to_hex((k * {levels} + number) / {lines}), 12, '0'))::uuid,
    ((k * {levels} + number) % {lines} + 1)::integer, CASE WHEN k = 0 THEN 'purchase' WHEN k % 2 = 1 THEN 'sale'
        ELSE 'return' END,
    sku_id, warehouse_id, ({step})::numeric, 0::numeric, 0::numeric, ({balance})::numeric, ({balance})::numeric,
    2 * ({step})::numeric, 0::numeric,
    {when} - CASE WHEN number % 100 = 7 THEN interval '3 days' ELSE interval '0' END
FROM bare.numbered CROSS JOIN (SELECT {k}::bigint AS k) r
WHERE number >= {first} AND number < {last} ORDER BY number"""
MOVEMENT_COLUMNS = """organization_id, id, recorded_at, posting_id, line, type, sku_id, warehouse_id, quantity,
    reserved, unavailable, balance, available, value, uncosted, effective_at"""
POSTINGS = """SELECT '{org}'::uuid, ('00000000-0000-7000-8000-' || lpad(to_hex(p), 12, '0'))::uuid, uuidv7(),
    'adjustment', 'bench', true, 'system', {when}, {when}
FROM (SELECT p, 0 AS k, p * {lines} AS number FROM generate_series(0, {levels} * {rounds} / {lines} - 1) p) t"""
POSTING_COLUMNS = "organization_id, id, body_hash, type, reason, fact, actor_kind, effective_at, recorded_at"
LEVELS = """SELECT '{org}'::uuid, sku_id, warehouse_id, ({balance})::numeric, 2 * ({balance})::numeric
FROM bare.numbered CROSS JOIN (SELECT {rounds} - 1 AS k) r ORDER BY number"""
LEVEL_COLUMNS = "organization_id, sku_id, warehouse_id, on_hand, value"
LAYERS = """SELECT '{org}'::uuid, uuidv7(), sku_id, warehouse_id, '00000000-0000-7000-8000-000000000000'::uuid, 1,
    now() - interval '364 days', 40::numeric, ({balance})::numeric, 2 * ({balance})::numeric, 2::numeric
FROM bare.numbered CROSS JOIN (SELECT {rounds} - 1 AS k) r ORDER BY number"""
LAYER_COLUMNS = """organization_id, id, sku_id, warehouse_id, posting_id, line, received_at, quantity, remaining, value,
    unit_cost"""
PIECE = 500_000


@dataclass(frozen=True, slots=True)
class Filling:
    """Which organization gets how many levels."""

    url: str
    organization_id: UUID
    levels: int

    def values(self, **more: object) -> dict[str, object]:
        """What the statements are filled in with."""
        levels = self.levels
        when = WHEN.format(levels=levels, rounds=PER_LEVEL)
        fixed = {"org": self.organization_id, "levels": levels, "rounds": PER_LEVEL, "lines": LINES, "base": 0}
        return fixed | {"step": STEP, "balance": BALANCE, "when": when} | more


def room(folder: Path, levels: int) -> str | None:
    """What to tell when the disk has not the room for it."""
    needed = levels / 1e6 * GIGABYTES_PER_MILLION * SPARE
    state = os.statvfs(folder)
    free = state.f_bavail * state.f_frsize / 1e9
    if free >= needed:
        return None
    wanted = f"{levels:,} levels and {levels * PER_LEVEL:,} movements need {needed:,.0f} GB"
    return f"{wanted}; {folder} has {free:,.0f} GB free."


def fill(at: Filling) -> None:
    """Make it all, and the statistics."""
    with psycopg.connect(at.url, options="-c search_path=onhand,public", autocommit=True) as c:
        skus = at.levels // PLACES
        psycopg.ClientCursor(c).execute(CATALOGUE, {"org": at.organization_id, "places": PLACES, "skus": skus})
        c.execute(PARTS)
        base = int((c.execute("SELECT coalesce(max(id), 0) FROM movement").fetchone() or (0,))[0])
        _copy(at, "level", LEVEL_COLUMNS, LEVELS.format(**at.values()))
        _copy(at, "cost_layer", LAYER_COLUMNS, LAYERS.format(**at.values()))
        _copy(at, "posting", POSTING_COLUMNS, POSTINGS.format(**at.values()))
        for k in range(PER_LEVEL):
            for first in range(0, at.levels, PIECE):
                values = at.values(k=k, first=first, last=min(first + PIECE, at.levels), base=base)
                _copy(at, "movement", MOVEMENT_COLUMNS, MOVEMENTS.format(**values))
        c.execute("SELECT setval('movement_id_seq', (SELECT max(id) FROM movement))")
        c.execute("VACUUM ANALYZE product, sku, level, movement, posting, cost_layer")
        c.execute("DROP TABLE bare.numbered")


def _copy(at: Filling, table: str, columns: str, rows: str) -> None:
    """From one connection's query into another's table, block by block."""
    options: dict[str, Any] = {"options": "-c search_path=onhand,public -c synchronous_commit=off", "autocommit": True}
    with psycopg.connect(at.url, **options) as source, psycopg.connect(at.url, **options) as target:
        out, into = source.cursor(), target.cursor()
        with (
            out.copy(f"COPY ({rows}) TO STDOUT (FORMAT binary)".encode()) as blocks,
            into.copy(f"COPY {table} ({columns}) FROM STDIN (FORMAT binary)".encode()) as sink,
        ):
            for block in blocks:
                sink.write(block)
