"""Passwords: Argon2id, hashed off the event loop."""

from __future__ import annotations

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher()  # the library's defaults follow RFC 9106's low-memory profile
# Verified when there is no such account, so that the time taken does not tell which addresses exist. Written out, with
# the parameters of the hasher above: making it would cost every start a third of a second.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$5+XWFuLNs9BisUcwJQA+WQ$3jiiYRVzissEKG1q/av86Txxin+7Om47e7lZiWWHqTM"


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
