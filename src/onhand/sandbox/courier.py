"""Webhooks out: signed as Standard Webhooks ask, retried with back-off, and troubled by the shop's faults.

The scheme is that of https://www.standardwebhooks.com: HMAC-SHA256 over `id.timestamp.body`, base64, `v1,` before it.
"""

import asyncio
import base64
import hashlib
import hmac
from collections import deque
from collections.abc import Callable
from datetime import datetime
from random import Random

import httpx
import msgspec

from onhand.sandbox.switches import Faults, deliveries

TOPICS = ("order.created", "order.cancelled", "order.shipped")
ATTEMPTS = 8
FIRST_RETRY = 1.0
PATIENCE = 5.0
AT_ONCE = 8
# A receiver that is away for long is caught up by polling; the queue forgets rather than grow without end.
QUEUED = 5_000


class Subscription(msgspec.Struct, kw_only=True):
    """Where a shop sends its webhooks, and the secret that signs them."""

    url: str
    secret: str
    topics: list[str] = msgspec.field(default_factory=lambda: list(TOPICS))


class Delivery(msgspec.Struct, kw_only=True):
    """One attempt, for the log."""

    id: str
    topic: str
    attempt: int
    status: int | None
    at: datetime


class Message(msgspec.Struct):
    """One copy of a webhook on its way."""

    id: str
    topic: str
    body: bytes
    attempt: int = 1


def sign(secret: str, message_id: str, timestamp: int, body: bytes) -> str:
    """The `webhook-signature` of a body. `secret` is `whsec_` and base64."""
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    return "v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()


class Courier:
    """Carries one shop's webhooks to its one subscriber."""

    def __init__(self, prefix: str, now: Callable[[], datetime], chance: Random) -> None:
        self.subscription: Subscription | None = None
        self.faults = Faults()
        self.log: deque[Delivery] = deque(maxlen=50)
        self._prefix = prefix
        self._now = now
        self._chance = chance
        self._sent = 0
        self._client: httpx.AsyncClient | None = None
        self._gate = asyncio.Semaphore(AT_ONCE)
        self._under_way: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin to carry; before that, messages are dropped as nobody could send them."""
        self._client = httpx.AsyncClient(timeout=PATIENCE)

    async def stop(self) -> None:
        """Drop what is still queued, as a shop that goes down would, and close the connections."""
        for task in self._under_way:
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)
        if self._client is not None:
            await self._client.aclose()
            self._client = None

    def announce(self, topic: str, subject: object) -> None:
        """Send `subject` to the subscriber of `topic`, as often and as late as the faults decide."""
        wanted = self.subscription
        if wanted is None or topic not in wanted.topics or self._client is None:
            return
        self._sent += 1
        name = f"msg_{self._prefix}_{int(self._now().timestamp() * 1000)}_{self._sent}"
        body = msgspec.json.encode({"type": topic, "timestamp": self._now(), "data": subject})
        for delay in deliveries(self.faults, self._chance):
            self._schedule(Message(name, topic, body), delay)

    @property
    def queued(self) -> int:
        """Copies on their way or waiting for their next attempt."""
        return len(self._under_way)

    def _schedule(self, message: Message, delay: float) -> None:
        if len(self._under_way) >= QUEUED:
            return
        task = asyncio.create_task(self._carry(message, delay))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _carry(self, message: Message, delay: float) -> None:
        await asyncio.sleep(delay)
        async with self._gate:
            status = await self._post(message)
        self.log.append(
            Delivery(id=message.id, topic=message.topic, attempt=message.attempt, status=status, at=self._now())
        )
        accepted = status is not None and httpx.codes.is_success(status)
        if not accepted and status != httpx.codes.GONE and message.attempt < ATTEMPTS:
            wait = FIRST_RETRY * 2 ** (message.attempt - 1) * self._chance.uniform(0.8, 1.2)
            message.attempt += 1
            self._schedule(message, wait)

    async def _post(self, message: Message) -> int | None:
        """The receiver's status, or None when it could not be reached."""
        if self.subscription is None or self._client is None:
            return None
        moment = int(self._now().timestamp())
        headers = {
            "content-type": "application/json",
            "webhook-id": message.id,
            "webhook-timestamp": str(moment),
            "webhook-signature": sign(self.subscription.secret, message.id, moment, message.body),
        }
        try:
            answer = await self._client.post(self.subscription.url, content=message.body, headers=headers)
        except httpx.HTTPError:
            return None
        return answer.status_code
