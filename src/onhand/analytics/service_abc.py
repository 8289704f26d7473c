"""The ABC and XYZ analysis, shown and given to SKUs as their classes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from onhand import counting, identity
from onhand.analytics import store_abc
from onhand.analytics.domain import Period
from onhand.analytics.figures import today
from onhand.analytics.schemas import AbcClass, AbcOut, AbcSku, Explain
from onhand.analytics.service import SALES, period_out

if TYPE_CHECKING:
    from sqlalchemy.ext.asyncio import AsyncSession

WORDS = {
    "revenue": "amount sold",
    "quantity": "units sold",
    "margin": "amount sold less what the goods cost when they left (sales whose cost nobody knows count in full)",
}


@dataclass(frozen=True, slots=True)
class Bounds:
    """What the classes go by, and where A and B end, in per cent."""

    by: counting.By
    a: Decimal
    b: Decimal


async def _asked(session: AsyncSession, period: Period, bounds: Bounds) -> store_abc.Asked:
    currency = (await identity.organization_of(session)).currency
    return store_abc.Asked(period.first, period.last, currency, bounds.by, bounds.a / 100, bounds.b / 100)


async def abc(session: AsyncSession, period: Period, bounds: Bounds, most: int) -> AbcOut:
    """SKUs by what they made: A up to `a` per cent of all, B up to `b`, C the rest."""
    organization = await identity.organization_of(session)
    asked = await _asked(session, period, bounds)
    classes = await store_abc.classes(session, asked)
    whole = sum((max(figure, Decimal(0)) for *_, figure in classes), Decimal(0))
    formula = (
        f"SKUs by {WORDS[bounds.by]}, the most first: A while those before make up less than {bounds.a} % of all, B"
        f" less than {bounds.b} %, C the rest and what made nothing. {SALES}"
    )
    return AbcOut(
        period=period_out(period, organization.time_zone),
        currency=organization.currency,
        by=bounds.by,
        a=bounds.a,
        b=bounds.b,
        classes=[
            AbcClass(name=name, skus=n, units=units, amount=amount, figure=figure, share=_share(figure, whole))
            for name, n, units, amount, figure in classes
        ],
        rows=[
            AbcSku(abc=name, xyz=xyz, sku_id=sku_id, sku=sku, name=title, units=units, amount=amount, figure=figure)
            for name, sku_id, sku, title, units, amount, figure, xyz in await store_abc.skus(session, asked, most)
        ],
        explain=Explain(formula=formula, rows=f"/api/v1/orders?from_date={period.first}&to_date={period.last}"),
    )


def _share(figure: Decimal, whole: Decimal) -> Decimal | None:
    return round(figure / whole * 100, 1) if whole > 0 else None


async def classify(session: AsyncSession) -> dict[str, int]:
    """Give every SKU its class by the organization's rules of counting; what never sold has none and counts as C."""
    rules, last = await counting.rules_of(session), await today(session)
    period = Period("custom", last - timedelta(rules.abc_days - 1), last)
    asked = await _asked(session, period, Bounds(rules.abc_by, rules.a_share, rules.b_share))
    found = await store_abc.every(session, asked)
    await counting.set_classes(session, found)
    return {name: sum(abc == name for _, abc, *_ in found) for name in ("A", "B", "C")}
