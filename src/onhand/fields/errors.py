"""What can go wrong with fields of the organization's own."""

from __future__ import annotations

from onhand.infra.constraints import on_violation
from onhand.kernel import Conflict, FieldError, Invalid, NotFound


class UnknownField(NotFound):
    """There is no field {key}."""

    code = "fields.unknown_field"


class FieldCodeTaken(Conflict):
    """There is a field {code} already; an archived one keeps its code."""

    code = "fields.code_taken"


class WrongDefinition(Invalid):
    """This definition does not fit together."""

    code = "fields.wrong_definition"

    def __init__(self, pointer: str, message: str, **facts: object) -> None:
        super().__init__(errors=[FieldError(pointer, "invalid", message)], **facts)


class WrongValues(Invalid):
    """Some fields of your own need another look."""

    code = "fields.wrong_values"


on_violation("custom_field_code_key", FieldCodeTaken)
