"""The contract: FastAPI's document, with the hot routes and the ways to authenticate added."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from fastapi.openapi.utils import get_openapi

from onhand.app.modules import HOT_PATHS, HOT_SCHEMAS

if TYPE_CHECKING:
    from fastapi import FastAPI

BEARER = {
    "type": "http",
    "scheme": "bearer",
    "description": "An access token from POST /api/v1/auth/login, or an API key (`onh_…`).",
}


def describe(app: FastAPI) -> None:
    """Let `app.openapi()` give the whole contract."""

    def whole() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = document(app)
        return app.openapi_schema

    app.openapi = whole  # type: ignore[method-assign]  # the way FastAPI documents for extending the document


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI 3.1 document."""
    made = get_openapi(title=app.title, version=app.version, summary=app.summary, routes=app.routes)
    for path, methods in HOT_PATHS.items():
        made["paths"].setdefault(path, {}).update(methods)
    components = made.setdefault("components", {})
    components.setdefault("schemas", {}).update(HOT_SCHEMAS)
    components["securitySchemes"] = {"bearer": BEARER}
    made["security"] = [{"bearer": []}]
    return made
