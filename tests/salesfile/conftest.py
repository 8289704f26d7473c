from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from onhand.infra.tabular import describe, read_table
from onhand.salesfile.domain import Options
from onhand.salesfile.lines import Reading, read_lines, wanted_columns
from onhand.salesfile.mapping import guess_mapping

HEADER = "invoice_no,stock_code,description,quantity,invoice_date,unit_price,customer_id,country"
GIFT_SHOP = Options(currency="GBP", timezone="Europe/London", warehouse="MAIN")

WriteFile = Callable[..., Path]
ReadFile = Callable[..., Reading]


A_LINE = {
    "invoice": "536365",
    "sku": "85123A",
    "description": "WHITE HANGING HEART",
    "quantity": "6",
    "date": "2010-12-01 08:26:00",
    "price": "2.55",
    "customer": "17850",
    "country": "United Kingdom",
}


def a_line(**cells: str) -> str:
    return ",".join({**A_LINE, **cells}.values())


@pytest.fixture
def write(tmp_path: Path) -> WriteFile:
    def write_file(*rows: str, header: str = HEADER, encoding: str = "utf-8", name: str = "sales.csv") -> Path:
        path = tmp_path / name
        path.write_bytes("\n".join([header, *rows, ""]).encode(encoding))
        return path

    return write_file


@pytest.fixture
def read() -> ReadFile:
    def read_file(path: Path, options: Options = GIFT_SHOP) -> Reading:
        shape = describe(path)
        mapping = guess_mapping(shape).mapping
        return read_lines(read_table(path, shape, wanted_columns(mapping)), mapping, options)

    return read_file


@pytest.fixture
def line() -> Callable[..., str]:
    return a_line


@pytest.fixture(scope="session")
def shared_data() -> Path:
    folder = Path(os.environ.get("ONHAND_SHARED", "../shared")) / "data"
    if not folder.is_dir():
        pytest.skip("the shared data folder is not here (ONHAND_SHARED)")
    return folder
