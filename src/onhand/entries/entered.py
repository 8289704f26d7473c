"""Quantities entered in any unit of the product, in stock units before the ledger sees them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from onhand import ledger, units

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.infra.db import Database
    from onhand.kernel import Actor

L = TypeVar("L", ledger.Move, ledger.Set, ledger.Reserve)
LINE = "/lines/{}"  # where a line stands in the body, by its number


async def in_stock_units(
    session: AsyncSession, lines: Sequence[L], named: Sequence[str | None], at: str = LINE
) -> list[L]:
    """The lines, each entered in the unit named for it, in stock units; costs too. Raises units.QuantityRefused."""
    read = await units.read_entries(session, _entries(lines, named, at))
    return [_as(line, one) for line, one in zip(lines, read, strict=True)]


async def in_stock_units_outside(
    database: Database, actor: Actor, lines: Sequence[L], named: Sequence[str | None], at: str = LINE
) -> list[L]:
    """As `in_stock_units`, for who has no session: one is opened only if something must be looked up."""
    if units.plain_pieces(_entries(lines, named, at)):
        return list(lines)
    async with database.session(actor) as session:
        return await in_stock_units(session, lines, named, at)


def _entries(lines: Sequence[L], named: Sequence[str | None], at: str) -> list[units.Entry]:
    return [
        units.Entry(line.sku or "", line.quantity, unit, at.format(number))
        for number, (line, unit) in enumerate(zip(lines, named, strict=True))
    ]


def _as(line: L, read: units.Read) -> L:
    if isinstance(line, ledger.Reserve):
        return replace(line, quantity=read.quantity)
    return replace(line, quantity=read.quantity, unit_cost=read.price(line.unit_cost))
