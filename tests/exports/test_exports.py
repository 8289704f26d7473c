"""Lists as files: what is in them, what is refused, and what a reader who goes away leaves behind."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import httpx
import psycopg
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from onhand.exports import jobs as export_jobs
from onhand.exports import routes, service
from onhand.infra import jobs
from onhand.infra.addresses import app_url
from onhand.infra.settings import get_settings
from onhand.infra.tabular import plain_cell, safe_cell

if TYPE_CHECKING:
    from onhand.infra.db import Database
    from onhand.infra.settings import Settings
    from onhand.kernel import Actor

Work = Callable[[], Awaitable[None]]
STRANGE = '=HYPERLINK("http://evil")'
NAMES = {"A-1": STRANGE, "A-2": 'Mug, "blue"\nsecond line', "A-3": "كوب 🫖", "A-4": "'Til dawn", "A-5": "'=quoted"}


@pytest.fixture
async def work(settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Work]:
    """Run what is queued for exports, as the worker does."""
    monkeypatch.setenv("ONHAND_HOME", str(settings.home))
    get_settings.cache_clear()
    jobs.bind(database)

    async def run_queued() -> None:
        async with jobs.opened(app_url(settings)) as app:
            await app.run_worker_async(queues=["exports"], wait=False, install_signal_handlers=False)

    yield run_queued
    get_settings.cache_clear()


@pytest.fixture
async def shop(client: httpx.AsyncClient) -> httpx.AsyncClient:
    """A client of an organization with five oddly named products."""
    for sku, name in NAMES.items():
        body = {"sku": sku, "name": name, "selling_price": "1.50", "barcodes": [f"{sku};x", "y" + sku], "tags": ["a"]}
        (await client.post("/api/v1/products", json=body)).raise_for_status()
    return client


def rows_of(answer: httpx.Response) -> list[dict[str, str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.DictReader(io.StringIO(answer.text, newline="")))


async def test_a_list_is_a_csv_with_its_filters_order_and_columns(shop: httpx.AsyncClient) -> None:
    answer = await shop.get("/api/v1/exports/products?fields=sku,selling_price,name&sort=-sku&filter[sku]=A-1,A-3")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"].startswith('attachment; filename="products ')
    assert (
        answer.text
        == f'sku,selling_price,name\n"A-3",1.5,"كوب 🫖"\n"A-1",1.5,"\'{STRANGE.replace(chr(34), chr(34) * 2)}"\n'
    )
    marked = await shop.get("/api/v1/exports/products?bom=true&fields=sku&filter[sku]=A-1")
    assert marked.content == '\ufeffsku\n"A-1"\n'.encode()


async def test_texts_come_back_as_they_were_and_none_is_a_formula(shop: httpx.AsyncClient) -> None:
    rows = rows_of(await shop.get("/api/v1/exports/products"))
    assert {row["sku"]: plain_cell(row["name"]) for row in rows} == NAMES
    assert not [row["name"] for row in rows if row["name"][0] in "=+-@"]
    assert {row["sku"]: row["barcodes"] for row in rows}["A-1"] == "A-1\\;x; yA-1"


@given(st.text(alphabet=st.sampled_from(["'", "=", "-", "a", "\t"]), max_size=6))
def test_a_safe_cell_is_no_formula_and_can_be_undone(text: str) -> None:
    assert not safe_cell(text).startswith(("=", "+", "-", "@", "\t", "\r"))
    assert plain_cell(safe_cell(text)) == text


async def test_ndjson_says_what_the_api_says(shop: httpx.AsyncClient) -> None:
    listed = await shop.get("/api/v1/products?sort=sku&fields=sku,name,selling_price,barcodes,category,archived")
    answer = await shop.get(
        "/api/v1/exports/products?format=ndjson&sort=sku&fields=sku,name,selling_price,barcodes,category,archived"
    )
    assert [json.loads(line) for line in answer.text.splitlines()] == listed.json()["data"]


@pytest.mark.parametrize(("address", "status", "says"), [
    ("nothing", 404, "nothing"),
    ("products?format=pdf", 422, "format"),
    ("products?limit=5", 400, "limit"),
    ("products?filter[colour]=red", 400, "filter[colour]"),
    ("products?fields=secret", 400, "secret"),
])  # fmt: skip
async def test_what_cannot_be_exported_is_refused(
    client: httpx.AsyncClient, address: str, status: int, says: str
) -> None:
    answer = await client.get(f"/api/v1/exports/{address}")
    assert (answer.status_code, says in answer.text) == (status, True), answer.text


async def test_who_may_not_read_a_list_may_not_export_it(staff: httpx.AsyncClient) -> None:
    assert (await staff.get("/api/v1/exports/products")).status_code == 200
    assert (await staff.get("/api/v1/exports/audit")).status_code == 403
    assert (await staff.post("/api/v1/exports/audit", json={"format": "csv"})).status_code == 403
    names = {one["name"] for one in (await staff.get("/api/v1/exports")).json()["data"]}
    assert ("products" in names, "audit" in names) == (True, False)


async def test_an_export_is_on_record(shop: httpx.AsyncClient) -> None:
    await shop.get("/api/v1/exports/products?filter[sku]=A-1")
    [entry] = (await shop.get("/api/v1/audit?filter[action]=export")).json()["data"]
    assert (entry["entity_id"], entry["after"]["asked"]) == ("products", "filter[sku]=A-1")


async def test_another_organization_exports_its_own_rows_only(
    shop: httpx.AsyncClient, other: httpx.AsyncClient
) -> None:
    assert len(rows_of(await shop.get("/api/v1/exports/products"))) == 5
    assert rows_of(await other.get("/api/v1/exports/products")) == []


@pytest.mark.parametrize("name", ["stock-levels", "inventory", "movements", "orders", "customers", "suppliers",
    "supplier-items", "sellers", "warehouses", "categories", "transfers", "reservations", "shortages", "forecasts",
    "audit", "users", "api-keys"])  # fmt: skip
async def test_every_list_can_be_exported(client: httpx.AsyncClient, name: str) -> None:
    for form in ("csv", "ndjson", "xlsx", "parquet"):
        answer = await client.get(f"/api/v1/exports/{name}?format={form}")
        assert answer.status_code == 200, answer.text


async def test_parquet_and_xlsx_hold_typed_values(shop: httpx.AsyncClient) -> None:
    asked = "sort=sku&fields=sku,name,selling_price,archived,created_at"
    table = pq.read_table(io.BytesIO((await shop.get(f"/api/v1/exports/products?format=parquet&{asked}")).content))
    first = table.to_pylist()[0]
    assert (first["sku"], first["name"], first["selling_price"]) == ("A-1", STRANGE, Decimal("1.500000"))
    assert (first["archived"], first["created_at"].utcoffset().total_seconds()) == (False, 0)
    book = load_workbook(io.BytesIO((await shop.get(f"/api/v1/exports/products?format=xlsx&{asked}")).content))
    rows = list(book.active.iter_rows())  # type: ignore[union-attr]  # it has a sheet
    assert [cell.value for cell in rows[0]] == ["sku", "name", "selling_price", "archived", "created_at"]
    assert (rows[1][1].value, rows[1][1].data_type, rows[1][2].value, rows[1][3].value) == (STRANGE, "s", 1.5, False)


async def test_a_long_list_is_written_in_the_background(
    shop: httpx.AsyncClient, work: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(routes, "MOST_AT_ONCE", 3)
    refused = await shop.get("/api/v1/exports/products?format=xlsx")
    assert (refused.status_code, refused.json()["code"]) == (422, "exports.too_many_rows")
    body = {"format": "parquet", "query": "?fields=sku&sort=sku"}
    asked = await shop.post("/api/v1/exports/products", json=body)
    assert asked.status_code == 202
    job_id = asked.json()["data"]["job_id"]
    early = await shop.get(f"/api/v1/exports/files/{job_id}")
    assert (early.status_code, early.json()["code"]) == (409, "exports.not_ready")
    await work()
    done = (await shop.get(f"/api/v1/jobs/{job_id}")).json()["data"]
    assert (done["status"], done["result"]["rows"]) == ("succeeded", 5)
    got = await shop.get(f"/api/v1/exports/files/{job_id}")
    assert pq.read_table(io.BytesIO(got.content))["sku"].to_pylist() == list(NAMES)


async def test_files_of_exports_go_after_a_week(shop: httpx.AsyncClient, work: Work, settings: Settings) -> None:
    job_id = (await shop.post("/api/v1/exports/products", json={"format": "csv"})).json()["data"]["job_id"]
    await work()
    file = next((settings.home / "files").glob(f"*/{job_id}/export"))
    written = int(file.stat().st_mtime)
    assert export_jobs.forget_old_files(settings.home, written + 6 * 86_400) == 0
    assert export_jobs.forget_old_files(settings.home, written + 8 * 86_400) >= 1
    assert (await shop.get(f"/api/v1/exports/files/{job_id}")).status_code == 404


async def begun(database: Database, actor: Actor) -> tuple[Any, Any, service.Wanted]:
    asked = service.wanted(service.LISTS["products"], [("format", "csv")])
    rows, stack = await service.opened(database, actor.organization_id, asked)
    return rows, stack, asked


@pytest.mark.usefixtures("shop")
async def test_a_reader_who_goes_away_ends_the_statement_and_frees_the_connection(
    database: Database, actor: Actor, settings: Settings
) -> None:
    rows, stack, wanted = await begun(database, actor)
    pieces = routes._pieces(rows, stack, wanted)
    await anext(pieces)
    await anext(pieces)
    await pieces.aclose()  # type: ignore[attr-defined]  # it is a generator
    assert service._running == []
    with psycopg.connect(settings.database_url or "") as connection:
        asked = "query LIKE '%export%' AND state <> 'idle' AND pid <> pg_backend_pid()"
        busy = connection.execute(f"SELECT count(*) FROM pg_stat_activity WHERE {asked}").fetchone()
    assert busy == (0,)


async def test_only_so_many_exports_run_at_once(shop: httpx.AsyncClient, database: Database, actor: Actor) -> None:
    begun_ones = [await begun(database, actor) for _ in range(service.MOST_AT_ONCE)]
    refused = await shop.get("/api/v1/exports/products")
    assert refused.status_code == 429
    for _, stack, _ in begun_ones:
        await stack.aclose()
    assert (await shop.get("/api/v1/exports/products")).status_code == 200
