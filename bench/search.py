"""Search of 100,000 products as the web app asks it: as typed, misspelt, by code and by barcode."""

from __future__ import annotations

import asyncio
import time

import httpx
import psycopg

from bench.report import Report
from bench.world import PORT, World, organization, web

PRODUCTS = 100_000
ALLOWED_MS = 50
EVERYTHING_MS = 100
QUERIES = ("lantern -red", "wooden price:<5", '"vintage lantern"', "sku:sku-777*", "stock:out name:clock")
TRIES = 20
SEARCHES = ("sku-77777", "vintge lantrn", "lantern", "cermic candel", "5000000700000", "re", "zebra", "wooden box 4")
FILL = """
WITH made AS (
  INSERT INTO product (organization_id, name, search_text)
  SELECT %(organization)s, name, ' sku-' || n || ' ' || (5000000000000 + n * 7) || ' ' || lower(name) || ' '
  FROM (SELECT n, concat_ws(' ',
      (ARRAY['Red','Blue','Green','Vintage','Wooden','Ceramic','Glass','Paper','Metal','Jumbo'])[1 + n %% 10],
      (ARRAY['Mug','Lantern','Bag','Box','Candle','Holder','Clock','Sign','Cake','Tin','Bottle'])[1 + n %% 11],
      (ARRAY['Set','Pair','Small','Large','Union Jack','Polkadot','Doily','Regency','Skull'])[1 + n %% 9], n) AS name
    FROM generate_series(1, %(count)s) AS n) AS named
  RETURNING organization_id, id, split_part(search_text, ' ', 2) AS code)
INSERT INTO sku (organization_id, product_id, code) SELECT organization_id, id, code FROM made
"""


def measure(at: World, report: Report) -> None:
    """Ask each text over HTTP, one after the other."""
    report.title(f"Search of {PRODUCTS:,} products")
    organization_id, token = asyncio.run(organization(at.settings, "search"))
    with psycopg.connect(at.url, options="-c search_path=onhand,public", autocommit=True) as connection:
        psycopg.ClientCursor(connection).execute(FILL, {"organization": organization_id, "count": PRODUCTS})
        connection.execute("VACUUM ANALYZE product, sku")
    headers = {"Authorization": f"Bearer {token}"}
    with web(at), httpx.Client(base_url=f"http://127.0.0.1:{PORT}/api/v1", headers=headers) as client:
        for text in SEARCHES:
            report.at_most(f"“{text}”, median", _median(client, "/products/suggestions", text), ALLOWED_MS, "ms")
        for text in (*SEARCHES, *QUERIES):
            report.at_most(f"everything, “{text}”, median", _median(client, "/search", text), EVERYTHING_MS, "ms")


def _median(client: httpx.Client, path: str, text: str) -> float:
    spent = []
    for _ in range(TRIES):
        before = time.perf_counter()
        client.get(path, params={"q": text}).raise_for_status()
        spent.append(1000 * (time.perf_counter() - before))
    return sorted(spent)[TRIES // 2]
