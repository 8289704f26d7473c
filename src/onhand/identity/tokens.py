"""Access tokens: short-lived, signed, carrying who and where, so that a request needs no look-up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

import jwt

from onhand.infra.secrets import derive
from onhand.kernel import Unauthenticated, now

ALGORITHM = "HS256"
REQUIRED = ["exp", "sub", "org", "sid", "role", "label"]


@dataclass(frozen=True, slots=True)
class Claims:
    """What an access token says."""

    account_id: UUID
    organization_id: UUID
    sign_in_id: UUID
    role: str
    label: str
    expires_at: datetime


def issue(key: bytes, claims: Claims) -> str:
    """Sign the claims."""
    content = {
        "sub": str(claims.account_id),
        "org": str(claims.organization_id),
        "sid": str(claims.sign_in_id),
        "role": claims.role,
        "label": claims.label,
        "exp": int(claims.expires_at.timestamp()),
    }
    return jwt.encode(content, derive(key, "access token"), algorithm=ALGORITHM)


def read(key: bytes, token: str) -> Claims:
    """Check signature and expiry. Raises Unauthenticated."""
    try:
        content = jwt.decode(token, derive(key, "access token"), algorithms=[ALGORITHM], options={"require": REQUIRED})
    except jwt.InvalidTokenError as problem:
        raise Unauthenticated from problem
    return Claims(
        account_id=UUID(content["sub"]),
        organization_id=UUID(content["org"]),
        sign_in_id=UUID(content["sid"]),
        role=content["role"],
        label=content["label"],
        expires_at=datetime.fromtimestamp(content["exp"], UTC),
    )


def expiry(seconds: int) -> datetime:
    """When a token made now ends; whole seconds, as the token carries them."""
    return (now() + timedelta(seconds=seconds)).replace(microsecond=0)
