"""Which column of a sales file is which: guessed, then up to a person."""

from __future__ import annotations

from dataclasses import dataclass

from onhand.infra.tabular import DateOrder, Holds, Shape, guess_columns, guess_date_order, guess_decimal_comma
from onhand.salesfile.domain import REQUIRED

HOLDS: dict[str, Holds] = {
    "invoice": "code", "sku": "code", "description": "words", "quantity": "wholes", "date": "times",
    "unit_price": "numbers", "customer": "code", "country": "words",
}  # fmt: skip
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


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which column of the file holds which field, and how its dates and numbers are written."""

    columns: dict[str, str]
    date_order: DateOrder = "ymd"
    decimal_comma: bool = False

    def missing(self) -> list[str]:
        """Fields that a sales line cannot do without and that no column is mapped to."""
        return [name for name in REQUIRED if not self.columns.get(name)]


@dataclass(frozen=True, slots=True)
class Guess:
    """A proposed mapping. `doubts` are sentences about what a person should look at."""

    mapping: Mapping
    doubts: tuple[str, ...]


def guess_mapping(shape: Shape) -> Guess:
    """The likeliest mapping of the file's columns; fields that nothing fits stay unmapped."""
    columns = guess_columns(shape, NAMES, HOLDS)
    order, sure = guess_date_order(shape.cells(columns.get("date")))
    comma = guess_decimal_comma([*shape.cells(columns.get("unit_price")), *shape.cells(columns.get("quantity"))])
    mapping = Mapping(columns, order, comma)
    doubts = [f"No column looks like {field.replace('_', ' ')}." for field in mapping.missing()]
    if not sure:
        doubts.append("The dates read either way: say whether the day or the month comes first.")
    return Guess(mapping, tuple(doubts))
