"""Every source keeps the same contract, whatever its publisher's format, and when the line is bad."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import httpx
import pytest

from onhand.rates.domain import Published, crossed, first_missing
from onhand.rates.errors import SourceRefused, SourceSilent, SourceUnreadable
from onhand.rates.source_port import Line, Source
from onhand.rates.sources import read_ecb, source_named

FIRST, LAST = date(2026, 3, 2), date(2026, 3, 4)  # Monday to Wednesday
ECB = """<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01"
 xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject><Cube>
<Cube time="2026-03-04"><Cube currency="USD" rate="1.1000"/><Cube currency="GBP" rate="0.8800"/></Cube>
<Cube time="2026-03-03"><Cube currency="USD" rate="1.0900"/><Cube currency="GBP" rate="0.8700"/></Cube>
<Cube time="2026-02-27"><Cube currency="USD" rate="1.0800"/><Cube currency="GBP" rate="0.8600"/></Cube>
</Cube></gesmes:Envelope>"""
SERIES = """{"amount":1.0,"base":"EUR","start_date":"2026-03-03","end_date":"2026-03-04","rates":{
"2026-03-03":{"USD":1.09,"GBP":0.87},"2026-03-04":{"USD":1.10,"GBP":0.88}}}"""
OPEN = '{"disclaimer":"…","license":"…","timestamp":1772582400,"base":"USD","rates":{"EUR":0.909091,"GBP":0.8,"USD":1}}'
BODIES = {"ecb": ECB, "frankfurter": SERIES, "openexchangerates": OPEN}
NAMES = (*BODIES, "sandbox")


def source(name: str, answer: Callable[[httpx.Request], httpx.Response]) -> Source:
    line = Line(name, transport=httpx.MockTransport(answer), wait=0)
    return source_named(name, url="https://rates.example/v1", app_id="key", line=line)


def good(name: str) -> Source:
    return source(name, lambda _: httpx.Response(200, text=BODIES.get(name, "")))


@pytest.mark.parametrize("name", NAMES)
async def test_days_come_in_order_within_the_span_and_are_exact(name: str) -> None:
    found = await good(name).published(FIRST, LAST)
    days = [one.day for one in found]
    assert days
    assert days == sorted(days)
    assert all(FIRST <= day <= LAST for day in days)
    assert all(isinstance(rate, Decimal) and rate > 0 for one in found for rate in one.quotes.values())
    assert all("GBP" in one.quotes for one in found)
    assert crossed(found[-1], "GBP")


@pytest.mark.parametrize("name", BODIES)
async def test_a_busy_source_is_asked_again(name: str) -> None:
    answers = iter([httpx.Response(429), httpx.Response(503)])
    patient = source(name, lambda _: next(answers, httpx.Response(200, text=BODIES[name])))
    assert await patient.published(LAST, LAST)


@pytest.mark.parametrize("name", BODIES)
async def test_one_that_stays_silent_is_said_to_be(name: str) -> None:
    calls = []

    def cut(request: httpx.Request) -> httpx.Response:
        calls.append(request)
        raise httpx.ConnectTimeout("too late")

    with pytest.raises(SourceSilent, match="too late"):
        await source(name, cut).published(LAST, LAST)
    assert len(calls) == 3


@pytest.mark.parametrize("name", BODIES)
async def test_a_refusal_is_not_repeated(name: str) -> None:
    calls: list[httpx.Request] = []

    def refuse(request: httpx.Request) -> httpx.Response:
        calls.append(request)
        return httpx.Response(401, text="no such key")

    with pytest.raises(SourceRefused, match="401"):
        await source(name, refuse).published(LAST, LAST)
    assert len(calls) == 1


@pytest.mark.parametrize("name", BODIES)
@pytest.mark.parametrize("body", ["<html>sorry</html>", "{}", '{"base":"EUR","rates":{"2026-03-04":{"USD":"x"}}}', ""])
async def test_nonsense_is_said_to_be_nonsense(name: str, body: str) -> None:
    with pytest.raises(SourceUnreadable):
        await source(name, lambda _: httpx.Response(200, text=body)).published(LAST, LAST)


def test_a_file_with_entities_is_not_read() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><Cube time="2026-03-04">&a;</Cube>'
    with pytest.raises(ValueError, match="entities"):
        read_ecb(bomb.encode())


@pytest.mark.parametrize(("days", "file"), [(0, "daily"), (30, "hist-90d"), (400, "hist")])
async def test_the_bank_is_asked_for_its_smallest_file(days: int, file: str) -> None:
    paths: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        paths.append(request.url.path)
        return httpx.Response(200, text=ECB)

    await source("ecb", answer).published(LAST - timedelta(days=days), LAST)
    assert paths == [f"/v1/eurofxref-{file}.xml"]


async def test_single_days_are_asked_for_sparingly_and_with_the_key() -> None:
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(200, text=OPEN)

    found = await source("openexchangerates", answer).published(LAST - timedelta(days=90), LAST)
    assert [one.day for one in found] == [LAST - timedelta(days=n) for n in range(6, -1, -1)]
    assert asked[-1].url.path.endswith("/latest.json")
    assert all(request.url.params["app_id"] == "key" for request in asked)


async def test_the_make_believe_source_says_the_same_each_time() -> None:
    sandbox = good("sandbox")
    week = await sandbox.published(date(2026, 3, 2), date(2026, 3, 8))
    assert len(week) == 5
    assert week == await sandbox.published(date(2026, 3, 2), date(2026, 3, 8))


def test_rates_cross_into_any_currency_by_decimals() -> None:
    day = Published(LAST, "EUR", {"USD": Decimal("1.10"), "GBP": Decimal("0.88"), "JPY": Decimal(160)})
    rates = {one.currency: one.rate for one in crossed(day, "GBP")}
    assert rates == {"EUR": Decimal("0.88"), "USD": Decimal("0.800000000000"), "JPY": Decimal("0.0055")}
    assert crossed(day, "KES") == []
    assert [one.currency for one in crossed(day, "GBP", ["USD", "CHF"])] == ["USD"]


def test_a_new_feed_begins_ninety_days_back() -> None:
    assert first_missing(None, LAST) == LAST - timedelta(days=90)
    assert first_missing(LAST - timedelta(days=3), LAST) == LAST - timedelta(days=2)
