"""Exchange rates: by hand, fetched, asked for by a day."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import psycopg
import pytest

from onhand.kernel import now
from onhand.rates import service, store
from onhand.rates.domain import Published, Rate
from onhand.rates.errors import SourceRefused, UnknownCurrency

if TYPE_CHECKING:
    import httpx

    from onhand.infra.db import Database
    from onhand.kernel import Actor

WHERE = "/api/v1/exchange-rates"
KEY = b"k" * 32


async def put(client: httpx.AsyncClient, currency: str, day: date, rate: str) -> httpx.Response:
    return await client.put(WHERE, json={"currency": currency, "day": day.isoformat(), "rate": rate})


async def rows(client: httpx.AsyncClient, path: str = WHERE) -> list[dict[str, Any]]:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["data"]
    return found


async def test_a_rate_by_hand_goes_before_a_fetched_one(
    client: httpx.AsyncClient, database: Database, actor: Actor
) -> None:
    today = now().date()
    async with database.session(actor) as session:
        await service.change_feed(session, KEY, {"source": "sandbox"})
        plan = await service.find_plan(session, KEY)
        assert plan is not None
        assert plan.first == today - timedelta(days=90)
        days = [Published(today, "EUR", {"USD": Decimal("1.1"), "GBP": Decimal("0.88")})]
        assert await service.keep_published(session, plan, days) == 2
        days = [Published(today, "EUR", {"USD": Decimal(9), "GBP": Decimal("0.88")})]
        assert await service.keep_published(session, plan, days) == 0  # what was said of a day stays
        assert await service.rate_of(session, "usd") == Decimal("0.8")
    assert (await put(client, "usd", today, "0.75")).status_code == 200
    [usd] = [row for row in await rows(client, f"{WHERE}/current") if row["currency"] == "USD"]
    assert (usd["rate"], usd["manual"]) == ("0.75", True)
    assert len(await rows(client, f"{WHERE}?filter[currency]=USD")) == 2
    gone = await client.delete(f"{WHERE}?currency=USD&day={today}")
    assert gone.status_code == 204
    [usd] = [row for row in await rows(client, f"{WHERE}/current") if row["currency"] == "USD"]
    assert (usd["rate"], usd["manual"], usd["source"]) == ("0.8", False, "sandbox")
    assert (await client.delete(f"{WHERE}?currency=USD&day={today}")).status_code == 404


async def test_the_last_rate_before_a_day_holds_for_it(
    client: httpx.AsyncClient, database: Database, actor: Actor
) -> None:
    await put(client, "EUR", date(2026, 3, 6), "0.87")
    await put(client, "EUR", date(2026, 3, 9), "0.88")
    [saturday] = await rows(client, f"{WHERE}/current?as_of=2026-03-07")
    assert (saturday["day"], saturday["rate"]) == ("2026-03-06", "0.87")
    async with database.session(actor) as session:
        with pytest.raises(UnknownCurrency):
            await service.rate_of(session, "EUR", datetime.fromisoformat("2026-03-05T12:00:00Z"))


@pytest.mark.parametrize(
    ("field", "body"),
    [
        ("/currency", {"currency": "XQZ"}),
        ("/currency", {"currency": "Euro"}),
        ("/currency", {"currency": "GBP"}),
        ("/rate", {"rate": "0"}),
        ("/rate", {"rate": "-1"}),
        ("/rate", {"rate": "NaN"}),
        ("/rate", {"rate": "1" * 400}),
        ("/rate", {"rate": 1.5}),
        ("/day", {"day": "31.12.2026"}),
    ],
)
async def test_a_bad_rate_is_refused_by_its_field_and_nothing_is_kept(
    client: httpx.AsyncClient, field: str, body: dict[str, Any]
) -> None:
    answer = await client.put(WHERE, json={"currency": "EUR", "day": "2026-03-06", "rate": "0.87"} | body)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == field
    assert await rows(client) == []


async def test_staff_see_rates_and_set_none(client: httpx.AsyncClient, staff: httpx.AsyncClient) -> None:
    assert (await put(staff, "EUR", date(2026, 3, 6), "0.87")).status_code == 403
    assert await rows(client) == []
    assert (await staff.get(f"{WHERE}/current")).status_code == 200


async def test_a_feed_keeps_its_key_to_itself(client: httpx.AsyncClient) -> None:
    needs = await client.patch(f"{WHERE}/feed", json={"source": "openexchangerates"})
    assert (needs.status_code, needs.json()["errors"][0]["pointer"]) == (422, "/app_id")
    made = await client.patch(f"{WHERE}/feed", json={"source": "openexchangerates", "app_id": "top-secret"})
    assert made.json()["data"]["has_app_id"] is True
    log = await client.get("/api/v1/audit?filter[entity]=rate_feed")
    assert log.json()["data"]
    assert "top-secret" not in made.text + log.text
    wrong = await client.patch(f"{WHERE}/feed", json={"source": "the-oracle"})
    assert wrong.status_code == 422


async def test_asking_for_rates_starts_a_job(client: httpx.AsyncClient) -> None:
    await client.patch(f"{WHERE}/feed", json={"source": "sandbox"})
    started = await client.post(f"{WHERE}/refresh")
    assert started.status_code == 202
    job = await client.get(f"/api/v1/jobs/{started.json()['data']['job_id']}")
    assert job.json()["data"]["kind"] == "exchange rates"


async def test_a_source_that_lacks_our_currency_is_told(database: Database, actor: Actor) -> None:
    async with database.session(actor) as session:
        await service.change_feed(session, KEY, {"source": "sandbox"})
        plan = await service.find_plan(session, KEY)
        assert plan is not None
        with pytest.raises(SourceRefused, match="GBP"):
            await service.keep_published(session, plan, [Published(now().date(), "EUR", {"USD": Decimal(1)})])
        await service.note_attempt(session, "it said nothing")
        feed = await service.find_feed(session)
        assert (feed and feed.problem) == "it said nothing"
        assert await store.known_currencies(session) == []


@pytest.mark.parametrize(
    ("currency", "rate", "constraint"),
    [
        ("EUR", "0", "exchange_rate_rate_positive"),
        ("EUR", "NaN", "exchange_rate_rate_positive"),
        ("euro", "1", "exchange_rate_currency_is_code"),
    ],
)
async def test_the_database_refuses_what_is_no_rate(
    database: Database, actor: Actor, currency: str, rate: str, constraint: str
) -> None:
    async with database.session(actor) as session:
        with pytest.raises(psycopg.errors.CheckViolation, match=constraint):
            async with session.begin_nested():
                await store.set_by_hand(session, Rate(currency, date(2026, 3, 6), Decimal(rate)))
