"""Which modules there are, as the API, the worker and the checks need them."""

from __future__ import annotations

from onhand import audit, identity

ROUTERS = [identity.router, audit.router]
# Routes on the fast path: bare Starlette routes with their own codec, described for the documentation beside them.
HOT_ROUTES: list[object] = []
HOT_PATHS: dict[str, dict[str, object]] = {}
HOT_SCHEMAS: dict[str, dict[str, object]] = {}
