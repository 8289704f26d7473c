"""A shop that takes files of records, as its API and its worker do."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING, Any

import pytest

from onhand.infra import jobs
from onhand.infra.addresses import app_url
from onhand.infra.settings import get_settings

if TYPE_CHECKING:
    import httpx

    from onhand.infra.db import Database
    from onhand.infra.settings import Settings


class Desk:
    """Brings files in over the API; queued work is done at once."""

    def __init__(self, client: httpx.AsyncClient, settings: Settings) -> None:
        self.client, self.settings = client, settings

    async def work(self) -> None:
        async with jobs.opened(app_url(self.settings)) as app:
            await app.run_worker_async(queues=["imports", "exports"], wait=False, install_signal_handlers=False)

    async def uploaded(self, content: str | bytes, kind: str = "guess", name: str = "file.csv") -> dict[str, Any]:
        data = content.encode() if isinstance(content, str) else content
        answer = await self.client.post(
            "/api/v1/imports", files={"file": (name, io.BytesIO(data))}, data={"kind": kind}
        )
        assert answer.status_code == 201, answer.text
        return dict(answer.json()["data"])

    async def mapped(self, run: dict[str, Any], **options: Any) -> dict[str, Any]:
        own = {"currency": "GBP", "timezone": "Europe/London", "warehouse": options.pop("warehouse", None)}
        extra = {name: options.pop(name) for name in ("decimal_comma", "date_order", "save_as") if name in options}
        how = {name: run["mapping"][name] for name in ("columns", "date_order", "decimal_comma")} | extra
        columns = options.pop("columns", None)
        body = {"kind": run["kind"], **how, "options": own | options} | ({"columns": columns} if columns else {})
        answer = await self.client.put(f"/api/v1/imports/{run['id']}/columns", json=body)
        assert answer.status_code == 200, answer.text
        return dict(answer.json()["data"])

    async def done(self, run_id: str, verb: str) -> dict[str, Any]:
        answer = await self.client.post(f"/api/v1/imports/{run_id}/{verb}")
        assert answer.status_code == 202, answer.text
        await self.work()
        return dict((await self.client.get(f"/api/v1/imports/{run_id}")).json()["data"])

    async def checked(self, content: str | bytes, kind: str = "guess", **options: Any) -> dict[str, Any]:
        run = await self.mapped(await self.uploaded(content, kind), **options)
        return await self.done(run["id"], "check")

    async def brought(self, content: str | bytes, kind: str = "guess", **options: Any) -> dict[str, Any]:
        run = await self.mapped(await self.uploaded(content, kind), **options)
        return await self.done(run["id"], "commit")

    async def rows(self, path: str) -> list[dict[str, Any]]:
        answer = await self.client.get(f"/api/v1/{path}")
        assert answer.status_code == 200, answer.text
        return list(answer.json()["data"])

    async def faults(self, run_id: str) -> list[tuple[int, str, str]]:
        found = await self.rows(f"imports/{run_id}/errors")
        return [(row["line"], row["field"], row["reason"]) for row in found]


@pytest.fixture
async def desk(
    client: httpx.AsyncClient, settings: Settings, database: Database, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Desk]:
    """An organization with a warehouse."""
    monkeypatch.setenv("ONHAND_HOME", str(settings.home))
    get_settings.cache_clear()
    jobs.bind(database)
    (await client.post("/api/v1/warehouses", json={"code": "MAIN", "name": "Main"})).raise_for_status()
    yield Desk(client, settings)
    get_settings.cache_clear()
