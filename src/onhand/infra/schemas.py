"""What API schemas are made of: decimals as strings, the envelope, and page metadata."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import msgspec
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)

from onhand.infra.wording import spelled
from onhand.kernel import CURRENCIES, parse_quantity, plain

T = TypeVar("T")


def _quantity(value: object) -> Decimal:
    readable = value if isinstance(value, str | int | Decimal) and not isinstance(value, bool) else "a float"
    return parse_quantity(readable)


def _currency(value: str) -> str:
    return value.upper()


def _known_currency(value: str) -> str:
    if value.upper() not in CURRENCIES:
        raise ValueError(f"There is no currency {value.upper()}")
    return value


_DECIMAL = WithJsonSchema({"type": "string", "format": "decimal", "examples": ["12.5"]})
Quantity = Annotated[Decimal, BeforeValidator(_quantity), PlainSerializer(plain, return_type=str), _DECIMAL]
PositiveQuantity = Annotated[Quantity, Field(gt=0)]
Amount = Annotated[Quantity, Field(ge=0)]
A_CURRENCY = "The three letters of a currency, such as EUR."
Currency = Annotated[
    str,
    spelled(r"^[A-Za-z]{3}$", A_CURRENCY),
    AfterValidator(_known_currency),
    PlainSerializer(_currency, return_type=str),
]
Code = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=100)]
Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=255)]
LongText = Annotated[str, StringConstraints(max_length=10_000)]


def _no_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


def unsent() -> Any:
    """The default of a change's field: not sent, so not changed. Null is refused unless its type allows it."""
    return Field(default=None, json_schema_extra=_no_default)


class Body(BaseModel):
    """What a request sends: an unknown field is an error that names it."""

    model_config = ConfigDict(extra="forbid", str_strip_whitespace=True)


class Out(BaseModel):
    """What an answer holds; read from rows and dataclasses by attribute."""

    model_config = ConfigDict(from_attributes=True)


class Meta(BaseModel):
    """Beside the data. A list fills `limit` and `next_cursor`, or `page` and `total`."""

    model_config = ConfigDict(extra="allow")
    limit: int | None = None
    next_cursor: str | None = None
    page: int | None = None
    total: int | None = None
    total_is_estimate: bool | None = None


class Data(BaseModel, Generic[T]):
    """The envelope of one thing."""

    data: T
    meta: dict[str, Any] = Field(default_factory=dict)


class Page(BaseModel, Generic[T]):
    """The envelope of a list."""

    data: list[T]
    meta: Meta


def jsonable(value: object) -> object:
    """A value of a row as JSON wants it: decimals plain, times RFC 3339 in UTC."""
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, dict):
        return {key: jsonable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [jsonable(item) for item in value]
    return value


def encode(value: object) -> bytes:
    """JSON bytes of rows and plain values."""
    return msgspec.json.encode(jsonable(value))
