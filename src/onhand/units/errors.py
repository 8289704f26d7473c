"""What can go wrong with units."""

from __future__ import annotations

from onhand.infra.constraints import on_violation
from onhand.kernel import Conflict, FieldError, Invalid, NotFound


class UnknownUnit(NotFound):
    """There is no unit {key}."""

    code = "units.unknown_unit"


class UnknownMeasured(NotFound):
    """There is no product {key}."""

    code = "units.unknown_product"


class UnitCodeTaken(Conflict):
    """The unit {code} exists already; codes are unique, whatever their case, and an archived one stays taken."""

    code = "units.code_taken"


class UnitInUse(Conflict):
    """{code} is used by products, so its {what} stays; make another unit instead."""

    code = "units.in_use"


class StockUnitFixed(Conflict):
    """{product} has stock or history in {unit}; in another one all that is recorded would mean something else."""

    code = "units.stock_unit_fixed"


class WrongMeasure(Invalid):
    """These units do not fit together."""

    code = "units.wrong_measure"

    def __init__(self, pointer: str, code: str, message: str, **facts: object) -> None:
        super().__init__(errors=[FieldError(pointer, code, message)], **facts)


class QuantityRefused(Invalid):
    """This quantity cannot be taken: {first}."""

    code = "units.quantity_refused"


on_violation("unit_code_key", UnitCodeTaken)
