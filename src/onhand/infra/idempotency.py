"""Repeating a request is harmless: the first answer is kept and given again."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from onhand.infra.db import actor_of, raw
from onhand.kernel import Conflict, Invalid, Malformed

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

LONGEST_KEY = 255

# One lock per key: the second of two that run at once is told so, instead of waiting for an unknown time.
LOCK = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s || %s, 0))"
FIND = "SELECT body_hash, status, answer FROM idempotency WHERE organization_id = %s AND key = %s"
KEEP = "INSERT INTO idempotency (organization_id, key, body_hash, status, answer) VALUES (%s, %s, %s, %s, %s)"


class OtherBody(Invalid):
    """The Idempotency-Key {key} was used before with another body; use a new key for a new request."""

    code = "idempotency.other_body"


class StillRunning(Conflict):
    """The request with the Idempotency-Key {key} is still running; ask again in a moment."""

    code = "idempotency.running"


@dataclass(frozen=True, slots=True)
class Known:
    """The first answer."""

    status: int
    answer: bytes


async def begin(session: AsyncSession, key: str, body_hash: str) -> Known | None:
    """Take the key for this transaction, or return the first answer. Raises OtherBody, StillRunning."""
    if not 1 <= len(key) <= LONGEST_KEY:
        raise Malformed(problem=f"Idempotency-Key must have 1 to {LONGEST_KEY} characters")
    organization = str(actor_of(session).organization_id)
    connection = await raw(session)
    locked = await (await connection.execute(LOCK, (organization, key))).fetchone()
    if locked is None or not locked[0]:
        raise StillRunning(key=key)
    row = await (await connection.execute(FIND, (organization, key))).fetchone()
    if row is None:
        return None
    if row[0] != body_hash:
        raise OtherBody(key=key)
    return Known(row[1], bytes(row[2]))


async def remember(session: AsyncSession, key: str, body_hash: str, status: int, answer: bytes) -> None:
    """Keep a 2xx answer in the transaction that made it; refusals are not kept, so the key may be tried again."""
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        connection = await raw(session)
        await connection.execute(KEEP, (actor_of(session).organization_id, key, body_hash, status, answer))
