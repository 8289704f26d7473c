"""What the API of fields takes and gives."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field, StringConstraints

from onhand.infra.schemas import Body, LongText, Name, Out, Quantity, unsent
from onhand.infra.wording import spelled

A_WORD = "A word in small letters, digits and underscores that begins with a letter, such as season."
FieldCode = Annotated[str, spelled(r"^[a-z][a-z0-9_]{0,39}$", A_WORD)]
Target = Literal["product", "sku", "lot", "serial", "customer", "supplier"]
Kind = Literal["text", "number", "date", "boolean", "choice", "multi_choice", "url"]
Pattern = Annotated[str, StringConstraints(min_length=1, max_length=500)]
Choices = Annotated[list[Name], Field(max_length=200)]
Place = Annotated[int, Field(ge=0, le=10_000)]


class FieldIn(Body):
    """A new field. Bounds are of the number, of a text's length, or of how many are chosen."""

    target: Target
    code: FieldCode
    name: Name
    help: LongText | None = None
    kind: Kind
    required: bool = False
    minimum: Quantity | None = None
    maximum: Quantity | None = None
    earliest: date | None = None
    latest: date | None = None
    pattern: Pattern | None = None
    choices: Choices = Field(default_factory=list)
    position: Place = 0


class FieldChange(Body):
    """The fields to change; what is not sent stays. What it belongs to, its code and its kind always do."""

    name: Name = unsent()
    help: LongText | None = unsent()
    required: bool = unsent()
    minimum: Quantity | None = unsent()
    maximum: Quantity | None = unsent()
    earliest: date | None = unsent()
    latest: date | None = unsent()
    pattern: Pattern | None = unsent()
    choices: Choices = unsent()
    position: Place = unsent()
    archived: bool = unsent()


class FieldOut(Out):
    """A field."""

    id: UUID
    target: str
    code: str
    name: str
    help: str | None
    kind: str
    required: bool
    minimum: Quantity | None
    maximum: Quantity | None
    earliest: date | None
    latest: date | None
    pattern: str | None
    choices: list[str]
    position: int
    archived: bool
    created_at: datetime
    updated_at: datetime
