"""Quantities are exact decimals from the API to the disk; never a float."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

LARGEST = Decimal(10) ** 12
PLACES = 6  # finest step that is kept: a microgram of a kilogram is 1e-9, a millilitre of a case 1e-4


def parse_quantity(text: str | int | Decimal) -> Decimal:
    """Read a quantity. Raises ValueError with a sentence when it is no number, not finite, too large or too fine."""
    try:
        value = Decimal(text)
    except InvalidOperation as problem:
        raise ValueError(f"{text!r} is not a number") from problem
    if not value.is_finite():
        raise ValueError(f"{text!r} is not a finite number")
    if abs(value) > LARGEST:
        raise ValueError(f"{text} is larger than {LARGEST:f}")
    if value != round(value, PLACES):
        raise ValueError(f"{text} has more than {PLACES} decimal places")
    return value


def plain(value: Decimal) -> str:
    """The shortest plain notation: Decimal("5.00") → "5", never an exponent."""
    text = f"{value:f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text
