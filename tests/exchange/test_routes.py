from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from onhand.infra import jobs
from onhand.infra.addresses import app_url
from onhand.infra.db import Database
from onhand.infra.settings import Settings, get_settings

WriteFile = Callable[..., Path]
Line = Callable[..., str]
Work = Callable[[], Awaitable[None]]
COLUMNS = {
    "invoice": "invoice_no", "sku": "stock_code", "description": "description", "quantity": "quantity",
    "date": "invoice_date", "unit_price": "unit_price", "customer": "customer_id", "country": "country",
}  # fmt: skip


@pytest.fixture
async def work(settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Work]:
    """Run what is queued for imports, as the worker does."""
    monkeypatch.setenv("ONHAND_HOME", str(settings.home))
    get_settings.cache_clear()
    jobs.bind(database)

    async def run_queued() -> None:
        async with jobs.opened(app_url(settings)) as app:
            await app.run_worker_async(queues=["imports"], wait=False, install_signal_handlers=False)

    yield run_queued
    get_settings.cache_clear()


def part(path: Path) -> dict[str, tuple[str, bytes]]:
    return {"file": (path.name, path.read_bytes())}


async def uploaded(client: httpx.AsyncClient, path: Path, **fields: str) -> dict[str, Any]:
    answer = await client.post("/api/v1/imports", files=part(path), data=fields)
    assert answer.status_code == 201, answer.text
    data: dict[str, Any] = answer.json()["data"]
    return data


def mapping(**options: Any) -> dict[str, Any]:
    return {"columns": COLUMNS, "options": {"currency": "GBP", "timezone": "Europe/London", **options}}


async def test_a_file_goes_from_upload_to_result(
    client: httpx.AsyncClient, work: Work, write: WriteFile, line: Line
) -> None:
    run = await uploaded(client, write(line(), line(quantity="six"), line(invoice="536366", sku="POST")))
    assert (run["status"], run["shape"]["kind"], run["mapping"]["columns"]) == ("uploaded", "csv", COLUMNS)
    assert run["shape"]["sample"][0][:2] == ["536365", "85123A"]
    at = f"/api/v1/imports/{run['id']}"

    mapped = (await client.put(f"{at}/mapping", json=mapping(source="shop"))).json()["data"]
    assert (mapped["status"], mapped["options"]["source"]) == ("mapped", "shop")

    asked = await client.post(f"{at}/check")
    assert asked.status_code == 202
    await work()
    checked = (await client.get(at)).json()["data"]
    assert (checked["status"], checked["summary"]["failed"], checked["summary"]["fresh"]) == ("checked", 1, 2)
    faults = (await client.get(f"{at}/errors")).json()["data"]
    assert faults == [{"line": 3, "field": "quantity", "value": "six", "reason": "quantity is not a number", "fix": ""}]

    job = (await client.post(f"{at}/commit")).json()["data"]["job_id"]
    await work()
    done = (await client.get(f"/api/v1/jobs/{job}")).json()["data"]
    assert (done["status"], done["result"]["posted"]["sale"], done["progress"]) == ("succeeded", 1, 1)
    finished = (await client.get(at)).json()["data"]
    assert (finished["status"], finished["lines_done"], finished["lines_total"]) == ("finished", 2, 2)
    result = await client.get(f"{at}/result")
    assert result.headers["content-type"].startswith("text/csv")
    assert result.text.splitlines() == [
        "line,outcome,invoice,sku,reason",
        "2,sale,536365,85123A,",
        "3,failed,,,quantity is not a number",
        "4,charge,536366,POST,",
    ]
    levels = (await client.get("/api/v1/stock-levels?filter[sku]=85123A")).json()["data"]
    assert [level["on_hand"] for level in levels] == ["0"]

    assert (await client.post(f"{at}/undo")).status_code == 202
    await work()
    assert (await client.get(at)).json()["data"]["status"] == "undone"
    listed = (await client.get("/api/v1/imports?filter[source]=shop")).json()["data"]
    assert [(row["file_name"], row["status"]) for row in listed] == [("sales.csv", "undone")]


async def test_what_is_not_possible_now_is_refused_with_the_states_in_which_it_is(
    client: httpx.AsyncClient, write: WriteFile, line: Line
) -> None:
    run = await uploaded(client, write(line()))
    for verb in ("resume", "undo"):
        answer = await client.post(f"/api/v1/imports/{run['id']}/{verb}")
        assert (answer.status_code, answer.json()["code"]) == (409, "exchange.wrong_run_state")
    assert (await client.get(f"/api/v1/imports/{run['id']}/result")).status_code == 404


@pytest.mark.parametrize(("change", "status", "code"), [
    ({"columns": {**COLUMNS, "sku": "no such column"}}, 422, "file.unknown_columns"),
    ({"options": {"currency": "GBP", "timezone": "Mars/Olympus"}}, 422, "file.unknown_time_zone"),
    ({"options": {"currency": "pounds", "timezone": "Europe/London"}}, 422, "request.invalid"),
    ({"columns": {"sku": "stock_code"}}, 422, "request.invalid"),
    ({"date_order": "ydm"}, 422, "request.invalid"),
])  # fmt: skip
async def test_a_mapping_that_cannot_be_is_refused(
    change: dict[str, Any], status: int, code: str, client: httpx.AsyncClient, write: WriteFile, line: Line
) -> None:
    run = await uploaded(client, write(line()))
    answer = await client.put(f"/api/v1/imports/{run['id']}/mapping", json=mapping() | change)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert (await client.get(f"/api/v1/imports/{run['id']}")).json()["data"]["status"] == "uploaded"


async def test_a_file_that_is_no_table_is_refused_and_not_kept(
    client: httpx.AsyncClient, settings: Settings, write: WriteFile
) -> None:
    path = write()
    path.write_bytes(b"%PDF-1.7")
    before = list((settings.home / "files").rglob("upload"))
    answer = await client.post("/api/v1/imports", files={"file": ("sales.pdf", path.read_bytes())})
    assert (answer.status_code, answer.json()["code"]) == (422, "file.unreadable")
    assert "it is a PDF" in answer.json()["detail"]
    assert list((settings.home / "files").rglob("upload")) == before


async def test_staff_may_look_but_not_import(
    staff: httpx.AsyncClient, client: httpx.AsyncClient, write: WriteFile, line: Line
) -> None:
    run = await uploaded(client, write(line()))
    assert (await staff.get(f"/api/v1/imports/{run['id']}")).status_code == 200
    assert (await staff.post(f"/api/v1/imports/{run['id']}/commit")).status_code == 403
    assert (await staff.post("/api/v1/imports", files={"file": ("a.csv", b"a,b")})).status_code == 403


async def test_another_organization_sees_nothing(
    other: httpx.AsyncClient, client: httpx.AsyncClient, write: WriteFile, line: Line
) -> None:
    run = await uploaded(client, write(line()))
    assert (await other.get(f"/api/v1/imports/{run['id']}")).status_code == 404
    assert (await other.get(f"/api/v1/imports/{run['id']}/errors")).status_code == 404
    assert (await other.get("/api/v1/imports")).json()["data"] == []


async def test_a_run_that_fails_says_why_on_the_run_and_on_the_job(
    client: httpx.AsyncClient, work: Work, write: WriteFile, line: Line
) -> None:
    run = await uploaded(client, write(line()))
    await client.put(f"/api/v1/imports/{run['id']}/mapping", json=mapping(warehouse="MOON"))
    job = (await client.post(f"/api/v1/imports/{run['id']}/commit")).json()["data"]["job_id"]
    await work()
    failed = (await client.get(f"/api/v1/imports/{run['id']}")).json()["data"]
    assert failed["status"] == "failed"
    assert "MOON" in failed["problem"]
    watched = (await client.get(f"/api/v1/jobs/{job}")).json()["data"]
    assert (watched["status"], "MOON" in watched["errors"][0]["message"]) == ("failed", True)


async def test_a_nul_in_a_file_or_beside_it_is_refused(client: httpx.AsyncClient) -> None:
    good = b"Invoice,Stock code,Quantity,Date,Price\n1,A,2,2026-01-01,3.50\n"
    in_file = await client.post("/api/v1/imports", files={"file": ("sales.csv", good.replace(b"A", b"A\0"))})
    assert (in_file.status_code, in_file.json()["code"]) == (422, "file.unreadable")
    beside = await client.post("/api/v1/imports", files={"file": ("sales.csv", good)}, data={"source": "sh\0op"})
    assert (beside.status_code, beside.json()["code"]) == (400, "request.malformed")
    assert (await client.get("/api/v1/imports")).json()["data"] == []
