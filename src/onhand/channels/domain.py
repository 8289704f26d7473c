"""What a channel shows, how it does and when to try it again, as pure values."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_FLOOR, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

ZERO = Decimal(0)
PATIENCE = 5  # failed calls in a row before a channel counts as down
FIRST_PAUSE, LONGEST_PAUSE = 0.25, 60.0


def pause(tries: int, dice: float) -> float:
    """Seconds to wait after so many failed tries: doubling, bounded, and spread by `dice` in [0, 1) over ±50 %."""
    return float(min(FIRST_PAUSE * 2.0 ** min(tries - 1, 20), LONGEST_PAUSE)) * (0.5 + dice)


@dataclass(frozen=True, slots=True)
class Circuit:
    """Whether a channel is called: each failure in a row leaves it alone for longer, then one call tries again."""

    failures: int = 0
    open_until: datetime | None = None

    def closed(self, moment: datetime) -> bool:
        """Whether a call may be made now."""
        return self.open_until is None or moment >= self.open_until


def health(status: str, connector: str, failures: int, *, answered: bool) -> str:
    """One word for how a channel does: manual, paused, down, degraded, new, ok."""
    known = [
        (connector == "manual", "manual"),
        (status == "paused", "paused"),
        (failures >= PATIENCE, "down"),
        (failures > 0, "degraded"),
        (not answered, "new"),
    ]
    return next((word for holds, word in known if holds), "ok")


@dataclass(frozen=True, slots=True)
class Display:
    """How a channel shows stock: what it holds back, and at most how much it shows."""

    buffer: Decimal = ZERO
    maximum: Decimal | None = None

    def shown(self, available: Decimal) -> Decimal:
        """Whole pieces to show of what is available: never less than zero, never more than the maximum."""
        pieces = max((available - self.buffer).to_integral_value(ROUND_FLOOR), ZERO)
        return pieces if self.maximum is None else min(pieces, self.maximum)
