"""Answers over a real socket: how many pieces the client sees, and that nothing is lost."""

from __future__ import annotations

import asyncio
import socket
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import uvicorn

from onhand.infra.one_piece import MOST_HELD, OnePiece, OnePieceProtocol

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from starlette.types import Receive, Scope, Send

LARGE = 5 * MOST_HELD


async def app(scope: Scope, _receive: Receive, send: Send) -> None:
    body = b"x" * (LARGE if scope["path"] == "/large" else 5)
    headers = [(b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    for start in range(0, len(body), 50_000):
        more = start + 50_000 < len(body)
        await send({"type": "http.response.body", "body": body[start : start + 50_000], "more_body": more})


@asynccontextmanager
async def served() -> AsyncIterator[int]:
    server = uvicorn.Server(uvicorn.Config(app, http=OnePieceProtocol, lifespan="off", log_level="error"))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        task = asyncio.create_task(server.serve([listener]))
        yield listener.getsockname()[1]
        server.should_exit = True
        await task


async def test_head_and_body_arrive_together() -> None:
    async with served() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        first = await reader.read(65_536)
        writer.close()
    assert first.startswith(b"HTTP/1.1 200 OK")
    assert first.endswith(b"\r\n\r\nxxxxx")


async def test_a_long_answer_arrives_whole_and_the_connection_closes_behind_it() -> None:
    async with served() as port:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
        answer = await reader.read()
        writer.close()
    assert answer.partition(b"\r\n\r\n")[2] == b"x" * LARGE


class Sent(asyncio.Transport):
    """Remembers what would have gone out."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[bytes | str] = []

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.calls.append(bytes(data))

    def close(self) -> None:
        self.calls.append("closed")


async def test_what_is_written_in_one_turn_leaves_together_and_before_the_end() -> None:
    sent = Sent()
    transport = OnePiece(sent, asyncio.get_running_loop())
    transport.write(b"a")
    transport.writelines([b"b", b"c"])
    assert sent.calls == []
    await asyncio.sleep(0)
    transport.write(b"d")
    transport.close()
    await asyncio.sleep(0)
    assert sent.calls == [b"abc", b"d", "closed"]


async def test_much_is_not_held_back() -> None:
    sent = Sent()
    OnePiece(sent, asyncio.get_running_loop()).write(b"x" * MOST_HELD)
    assert sent.calls == [b"x" * MOST_HELD]
