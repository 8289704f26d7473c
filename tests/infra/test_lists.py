from __future__ import annotations

import contextlib
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from onhand.infra.db import Database, raw
from onhand.infra.json_rows import JsonCursor
from onhand.infra.lists import Column, ListSpec, parse, prepared, read_list, run_list
from onhand.infra.schemas import jsonable
from onhand.infra.tables import JobRecord
from onhand.kernel import Actor, Malformed, new_id

SPEC = ListSpec(
    columns={
        "id": Column(JobRecord.id, "uuid"),
        "kind": Column(JobRecord.kind, "code"),
        "done": Column(JobRecord.done, "number"),
        "message": Column(JobRecord.message),
        "created_at": Column(JobRecord.created_at, "time"),
    },
    default_sort="-created_at",
    aliases={"search": "q"},
    search=JobRecord.kind.contains,
)
BASE = select().select_from(JobRecord)


async def fill(session: AsyncSession, messages: list[str | None]) -> None:
    organization_id = session.info["actor"].organization_id
    rows = [
        {"organization_id": organization_id, "kind": f"K{n}", "done": n % 3, "message": m, "created_by": "t"}
        for n, m in enumerate(messages)
    ]
    await session.execute(insert(JobRecord), rows)


async def walk(session: AsyncSession, **parameters: str) -> list[dict[str, Any]]:
    """All pages, one after the other."""
    rows: list[dict[str, Any]] = []
    while True:
        result = await run_list(session, SPEC, BASE, parse(SPEC, list(parameters.items())))
        rows += result.rows
        if result.meta["next_cursor"] is None:
            return rows
        parameters["cursor"] = result.meta["next_cursor"]


@pytest.mark.parametrize("sort", ["done,-kind", "-done,kind", "message,kind", "-message", "-created_at", "id"])
async def test_pages_by_cursor_show_each_row_once_in_order(session: AsyncSession, sort: str) -> None:
    await fill(session, [None, "b", "a", None, "c", "a", "b", None, "a", "d"])
    whole = await walk(session, sort=sort, limit="500")
    paged = await walk(session, sort=sort, limit="3")
    assert [r["id"] for r in paged] == [r["id"] for r in whole]
    assert len({r["id"] for r in paged}) == 10


async def test_filters_narrow_and_combine(session: AsyncSession) -> None:
    await fill(session, ["x"] * 9)
    assert {r["kind"] for r in await walk(session, **{"filter[kind]": "k1,K2"})} == {"K1", "K2"}
    assert {r["done"] for r in await walk(session, **{"filter[done][gte]": "1", "filter[done][lt]": "2"})} == {1}
    assert [r["kind"] for r in await walk(session, search="K7")] == ["K7"]
    assert await walk(session, **{"filter[message][null]": "true"}) == []


async def test_pages_by_number_tell_the_total(session: AsyncSession) -> None:
    await fill(session, ["x"] * 7)
    result = await run_list(session, SPEC, BASE, parse(SPEC, [("page", "2"), ("limit", "5")]))
    assert (len(result.rows), result.meta["total"], result.meta["total_is_estimate"]) == (2, 7, False)


async def test_a_list_read_in_one_round_trip_is_the_same_list(database: Database, actor: Actor) -> None:
    async with database.session(actor) as session:
        await fill(session, [None, "b", "a", "100%", None])
        query = parse(SPEC, [("page", "1"), ("sort", "-message"), ("limit", "3"), ("filter[done][lte]", "1")])
        expected = await run_list(session, SPEC, BASE, query)
    assert await read_list(database, actor.organization_id, (SPEC, BASE), query) == expected


async def test_a_list_read_in_one_round_trip_leaves_no_organization_behind(database: Database, actor: Actor) -> None:
    async with database.session(actor) as session:
        await fill(session, ["x"])
    found = await read_list(database, actor.organization_id, (SPEC, BASE), parse(SPEC, []))
    stranger = await read_list(database, new_id(), (SPEC, BASE), parse(SPEC, []))
    async with database.pool.connection() as connection:
        left = await (await connection.execute("SELECT count(*) FROM job")).fetchone()
    assert (len(found.rows), stranger.rows, left) == (1, [], (0,))


async def test_values_are_spelled_as_everywhere_else(session: AsyncSession) -> None:
    moments = [datetime(2026, 1, 31, 12, tzinfo=UTC), datetime(2026, 1, 31, 12, 0, 0, 120_000, tzinfo=UTC)]
    for zone in ("UTC", "Africa/Nairobi"):
        await session.execute(text("SELECT set_config('TimeZone', :zone, true)"), {"zone": zone})
        async with JsonCursor(await raw(session)) as cursor:
            await cursor.execute("SELECT 1000000.500, -0.000, 10::numeric, 100.00, 0.000001")
            assert await cursor.all() == [("1000000.5", "0", "10", "100", "0.000001")]
            await cursor.execute("SELECT $1::timestamptz, $2::timestamptz, NULL::timestamptz, NULL::numeric", moments)
            assert await cursor.all() == [(jsonable(moments[0]), jsonable(moments[1]), None, None)]


async def test_questions_that_differ_in_their_values_share_a_statement(session: AsyncSession) -> None:
    await fill(session, ["a", "b", "c"])
    statements = []
    for message in ("a", "b"):
        query = parse(SPEC, [("filter[message]", message)])
        statements.append(prepared(SPEC, BASE, query))
        assert [row["message"] for row in (await run_list(session, SPEC, BASE, query)).rows] == [message]
    assert statements[0] is statements[1]
    assert prepared(SPEC, BASE, parse(SPEC, [("filter[message][ne]", "a")])) is not statements[0]


@pytest.mark.parametrize(
    "parameter",
    [
        ("q", "a\0b"),
        ("colour", "red"),
        ("filter[colour]", "red"),
        ("filter[done][above]", "1"),
        ("filter[done]", "many"),
        ("sort", "colour"),
        ("limit", "501"),
        ("limit", "0"),
        ("page", "x"),
        ("fields", "colour"),
        ("cursor", "bm8="),
    ],
)
def test_what_a_list_does_not_know_is_named(parameter: tuple[str, str]) -> None:
    with pytest.raises(Malformed) as refused:
        parse(SPEC, [parameter])
    assert any(word in str(refused.value) for word in (parameter[0].split("[")[-1].rstrip("]"), parameter[1], "done"))


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=20)), max_size=4))
def test_no_parameters_whatsoever_break_the_parser(parameters: list[tuple[str, str]]) -> None:
    with contextlib.suppress(Malformed):
        assert parse(SPEC, parameters).limit <= 500
