"""What can go wrong with partners."""

from __future__ import annotations

from onhand.infra.constraints import on_violation
from onhand.kernel import Conflict, FieldError, Invalid, NotFound


class UnknownSupplier(NotFound):
    """There is no supplier {key}."""

    code = "partners.unknown_supplier"


class UnknownSupplierItem(NotFound):
    """There is no supplier item {key}."""

    code = "partners.unknown_supplier_item"


class UnknownCustomer(NotFound):
    """There is no customer {key}."""

    code = "partners.unknown_customer"


class UnknownSeller(NotFound):
    """There is no seller {key}."""

    code = "partners.unknown_seller"


class CodeTaken(Conflict):
    """The code {code} is taken; codes are unique, whatever their case, and an archived one stays taken."""

    code = "partners.code_taken"


class AlreadySupplied(Conflict):
    """{supplier} already supplies {sku}; change that supplier item instead."""

    code = "partners.already_supplied"


class PreferredElsewhere(Conflict):
    """Another supplier of this SKU was made the preferred one in the same moment; look again."""

    code = "partners.preferred_elsewhere"


class NoSuchSku(Invalid):
    """There is no SKU {sku}."""

    code = "partners.no_such_sku"

    def __init__(self, sku: str) -> None:
        super().__init__(errors=[FieldError("/sku", "unknown", f"There is no SKU {sku}.")], sku=sku)


class NoSuchSupplier(Invalid):
    """There is no such supplier; choose one that exists."""

    code = "partners.no_such_supplier"

    def __init__(self, **facts: object) -> None:
        super().__init__(errors=[FieldError("/supplier_id", "unknown", "There is no such supplier.")], **facts)


on_violation("supplier_code_key", CodeTaken)
on_violation("seller_code_key", CodeTaken)
on_violation("customer_code_key", CodeTaken)
on_violation("supplier_item_sku_key", AlreadySupplied)
on_violation("supplier_item_preferred_key", PreferredElsewhere)
on_violation("seller_organization_id_supplier_id_fkey", NoSuchSupplier)


class BreakTwice(Invalid):
    """There are two prices from {quantity} on."""

    code = "partners.break_twice"

    def __init__(self, quantity: object, pointer: str) -> None:
        words = f"There are two prices from {quantity} on."
        super().__init__(quantity=str(quantity), errors=[FieldError(pointer, self.code, words)])
