"""A small HTTP load generator: keep-alive connections that each send the next request when the last is answered."""

from __future__ import annotations

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import cast

import uvloop

END = b"\r\n\r\n"
LENGTH = b"content-length: "


@dataclass(slots=True)
class Load:
    """What a run showed: answers per second, latencies in milliseconds, how many of each status."""

    rate: float = 0.0
    p50: float = 0.0
    p99: float = 0.0
    statuses: Counter[int] = field(default_factory=Counter)

    def __str__(self) -> str:
        return f"{self.rate:8,.0f}/s  p50 {self.p50:6.1f} ms  p99 {self.p99:6.1f} ms  {dict(self.statuses)}"


class Client(asyncio.Protocol):
    """One connection."""

    def __init__(self, request: Callable[[], bytes], until: float, statuses: Counter[int], times: list[float]) -> None:
        self.request, self.until, self.statuses, self.times = request, until, statuses, times
        self.done = asyncio.get_running_loop().create_future()
        self.received = b""
        self.sent_at = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("asyncio.Transport", transport)  # uvloop's own class, alike in all but ancestry
        self.send()

    def send(self) -> None:
        self.sent_at = time.perf_counter()
        self.transport.write(self.request())

    def data_received(self, data: bytes) -> None:
        self.received += data
        head = self.received.find(END)
        if head < 0:
            return
        header = self.received[:head].lower()
        start = header.find(LENGTH) + len(LENGTH)
        length = int(header[start:].split(b"\r", 1)[0]) if start > len(LENGTH) else 0
        if len(self.received) < head + len(END) + length:
            return
        now = time.perf_counter()
        self.times.append(now - self.sent_at)
        self.statuses[int(self.received[9:12])] += 1
        self.received = b""
        if now < self.until:
            self.send()
        else:
            self.transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(exc)


async def _run(host: str, port: int, request: Callable[[], bytes], clients: int, seconds: float) -> Load:
    loop, load = asyncio.get_running_loop(), Load()
    times: list[float] = []
    started = time.perf_counter()
    until = started + seconds
    opened = [
        await loop.create_connection(lambda: Client(request, until, load.statuses, times), host, port)
        for _ in range(clients)
    ]
    await asyncio.wait_for(asyncio.gather(*(client.done for _, client in opened)), seconds + 30)
    elapsed = time.perf_counter() - started
    times.sort()
    load.rate = len(times) / elapsed
    load.p50, load.p99 = times[len(times) // 2] * 1000, times[int(len(times) * 0.99)] * 1000
    return load


def run(host: str, port: int, request: Callable[[], bytes], *, clients: int, seconds: float) -> Load:
    """Send for `seconds` over `clients` connections; `request` gives the bytes of the next request."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_run(host, port, request, clients, seconds))


def request(method: str, path: str, token: str, body: bytes = b"") -> bytes:
    """The bytes of one request."""
    lines = [f"{method} {path} HTTP/1.1", "Host: bench", f"Authorization: Bearer {token}"]
    if body:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body
