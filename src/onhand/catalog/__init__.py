"""What there is: products, their SKUs and barcodes, and the category tree."""

from onhand.catalog.domain import search_text
from onhand.catalog.errors import (
    BarcodeTaken,
    CategoryCircle,
    CategoryNameTaken,
    NoSuchCategory,
    NoSuchSupplier,
    SkuTaken,
    UnknownCategory,
    UnknownProduct,
)
from onhand.catalog.routes import router
from onhand.catalog.service import NewProduct, change_product, create_product, product_by, remove_product
from onhand.catalog.service_bulk import (
    SkuFacts,
    SkuRevision,
    SkuWanted,
    ensure_skus,
    revise_skus,
    sku_by_codes,
    skus_by_ids,
)
from onhand.catalog.service_categories import category_by_id, change_category, create_category, remove_category

__all__ = [
    "BarcodeTaken",
    "CategoryCircle",
    "CategoryNameTaken",
    "NewProduct",
    "NoSuchCategory",
    "NoSuchSupplier",
    "SkuFacts",
    "SkuRevision",
    "SkuTaken",
    "SkuWanted",
    "UnknownCategory",
    "UnknownProduct",
    "category_by_id",
    "change_category",
    "change_product",
    "create_category",
    "create_product",
    "ensure_skus",
    "product_by",
    "remove_category",
    "remove_product",
    "revise_skus",
    "router",
    "search_text",
    "sku_by_codes",
    "skus_by_ids",
]
