"""The hot routes as OpenAPI operations: bare routes describe themselves nowhere else."""

from __future__ import annotations

from typing import Any

import msgspec

from onhand.entries import routes_hot
from onhand.entries import schemas_hot as hot

REF = "#/components/schemas/{name}"
_KINDS = (hot.Adjust, hot.Adjusted, hot.Reservation, hot.Reserved, hot.ReleaseBody, hot.StockLevel)
_, HOT_SCHEMAS = msgspec.json.schema_components(_KINDS, ref_template=REF)


def _ref(kind: type) -> dict[str, Any]:
    return {"$ref": REF.format(name=kind.__name__)}


def _content(schema: dict[str, Any], media_type: str = "application/json") -> dict[str, Any]:
    return {media_type: {"schema": schema}}


def _data(kind: type) -> dict[str, Any]:
    """The envelope of one thing."""
    properties = {"data": _ref(kind), "meta": {"type": "object"}}
    return {"type": "object", "required": ["data", "meta"], "properties": properties}


def _parameter(name: str, place: str, description: str) -> dict[str, Any]:
    wanted = {"name": name, "in": place, "description": description, "schema": {"type": "string"}}
    return wanted | ({"required": True} if place == "path" else {})


_PROBLEM = {
    "description": "Refused, with the sentence, the code and the facts (RFC 9457)",
    "content": _content({"type": "object"}, "application/problem+json"),
}
_KEY = _parameter("Idempotency-Key", "header", "The posting's id: a repetition gives the first answer")
_DRY = _parameter("dry_run", "query", "`true`: answer as if, keep nothing")
_RESERVATION = _parameter("id", "path", "The reservation's id")


def _operation(
    name: str, summary: str, permission: str, *, body: type | None = None, answer: tuple[int, type | None]
) -> dict[str, Any]:
    status, kind = answer
    good: dict[str, Any] = {"description": "Done"} | ({"content": _content(_data(kind))} if kind else {})
    made: dict[str, Any] = {
        "tags": ["stock"],
        "summary": summary,
        "operationId": name,
        "x-permission": permission,
        "responses": {str(status): good, "4XX": _PROBLEM},
    }
    if body is not None:
        made["requestBody"] = {"required": True, "content": _content(_ref(body))}
    return made


_ADJUST = _operation(
    "adjust_stock",
    "Add or take stock, up to 1,000 lines",
    routes_hot.WRITE,
    body=hot.Adjust,
    answer=(201, hot.Adjusted),
)
_RESERVE = _operation(
    "reserve_stock", "Promise stock", routes_hot.WRITE, body=hot.Reservation, answer=(201, hot.Reserved)
)
_DROP = _operation("drop_reservation", "Give a whole promise back", routes_hot.WRITE, answer=(204, None))
_RELEASE = _operation(
    "release_reservation",
    "Give a promise back, or part of it",
    routes_hot.WRITE,
    body=hot.ReleaseBody,
    answer=(200, None),
)
_READ = _operation("read_stock_level", "One level", routes_hot.READ, answer=(200, hot.StockLevel))

HOT_PATHS: dict[str, dict[str, Any]] = {
    "/api/v1/inventory/adjust": {"post": _ADJUST | {"parameters": [_KEY, _DRY]}},
    "/api/v1/reservations": {"post": _RESERVE | {"parameters": [_KEY, _DRY]}},
    "/api/v1/reservations/{id}": {"delete": _DROP | {"parameters": [_RESERVATION]}},
    "/api/v1/reservations/{id}/release": {"post": _RELEASE | {"parameters": [_RESERVATION, _KEY, _DRY]}},
    "/api/v1/stock-levels/{id}": {"get": _READ | {"parameters": [_parameter("id", "path", "sku@warehouse")]}},
}
