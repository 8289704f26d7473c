"""The tables of floors below that lists of stock show or search, by name: only what they need of each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnClause, Date, Numeric, TableClause, Text, Uuid, column, table
from sqlalchemy.dialects.postgresql import ARRAY, TIMESTAMP

MOMENT = TIMESTAMP(timezone=True)


def _named_table(name: str, *columns: ColumnClause[Any]) -> TableClause:
    return table(name, column("organization_id", Uuid), column("id", Uuid), *columns)


def _coded() -> tuple[ColumnClause[Any], ...]:
    return column("code", Text), column("code_key", Text)


SKU = _named_table(
    "sku",
    *_coded(),
    column("product_id", Uuid),
    column("cost_price", Numeric),
    column("selling_price", Numeric),
    column("currency", Text),
    column("archived_at", MOMENT),
)
PRODUCT = _named_table(
    "product",
    column("name", Text),
    column("category_id", Uuid),
    column("supplier_id", Uuid),
    column("tags", ARRAY(Text)),
    column("status", Text),
    column("search_text", Text),
    column("archived_at", MOMENT),
    column("created_at", MOMENT),
    column("updated_at", MOMENT),
)
WAREHOUSE = _named_table("warehouse", *_coded(), column("name", Text), column("kind", Text))
CATEGORY = _named_table("category", column("name", Text))
SUPPLIER = _named_table("supplier", *_coded(), column("name", Text))
LOT = _named_table("lot", *_coded(), column("expires_on", Date))
SERIAL = _named_table("serial", *_coded())
BIN = _named_table("bin", *_coded())
ORGANIZATION = table("organization", column("id", Uuid), column("currency", Text))
TRANSFER = _named_table("transfer", column("destination_id", Uuid), column("status", Text))
TRANSFER_LINE = _named_table("transfer_line", column("transfer_id", Uuid), column("sku_id", Uuid)).alias("l")
