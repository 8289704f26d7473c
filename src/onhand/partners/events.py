"""What partners announce. Facts: `{"id", "change"}`; of a supplier item its `sku_id` too."""

SUPPLIER_CHANGED = "partners.supplier_changed"
SUPPLIER_ITEM_CHANGED = "partners.supplier_item_changed"
CUSTOMER_CHANGED = "partners.customer_changed"
CUSTOMERS_IMPORTED = "partners.customers_imported"
SELLER_CHANGED = "partners.seller_changed"
