"""What the API of partners takes and gives."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field

from onhand.infra.schemas import Amount, Body, Code, Currency, LongText, Name, Out, PositiveQuantity, unsent
from onhand.infra.wording import A_MAIL, spelled
from onhand.partners.service_items import Offer

Days = Annotated[int, Field(ge=0, le=730, description="Days from ordering to receiving")]
Email = Annotated[str, spelled(r"^[^@\s]+@[^@\s]+$", A_MAIL, max_length=254)]


class SupplierIn(Body):
    """A new supplier."""

    code: Code
    name: Name
    contact_name: Name | None = None
    contact_email: Email | None = None
    contact_phone: Name | None = None
    address: LongText | None = None
    payment_terms: LongText | None = None
    shipping_terms: LongText | None = None
    currency: Currency | None = None
    tax_id: Name | None = None
    lead_time_days: Days = 7
    notes: LongText | None = None
    active: bool = True


class SupplierChange(Body):
    """The fields to change; what is not sent stays."""

    code: Code = unsent()
    name: Name = unsent()
    contact_name: Name | None = unsent()
    contact_email: Email | None = unsent()
    contact_phone: Name | None = unsent()
    address: LongText | None = unsent()
    payment_terms: LongText | None = unsent()
    shipping_terms: LongText | None = unsent()
    currency: Currency | None = unsent()
    tax_id: Name | None = unsent()
    lead_time_days: Days = unsent()
    notes: LongText | None = unsent()
    active: bool = unsent()
    archived: bool = unsent()


class SupplierOut(Out):
    """A supplier."""

    id: UUID
    code: str
    name: str
    contact_name: str | None
    contact_email: str | None
    contact_phone: str | None
    address: str | None
    payment_terms: str | None
    shipping_terms: str | None
    currency: str | None
    tax_id: str | None
    lead_time_days: int
    notes: str | None
    active: bool
    archived: bool
    created_at: datetime
    updated_at: datetime


class PriceBreakIn(Body):
    """From this quantity on the supplier asks this price, in the item's currency."""

    quantity: PositiveQuantity
    price: Amount


class PriceBreakOut(Out):
    """From this quantity on the supplier asks this price."""

    quantity: PositiveQuantity
    price: Amount


class PriceBreaks(Body):
    """All of a supplier item's price breaks; below the lowest its own price holds."""

    breaks: Annotated[list[PriceBreakIn], Field(max_length=50)]


class PriceOut(Out):
    """What a supplier asks for one unit of a quantity; null when no price is known."""

    quantity: PositiveQuantity
    price: Amount | None
    currency: str | None
    breaks: list[PriceBreakOut]


class SupplierItemIn(Body):
    """A SKU that the supplier sells us. Without `lead_time_days` the supplier's own holds."""

    sku: Code
    supplier_sku: Name | None = None
    price: Amount | None = None
    currency: Currency | None = None
    minimum_quantity: PositiveQuantity | None = None
    pack_size: PositiveQuantity | None = None
    lead_time_days: Days | None = None
    preferred: bool | None = Field(default=None, description="If not sent: true for the first supplier of the SKU")


class SupplierItemChange(Body):
    """The fields to change; what is not sent stays."""

    supplier_sku: Name | None = unsent()
    price: Amount | None = unsent()
    currency: Currency | None = unsent()
    minimum_quantity: PositiveQuantity = unsent()
    pack_size: PositiveQuantity = unsent()
    lead_time_days: Days | None = unsent()
    preferred: bool = unsent()


class SupplierItemOut(Out):
    """A SKU as one supplier sells it."""

    id: UUID
    supplier_id: UUID
    supplier: str
    sku_id: UUID
    sku: str
    name: str
    supplier_sku: str | None
    price: Amount | None
    currency: str | None
    minimum_quantity: PositiveQuantity
    pack_size: PositiveQuantity
    lead_time_days: int
    preferred: bool
    created_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, offer: Offer) -> Self:
        """The item as the API shows it."""
        names = cls.model_fields.keys() - {"supplier", "sku", "name", "lead_time_days"}
        own = {name: getattr(offer.item, name) for name in names}
        own |= {name: getattr(offer, name) for name in ("supplier", "sku", "name", "lead_time_days")}
        return cls(**own)


class SupplierItemRow(SupplierItemOut):
    """A supplier item in a list."""

    supplier_name: str


class Address(Body):
    """A postal address."""

    name: Name | None = None
    line1: Name | None = None
    line2: Name | None = None
    city: Name | None = None
    region: Name | None = None
    postal_code: Name | None = None
    country: Name | None = None
    phone: Name | None = None


class CustomerIn(Body):
    """A new customer. `code` is what the outside calls them."""

    code: Code | None = None
    name: Name
    email: Email | None = None
    phone: Name | None = None
    country: Name | None = None
    shipping_address: Address | None = None
    billing_address: Address | None = None
    notes: LongText | None = None


class CustomerChange(Body):
    """The fields to change; what is not sent stays."""

    code: Code | None = unsent()
    name: Name = unsent()
    email: Email | None = unsent()
    phone: Name | None = unsent()
    country: Name | None = unsent()
    shipping_address: Address | None = unsent()
    billing_address: Address | None = unsent()
    notes: LongText | None = unsent()
    archived: bool = unsent()


class CustomerOut(Out):
    """A customer."""

    id: UUID
    code: str | None
    name: str
    email: str | None
    phone: str | None
    country: str | None
    shipping_address: dict[str, Any] | None
    billing_address: dict[str, Any] | None
    notes: str | None
    archived: bool
    created_at: datetime
    updated_at: datetime


class SellerIn(Body):
    """A new seller, perhaps the same business as a supplier."""

    code: Code
    name: Name
    contact_name: Name | None = None
    contact_email: Email | None = None
    contact_phone: Name | None = None
    supplier_id: UUID | None = None
    active: bool = True


class SellerChange(Body):
    """The fields to change; what is not sent stays."""

    code: Code = unsent()
    name: Name = unsent()
    contact_name: Name | None = unsent()
    contact_email: Email | None = unsent()
    contact_phone: Name | None = unsent()
    supplier_id: UUID | None = unsent()
    active: bool = unsent()
    archived: bool = unsent()


class SellerOut(Out):
    """A seller."""

    id: UUID
    code: str
    name: str
    contact_name: str | None
    contact_email: str | None
    contact_phone: str | None
    supplier_id: UUID | None
    active: bool
    archived: bool
    created_at: datetime
    updated_at: datetime


class SellerRow(SellerOut):
    """A seller in a list, with the supplier's name."""

    supplier: str | None
