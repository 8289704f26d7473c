"""When to try a channel again, as pure values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

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
