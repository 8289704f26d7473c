"""The rules of selling elsewhere, as pure functions: how much at once, what to suggest, whom to believe."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

ZERO = Decimal(0)
Remedy = Literal["transfer", "backorder", "cancel"]

REPLAY_WINDOW = 300.0  # seconds a webhook may be old, or ahead of our clock
MOST_TRIES = 6  # of one listing, before it waits for a person
LARGEST_BATCH = 250


def batch_size(failures: int) -> int:
    """How many listings to send at once: half as many after each failed call, so that one bad listing is found."""
    return max(LARGEST_BATCH >> min(failures, 8), 1)


def suggest(short: Decimal, elsewhere: Mapping[str, Decimal], incoming: Decimal) -> tuple[Remedy, str | None]:
    """What to do about a line that lacks `short` pieces.

    Fetch them from a warehouse that can spare them (`elsewhere`: code → available; the fullest, then by code); else
    wait for goods that are on their way; else cancel, since a promise that nobody can keep is worse. Returns the remedy
    and the warehouse.
    """
    able = sorted((-available, code) for code, available in elsewhere.items() if available >= short)
    if able:
        return "transfer", able[0][1]
    return ("backorder" if incoming >= short else "cancel"), None


def signed_by(secret: str, headers: Mapping[str, str], body: bytes, moment: datetime) -> bool:
    """Whether a webhook is genuine and fresh, after https://www.standardwebhooks.com.

    Headers: `webhook-id`, `webhook-timestamp` (seconds) and `webhook-signature`, which may list several `v1,<base64>`.
    """
    message_id, timestamp = headers.get("webhook-id", ""), headers.get("webhook-timestamp", "")
    if not message_id or not timestamp.isdecimal() or abs(moment.timestamp() - float(timestamp)) > REPLAY_WINDOW:
        return False
    try:
        key = base64.b64decode(secret.removeprefix("whsec_"), validate=True)
    except binascii.Error:
        return False
    expected = hmac.new(key, f"{message_id}.{timestamp}.".encode() + body, hashlib.sha256).digest()
    wanted = "v1," + base64.b64encode(expected).decode()
    given = headers.get("webhook-signature", "").split(" ")
    return any(hmac.compare_digest(wanted.encode(), candidate.encode()) for candidate in given)
