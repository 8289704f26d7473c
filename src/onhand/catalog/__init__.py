"""What there is: products, their SKUs and barcodes, and the category tree."""

from onhand.catalog.domain import barcode_warning, gtin_forms
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
from onhand.catalog.store import PRODUCT_TERMS, also_known, search_products
from onhand.catalog.store_terms import coded, found, product_terms
from onhand.catalog.tables import Sku

__all__ = [
    "PRODUCT_TERMS",
    "BarcodeTaken",
    "CategoryCircle",
    "CategoryNameTaken",
    "NewProduct",
    "NoSuchCategory",
    "NoSuchSupplier",
    "Sku",
    "SkuFacts",
    "SkuRevision",
    "SkuTaken",
    "SkuWanted",
    "UnknownCategory",
    "UnknownProduct",
    "also_known",
    "barcode_warning",
    "category_by_id",
    "change_category",
    "change_product",
    "coded",
    "create_category",
    "create_product",
    "ensure_skus",
    "found",
    "gtin_forms",
    "product_by",
    "product_terms",
    "remove_category",
    "remove_product",
    "revise_skus",
    "router",
    "search_products",
    "sku_by_codes",
    "skus_by_ids",
]
