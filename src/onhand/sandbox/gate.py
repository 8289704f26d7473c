"""The way into a storefront: latency, token, rate limit and faults, in the order in which a caller meets them."""

import asyncio
import hmac
import math
import time

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onhand.sandbox.api import answer, refuse
from onhand.sandbox.domain import Refusal
from onhand.sandbox.switches import latency, strike
from onhand.sandbox.world import Storefront

# Half of the faults strike after the work is done: the caller can't know, as in life.
AFTER_THE_FACT = 0.5


class Dropped(ConnectionError):
    """The shop hangs up in the middle of its answer, on purpose."""


class Gate:
    """Lets calls through to the storefront's API, or not."""

    def __init__(self, front: Storefront, inner: ASGIApp) -> None:
        self.front = front
        self.inner = inner

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One call."""
        front = self.front
        front.counters.calls += 1
        await asyncio.sleep(latency(front.faults, front.chance))
        if (refused := self._refusal(Request(scope))) is not None:
            await refused(scope, receive, send)
            return
        fault = strike(front.faults, front.chance)
        if fault is None:
            await self.inner(scope, receive, send)
            return
        front.counters.faults[fault] += 1
        await self._fail(fault, scope, receive, send)

    def _refusal(self, request: Request) -> Response | None:
        front = self.front
        if front.faults.down:
            front.counters.faults["down"] += 1
            return refuse(Refusal(503, "down", f"{front.shop.name} is down for maintenance."))
        given = request.headers.get("authorization", "").removeprefix("Bearer ")
        if not hmac.compare_digest(given.encode(), front.token.encode()):
            return refuse(Refusal(401, "unauthenticated", "The token is missing or wrong."))
        wait = front.bucket.take(time.monotonic())
        if wait == 0:
            return None
        front.counters.limited += 1
        limited = answer({"error": {"code": "rate_limited", "message": "Too many calls."}}, 429)
        limited.headers["retry-after"] = str(math.ceil(wait))
        limited.headers["ratelimit-remaining"] = str(front.bucket.remaining)
        return limited

    async def _fail(self, fault: str, scope: Scope, receive: Receive, send: Send) -> None:
        front = self.front
        if front.chance.random() < AFTER_THE_FACT:
            await self.inner(scope, receive, _swallow)
        if fault == "error":
            await refuse(Refusal(500, "internal", "Something went wrong."))(scope, receive, send)
            return
        if fault == "timeout":
            await asyncio.sleep(front.faults.timeout_seconds)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"100000")]})
        await send({"type": "http.response.body", "body": b"{", "more_body": True})
        raise Dropped


async def _swallow(_: Message) -> None:
    """The answer that never arrives."""
