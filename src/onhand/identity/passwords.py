"""Passwords: Argon2id, hashed off the event loop."""

from __future__ import annotations

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()  # the library's defaults follow RFC 9106's low-memory profile
# Verified when there is no such account, so that the time taken does not tell which addresses exist.
_NOBODY = _HASHER.hash("nobody has this password")


async def hashed(password: str) -> str:
    """The Argon2id hash of a password."""
    return await asyncio.to_thread(_HASHER.hash, password)


def _matches(known: str, password: str) -> bool:
    try:
        return _HASHER.verify(known, password)
    except (VerificationError, InvalidHashError):
        return False


async def matches(known: str | None, password: str) -> bool:
    """Whether the password fits the hash; takes as long when there is no hash."""
    fits = await asyncio.to_thread(_matches, known or _NOBODY, password)
    return fits and known is not None
