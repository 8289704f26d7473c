"""What every request passes: a request id, security headers, a limit on its size."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

from onhand.kernel import TooLarge, new_id

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 10_000_000
LARGEST_UPLOADS = {"/imports": 120_000_000, "/attachments": 21_000_000}
# `style-src` needs 'unsafe-inline' for the style sheets that the component library writes at run time.
SECURITY = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' blob: data:; connect-src 'self' ws: wss:; worker-src 'self'; frame-ancestors 'none'; "
        "base-uri 'self'; form-action 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}


class Edge:
    """Pure ASGI (no task per request): gives the id, adds headers, stops bodies that are too large."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        request_id = request_id_of(scope)

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Request-Id"] = request_id
                for name, value in SECURITY.items():
                    headers.setdefault(name, value)
            await send(message)

        await self.app(scope, limited(receive, scope), send_with_headers)


def request_id_of(scope: Scope) -> str:
    """The id that the client gave its request, or a new one; kept in the request's state."""
    given = next((value for name, value in scope["headers"] if name == b"x-request-id"), b"")
    request_id: str = given.decode("latin-1")[:100] or new_id().hex
    scope.setdefault("state", {})["request_id"] = request_id
    return request_id


def limited(receive: Receive, scope: Scope) -> Receive:
    """Count the body as it arrives: the declared length may lie."""
    limit = next((most for part, most in LARGEST_UPLOADS.items() if part in scope["path"]), LARGEST_BODY)
    taken = 0

    async def counted() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > limit:
            raise TooLarge(limit=f"{limit // 1_000_000} MB")
        return message

    return counted
