"""What can go wrong with the places inside a warehouse."""

from __future__ import annotations

from onhand.infra.constraints import on_violation
from onhand.kernel import Conflict, FieldError, Invalid, NotFound


class UnknownBin(NotFound):
    """There is no zone, aisle, shelf or bin {key} here."""

    code = "places.unknown_bin"


class BinCodeTaken(Conflict):
    """The code {code} is taken in this warehouse; codes are unique there, whatever their case, archived ones too."""

    code = "places.bin_code_taken"


class BinNotEmpty(Conflict):
    """{code} cannot be removed: {units} units of stock lie there or below; move them first."""

    code = "places.bin_not_empty"


class BinHasParts(Conflict):
    """{code} cannot be removed alone: {parts} places lie below it; remove them too, or first."""

    code = "places.bin_has_parts"


class BinHoldsStock(Conflict):
    """The type of {code} cannot change while {units} units lie there: it decides what may be sold; move them first."""

    code = "places.bin_holds_stock"


class WrongPlace(Invalid):
    """{code} cannot lie there: {problem}."""

    code = "places.wrong_place"

    def __init__(self, code: str, problem: str, pointer: str = "/parent") -> None:
        sentence = f"{problem[:1].upper()}{problem[1:]}."
        super().__init__(errors=[FieldError(pointer, self.code, sentence)], code=code, problem=problem)


class BadCodes(Invalid):
    """The pattern cannot be used. {problem} Write it as A-{{01..12}}-{{1..4}}."""

    code = "places.bad_pattern"

    def __init__(self, problem: str) -> None:
        super().__init__(errors=[FieldError("/pattern", self.code, problem)], problem=problem)


class TakenCodes(Conflict):
    """{count} of these codes are taken in this warehouse already: {codes}."""

    code = "places.bin_codes_taken"


on_violation("bin_code_key", BinCodeTaken)
