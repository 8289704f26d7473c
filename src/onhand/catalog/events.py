"""What the catalogue announces. Facts: `{"product_id", "sku_id", "sku", "change"}`, `{"category_id", "change"}`."""

PRODUCT_CHANGED = "catalog.product_changed"
PRODUCTS_IMPORTED = "catalog.products_imported"
CATEGORY_CHANGED = "catalog.category_changed"
