"""One ASGI application: two storefronts, the control API and the page to watch."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, Response
from starlette.routing import Mount, Route

from onhand.sandbox.api import Desk, answer, refuse
from onhand.sandbox.buyers import Crowd
from onhand.sandbox.control import Control
from onhand.sandbox.domain import Refusal
from onhand.sandbox.gate import Gate
from onhand.sandbox.snapshot import keep_saving, load
from onhand.sandbox.world import World

PAGE = Path(__file__).parent / "page"
FILES = {"/": "index.html", "/page.css": "page.css", "/page.js": "page.js"}


def create_app(world: World, snapshot: Path | None = None) -> Starlette:
    """The sandbox as an application. With `snapshot`, its state is kept in that file."""
    crowd = Crowd(world)

    @asynccontextmanager
    async def alive(_: Starlette) -> AsyncIterator[None]:
        if snapshot is not None:
            load(world, snapshot)
        for front in world.storefronts.values():
            front.courier.start()
        tasks = [asyncio.create_task(crowd.run())]
        if snapshot is not None:
            tasks.append(asyncio.create_task(keep_saving(world, snapshot)))
        yield
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
        for front in world.storefronts.values():
            await front.courier.stop()

    shops = [
        Mount(f"/shops/{slug}/api", Gate(front, _shop_router(Desk(front)))) for slug, front in world.storefronts.items()
    ]
    pages = [Route(path, _file(name), methods=["GET"]) for path, name in FILES.items()]
    return Starlette(
        routes=[*pages, Route("/healthz", _health), *Control(world, crowd).routes(), *shops],
        exception_handlers=HANDLERS,
        lifespan=alive,
    )


def _shop_router(desk: Desk) -> Starlette:
    return Starlette(routes=desk.routes(), exception_handlers=HANDLERS)


async def _on_refusal(_: Request, error: Exception) -> Response:
    return refuse(error) if isinstance(error, Refusal) else answer({"error": {"code": "internal"}}, 500)


async def _on_hang_up(_: Request, __: Exception) -> Response:
    """The caller left before its request was all there: nobody hears this answer."""
    return Response(status_code=400)


async def _health(_: Request) -> Response:
    return answer({"status": "ok"})


def _file(name: str) -> Callable[[Request], Awaitable[Response]]:
    async def show(_: Request) -> Response:
        return FileResponse(PAGE / name, headers={"cache-control": "no-cache"})

    return show


HANDLERS: dict[Any, Any] = {Refusal: _on_refusal, ClientDisconnect: _on_hang_up}
