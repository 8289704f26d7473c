"""What can go wrong in the catalogue."""

from __future__ import annotations

from onhand.infra.constraints import on_violation
from onhand.kernel import Conflict, FieldError, Invalid, NotFound


class UnknownProduct(NotFound):
    """There is no product {key}."""

    code = "catalog.unknown_product"


class UnknownCategory(NotFound):
    """There is no category {key}."""

    code = "catalog.unknown_category"


class NoSuchCategory(Invalid):
    """There is no such category; choose one that exists."""

    code = "catalog.no_such_category"

    def __init__(self, pointer: str = "/category_id", **facts: object) -> None:
        super().__init__(errors=[FieldError(pointer, "unknown", "There is no such category.")], **facts)


class NoSuchSupplier(Invalid):
    """There is no such supplier; choose one that exists."""

    code = "catalog.no_such_supplier"

    def __init__(self, **facts: object) -> None:
        super().__init__(errors=[FieldError("/supplier_id", "unknown", "There is no such supplier.")], **facts)


class SkuTaken(Conflict):
    """The SKU {sku} is taken; each SKU is unique, whatever its case, and an archived product keeps its own."""

    code = "catalog.sku_taken"


class BarcodeTaken(Conflict):
    """The barcode {barcode} already leads to {sku}; one barcode names one SKU."""

    code = "catalog.barcode_taken"


class CategoryNameTaken(Conflict):
    """There is a category of this name at this place of the tree."""

    code = "catalog.category_name_taken"


class CategoryCircle(Invalid):
    """{name} cannot move below itself or one of its own branches."""

    code = "catalog.category_circle"


on_violation("sku_code_key", SkuTaken)
on_violation("barcode_pkey", BarcodeTaken)
on_violation("category_name_key", CategoryNameTaken)
on_violation("product_organization_id_supplier_id_fkey", NoSuchSupplier)
on_violation("product_organization_id_category_id_fkey", NoSuchCategory)
