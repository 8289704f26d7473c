from __future__ import annotations

import pytest

from onhand.infra.tabular import Cell, Shape
from onhand.salesfile.mapping import guess_mapping


def shape(header: list[str], *rows: list[str]) -> Shape:
    return Shape("csv", header, [list[Cell](row) for row in rows])


REAL = [
    ["536365", "85123A", "WHITE HEART", "6", "2010-12-01 08:26:00", "2.55", "17850", "United Kingdom"],
    ["536366", "22633", "HAND WARMER", "-1", "2010-12-01 08:28:00", "1.85", "", "France"],
]
FIELDS = ["invoice", "sku", "description", "quantity", "date", "unit_price", "customer", "country"]


@pytest.mark.parametrize("header", [
    ["invoice_no", "stock_code", "description", "quantity", "invoice_date", "unit_price", "customer_id", "country"],
    ["InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "UnitPrice", "CustomerID", "Country"],
    ["Invoice", "StockCode", "Description", "Quantity", "InvoiceDate", "Price", "Customer ID", "Country"],
    ["Order ID", "Lineitem sku", "Lineitem name", "Lineitem quantity", "Created at", "Lineitem price", "Email",
     "Shipping Country"],
    ["Receipt", "Code", "Product", "Qty", "Date", "Rate", "Buyer", "Country"],
])  # fmt: skip
def test_columns_are_known_by_the_names_shops_use(header: list[str]) -> None:
    guess = guess_mapping(shape(header, *REAL))
    assert guess.mapping.columns == dict(zip(FIELDS, header, strict=True))
    assert guess.doubts == ()


def test_columns_may_stand_in_any_order() -> None:
    header = ["country", "price", "date", "qty", "title", "sku", "invoice"]
    row = ["France", "2.55", "2010-12-01", "6", "WHITE HEART", "85123A", "536365"]
    assert guess_mapping(shape(header, row)).mapping.columns == {
        "invoice": "invoice", "sku": "sku", "description": "title", "quantity": "qty", "date": "date",
        "unit_price": "price", "country": "country",
    }  # fmt: skip


def test_values_outweigh_a_misleading_name() -> None:
    header = ["order", "sku", "date", "price", "quantity", "order date"]
    row = ["536365", "85123A", "delivered", "2.55", "6", "2010-12-01"]
    assert guess_mapping(shape(header, row)).mapping.columns["date"] == "order date"


def test_what_nothing_fits_is_left_open_and_said() -> None:
    guess = guess_mapping(shape(["a", "b"], ["x", "y"]))
    assert guess.mapping.columns == {}
    assert guess.mapping.missing() == ["invoice", "sku", "quantity", "date", "unit_price"]
    assert "No column looks like unit price." in guess.doubts


@pytest.mark.parametrize(("dates", "order", "sure"), [
    (["2010-12-01", "2010-12-31"], "ymd", True), (["31/12/2010", "01/12/2010"], "dmy", True),
    (["12/31/2010", "12/01/2010"], "mdy", True), (["01/02/2010", "03/04/2010"], "dmy", False),
])  # fmt: skip
def test_day_first_or_month_first_shows_in_the_values(dates: list[str], order: str, *, sure: bool) -> None:
    header = ["invoice", "sku", "quantity", "price", "date"]
    guess = guess_mapping(shape(header, *(["1", "A", "1", "2.5", date] for date in dates)))
    assert guess.mapping.date_order == order
    assert (guess.doubts == ()) is sure


def test_a_decimal_comma_shows_in_the_values() -> None:
    header = ["invoice", "sku", "quantity", "price", "date"]
    assert guess_mapping(shape(header, ["1", "A", "1", "2,55", "2010-12-01"])).mapping.decimal_comma
    assert not guess_mapping(shape(header, ["1", "A", "1", "1,234.50", "2010-12-01"])).mapping.decimal_comma
