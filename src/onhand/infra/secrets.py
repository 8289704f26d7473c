"""Keys and sealed values: one master key per installation, everything else derived from it."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import secrets
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

if TYPE_CHECKING:
    from pathlib import Path

    from onhand.infra.settings import Settings

_NONCE = 12


class SealBroken(Exception):
    """The value was sealed with another key, or for another purpose, or was altered."""


def master_key(settings: Settings) -> bytes:
    """32 bytes: from ONHAND_SECRET_KEY, else from `secret.key` in ONHAND_HOME, made on first use with mode 0600."""
    if settings.secret_key:
        return hashlib.sha256(settings.secret_key.encode()).digest()
    path = settings.home / "secret.key"
    settings.home.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        _make_key(path)
    return hashlib.sha256(path.read_text().strip().encode()).digest()


def _make_key(path: Path) -> None:
    """Of two processes starting at once one links its file, and both read that one, never a half-written key."""
    draft = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(secrets.token_hex(32))
    with contextlib.suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()


def derive(key: bytes, purpose: str) -> bytes:
    """A 32-byte key for one purpose."""
    return hmac.new(key, purpose.encode(), hashlib.sha256).digest()


def seal(key: bytes, plain: bytes, context: str) -> bytes:
    """Encrypt with AES-256-GCM. `context` (for example "channel:<id>") must be given again to open it."""
    nonce = secrets.token_bytes(_NONCE)
    return nonce + AESGCM(derive(key, "seal")).encrypt(nonce, plain, context.encode())


def unseal(key: bytes, sealed: bytes, context: str) -> bytes:
    """Open what `seal` closed. Raises SealBroken."""
    try:
        return AESGCM(derive(key, "seal")).decrypt(sealed[:_NONCE], sealed[_NONCE:], context.encode())
    except InvalidTag as problem:
        raise SealBroken(context) from problem
