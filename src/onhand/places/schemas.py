"""What the API of places takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from onhand.infra.schemas import Body, Code, LongText, Name, Out, Quantity, unsent

Kind = Literal["warehouse", "store", "3pl", "consignment", "van"]
Priority = Annotated[int, Field(ge=0, le=10_000, description="The lower, the sooner orders are allocated here")]
Latitude = Annotated[Quantity, Field(ge=-90, le=90)]
Longitude = Annotated[Quantity, Field(ge=-180, le=180)]


class WarehouseIn(Body):
    """A new warehouse."""

    code: Code
    name: Name
    kind: Kind = "warehouse"
    priority: Priority = 100
    address: LongText | None = None
    city: Name | None = None
    region: Name | None = None
    postal_code: Name | None = None
    country: Name | None = None
    contact_name: Name | None = None
    contact_email: Name | None = None
    contact_phone: Name | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    active: bool = True
    uses_bins: Annotated[bool, Field(description="Stock lies in zones, shelves and bins here")] = False


class WarehouseChange(Body):
    """The fields to change; what is not sent stays."""

    code: Code = unsent()
    name: Name = unsent()
    kind: Kind = unsent()
    priority: Priority = unsent()
    address: LongText | None = unsent()
    city: Name | None = unsent()
    region: Name | None = unsent()
    postal_code: Name | None = unsent()
    country: Name | None = unsent()
    contact_name: Name | None = unsent()
    contact_email: Name | None = unsent()
    contact_phone: Name | None = unsent()
    latitude: Latitude | None = unsent()
    longitude: Longitude | None = unsent()
    active: bool = unsent()
    uses_bins: bool = unsent()
    archived: bool = unsent()


class WarehouseOut(Out):
    """A warehouse."""

    id: UUID
    code: str
    name: str
    kind: str
    priority: int
    address: str | None
    city: str | None
    region: str | None
    postal_code: str | None
    country: str | None
    contact_name: str | None
    contact_email: str | None
    contact_phone: str | None
    latitude: Quantity | None
    longitude: Quantity | None
    active: bool
    uses_bins: bool
    archived: bool
    created_at: datetime
    updated_at: datetime
