"""Money: an exact amount with its currency."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Money:
    """`amount` in units of `currency` (ISO 4217). Amounts of two currencies never add."""

    amount: Decimal
    currency: str

    def __add__(self, other: Money) -> Money:
        if other.currency != self.currency:
            raise ValueError(f"cannot add {other.currency} to {self.currency}")
        return Money(self.amount + other.amount, self.currency)

    def times(self, quantity: Decimal) -> Money:
        """The price of `quantity` units."""
        return Money(self.amount * quantity, self.currency)
