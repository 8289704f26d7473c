"""Which warehouse serves what, as a pure function.

By priority; at equal priority the warehouse that fills most lines, then by code. One warehouse that can serve the whole
order serves it, and a line is divided only when no warehouse can fill it: parcels cost more than shelves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import ROUND_FLOOR, Decimal
from uuid import UUID

ZERO = Decimal(0)
Stock = dict[tuple[UUID, UUID], Decimal]  # (warehouse, SKU) → what may still be promised


@dataclass(frozen=True, slots=True)
class Site:
    """A warehouse that orders may be served from. The lower its priority, the sooner."""

    id: UUID
    code: str
    priority: int


@dataclass(frozen=True, slots=True)
class Need:
    """Units of a SKU that one line waits for, or one part of a line's kits: then `kit` is the line, `each` per kit."""

    line_id: UUID
    sku_id: UUID
    quantity: Decimal
    kit: UUID | None = None
    each: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Share:
    """So many units of a line from one warehouse."""

    line_id: UUID
    sku_id: UUID
    site_id: UUID
    quantity: Decimal


@dataclass(frozen=True, slots=True)
class Plan:
    """Who serves what; `short` is what nobody can, by line."""

    shares: tuple[Share, ...]
    short: Mapping[UUID, Decimal] = field(default_factory=dict)


def plan(needs: Sequence[Need], sites: Sequence[Site], stock: Mapping[tuple[UUID, UUID], Decimal]) -> Plan:
    """Share the needs out. Stock that is not mentioned is none.

    Of kits only whole ones are served: what a kit that stays incomplete would have held is left to others.
    """
    asked = {need.line_id: need.quantity for need in needs}
    wanted = list(needs)
    while True:
        found = _shared(wanted, sites, stock)
        whole = whole_kits(wanted, found.short)
        if whole == wanted:
            break
        wanted = whole
    left = {need.line_id: need.quantity - found.short.get(need.line_id, ZERO) for need in wanted}
    short = {line: missing for line, quantity in asked.items() if (missing := quantity - left.get(line, ZERO)) > 0}
    return Plan(found.shares, short)


def whole_kits(needs: Sequence[Need], short: Mapping[UUID, Decimal]) -> list[Need]:
    """The needs, with those of kits brought down to as many whole kits as none of their parts is short of."""
    fits: dict[UUID, Decimal] = {}
    for need in needs:
        if need.kit is not None and need.line_id in short:
            kits = ((need.quantity - short[need.line_id]) / need.each).to_integral_value(ROUND_FLOOR)
            fits[need.kit] = min(kits, fits.get(need.kit, kits))
    cut = [replace(n, quantity=n.each * fits[n.kit]) if n.kit in fits else n for n in needs]
    return [need for need in cut if need.quantity > 0]


def _shared(needs: Sequence[Need], sites: Sequence[Site], stock: Mapping[tuple[UUID, UUID], Decimal]) -> Plan:
    free: Stock = dict(stock)
    left, shares = list(needs), list[Share]()
    while left and (best := _best(left, sites, free)) is not None:
        for need in _filled(left, best, free):
            shares.append(_take(need, best, need.quantity, free))
            left.remove(need)
    short: dict[UUID, Decimal] = {}
    for need in left:
        parts = _divided(need, sites, free)
        shares += parts
        missing = need.quantity - sum((part.quantity for part in parts), ZERO)
        if missing > 0:
            short[need.line_id] = missing
    return Plan(tuple(shares), short)


def _best(needs: Sequence[Need], sites: Sequence[Site], free: Stock) -> Site | None:
    """The next warehouse to serve whole lines: one that fills them all, else by priority, lines filled, code."""
    filled = {site: len(_filled(needs, site, free)) for site in sites}
    useful = [site for site in sites if filled[site]]
    complete = [site for site in useful if filled[site] == len(needs)]
    return min(complete or useful, key=lambda site: (site.priority, -filled[site], site.code), default=None)


def _filled(needs: Sequence[Need], site: Site, free: Stock) -> list[Need]:
    """The needs that the warehouse can fill whole, one after the other."""
    used: dict[UUID, Decimal] = {}
    filled = []
    for need in needs:
        before = used.get(need.sku_id, ZERO)
        if before + need.quantity <= free.get((site.id, need.sku_id), ZERO):
            used[need.sku_id] = before + need.quantity
            filled.append(need)
    return filled


def _divided(need: Need, sites: Sequence[Site], free: Stock) -> list[Share]:
    """A line that nobody can fill alone, from as few warehouses as its priority allows."""
    left, parts = need.quantity, list[Share]()
    for site in sorted(sites, key=lambda s: (s.priority, -free.get((s.id, need.sku_id), ZERO), s.code)):
        amount = min(left, free.get((site.id, need.sku_id), ZERO))
        if amount > 0:
            parts.append(_take(need, site, amount, free))
            left -= amount
    return parts


def _take(need: Need, site: Site, amount: Decimal, free: Stock) -> Share:
    free[site.id, need.sku_id] -= amount
    return Share(need.line_id, need.sku_id, site.id, amount)
