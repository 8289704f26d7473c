"""Counts over HTTP: planned, counted, judged, approved and posted once, whatever moves meanwhile."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from tests.counting.conftest import act, move, on_hand, started, tell

from onhand import proof

if TYPE_CHECKING:
    import httpx

    from onhand.infra.db import Database
    from onhand.kernel import Actor


async def lines(client: httpx.AsyncClient, key: object, query: str = "") -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await client.get(f"/api/v1/counts/{key}/lines{query}")).json()["data"]
    return found


async def history(client: httpx.AsyncClient) -> list[tuple[str, str, str]]:
    found = (await client.get("/api/v1/inventory/movements?filter[type]=count&sort=id")).json()["data"]
    return [(m["sku"], m["quantity"], m["document"]) for m in found]


async def test_a_count_goes_from_plan_to_posting(shop: httpx.AsyncClient, boss: httpx.AsyncClient) -> None:
    made = await shop.post("/api/v1/counts", json={"warehouse": "MAIN", "name": "Year end"})
    assert made.status_code == 201, made.text
    data = made.json()["data"]
    assert (data["document"], data["status"], data["kind"], data["progress"]["lines"]) == ("C-1", "planned", "full", 3)
    early = await tell(shop, 1, A_1="9")
    assert (early.status_code, early.json()["code"]) == (409, "counting.not_counting")
    assert (await act(shop, "C-1", "start")).json()["data"]["status"] == "counting"
    assert (await tell(shop, 1, A_1="9", A_2="4", A_3="99")).status_code == 201
    done = (await act(shop, 1, "submit")).json()["data"]
    # 3 for the mug and 0.5 for the spoon: less than may be posted without approval
    assert (done["status"], done["summary"]["absolute_value"], done["summary"]["net_value"]) == (
        "approved",
        "3.5",
        "-3.5",
    )
    posted = (await act(shop, 1, "post")).json()["data"]
    assert (posted["status"], posted["summary"]["by_lines"]) == ("posted", "33.33")
    assert [await on_hand(shop, sku) for sku in ("A-1", "A-2", "A-3")] == ["9", "4", "99"]
    assert await history(shop) == [("A-1", "-1", "C-1"), ("A-3", "-1", "C-1")]
    _ = boss


async def test_a_count_posted_twice_answers_the_same_and_has_its_effect_once(shop: httpx.AsyncClient) -> None:
    await started(shop, skus=["A-1"])
    await tell(shop, 1, A_1="9")
    await act(shop, 1, "submit")
    answers = await asyncio.gather(*(act(shop, 1, "post") for _ in range(5)))
    assert {a.status_code for a in answers} == {200}
    assert len({a.json()["data"]["posting_id"] for a in answers}) == 1
    again = await act(shop, 1, "post")
    assert again.json()["data"] == answers[0].json()["data"]
    assert await on_hand(shop, "A-1") == "9"
    assert await history(shop) == [("A-1", "-1", "C-1")]


async def test_stock_that_moves_after_it_was_counted_keeps_moving(shop: httpx.AsyncClient) -> None:
    await started(shop, skus=["A-1"])
    await tell(shop, 1, A_1="9")  # one is missing
    await move(shop, "A-1", "-4")
    await move(shop, "A-1", "20")
    await act(shop, 1, "submit")
    await act(shop, 1, "post")
    assert await on_hand(shop, "A-1") == "25"
    assert await history(shop) == [("A-1", "-1", "C-1")]


async def test_many_sales_while_it_is_counted_and_posted(
    shop: httpx.AsyncClient, database: Database, actor: Actor
) -> None:
    await started(shop, skus=["A-3"])

    async def sell() -> None:
        for _ in range(10):
            assert (await move(shop, "A-3", "-1")).status_code == 201

    async def count() -> None:
        assert (await tell(shop, 1, mode="set", A_3=await on_hand(shop, "A-3"))).status_code == 201

    await asyncio.gather(sell(), sell())
    await count()  # what the shelf says, with nobody between
    before = await on_hand(shop, "A-3")
    await asyncio.gather(sell(), act(shop, 1, "submit"), sell())
    await asyncio.gather(sell(), act(shop, 1, "post"), sell())
    assert before == "80"
    assert await on_hand(shop, "A-3") == "40"
    assert await history(shop) == []  # nothing differed, however much moved
    assert (await proof.prove(database, actor.organization_id)).holds


async def test_what_was_sold_before_and_written_down_after_is_not_missed_twice(shop: httpx.AsyncClient) -> None:
    await started(shop, skus=["A-1", "A-2"])
    await tell(shop, 1, A_1="9", A_2="4")  # a mug was sold this morning, on paper
    late = await move(shop, "A-1", "-1", effective_at="2026-01-01T09:00:00Z")
    assert late.status_code == 201, late.text
    done = (await act(shop, 1, "submit")).json()["data"]
    assert (done["status"], done["summary"]["accurate"]) == ("approved", 2)
    more = await move(shop, "A-2", "-1", effective_at="2026-01-01T10:00:00Z")  # and a plate, written down later still
    assert more.status_code == 201
    await act(shop, 1, "post")
    assert await on_hand(shop, "A-1") == "9"
    assert await on_hand(shop, "A-2") == "4"  # the shelf had four after that sale
    assert await history(shop) == [("A-2", "1", "C-1")]


async def test_a_blind_count_tells_nobody_what_it_expects(
    shop: httpx.AsyncClient, staff: httpx.AsyncClient, boss: httpx.AsyncClient
) -> None:
    await started(shop)
    await tell(staff, 1, A_1="1", A_2="4", A_3="100")
    hidden = {"planned", "expected", "difference", "value", "unit_cost", "counted", "percent", "late", "why"}
    for who in (staff, shop):
        [first, *_] = await lines(who, 1)
        assert not hidden & set(first)
        told = await who.get("/api/v1/counts/1/lines?filter[difference][lt]=0")
        assert (told.status_code, told.json()["code"]) == (400, "request.malformed")
        assert (await who.get("/api/v1/counts/1/lines?sort=expected")).status_code == 400
        assert (await who.get("/api/v1/counts/1")).json()["data"]["summary"] is None
        assert (await who.get("/api/v1/counts/1/report")).json()["code"] == "counting.blind"
    sheet = (await staff.get("/api/v1/counts/1/sheet?filter[done]=true")).json()["data"]
    assert [(s["sku"], s["mine"]) for s in sheet] == [("A-1", "1"), ("A-2", "4"), ("A-3", "100")]
    await act(staff, 1, "submit")  # the mugs are to be counted again
    await tell(staff, 1, A_1="1")
    await act(staff, 1, "submit")
    assert (await act(shop, 1, "recount", lines=[])).status_code == 422
    seen = await lines(boss, 1, "?sort=difference")
    assert next((i["sku"], i["expected"], i["difference"]) for i in seen) == ("A-1", "10", "-9")


async def test_scans_add_up_and_unknown_items_get_a_line(shop: httpx.AsyncClient) -> None:
    await started(shop, skus=["A-1"])
    scans = [{"code": "bar-A-1", "quantity": "1", "mode": "add"}] * 3
    noted = await shop.post("/api/v1/counts/1/tallies", json={"lines": scans})
    assert [n["quantity"] for n in noted.json()["data"]] == ["3", "3", "3"]
    await tell(shop, 1, mode="add", A_1="-1")
    found = (await tell(shop, 1, A_2="5")).json()["data"][0]
    assert (found["found"], found["sku"]) == (True, "A-2")
    progress = (await shop.get("/api/v1/counts/1")).json()["data"]["progress"]
    assert progress == {"lines": 2, "counted": 2, "recounts": 0, "found": 1, "mine": 2}
    below = await tell(shop, 1, mode="add", A_1="-3")
    assert (below.status_code, below.json()["code"]) == (422, "counting.below_zero")
    assert below.json()["errors"][0]["pointer"] == "/lines/0/quantity"


async def test_two_people_count_and_differ(
    shop: httpx.AsyncClient, staff: httpx.AsyncClient, second: httpx.AsyncClient, boss: httpx.AsyncClient
) -> None:
    await started(shop, skus=["A-1", "A-2"], counters=2)
    await tell(staff, 1, A_1="10", A_2="4")
    one = await act(shop, 1, "submit")
    assert (one.status_code, one.json()["code"]) == (409, "counting.uncounted")
    sheet = (await second.get("/api/v1/counts/1/sheet")).json()["data"]
    assert [line["mine"] for line in sheet] == [None, None]  # nobody sees what the other counted
    await tell(second, 1, A_1="9", A_2="4")
    third = await tell(boss, 1, A_1="10")
    assert (third.status_code, third.json()["code"]) == (409, "counting.enough_counters")
    doubt = (await act(shop, 1, "submit")).json()["data"]
    assert (doubt["status"], doubt["progress"]["recounts"]) == ("counting", 1)
    [mugs] = (await staff.get("/api/v1/counts/1/sheet?filter[done]=false")).json()["data"]
    assert (mugs["sku"], mugs["round"], mugs["status"]) == ("A-1", 2, "recount")
    await tell(second, 1, A_1="9")
    assert (await act(shop, 1, "submit")).json()["data"]["status"] == "approved"
    await act(shop, 1, "post")
    assert await on_hand(shop, "A-1") == "9"


async def test_much_missing_is_counted_again_and_approved_by_somebody_else(
    shop: httpx.AsyncClient, staff: httpx.AsyncClient, boss: httpx.AsyncClient
) -> None:
    await shop.patch("/api/v1/count-settings", json={"approve_above": "50"})
    await started(shop, skus=["A-2"])
    await tell(shop, 1, A_2="1")
    assert (await act(shop, 1, "submit")).json()["data"]["progress"]["recounts"] == 1
    await tell(shop, 1, A_2="1")
    waiting = (await act(shop, 1, "submit")).json()["data"]
    assert (waiting["status"], waiting["needs_approval"], waiting["may_approve"]) == ("review", True, False)
    assert waiting["summary"]["absolute_value"] == "60"
    early = await act(shop, 1, "post")
    assert (early.status_code, early.json()["code"]) == (409, "counting.illegal_status")
    assert (await act(staff, 1, "approve")).status_code == 403
    own = await act(shop, 1, "approve")
    assert (own.status_code, own.json()["code"]) == (403, "counting.counted_it")
    [line] = await lines(boss, 1)
    explained = await boss.patch(f"/api/v1/counts/1/lines/{line['id']}", json={"reason": "broken"})
    assert explained.status_code == 204
    assert (await act(boss, 1, "approve")).json()["data"]["status"] == "approved"
    assert (await act(staff, 1, "post")).status_code == 200
    report = (await shop.get("/api/v1/counts/1/report")).json()["data"]
    assert report["reasons"] == [{"reason": "broken", "lines": 1, "quantity": "-3", "value": "-60"}]
    assert await on_hand(shop, "A-2") == "1"


async def test_an_approver_may_have_a_line_counted_again(shop: httpx.AsyncClient, boss: httpx.AsyncClient) -> None:
    await started(shop, skus=["A-1"])
    await tell(shop, 1, A_1="9")
    await act(shop, 1, "submit")
    [line] = await lines(boss, 1)
    again = (await act(boss, 1, "recount", lines=[line["id"]])).json()["data"]
    assert (again["status"], again["progress"]["recounts"]) == ("counting", 1)
    strange = await act(boss, 1, "recount", lines=[line["id"]])
    assert strange.status_code == 409
    await tell(shop, 1, A_1="10")
    await act(shop, 1, "submit")
    await act(shop, 1, "post")
    assert await on_hand(shop, "A-1") == "10"


async def test_lines_nobody_counted_stop_the_count_until_it_is_said_what_they_are(shop: httpx.AsyncClient) -> None:
    await started(shop)
    await tell(shop, 1, A_1="10")
    refused = await act(shop, 1, "submit")
    assert (refused.status_code, refused.json()["code"]) == (409, "counting.uncounted")
    assert "2 of 3 lines" in refused.json()["detail"]
    assert (await shop.get("/api/v1/counts/1")).json()["data"]["status"] == "counting"
    done = (await act(shop, 1, "submit", rest="leave_out")).json()["data"]
    assert (done["status"], done["progress"]["lines"]) == ("approved", 1)
    await act(shop, 1, "post")
    assert [await on_hand(shop, sku) for sku in ("A-2", "A-3")] == ["4", "100"]
    await started(shop, skus=["A-3"])
    await act(shop, 2, "submit", rest="zero")
    await tell(shop, 2, A_3="0")  # far beyond the tolerance: it is asked for again
    assert (await act(shop, 2, "submit")).status_code == 200
    partly = await act(shop, 2, "post", lines=[1])
    assert partly.status_code == 200  # a body is not taken: a count is posted whole
    assert await on_hand(shop, "A-3") == "0"


async def test_an_item_is_in_one_open_count_at_a_time(shop: httpx.AsyncClient) -> None:
    await started(shop, skus=["A-1"])
    rest = await started(shop)
    assert rest["progress"]["lines"] == 2
    twice = await shop.post("/api/v1/counts", json={"warehouse": "MAIN", "skus": ["A-1"]})
    assert (twice.status_code, twice.json()["code"]) == (409, "counting.nothing_to_count")
    found = await tell(shop, 2, A_1="5")
    assert (found.status_code, found.json()["code"], found.json()["facts"]["other"]) == (
        409,
        "counting.already_open",
        1,
    )
    assert (await act(shop, 1, "cancel")).json()["data"]["status"] == "cancelled"
    assert (await tell(shop, 2, A_1="5")).status_code == 201
    assert (await act(shop, 1, "start")).status_code == 409


async def test_two_plans_at_once_do_not_share_an_item(shop: httpx.AsyncClient) -> None:
    body = {"warehouse": "MAIN"}
    answers = await asyncio.gather(*(shop.post("/api/v1/counts", json=body) for _ in range(4)))
    assert sorted(a.status_code for a in answers) == [201, 409, 409, 409]


async def test_bad_scans_are_refused_by_field_and_line_and_nothing_is_kept(shop: httpx.AsyncClient) -> None:
    await started(shop)
    cases = {
        "NaN": "quantity",
        "9" * 400: "quantity",
        "1.1234567": "quantity",
        "-1": "quantity",
        "Infinity": "quantity",
    }
    for value, field in cases.items():
        body = {"lines": [{"code": "A-1", "quantity": "5"}, {"code": "A-2", "quantity": value}]}
        refused = await shop.post("/api/v1/counts/1/tallies", json=body)
        assert refused.status_code == 422, value
        assert refused.json()["errors"][0]["pointer"] == f"/lines/1/{field}"
    unknown = await tell(shop, 1, A_1="5", X_9="1")
    assert (unknown.status_code, unknown.json()["errors"][0]["pointer"]) == (422, "/lines/1/code")
    assert (await shop.get("/api/v1/counts/1")).json()["data"]["progress"]["counted"] == 0
    scope = await shop.post("/api/v1/counts", json={"warehouse": "EAST", "skus": ["A-1", "X-9"]})
    assert (scope.status_code, scope.json()["errors"][0]["pointer"]) == (422, "/skus/1")
    assert (await shop.post("/api/v1/counts", json={"warehouse": "NOWHERE"})).status_code == 404
    shares = await shop.patch("/api/v1/count-settings", json={"a_share": "96"})
    assert (shares.status_code, shares.json()["code"]) == (422, "counting.bad_shares")
    for value in ("NaN", "9" * 400, "1.1234567"):
        limit = await shop.patch("/api/v1/count-settings", json={"approve_above": value})
        assert (limit.status_code, limit.json()["errors"][0]["pointer"]) == (422, "/approve_above")


async def test_a_sample_is_drawn_the_same_again(shop: httpx.AsyncClient) -> None:
    drawn = []
    for seed in (7, 7, 8):
        made = await started(shop, kind="cycle", sample=2, seed=seed)
        drawn.append([line["sku"] for line in await lines(shop, made["number"])])
        await act(shop, made["number"], "cancel")
    assert drawn[0] == drawn[1]
    assert len(drawn[0]) == 2
    whole = await shop.post("/api/v1/counts", json={"warehouse": "MAIN", "sample": 2})
    assert (whole.status_code, whole.json()["code"]) == (422, "counting.bad_scope")


async def test_what_looks_wrong_is_chosen(shop: httpx.AsyncClient) -> None:
    calm = await shop.post("/api/v1/counts", json={"warehouse": "MAIN", "kind": "cycle", "suspicious": True})
    assert calm.json()["code"] == "counting.nothing_to_count"
    await move(shop, "A-1", "-4")  # four of ten by hand
    await move(shop, "A-3", "-4")  # four of a hundred
    fact = {"sku": "A-2", "warehouse": "MAIN", "quantity": "-6"}
    body = {"reason": "sold elsewhere", "type": "sale", "fact": True, "lines": [fact]}
    assert (await shop.post("/api/v1/inventory/adjust", json=body)).status_code == 201
    await move(shop, "A-2", "1")
    made = await started(shop, kind="cycle", suspicious=True)
    assert [line["sku"] for line in await lines(shop, made["number"])] == ["A-1", "A-2"]


async def test_other_organizations_see_nothing_of_it(shop: httpx.AsyncClient, other: httpx.AsyncClient) -> None:
    made = await started(shop)
    assert (await other.get(f"/api/v1/counts/{made['id']}")).status_code == 404
    assert (await other.get("/api/v1/counts")).json()["data"] == []


async def test_each_step_is_in_the_history_of_who_did_what(shop: httpx.AsyncClient) -> None:
    made = await started(shop, skus=["A-1"])
    await tell(shop, 1, A_1="9")
    await act(shop, 1, "submit")
    await act(shop, 1, "post")
    found = await shop.get(f"/api/v1/audit?filter[entity_id]={made['id']}&sort=id")
    assert [row["action"] for row in found.json()["data"]] == ["create", "start", "submit", "post"]
