"""What can go wrong with places."""

from __future__ import annotations

from onhand.infra.constraints import on_violation
from onhand.kernel import Conflict, NotFound


class UnknownWarehouse(NotFound):
    """There is no warehouse {key}."""

    code = "places.unknown_warehouse"


class WarehouseCodeTaken(Conflict):
    """The warehouse code {code} is taken; codes are unique, whatever their case, and an archived one stays taken."""

    code = "places.code_taken"


on_violation("warehouse_code_key", WarehouseCodeTaken)
