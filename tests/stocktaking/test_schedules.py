"""Schedules, what is due, and accuracy over time."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from tests.counting.conftest import act, move, started, tell

from onhand import counting, stocktaking
from onhand.infra import jobs

if TYPE_CHECKING:
    import httpx

    from onhand.infra.db import Database
    from onhand.kernel import Actor


async def due(client: httpx.AsyncClient, query: str = "?sort=sku") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(f"/api/v1/count-due{query}")).json()["data"]
    return found


async def add(client: httpx.AsyncClient, **asked: Any) -> httpx.Response:
    return await client.post("/api/v1/count-schedules", json={"name": "S", "every_days": 30, **asked})


async def classes(database: Database, actor: Actor, client: httpx.AsyncClient, **given: str) -> None:
    async with database.session(actor) as session:
        found = (await client.get("/api/v1/inventory")).json()["data"]
        ids = {row["sku"].replace("-", "_"): row["id"] for row in found}
        await counting.set_classes(session, [(ids[sku], abc, None, Decimal(1)) for sku, abc in given.items()])


async def test_the_usual_schedules_make_everything_due_that_was_never_counted(
    shop: httpx.AsyncClient, database: Database, actor: Actor
) -> None:
    assert await due(shop) == []
    made = await shop.post("/api/v1/count-schedules/usual")
    assert made.status_code == 201, made.text
    assert len(made.json()["data"]) == 5
    assert (await shop.post("/api/v1/count-schedules/usual")).json()["code"] == "counting.schedules_exist"
    await classes(database, actor, shop, A_1="A", A_2="B")
    assert [(d["sku"], d["abc"], d["every_days"], d["days_over"]) for d in await due(shop)] == [
        ("A-1", "A", 30, None),
        ("A-2", "B", 91, None),
        ("A-3", "C", 365, None),
    ]


async def test_what_was_counted_is_due_again_after_its_interval(shop: httpx.AsyncClient) -> None:
    await add(shop, method="class", abc="C", every_days=30)
    await started(shop, skus=["A-1"])
    assert [d["being_counted"] for d in await due(shop)] == [True, False, False]
    await tell(shop, 1, A_1="10")
    await act(shop, 1, "submit")
    await act(shop, 1, "post")
    assert [d["sku"] for d in await due(shop)] == ["A-2", "A-3"]
    later = await due(shop, "?filter[due]=false")
    assert [(d["sku"], d["days_over"]) for d in later] == [("A-1", -30)]
    [level] = (await shop.get("/api/v1/stock-levels?filter[sku]=A-1")).json()["data"]
    assert level["last_counted_at"] == later[0]["last_counted_at"]


async def test_what_is_due_is_begun_in_one_step(shop: httpx.AsyncClient) -> None:
    await add(shop, method="high_value", value_above="40")
    begun = await shop.post("/api/v1/count-due/start", json={"warehouse": "MAIN"})
    assert begun.status_code == 201, begun.text
    data = begun.json()["data"]
    assert (data["status"], data["kind"], data["progress"]["lines"]) == ("counting", "cycle", 2)  # 80 and 50
    again = await shop.post("/api/v1/count-due/start", json={"warehouse": "MAIN"})
    assert again.json()["code"] == "counting.nothing_to_count"


async def test_each_night_plans_what_is_due_once(shop: httpx.AsyncClient, database: Database) -> None:
    await add(shop, method="class", abc="C", name="All of C", most=2)
    await add(shop, method="suspicion", every_days=1, name="Odd")
    await move(shop, "A-1", "-5")
    jobs.bind(database)
    await stocktaking.plan_due(0)
    await stocktaking.plan_due(0)
    found = (await shop.get("/api/v1/counts?sort=number")).json()["data"]
    assert [(c["name"], c["lines"], c["status"]) for c in found] == [
        ("All of C", 2, "planned"),
        ("Odd", 1, "planned"),
    ]
    lines = [line["sku"] for c in found for line in await _lines(shop, c["number"])]
    assert lines == ["A-2", "A-3", "A-1"]  # what is worth most first, no item twice


async def _lines(client: httpx.AsyncClient, key: object) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(f"/api/v1/counts/{key}/sheet")).json()["data"]
    return found


async def test_a_schedule_is_run_by_hand_and_waits_for_its_open_count(shop: httpx.AsyncClient) -> None:
    made = (await add(shop, method="sample", every_days=7, most=1)).json()["data"]
    one = await shop.post(f"/api/v1/count-schedules/{made['id']}/run")
    assert [c["progress"]["lines"] for c in one.json()["data"]] == [1]
    two = await shop.post(f"/api/v1/count-schedules/{made['id']}/run")
    assert two.json()["data"] == []
    used = await shop.delete(f"/api/v1/count-schedules/{made['id']}")
    assert (used.status_code, used.json()["code"]) == (409, "counting.schedule_in_use")
    off = await shop.patch(f"/api/v1/count-schedules/{made['id']}", json={"active": False})
    assert off.json()["data"]["active"] is False
    other = (await add(shop, method="suspicion")).json()["data"]
    assert (await shop.delete(f"/api/v1/count-schedules/{other['id']}")).status_code == 204


async def test_a_schedule_says_what_it_goes_by(shop: httpx.AsyncClient) -> None:
    cases: list[tuple[dict[str, Any], str]] = [
        ({"method": "class"}, "/abc"),
        ({"method": "high_value"}, "/value_above"),
        ({"method": "zone"}, "/bin"),
        ({"method": "sample", "abc": "A"}, "/abc"),
        ({"method": "zone", "bin": "NOWHERE"}, "/bin"),
        ({"method": "high_value", "value_above": "NaN"}, "/value_above"),
        ({"method": "class", "abc": "A", "every_days": 0}, "/every_days"),
    ]
    for asked, field in cases:
        refused = await add(shop, **asked)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (422, field), asked
    assert (await shop.get("/api/v1/count-schedules")).json()["data"] == []


async def test_accuracy_is_told_by_month(shop: httpx.AsyncClient) -> None:
    empty = (await shop.get("/api/v1/count-accuracy")).json()["data"]
    assert (empty["months"], empty["overall"]) == ([], None)
    await started(shop)
    await tell(shop, 1, A_1="9", A_2="4", A_3="100")
    await act(shop, 1, "submit")
    await act(shop, 1, "post")
    found = (await shop.get("/api/v1/count-accuracy?warehouse=MAIN")).json()["data"]
    [month] = found["months"]
    assert (month["counts"], month["lines"], month["accurate"]) == (1, 3, 2)
    assert (month["by_lines"], month["by_value"], month["net_value"]) == ("66.67", "98.12", "-3")
    assert found["overall"]["by_lines"] == "66.67"
    assert (await shop.get("/api/v1/count-accuracy?warehouse=EAST")).json()["data"]["months"] == []
