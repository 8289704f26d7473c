"""Ids of entities: time-ordered UUIDs, and ids derived from a name so that repeating is harmless."""

from __future__ import annotations

import os
import time
from uuid import UUID, uuid5

_VERSION_7 = 0x7000
_VARIANT = 0x8000000000000000


def new_id() -> UUID:
    """A UUIDv7 (RFC 9562): 48 bits of milliseconds, then random bits."""
    milliseconds = time.time_ns() // 1_000_000
    random = int.from_bytes(os.urandom(10), "big")
    high = (milliseconds << 16) | _VERSION_7 | (random >> 68)
    low = _VARIANT | (random & 0x3FFFFFFFFFFFFFFF)
    return UUID(int=(high << 64) | low)


def derived_id(namespace: UUID, text: str) -> UUID:
    """The same id for the same text, for ever (UUIDv5)."""
    return uuid5(namespace, text)
