"""The contract as a whole: each route names its permission, each list has a limit, the committed file is true."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx
import msgspec
import pytest

from onhand.app.commands.system import contract
from onhand.infra.http import PUBLIC, SIGNED_IN
from onhand.infra.permissions import all_permissions

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    return contract()


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (method, path, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
        if path.startswith("/api/")
    ]


def test_every_route_names_a_declared_permission(document: dict[str, Any]) -> None:
    known = {p.name for p in all_permissions()} | {PUBLIC, SIGNED_IN}
    unnamed = [(m, p) for m, p, o in operations(document) if o.get("x-permission") not in known]
    assert unnamed == []


def test_only_a_few_routes_are_open_to_everybody(document: dict[str, Any]) -> None:
    opened = {p for _, p, o in operations(document) if o["x-permission"] == PUBLIC}
    assert opened <= {
        "/api/v1/auth/first-run",
        "/api/v1/auth/login",
        "/api/v1/auth/refresh",
        "/api/v1/auth/logout",
        "/api/v1/channels/{channel_id}/webhooks",
    }


def test_reading_never_needs_a_right_to_write(document: dict[str, Any]) -> None:
    assert [p for m, p, o in operations(document) if m == "get" and o["x-permission"].endswith(".write")] == []


def test_writing_never_needs_only_a_right_to_read(document: dict[str, Any]) -> None:
    writes = [(m, p) for m, p, o in operations(document) if m != "get" and o["x-permission"].endswith(".read")]
    assert writes == []


def test_every_list_is_paged(document: dict[str, Any]) -> None:
    for method, path, operation in operations(document):
        answer = operation["responses"].get("200", {}).get("content", {}).get("application/json", {}).get("schema", {})
        if method == "get" and str(answer.get("$ref", "")).rpartition("/")[2].startswith("Page_"):
            names = {p["name"] for p in operation.get("parameters", [])}
            assert {"limit", "cursor"} <= names, path


def test_the_committed_contract_is_what_the_code_says(document: dict[str, Any]) -> None:
    committed = msgspec.json.decode((ROOT / "openapi.json").read_bytes())
    assert committed == msgspec.json.decode(msgspec.json.encode(document)), "run: onhand config openapi"


async def test_what_the_api_has_not_is_a_problem_and_not_the_page(client: httpx.AsyncClient) -> None:
    unknown = await client.get("/api/v1/nothing")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "request.not_found")
    only_posted = await client.get("/api/v1/orders/1/ship")
    assert (only_posted.status_code, only_posted.json()["code"]) == (405, "request.wrong_method")
    assert only_posted.headers["allow"] == "POST"


async def test_a_nul_in_any_text_is_refused_wherever_it_stands(client: httpx.AsyncClient) -> None:
    product = {"sku": "A-1", "name": "Widget", "tags": ["a\0b"]}
    answers = [
        await client.post("/api/v1/products", json=product),
        await client.get("/api/v1/forecasting/demand?sku=%00"),
        await client.get("/api/v1/products/A%001"),
        await client.get("/api/v1/products?q=%00"),
    ]
    assert [answer.status_code for answer in answers] == [400] * 4
    assert all("NUL" in answer.json()["detail"] for answer in answers)
    spelled = await client.post("/api/v1/products", json=product | {"tags": [r"\u0000"]})
    assert (spelled.status_code, spelled.json()["data"]["tags"]) == (201, [r"\u0000"])
