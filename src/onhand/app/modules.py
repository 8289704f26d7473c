"""Which modules there are, as the API, the worker and the checks need them."""

from __future__ import annotations

from typing import Any

from onhand import (
    analytics,
    attachments,
    audit,
    catalog,
    channels,
    costing,
    entries,
    exchange,
    exports,
    fields,
    forecasting,
    identity,
    intake,
    kits,
    labels,
    ledger,
    partners,
    past,
    places,
    proof,
    rates,
    replenishment,
    sales,
    scanning,
    search,
    shelving,
    stock,
    stocktaking,
    syncing,
    transfers,
    units,
    valuation,
)
from onhand.app import housekeeping, jobs_routes
from onhand.app.owners import name_owners
from onhand.infra.http import Router
from onhand.infra.jobs import Service

ROUTERS: list[Router] = [
    identity.router,
    audit.router,
    attachments.router,
    jobs_routes.router,
    units.router,
    fields.router,
    catalog.router,
    places.router,
    partners.router,
    kits.router,
    stock.router,
    stock.past_router,
    transfers.router,
    shelving.router,
    rates.router,
    costing.router,
    valuation.router,
    proof.router,
    sales.router,
    scanning.router,
    labels.router,
    stocktaking.router,
    search.router,
    analytics.router,
    forecasting.router,
    replenishment.router,
    channels.router,
    syncing.router,
    intake.router,
    exchange.router,
    exports.router,
]
# Routes on the fast path: bare Starlette routes with their own codec, described for the documentation beside them.
HOT_ROUTES: list[Any] = [*entries.HOT_ROUTES, *(route for router in ROUTERS for route in router.lists)]
HOT_PATHS: dict[str, dict[str, Any]] = {**entries.HOT_PATHS}
HOT_SCHEMAS: dict[str, dict[str, Any]] = {**entries.HOT_SCHEMAS}
# What runs in the worker beside the queues. Importing the modules above registers their tasks.
WORKER_SERVICES: dict[str, Service] = {"channels": syncing.keep_in_step}
TASKS = [
    housekeeping.tidy,
    housekeeping.sweep_attachments,
    ledger.sweep,
    past.keep_job,
    rates.fetch,
    rates.fetch_all,
    costing.revalue,
    costing.revalue_all,
    sales.serve_backorders,
    stocktaking.plan_due,
    analytics.renew,
    analytics.classify,
    syncing.sync_channel,
    replenishment.plan,
    replenishment.nightly,
    exchange.run_task,
    exports.write_task,
]
name_owners()
exports.offer(one for router in ROUTERS for one in router.exported)
