"""Fields of the organization's own, on products, SKUs and whatever else it keeps."""

from onhand.fields.domain import Field
from onhand.fields.errors import FieldCodeTaken, UnknownField, WrongDefinition, WrongValues
from onhand.fields.routes import router
from onhand.fields.service import checked, create_field, defined, read_values
from onhand.fields.store import with_field

__all__ = [
    "Field",
    "FieldCodeTaken",
    "UnknownField",
    "WrongDefinition",
    "WrongValues",
    "checked",
    "create_field",
    "defined",
    "read_values",
    "router",
    "with_field",
]
