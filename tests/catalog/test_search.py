"""Search finds what people mean, and says it in the order in which they mean it."""

from typing import Any

import httpx
import psycopg
import pytest
from bench.search import FILL, PRODUCTS, SEARCHES
from tests.catalog.test_products import listed, made

from onhand.infra.db import Database, raw
from onhand.infra.settings import Settings
from onhand.kernel import Actor


@pytest.fixture
async def shelf(client: httpx.AsyncClient) -> httpx.AsyncClient:
    names = {
        "85123A": "White hanging heart T-light holder",
        "71053": "White metal lantern",
        "84406B": "Cream cupid hearts coat hanger",
        "22752": "Set of 7 babushka nesting boxes",
        "21730": "Glass star frosted T-light holder",
    }
    for number, (sku, name) in enumerate(names.items()):
        await made(client, sku=sku, name=name, barcodes=[f"50{number}"])
    return client


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("85123a", "85123A"),
        ("502", "84406B"),
        ("lantern", "71053"),
        ("LANTERN  metal", "71053"),
        ("lantrn", "71053"),
        ("lattern", "71053"),
        ("babuska", "22752"),
        ("hanging hart", "85123A"),
        ("whte holdr", "85123A"),
        ("t-light fro", "21730"),
        ("of 7", "22752"),
        ("85123b", "85123A"),
    ],
)
async def test_the_best_hit_comes_first_even_when_misspelt(shelf: httpx.AsyncClient, text: str, first: str) -> None:
    assert (await listed(shelf, q=text))[:1] == [first]
    assert (await listed(shelf, search=text))[:1] == [first]
    menu = await shelf.get("/api/v1/products/suggestions", params={"q": text})
    assert menu.json()["data"][0]["sku"] == first


@pytest.mark.parametrize("text", ["zebra", "100%", "a_b", "'; DROP TABLE product; --", "\\", "%", "xq"])
async def test_what_is_not_there_is_not_found(shelf: httpx.AsyncClient, text: str) -> None:
    assert await listed(shelf, q=text) == []


async def test_a_whole_code_beats_a_name_that_holds_it(client: httpx.AsyncClient) -> None:
    await made(client, sku="LONG", name="red", barcodes=[])
    await made(client, sku="RED", name="A thing that is not that colour", barcodes=[])
    await made(client, sku="INFRARED", name="Lamp", barcodes=[])
    assert await listed(client, q="red") == ["RED", "LONG", "INFRARED"]


async def test_hits_can_be_paged_filtered_and_sorted(shelf: httpx.AsyncClient) -> None:
    page = (await shelf.get("/api/v1/products?q=holder&limit=1")).json()
    rest = (await shelf.get(f"/api/v1/products?q=holder&limit=1&cursor={page['meta']['next_cursor']}")).json()
    assert [row["sku"] for row in page["data"] + rest["data"]] == ["21730", "85123A"]
    assert rest["meta"]["next_cursor"] is None
    assert await listed(shelf, q="holder", sort="name") == ["21730", "85123A"]
    assert await listed(shelf, q="holder", **{"filter[sku]": "85123a"}) == ["85123A"]


async def test_an_archived_product_is_found_only_when_asked_for(shelf: httpx.AsyncClient) -> None:
    await shelf.patch("/api/v1/products/71053", json={"status": "archived"})
    assert await listed(shelf, q="lantern") == []
    assert await listed(shelf, q="lantern", **{"filter[archived]": "true"}) == ["71053"]
    assert (await shelf.get("/api/v1/products/suggestions?q=lantern")).json()["data"] == []


READ = "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables WHERE relname = 'product'"


async def rows_read(connection: psycopg.AsyncConnection[Any]) -> int:
    """Of products; what earlier transactions of this connection read may still be among them."""
    row = await (await connection.execute(READ)).fetchone()
    return int(row[0] or 0) if row else 0


async def test_search_reads_a_small_part_of_100_000_products(
    settings: Settings, actor: Actor, database: Database
) -> None:
    with psycopg.connect(str(settings.database_url), autocommit=True, options="-c search_path=onhand,public") as admin:
        admin.execute(FILL, {"organization": actor.organization_id, "count": PRODUCTS})
        admin.execute("VACUUM ANALYZE product, sku")
    read = {}
    for text in SEARCHES:
        async with database.session(actor) as session:
            connection = await raw(session)
            before = await rows_read(connection)
            await connection.execute("SELECT count(*) FROM find_products(%s, 10)", (text,))
            read[text] = await rows_read(connection) - before
    assert {text: rows for text, rows in read.items() if rows > PRODUCTS / 10} == {}
