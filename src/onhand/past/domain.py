"""What stock was: plain values and sums over days, no library."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class Held:
    """Quantities and their value, or a change of them."""

    on_hand: Decimal = ZERO
    reserved: Decimal = ZERO
    unavailable: Decimal = ZERO
    value: Decimal = ZERO
    uncosted: Decimal = ZERO

    def __add__(self, other: Held) -> Held:
        """Both together."""
        return Held(
            self.on_hand + other.on_hand,
            self.reserved + other.reserved,
            self.unavailable + other.unavailable,
            self.value + other.value,
            self.uncosted + other.uncosted,
        )

    def __sub__(self, other: Held) -> Held:
        """What changed between the two."""
        return Held(
            self.on_hand - other.on_hand,
            self.reserved - other.reserved,
            self.unavailable - other.unavailable,
            self.value - other.value,
            self.uncosted - other.uncosted,
        )

    @property
    def available(self) -> Decimal:
        """On hand that nobody was promised and nothing set apart."""
        return self.on_hand - self.reserved - self.unavailable


@dataclass(frozen=True, slots=True)
class WarehouseChange:
    """What changed at one warehouse on one day."""

    warehouse_id: UUID
    warehouse: str
    name: str
    day: date
    change: Held


@dataclass(frozen=True, slots=True)
class WarehouseThen:
    """What one warehouse held then, and what it holds now."""

    warehouse_id: UUID
    warehouse: str
    name: str
    then: Held
    now: Held


@dataclass(frozen=True, slots=True)
class Span:
    """Days of which something is asked, by what was known at a moment (None: now), at some warehouses (None: all)."""

    first: date
    last: date
    known_at: datetime | None = None
    warehouses: Sequence[UUID] | None = None


@dataclass(frozen=True, slots=True)
class Bounds:
    """In which time zone days are counted, in which currency values, and until when only whole days are known."""

    zone: str
    currency: str
    archived_until: date | None


@dataclass(frozen=True, slots=True)
class View:
    """What was seen of the warehouses at a moment, and every change that was known of."""

    warehouses: Sequence[WarehouseThen]
    changes: Sequence[WarehouseChange]

    @property
    def then(self) -> Held:
        """All warehouses together, then."""
        return sum((one.then for one in self.warehouses), start=Held())

    @property
    def now(self) -> Held:
        """All warehouses together, now."""
        return sum((one.now for one in self.warehouses), start=Held())

    @property
    def first_day(self) -> date | None:
        """The first day on which something happened."""
        return min((one.day for one in self.changes), default=None)

    def trend(self, first: date, last: date) -> list[tuple[date, Held]]:
        """What was held at the end of each day, by what was known."""
        return ends_of_days(self.changes, first, last)


def ends_of_days(changes: Sequence[WarehouseChange], first: date, last: date) -> list[tuple[date, Held]]:
    """What was held at the end of each day from `first` to `last`, over all that the changes speak of."""
    moved: dict[date, Held] = {}
    held = Held()
    for one in changes:
        if one.day < first:
            held += one.change
        else:
            moved[one.day] = moved.get(one.day, Held()) + one.change
    days = []
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        held += moved.get(day, Held())
        days.append((day, held))
    return days


def by_warehouse(then: Iterable[WarehouseChange], now: Iterable[WarehouseChange]) -> list[WarehouseThen]:
    """Each warehouse then and now, in the order in which they come."""
    found: dict[UUID, WarehouseThen] = {}
    for one in now:
        known = found.get(one.warehouse_id) or WarehouseThen(one.warehouse_id, one.warehouse, one.name, Held(), Held())
        found[one.warehouse_id] = WarehouseThen(
            known.warehouse_id, known.warehouse, known.name, known.then, known.now + one.change
        )
    for one in then:
        known = found.get(one.warehouse_id) or WarehouseThen(one.warehouse_id, one.warehouse, one.name, Held(), Held())
        found[one.warehouse_id] = WarehouseThen(
            known.warehouse_id, known.warehouse, known.name, known.then + one.change, known.now
        )
    return list(found.values())


@dataclass(frozen=True, slots=True)
class Part:
    """A month of movements or events, where it is now, and how large. Rows of attached parts are estimated."""

    parent: str
    name: str
    first_at: datetime
    until_at: datetime
    rows: int
    bytes: int
    kept_as: str  # attached, schema, file
    place: str | None = None
    checksum: str | None = None

    @property
    def attached(self) -> bool:
        """Whether questions still read it."""
        return self.kept_as == "attached"


@dataclass(frozen=True, slots=True)
class Taken:
    """Where a part that was taken out lies."""

    kept_as: str
    place: str
    checksum: str | None = None


KEPT_MONTHS = 3


def why_not_detached(part: Part, parts: Iterable[Part], moment: datetime) -> str | None:
    """Why a part stays: it is out already, young, or an older one is still in. None when it may go."""
    if not part.attached:
        return f"it was taken out already and is kept as {part.kept_as}"
    if part.until_at > moment - timedelta(days=31 * KEPT_MONTHS):
        return f"it holds the last {KEPT_MONTHS} months, which reversals and repeated calls still need"
    older = [one for one in parts if one.parent == part.parent and one.attached and one.first_at < part.first_at]
    return f"{older[0].name} is older; take the oldest out first" if older else None


def why_not_attached(part: Part, parts: Iterable[Part]) -> str | None:
    """Why a part does not come back: it is in, or a younger one is still out. None when it may."""
    if part.attached:
        return "it is in its table"
    younger = [one for one in parts if one.parent == part.parent and not one.attached and one.first_at > part.first_at]
    return f"{younger[-1].name} is younger; bring the youngest back first" if younger else None
