"""When an item was last counted, by the table of a floor above."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Uuid, and_, column, select, table
from sqlalchemy.dialects.postgresql import TIMESTAMP

if TYPE_CHECKING:
    from sqlalchemy import ColumnElement

LAST_COUNTED = table(
    "last_counted",
    column("organization_id", Uuid),
    column("sku_id", Uuid),
    column("warehouse_id", Uuid),
    column("bin_id", Uuid),
    column("counted_at", TIMESTAMP(timezone=True)),
)


def last_counted(owner: Any) -> ColumnElement[Any]:
    """When this item was last counted here, whatever bins it lies in."""
    c = LAST_COUNTED.c
    here = and_(
        c.organization_id == owner.organization_id, c.sku_id == owner.sku_id, c.warehouse_id == owner.warehouse_id
    )
    return select(c.counted_at).where(here, c.bin_id.is_(None)).scalar_subquery()
