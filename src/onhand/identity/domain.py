"""Rules about people, keys and roles."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Iterable

ROLES = ("admin", "staff")
KEY_PREFIX = "onh_"
SHORTEST_PASSWORD = 10
HINT_LENGTH = 8


def new_secret(prefix: str = "") -> str:
    """A fresh random secret: 256 bits, safe in URLs and headers."""
    return prefix + secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is stored of a random secret. SHA-256 suffices: 256 random bits cannot be guessed, as passwords can."""
    return hashlib.sha256(secret.encode()).hexdigest()


def hint(secret: str) -> str:
    """The start of a key, so that people can tell theirs apart."""
    return secret[: len(KEY_PREFIX) + HINT_LENGTH]


def permissions_of(role: str, declared: Iterable[tuple[str, bool]]) -> frozenset[str]:
    """What a role may do, from (permission, staff has it): an admin everything."""
    return frozenset(name for name, staff in declared if role == "admin" or staff)
