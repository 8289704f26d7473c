"""What every module speaks: errors, quantities, money, ids, time, and who is acting."""

from onhand.kernel.actor import Actor
from onhand.kernel.clock import now
from onhand.kernel.currencies import CURRENCIES
from onhand.kernel.errors import (
    Conflict,
    FieldError,
    Forbidden,
    Frozen,
    Invalid,
    Malformed,
    NotFound,
    OnhandError,
    Stale,
    TooLarge,
    TooMany,
    Unauthenticated,
    Unavailable,
)
from onhand.kernel.ids import derived_id, new_id
from onhand.kernel.money import Money
from onhand.kernel.quantity import LARGEST, PLACES, parse_quantity, plain

__all__ = [
    "CURRENCIES",
    "LARGEST",
    "PLACES",
    "Actor",
    "Conflict",
    "FieldError",
    "Forbidden",
    "Frozen",
    "Invalid",
    "Malformed",
    "Money",
    "NotFound",
    "OnhandError",
    "Stale",
    "TooLarge",
    "TooMany",
    "Unauthenticated",
    "Unavailable",
    "derived_id",
    "new_id",
    "now",
    "parse_quantity",
    "plain",
]
