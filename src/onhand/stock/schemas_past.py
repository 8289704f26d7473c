"""What the routes of the past give."""

from __future__ import annotations

from datetime import date, datetime

from onhand.infra.schemas import Out, Quantity


class HeldOut(Out):
    """Units and their value in the organization's currency; `uncosted` units have no known cost and no value."""

    on_hand: Quantity
    reserved: Quantity
    unavailable: Quantity
    available: Quantity
    value: Quantity
    uncosted: Quantity


class WarehousePast(Out):
    """One warehouse then, now, and the difference from then to now."""

    warehouse: str
    name: str
    then: HeldOut
    now: HeldOut
    change: HeldOut


class PastDay(Out):
    """What was held at the end of a business day."""

    day: date
    on_hand: Quantity
    reserved: Quantity
    unavailable: Quantity
    value: Quantity
    uncosted: Quantity


class PastOut(Out):
    """All warehouses at a moment. Days up to `archived_until` are known by whole days only."""

    as_of: datetime | None
    known_at: datetime | None
    time_zone: str
    currency: str
    today: date
    first_day: date | None
    archived_until: date | None
    then: HeldOut
    now: HeldOut
    change: HeldOut
    warehouses: list[WarehousePast]
    trend: list[PastDay]
