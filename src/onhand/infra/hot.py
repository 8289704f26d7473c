"""The shortest way from the socket to a hot route: no middleware of the framework, the same answers."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response

from onhand.infra.middleware import limited, request_id_of
from onhand.infra.problems import problem_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from starlette.routing import Route
    from starlette.types import ASGIApp, Receive, Scope, Send

Handler = Callable[[Request], Coroutine[Any, Any, Response]]
NO_SNIFFING = (b"x-content-type-options", b"nosniff")  # the other security headers are about pages; these are data


class HotRoutes:
    """Answers what it knows by method and path, in two look-ups; everything else is the application's to answer.

    Known are paths without parameters and paths that end in one (`…/{id}`).
    """

    def __init__(self, routes: Iterable[Route]) -> None:
        self._exact: dict[tuple[str, str], Handler] = {}
        self._ending: dict[tuple[str, str], tuple[Handler, str]] = {}
        for route in routes:
            head, _, last = route.path.rpartition("/")
            for method in route.methods or ():
                if "{" not in route.path:
                    self._exact[method, route.path] = route.endpoint
                elif "{" not in head:
                    self._ending[method, head] = route.endpoint, last.strip("{}")

    def find(self, scope: Scope) -> Handler | None:
        """The handler of this request, its path's parameter filled in."""
        method, path = scope["method"], scope["path"]
        handler = self._exact.get((method, path))
        if handler is not None:
            return handler
        head, _, last = path.rpartition("/")
        found = self._ending.get((method, head))
        if found is None or not last:
            return None
        scope["path_params"] = {found[1]: last}
        return found[0]

    async def answer(self, app: ASGIApp, handler: Handler, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the handler and send its answer; an error becomes its problem document."""
        scope["app"] = app
        request_id = request_id_of(scope)
        request = Request(scope, limited(receive, scope))
        try:
            response = await handler(request)
        except Exception as error:  # noqa: BLE001 - this is the edge: whatever it was, the client hears of it
            response = problem_of(request, error)
        headers = [*response.raw_headers, NO_SNIFFING, (b"x-request-id", request_id.encode("latin-1"))]
        await send({"type": "http.response.start", "status": response.status_code, "headers": headers})
        await send({"type": "http.response.body", "body": response.body})
