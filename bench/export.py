"""Every stock level as NDJSON and CSV from a real web process: rows a second, and the most memory it took.

ONHAND_BENCH_ROWS says how many levels there are; 1,000,000 if not given.
"""

from __future__ import annotations

import os
import time
from pathlib import Path

import httpx
import psycopg

from bench.report import Report
from bench.world import PORT, SKUS, World, web

WANTED_MEGABYTES = 300
LEVELS = """
INSERT INTO warehouse (organization_id, code, name) SELECT %(org)s, 'W' || n, 'Site ' || n
FROM generate_series(1, %(places)s) n;
INSERT INTO level (organization_id, sku_id, warehouse_id, on_hand)
SELECT %(org)s, s.id, w.id, 5 FROM warehouse w JOIN sku s ON s.organization_id = w.organization_id
WHERE w.organization_id = %(org)s AND w.code LIKE 'W%%' LIMIT %(rows)s;
"""


def measure(at: World, report: Report) -> None:
    """Print the section."""
    rows = int(os.environ.get("ONHAND_BENCH_ROWS", "1000000"))
    report.title(f"Export of {rows:,} stock levels")
    with psycopg.connect(at.url, options="-c search_path=onhand,public", autocommit=True) as c:
        c.execute("SET session_replication_role = replica")  # rows to be read, not stock that moved
        values = {"org": at.organization_id, "places": -(-rows // SKUS), "rows": rows}
        psycopg.ClientCursor(c).execute(LEVELS, values)
        c.execute("VACUUM ANALYZE level, warehouse")
    with web(at) as process:
        before = peak(process.pid)
        for form in ("ndjson", "csv"):
            count, seconds, size = fetched(at, form)
            if count != rows:
                raise AssertionError(f"{count} of {rows} rows came")
            report.line(f"{form}: rows a second; size", f"{rows / seconds:,.0f}/s; {size / 1e6:,.0f} MB")
        report.line("memory of the web process before", f"{before:,.0f} MB")
        report.at_most("most memory of the web process", peak(process.pid), WANTED_MEGABYTES, "MB")


def fetched(at: World, form: str) -> tuple[int, float, int]:
    """Rows, seconds and bytes of a whole export."""
    began, count, size = time.perf_counter(), 0, 0
    url = f"http://127.0.0.1:{PORT}/api/v1/exports/stock-levels?format={form}"
    headers = {"Authorization": f"Bearer {at.token}"}
    with httpx.stream("GET", url, headers=headers, timeout=None) as answer:  # noqa: S113 - as long as it takes
        answer.raise_for_status()
        for piece in answer.iter_raw():
            count += piece.count(b"\n")
            size += len(piece)
    return count - (form == "csv"), time.perf_counter() - began, size


def peak(pid: int) -> float:
    """The most memory a process ever had, in megabytes."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM"))
