from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette

from onhand.app.static import routes


@pytest.fixture
def built(tmp_path: Path) -> Path:
    (tmp_path / "web" / "assets").mkdir(parents=True)
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "web" / "index.html").write_text("<h1>onhand</h1>")
    (tmp_path / "web" / "assets" / "app-1a.js").write_text("run()")
    (tmp_path / "web" / "assets" / "app-1a.js.br").write_bytes(b"packed")
    return tmp_path / "web"


def browse(folder: Path) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(Starlette(routes=routes(folder)))
    return httpx.AsyncClient(transport=transport, base_url="http://onhand.test")


async def test_any_path_of_the_app_gives_the_page_uncached(built: Path) -> None:
    async with browse(built) as client:
        answer = await client.get("/products/A-1")
    assert (answer.text, answer.headers["cache-control"]) == ("<h1>onhand</h1>", "no-cache")


async def test_assets_are_kept_for_ever_and_sent_packed(built: Path) -> None:
    async with browse(built) as client:
        answer = await client.send(
            client.build_request("GET", "/assets/app-1a.js", headers={"Accept-Encoding": "br"}), stream=True
        )
        packed = b"".join([chunk async for chunk in answer.aiter_raw()])
        plain = await client.get("/assets/app-1a.js", headers={"Accept-Encoding": "identity"})
    assert (packed, answer.headers["content-encoding"]) == (b"packed", "br")
    assert "immutable" in answer.headers["cache-control"]
    assert plain.text == "run()"


async def test_nothing_outside_the_folder_is_served(built: Path) -> None:
    async with browse(built) as client:
        answer = await client.get("/..%2Fsecret.txt")
    assert "secret" not in answer.text


async def test_an_asset_that_is_gone_is_not_answered_with_the_page(built: Path) -> None:
    async with browse(built) as client:
        assert (await client.get("/assets/app-0.js")).status_code == 404


async def test_an_unbuilt_app_says_how_to_build_it(tmp_path: Path) -> None:
    async with browse(tmp_path) as client:
        answer = await client.get("/")
    assert (answer.status_code, "npm run build" in answer.text) == (503, True)
