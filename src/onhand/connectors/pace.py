"""Keeping within a channel's rate limit, so that it rarely has to say so."""

from __future__ import annotations

import asyncio
import time


class Pace:
    """Lets `per_second` calls through, a quarter of a second's worth at once. One per channel and process."""

    def __init__(self, per_second: float) -> None:
        self._step = 1 / per_second
        self._ahead = 0.25
        self._next = 0.0

    async def take(self) -> None:
        """Wait for one's turn."""
        now = time.monotonic()
        self._next = max(self._next, now - self._ahead) + self._step
        await asyncio.sleep(max(self._next - now - self._step, 0))
