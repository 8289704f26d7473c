"""The rules of reordering as pure functions on exact numbers.

Periodic review with a reorder point, (R, s, S): every `review_days` the position (available + incoming) is looked at;
at or below the point s it is filled up to S. What is ordered arrives after the lead time, and the next look comes a
review period later, so s covers demand over lead time + review (Silver, Pyke and Thomas, 2017, chapter 6).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

DEFAULT_LEAD_DAYS = 7
DEFAULT_REVIEW_DAYS = 7
DEFAULT_SERVICE_LEVEL = Decimal("0.95")
LEAST_SELLING_DAYS = 3
LEAST_HISTORY_DAYS = 14
ZERO, ONE = Decimal(0), Decimal(1)


@dataclass(frozen=True, slots=True)
class Demand:
    """What is expected to be wanted.

    Attributes:
        mean: Expected units over lead time + review.
        limit: Units that demand over lead time + review stays within, at the service level.
        review_mean: Expected units over one review period.
        selling_days: Days with a sale in the history.
        history_days: Days of history since the first sale.
    """

    mean: Decimal
    limit: Decimal
    review_mean: Decimal
    selling_days: int
    history_days: int


@dataclass(frozen=True, slots=True)
class Terms:
    """How the supplier delivers and how sure we want to be."""

    lead_days: int = DEFAULT_LEAD_DAYS
    review_days: int = DEFAULT_REVIEW_DAYS
    service_level: Decimal = DEFAULT_SERVICE_LEVEL
    minimum_quantity: Decimal = ONE
    pack_size: Decimal = ONE

    @property
    def cover_days(self) -> int:
        """Days that the reorder point must last: until what the *next* review orders has come."""
        return self.lead_days + self.review_days


@dataclass(frozen=True, slots=True)
class Position:
    """What is there and on its way."""

    available: Decimal
    incoming: Decimal = ZERO

    @property
    def total(self) -> Decimal:
        """What can be promised soon."""
        return self.available + self.incoming


@dataclass(frozen=True, slots=True)
class Levels:
    """What the demand says the levels should be."""

    point: Decimal
    safety_stock: Decimal
    up_to: Decimal


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to do now.

    Attributes:
        point: The reorder point in force: the manual one when there is one.
        low: available < point.
        due: available + incoming <= point, and something is missing.
        quantity: Units to order, 0 when nothing is to be ordered.
        reason: A word for why: order, enough, no_history, no_demand.
    """

    point: Decimal
    low: bool
    due: bool
    quantity: Decimal
    reason: str


def round_up(quantity: Decimal, terms: Terms) -> Decimal:
    """At least the supplier's minimum, in whole packs; nothing stays nothing."""
    if quantity <= 0:
        return ZERO
    packs = (max(quantity, terms.minimum_quantity) / terms.pack_size).to_integral_value(ROUND_CEILING)
    return packs * terms.pack_size


def trusted(demand: Demand) -> bool:
    """Whether there is enough sales history to order by; below it a person decides."""
    return demand.selling_days >= LEAST_SELLING_DAYS and demand.history_days >= LEAST_HISTORY_DAYS


def suggest(
    computed: Levels,
    demand: Demand,
    terms: Terms,
    position: Position,
    manual_point: Decimal | None = None,
    manual_quantity: Decimal | None = None,
) -> Suggestion:
    """What to order now. A manual point or quantity is used as it stands and never overwritten.

    Low: available < point. To order: available + incoming <= point.
    """
    point = computed.point if manual_point is None else manual_point
    up_to = point + max(computed.up_to - computed.point, ZERO)
    low = position.available < point
    reached = position.total <= point
    missing = max(up_to - position.total, ZERO) if manual_quantity is None else manual_quantity
    if not reached:
        return Suggestion(point, low, due=False, quantity=ZERO, reason="enough")
    if manual_point is None and not trusted(demand):
        return Suggestion(point, low, due=False, quantity=ZERO, reason="no_history")
    if missing <= 0:
        return Suggestion(point, low, due=False, quantity=ZERO, reason="no_demand")
    return Suggestion(point, low, due=True, quantity=round_up(missing, terms), reason="order")


def stockout_on(available: Decimal, daily: Sequence[Decimal], first_day: date) -> date | None:
    """The first day on which expected demand so far exceeds what is available; None when it lasts."""
    wanted = ZERO
    for ahead, units in enumerate(daily):
        wanted += units
        if wanted > available:
            return first_day + timedelta(days=ahead)
    return None


def formula(
    demand: Demand, terms: Terms, computed: Levels, position: Position, said: Suggestion
) -> list[dict[str, str]]:
    """Each number of a suggestion with the formula and the values it came from, in the order people ask."""
    share = f"{terms.service_level * 100:f}".rstrip("0").rstrip(".")
    return [
        _step("cover", f"{terms.lead_days} days lead time + {terms.review_days} days review", terms.cover_days),
        _step("expected", f"expected demand over {terms.cover_days} days", demand.mean),
        _step("point", f"demand over {terms.cover_days} days stays within this in {share} % of cases", computed.point),
        _step("safety_stock", f"{_short(computed.point)} - {_short(demand.mean)}", computed.safety_stock),
        _step("up_to", f"{_short(computed.point)} + {_short(demand.review_mean)} for one review", computed.up_to),
        _step(
            "position", f"{_short(position.available)} available + {_short(position.incoming)} incoming", position.total
        ),
        _step(
            "quantity",
            f"in packs of {_short(terms.pack_size)}, at least {_short(terms.minimum_quantity)}",
            said.quantity,
        ),
    ]


def _step(name: str, text: str, value: Decimal | int) -> dict[str, str]:
    return {"name": name, "formula": text, "value": _short(Decimal(value))}


def _short(value: Decimal) -> str:
    text = f"{value:.2f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
