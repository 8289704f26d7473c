"""What can go wrong with kits."""

from __future__ import annotations

from onhand.infra.constraints import on_violation
from onhand.kernel import Conflict, FieldError, Invalid, NotFound


class UnknownKit(NotFound):
    """{key} is no kit."""

    code = "kits.unknown_kit"


class UnknownComponents(Invalid):
    """There is no SKU {skus}."""

    code = "kits.unknown_components"


class SameComponentTwice(Invalid):
    """{sku} is named twice; add its quantities up."""

    code = "kits.same_component_twice"


class HoldsItself(Invalid):
    """{sku} cannot hold {component}, which would make it a part of itself."""

    code = "kits.holds_itself"


class TooDeep(Invalid):
    """Kits may lie within kits {deepest} deep, and {sku} would be deeper."""

    code = "kits.too_deep"


class TooManyParts(Invalid):
    """{sku} would hold {parts} different SKUs once all kits within it are opened; {most} are allowed."""

    code = "kits.too_many_parts"


class TooFine(Invalid):
    """One {sku} would hold {quantity} of a SKU once all kits within it are opened; 6 decimals are kept."""

    code = "kits.too_fine"


class HasStock(Conflict):
    """{sku} has stock of its own, or promises of it. A kit has none: bring it to zero first, or use another SKU."""

    code = "kits.has_stock"

    def __init__(self, *, detail: str = "", sku: str = "", **_: object) -> None:
        super().__init__(sku=sku or detail)


class KitHasNoStock(Invalid):
    """{sku} is a kit, which has no stock of its own: move its components."""

    code = "kits.kit_has_no_stock"

    def __init__(self, *, detail: str = "", sku: str = "", errors: list[FieldError] | None = None, **_: object) -> None:
        super().__init__(errors=errors, sku=sku or detail)


on_violation("kit_has_no_stock", KitHasNoStock)
on_violation("kit_component_no_stock_of_its_own", HasStock)
on_violation("kit_component_not_itself", HoldsItself)
