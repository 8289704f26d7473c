"""The port to a source of exchange rates: one request, its patience, and what is an answer."""

from __future__ import annotations

import asyncio
import secrets
import ssl
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Protocol

import httpx

from onhand.rates.errors import SourceRefused, SourceSilent, SourceUnreadable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from onhand.rates.domain import Published

TIMEOUT = httpx.Timeout(15.0, connect=5.0)
TRIES = 3
FIRST_WAIT = 0.4
LARGEST = 32_000_000  # the European Central Bank's whole history is 8 MB
DICE = secrets.SystemRandom()
BUSY, BROKEN = 429, 500
LINE_IS_BAD = (httpx.RequestError, httpx.InvalidURL, UnicodeError)
MISREAD = (KeyError, TypeError, ValueError, ArithmeticError)


class Source(Protocol):
    """Whoever publishes rates. Translates, and decides nothing."""

    @property
    def name(self) -> str:
        """As it is kept beside each rate."""
        ...

    async def published(self, first: date, last: date) -> Sequence[Published]:
        """What was published from `first` to `last`; days without (weekends) are left out.

        Raises SourceSilent (ask again later), SourceRefused (ask otherwise), SourceUnreadable.
        """
        ...


@cache
def _tls() -> ssl.SSLContext:
    """Building one costs a quarter of a second, so all requests share it."""
    return httpx.create_ssl_context()


@dataclass(frozen=True, slots=True)
class Line:
    """The line to one source: bounded in time and size, tried again when the other side is busy or broken."""

    name: str
    transport: httpx.AsyncBaseTransport | None = None  # tests put a server of their own here
    wait: float = FIRST_WAIT

    async def read(self, url: str, parameters: Mapping[str, str] | None = None) -> bytes:
        """The body behind an address. Raises SourceSilent, SourceRefused."""
        reason = ""
        for attempt in range(TRIES):
            if attempt:
                await asyncio.sleep(DICE.uniform(0.5, 1.5) * self.wait * 2**attempt)
            try:
                answer = await self._once(url, parameters)
            except LINE_IS_BAD as problem:
                reason = str(problem) or type(problem).__name__
                continue
            if answer.status_code == BUSY or answer.status_code >= BROKEN:
                reason = f"it answered {answer.status_code}"
                continue
            if not answer.is_success:
                raise SourceRefused(source=self.name, status=answer.status_code)
            if len(answer.content) > LARGEST:
                raise SourceUnreadable(source=self.name, what="it is far too long")
            return answer.content
        raise SourceSilent(source=self.name, reason=reason)

    async def _once(self, url: str, parameters: Mapping[str, str] | None) -> httpx.Response:
        verify = False if self.transport else _tls()
        async with httpx.AsyncClient(
            timeout=TIMEOUT, verify=verify, transport=self.transport, follow_redirects=True
        ) as client:
            return await client.get(url, params=parameters)
