"""Work side by side in one event loop: while PostgreSQL writes one piece, the next is worked out."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable

T = TypeVar("T")
LANES = 2


async def side_by_side(*streams: Awaitable[None]) -> None:
    """Run the streams together; the first failure stops the others and is raised as it is."""
    tasks = [asyncio.ensure_future(stream) for stream in streams]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def in_lanes(pieces: Iterable[T], do: Callable[[T], Awaitable[None]]) -> None:
    """Do the pieces two at a time, begun in their order; the first failure stops the rest and is raised as it is."""
    left = iter(pieces)

    async def lane() -> None:
        for piece in left:
            await do(piece)

    await side_by_side(*(lane() for _ in range(LANES)))
