"""The web process: API, live updates, documentation and the web app, on one port."""

from __future__ import annotations

import gc
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI
from starlette.routing import Mount

from onhand import __doc__ as sentence
from onhand import identity
from onhand.app import openapi, static
from onhand.app.live import Live, running
from onhand.app.modules import HOT_ROUTES, ROUTERS
from onhand.infra import health, problems
from onhand.infra.addresses import app_url
from onhand.infra.db import Database
from onhand.infra.hot import HotRoutes
from onhand.infra.log import configure_logging
from onhand.infra.middleware import Edge
from onhand.infra.settings import Settings, get_settings

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import Receive, Scope, Send

VERSION = "1.0.0"


class Application(FastAPI):
    """FastAPI, with the hot routes answered before its middleware."""

    hot = HotRoutes(HOT_ROUTES)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or connection."""
        handler = self.hot.find(scope) if scope["type"] == "http" else None
        if handler is None:
            await super().__call__(scope, receive, send)
        else:
            await self.hot.answer(self, handler, scope, receive, send)


def create_app(settings: Settings | None = None, database: Database | None = None) -> Application:
    """The application. Without arguments it reads its settings from the environment."""
    settings = settings or get_settings()
    database = database or Database(app_url(settings), settings.pool_size)
    configure_logging(settings)
    authenticate = identity.Authenticator(database, settings)
    live = Live(database, authenticate)

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        async with database, running(live):
            yield

    app = Application(title="onhand", summary=sentence, version=VERSION, lifespan=lifespan, redoc_url=None)
    app.state.database, app.state.authenticate, app.state.settings = database, authenticate, settings
    problems.install(app)
    app.add_middleware(Edge)
    assemble(app, settings, live)
    return app


def create_process() -> Application:
    """The application of a process of its own, as uvicorn's factory.

    What is loaded by now stays for good: else each full collection would walk through all of it while requests wait.
    """
    app = create_app()
    gc.collect()
    gc.freeze()
    return app


def assemble(app: FastAPI, settings: Settings, live: Live) -> None:
    """Add the routes: the hot ones first, the web app's catch-all last."""
    routes: list[Any] = [*HOT_ROUTES, *health.ROUTES, Mount("/live", live.app)]
    app.router.routes[:0] = routes
    for router in ROUTERS:
        app.include_router(router.api)
    openapi.describe(app)
    app.router.routes.extend(static.routes(settings.web_dist))
