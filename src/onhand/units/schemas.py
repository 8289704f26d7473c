"""What the API of units takes and gives."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Literal, Self
from uuid import UUID

from pydantic import Field

from onhand.infra.schemas import Body, Code, Name, Out, PositiveQuantity, Quantity, unsent
from onhand.units.domain import EACH, exact
from onhand.units.service import Given, Measured, Wanted

LARGEST_PART = 10**18
Dimension = Literal["count", "package", "mass", "volume", "length", "area", "time"]
Part = Annotated[int, Field(ge=1, le=LARGEST_PART)]


class UnitIn(Body):
    """A new unit: numerator / denominator of its dimension's base unit (each, g, ml, mm, m2, min).

    What a `package` holds is said with each product.
    """

    code: Code
    name: Name
    dimension: Dimension = "package"
    numerator: Part = 1
    denominator: Part = 1
    whole: bool = Field(default=False, description="Counted in whole numbers only")


class UnitChange(Body):
    """The fields to change; what is not sent stays."""

    code: Code = unsent()
    name: Name = unsent()
    dimension: Dimension = unsent()
    numerator: Part = unsent()
    denominator: Part = unsent()
    whole: bool = unsent()
    archived: bool = unsent()


class UnitOut(Out):
    """A unit."""

    id: UUID
    code: str
    name: str
    dimension: str
    numerator: Quantity
    denominator: Quantity
    whole: bool
    archived: bool
    created_at: datetime
    updated_at: datetime


class HoldsIn(Body):
    """One `unit` holds `quantity` of `of`, or `quantity` / `per` of it: 3 of them hold 1, said exactly."""

    unit: Code
    of: Code
    quantity: PositiveQuantity
    per: PositiveQuantity = Decimal(1)

    def given(self) -> Given:
        """As a ratio of whole numbers."""
        ratio = Fraction(self.quantity) / Fraction(self.per)
        return Given(self.unit, self.of, ratio.numerator, ratio.denominator)


class MeasureIn(Body):
    """How a product is measured."""

    stock_unit: Code
    purchase_unit: Code | None = None
    sale_unit: Code | None = None
    holds: Annotated[list[HoldsIn], Field(max_length=20)] = Field(default_factory=list)

    def wanted(self) -> Wanted:
        """As the verb takes it."""
        holds = [one.given() for one in self.holds]
        return Wanted(self.stock_unit, self.purchase_unit, self.sale_unit, holds)


class HoldsOut(Out):
    """What one unit of the product holds. `quantity` is null where no six decimals say it; the ratio always does."""

    unit: str
    of: str
    quantity: Quantity | None
    numerator: str
    denominator: str


class UnitOfProduct(Out):
    """A unit that quantities of the product may be entered in, and how many stock units it holds."""

    code: str
    whole: bool
    stock_quantity: Quantity | None
    numerator: str
    denominator: str


class MeasureOut(Out):
    """How a product is measured; `declared` is false while nobody said it and it is counted in pieces."""

    product_id: UUID
    declared: bool
    stock_unit: str
    purchase_unit: str | None
    sale_unit: str | None
    holds: list[HoldsOut]
    units: list[UnitOfProduct]

    @classmethod
    def of(cls, one: Measured) -> Self:
        """As the API shows it."""

        def name(code: str | None) -> str | None:
            return one.units[code].code if code and code in one.units else code

        holds = [
            HoldsOut(
                unit=name(link.unit) or "", of=name(link.of) or "", quantity=exact(link.factor), **_ratio(link.factor)
            )
            for link in one.measure.links
        ]
        units = [
            UnitOfProduct(code=one.units[code].code, whole=one.units[code].whole, stock_quantity=exact(f), **_ratio(f))
            for code, f in sorted(one.scale.factors.items(), key=lambda item: (item[1], item[0]))
            if code in one.units
        ]
        return cls(
            product_id=one.product_id,
            declared=one.measure.stock is not None,
            stock_unit=name(one.measure.stock or EACH) or EACH,
            purchase_unit=name(one.measure.purchase),
            sale_unit=name(one.measure.sale),
            holds=holds,
            units=units,
        )


def _ratio(value: Fraction) -> dict[str, str]:
    return {"numerator": str(value.numerator), "denominator": str(value.denominator)}


class ConvertIn(Body):
    """A quantity of a SKU in one of its units."""

    sku: Code
    quantity: Quantity
    unit: Code | None = None
    price: Annotated[Quantity, Field(ge=0)] | None = Field(default=None, description="Of one unit")


class ConvertOut(Out):
    """The same in stock units."""

    quantity: Quantity
    stock_unit: str
    price: Quantity | None
