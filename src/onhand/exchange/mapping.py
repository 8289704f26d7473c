"""Guess which column is which, from what it is called and from what it holds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from onhand.exchange.cells import Cell, Shape, plain_text
from onhand.exchange.domain import FIELDS, FULL_YEAR, SCALE, DateOrder, Mapping, read_number

if TYPE_CHECKING:
    from collections.abc import Sequence

# Lower case, letters and digits only. The first names are the surest.
NAMES: dict[str, tuple[str, ...]] = {
    "invoice": (
        "invoiceno", "invoice", "invoicenumber", "invoiceid", "orderno", "ordernumber", "orderid", "order", "receiptno",
        "receipt", "transactionid", "transaction", "documentno", "document", "salesrecordnumber", "rechnungsnummer",
    ),
    "sku": (
        "stockcode", "sku", "itemsku", "lineitemsku", "productcode", "itemcode", "itemnumber", "itemno", "articleno",
        "article", "code", "productid", "itemid", "partnumber", "artikelnummer", "referencia",
    ),
    "description": (
        "description", "productname", "itemname", "lineitemname", "itemtitle", "title", "product", "item", "name",
        "bezeichnung",
    ),
    "quantity": ("quantity", "qty", "lineitemquantity", "units", "pieces", "count", "amountsold", "menge", "cantidad"),
    "date": (
        "invoicedate", "orderdate", "date", "datetime", "createdat", "soldat", "saledate", "transactiondate", "paidat",
        "timestamp", "time", "datum", "fecha",
    ),
    "unit_price": (
        "unitprice", "price", "lineitemprice", "itemprice", "saleprice", "sellingprice", "priceeach", "soldfor", "rate",
        "preis", "precio",
    ),
    "customer": (
        "customerid", "customer", "customerno", "customernumber", "customercode", "clientid", "client", "buyer",
        "buyerid", "customeremail", "email", "kunde", "cliente",
    ),
    "country": ("country", "shippingcountry", "customercountry", "billingcountry", "shiptocountry", "land", "pais"),
}  # fmt: skip
FORBIDDEN = -200
SURE_NAME, LIKELY_NAME, PART_OF_NAME = 100, 60, 25
ENOUGH = 25
SUREST, SHORT = 3, 3
MOST = 0.8
MONTHS = 12
A_FEW = 5
DATE_LIKE = re.compile(r"\d{1,4}[-/.]([A-Za-z]{3}|\d{1,2})[-/.]\d{1,4}([ T].*)?")
LEADING_PARTS = re.compile(r"(\d{1,4})[-/.](\d{1,2})[-/.]\d{1,4}")
COMMA_DECIMALS = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+),\d{1,2}")


@dataclass(frozen=True, slots=True)
class Guess:
    """A proposed mapping. `doubts` are sentences about what a person should look at."""

    mapping: Mapping
    doubts: tuple[str, ...]


def guess_mapping(shape: Shape) -> Guess:
    """The likeliest mapping of the file's columns; fields that nothing fits stay unmapped."""
    samples = {name: [row[place] for row in shape.sample] for place, name in enumerate(shape.header)}
    scores = [
        (_name_score(field, column) + _value_score(field, values), -shape.header.index(column), field, column)
        for field in FIELDS
        for column, values in samples.items()
    ]
    columns: dict[str, str] = {}
    for score, _, field, column in sorted(scores, reverse=True):
        if score >= ENOUGH and field not in columns and column not in columns.values():
            columns[field] = column
    dates = samples.get(columns.get("date", ""), [])
    order, sure = _date_order(dates)
    numbers = [*samples.get(columns.get("unit_price", ""), []), *samples.get(columns.get("quantity", ""), [])]
    mapping = Mapping({field: columns[field] for field in FIELDS if field in columns}, order, _decimal_comma(numbers))
    doubts = [f"No column looks like {field.replace('_', ' ')}." for field in mapping.missing()]
    if not sure:
        doubts.append("The dates read either way: say whether the day or the month comes first.")
    return Guess(mapping, tuple(doubts))


def _name_score(field: str, column: str) -> int:
    bare = re.sub(r"[^a-z0-9]", "", column.lower())
    names = NAMES[field]
    if bare in names:
        return SURE_NAME if names.index(bare) < SUREST else LIKELY_NAME
    return PART_OF_NAME if any(len(name) > SHORT and name in bare for name in names) else 0


def _value_score(field: str, values: Sequence[Cell]) -> int:
    """What the values say for or against the field: FORBIDDEN outweighs any name."""
    filled = [value for value in values if plain_text(value)]
    if not filled:
        return 0
    dates = sum(_is_date(value) for value in filled) / len(filled)
    numbers = [number for number in map(_number, filled) if number is not None]
    numeric = len(numbers) / len(filled)
    if field == "date":
        return _fitting(dates, len(filled), 40)
    if dates > MOST:
        return FORBIDDEN
    if field in ("quantity", "unit_price"):
        whole = sum(number % SCALE == 0 for number in numbers) / len(filled)
        return _fitting(numeric, len(filled), round(20 * (whole if field == "quantity" else 1 - whole)))
    return FORBIDDEN if field in ("description", "country") and numeric > MOST else 0


def _fitting(share: float, count: int, bonus: int) -> int:
    """A few bad cells speak little against a column; none that fits, among many, rules it out."""
    if share == 0 and count > A_FEW:
        return FORBIDDEN
    return round(bonus * share - LIKELY_NAME * (1 - share))


def _is_date(value: Cell) -> bool:
    return isinstance(value, datetime) or bool(DATE_LIKE.fullmatch(plain_text(value)))


def _number(value: Cell) -> int | None:
    try:
        return read_number(plain_text(value))
    except ValueError:
        return _comma_number(plain_text(value))


def _comma_number(text: str) -> int | None:
    try:
        return read_number(text, decimal_comma=True)
    except ValueError:
        return None


def _date_order(values: Sequence[Cell]) -> tuple[DateOrder, bool]:
    """The order of day, month and year, and whether the sample leaves no other."""
    parts = [match for value in values if isinstance(value, str) and (match := LEADING_PARTS.match(value.strip()))]
    if not parts or all(len(match[1]) == FULL_YEAR for match in parts):
        return "ymd", True
    if any(int(match[1]) > MONTHS for match in parts):
        return "dmy", True
    if any(int(match[2]) > MONTHS for match in parts):
        return "mdy", True
    return "dmy", False


def _decimal_comma(values: Sequence[Cell]) -> bool:
    texts = [value.strip() for value in values if isinstance(value, str) and "," in value]
    return bool(texts) and all(COMMA_DECIMALS.fullmatch(text) for text in texts)
