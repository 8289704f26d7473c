from __future__ import annotations

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from onhand.infra.lists import Column, ListSpec, parse, run_list
from onhand.infra.tables import JobRecord
from onhand.kernel import Malformed

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


@pytest.mark.parametrize(
    "parameter",
    [
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
