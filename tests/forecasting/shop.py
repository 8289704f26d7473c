"""A shop with a past: SKUs whose daily sales are posted as if they had happened when they say."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from onhand import catalog, forecasting, ledger, places, replenishment
from onhand.infra.db import Database
from onhand.kernel import Actor, now

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Shop:
    """One organization at work."""

    database: Database
    actor: Actor

    async def open(self, *skus: str, warehouses: Sequence[str] = ("MAIN",)) -> None:
        """Make SKUs and warehouses."""
        async with self.database.session(self.actor) as session:
            for code in warehouses:
                await places.create_warehouse(session, {"code": code, "name": code})
            for sku in skus:
                await catalog.create_product(session, catalog.NewProduct(sku, f"Article {sku}"))

    async def sells(self, sku: str, units: Sequence[float], *, ending: int = 1, warehouse: str = "MAIN") -> None:
        """Post one sale per day, the last one `ending` days ago, covered by an opening balance that is used up."""
        last = now().astimezone(LONDON).date() - timedelta(days=ending)
        noon = [
            datetime.combine(last - timedelta(days=len(units) - 1 - day), time(12), LONDON) for day in range(len(units))
        ]
        sold = [(moment, Decimal(str(count))) for moment, count in zip(noon, units, strict=True) if count]
        opening = sum((count for _, count in sold), Decimal(0))
        await self.moves(sku, "opening", [(noon[0] - timedelta(hours=1), opening)], warehouse)
        await self.moves(sku, "sale", [(moment, -count) for moment, count in sold], warehouse)

    async def moves(
        self, sku: str, kind: ledger.MovementType, changes: Sequence[tuple[datetime, Decimal]], warehouse: str = "MAIN"
    ) -> None:
        """Post changes of one SKU at the moments given."""
        postings = [
            ledger.Posting(
                lines=[ledger.Move(sku=sku, warehouse=warehouse, quantity=quantity)], type=kind, effective_at=moment
            )
            for moment, quantity in changes
        ]
        async with self.database.session(self.actor) as session:
            answers = await ledger.post(session, postings, silent=True)
        assert all(answer.ok for answer in answers)

    async def plan(self) -> int:
        """Forecast everything and compute every reorder point, as every night."""

        async def unwatched(_done: int, _total: int) -> None:
            return None

        _, series = await forecasting.forecast_all(lambda: self.database.session(self.actor), unwatched)
        await replenishment.compute_all(lambda: self.database.session(self.actor))
        return series

    async def receives(self, sku: str, units: int, warehouse: str = "MAIN") -> None:
        """Goods come in now."""
        await self.moves(sku, "purchase", [(now(), Decimal(units))], warehouse)
