"""What may have photos and documents: each kind of thing with its table and the permission to see such things."""

from __future__ import annotations

from onhand import attachments

OWNERS = {
    "product": ("product", "catalog.read"),
    "sku": ("sku", "catalog.read"),
    "supplier": ("supplier", "partners.read"),
    "warehouse": ("warehouse", "places.read"),
    "bin": ("bin", "places.read"),
    "lot": ("lot", "stock.read"),
    "serial": ("serial", "stock.read"),
    "posting": ("posting", "stock.read"),
    "transfer": ("transfer", "stock.read"),
    "order": ("sales_order", "sales.read"),
}


def name_owners() -> None:
    """Tell the attachments."""
    for kind, (table, permission) in OWNERS.items():
        attachments.let_own(kind, table, permission)
