"""Which modules there are, as the API, the worker and the checks need them."""

from __future__ import annotations

from typing import Any

from onhand import (
    analytics,
    audit,
    catalog,
    channels,
    costing,
    exchange,
    exports,
    forecasting,
    identity,
    kits,
    labels,
    ledger,
    partners,
    places,
    proof,
    replenishment,
    sales,
    scanning,
    search,
    stock,
    syncing,
    transfers,
)
from onhand.app import housekeeping, jobs_routes
from onhand.infra.http import Router
from onhand.infra.jobs import Service

ROUTERS: list[Router] = [
    identity.router,
    audit.router,
    jobs_routes.router,
    catalog.router,
    places.router,
    partners.router,
    kits.router,
    stock.router,
    transfers.router,
    costing.router,
    proof.router,
    sales.router,
    scanning.router,
    labels.router,
    search.router,
    analytics.router,
    forecasting.router,
    replenishment.router,
    channels.router,
    syncing.router,
    exchange.router,
    exports.router,
]
# Routes on the fast path: bare Starlette routes with their own codec, described for the documentation beside them.
HOT_ROUTES: list[Any] = [*stock.HOT_ROUTES, *(route for router in ROUTERS for route in router.lists)]
HOT_PATHS: dict[str, dict[str, Any]] = {**stock.HOT_PATHS}
HOT_SCHEMAS: dict[str, dict[str, Any]] = {**stock.HOT_SCHEMAS}
# What runs in the worker beside the queues. Importing the modules above registers their tasks.
WORKER_SERVICES: dict[str, Service] = {"channels": syncing.keep_in_step}
TASKS = [
    housekeeping.tidy,
    ledger.sweep,
    costing.fetch_rates,
    costing.fetch_all_rates,
    sales.serve_backorders,
    analytics.renew,
    syncing.sync_channel,
    replenishment.plan,
    replenishment.nightly,
    exchange.run_task,
    exports.write_task,
]
exports.offer(one for router in ROUTERS for one in router.exported)
