"""Sheets and rolls of labels, what stands on one, and what its barcode says. Millimetres throughout."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

Kind = Literal["sku", "lot", "serial", "bin"]
Symbol = Literal["auto", "retail", "code128", "gs1_128", "qr", "datamatrix"]
Field = Literal["name", "code", "price", "lot", "expiry"]
MOST_LABELS = 1_000
RETAIL = {8: "EAN8", 12: "UPCA", 13: "EAN13"}
GS1_TEXT = re.compile(r"""^[!%-?A-Z_a-z"]{1,20}$""")  # GS1 General Specifications, figure 7.11-1
LATIN = re.compile(r"^[\x20-\x7e]+$")


@dataclass(frozen=True, slots=True)
class Sheet:
    """How labels lie on a page. A roll has one to a page."""

    code: str
    name: str
    page_width: float
    page_height: float
    columns: int
    rows: int
    width: float
    height: float
    left: float = 0
    top: float = 0
    gap_x: float = 0
    gap_y: float = 0

    @property
    def per_page(self) -> int:
        """Labels on one page."""
        return self.columns * self.rows

    def places(self, first: int, count: int) -> Iterator[tuple[int, float, float]]:
        """(page, x, y) of so many labels, the first page begun at label `first`, counted from 1 along the rows."""
        for number in range(first - 1, first - 1 + count):
            page, place = divmod(number, self.per_page)
            row, column = divmod(place, self.columns)
            yield page, self.left + column * (self.width + self.gap_x), self.top + row * (self.height + self.gap_y)


SHEETS: dict[str, Sheet] = {
    sheet.code: sheet
    for sheet in (
        Sheet("avery-l7160", "Avery L7160 · A4 · 21 of 63.5 × 38.1 mm", 210, 297, 3, 7, 63.5, 38.1, 7.2, 15.15, 2.5),
        Sheet("avery-l7159", "Avery L7159 · A4 · 24 of 63.5 × 33.9 mm", 210, 297, 3, 8, 63.5, 33.9, 6.5, 12.9, 2.5),
        Sheet("avery-l7163", "Avery L7163 · A4 · 14 of 99.1 × 38.1 mm", 210, 297, 2, 7, 99.1, 38.1, 4.65, 15.15, 2.5),
        Sheet("avery-l7651", "Avery L7651 · A4 · 65 of 38.1 × 21.2 mm", 210, 297, 5, 13, 38.1, 21.2, 4.75, 10.7, 2.5),
        Sheet("avery-5160", "Avery 5160 · Letter · 30 of 66.7 × 25.4 mm", 215.9, 279.4, 3, 10, 66.675, 25.4,
              4.7625, 12.7, 3.175),
        Sheet("avery-5163", "Avery 5163 · Letter · 10 of 101.6 × 50.8 mm", 215.9, 279.4, 2, 5, 101.6, 50.8,
              4.05, 12.7, 4.6),
        Sheet("roll-57x32", "Roll · 57 × 32 mm", 57, 32, 1, 1, 57, 32),
        Sheet("roll-62x29", "Roll · 62 × 29 mm", 62, 29, 1, 1, 62, 29),
        Sheet("roll-100x50", "Roll · 100 × 50 mm", 100, 50, 1, 1, 100, 50),
        Sheet("roll-100x150", "Roll · 100 × 150 mm", 100, 150, 1, 1, 100, 150),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Thing:
    """What a label is for."""

    kind: Kind
    code: str
    name: str
    gtins: tuple[str, ...] = ()
    price: str | None = None
    lot: str | None = None
    expires_on: date | None = None
    serial: str | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """A barcode to draw: its symbology as the drawing library names it, its content, whether it is GS1's."""

    format: str
    content: str
    gs1: bool = False

    @property
    def square(self) -> bool:
        """Whether it is a matrix, drawn beside the text."""
        return self.format in {"QRCode", "DataMatrix"}


class CannotEncodeError(ValueError):
    """The code has letters that this barcode does not know."""


def code_for(thing: Thing, symbol: Symbol) -> Code:
    """The barcode of a label. Raises CannotEncodeError, with a sentence."""
    gs1 = element_strings(thing)
    if symbol == "auto":
        return _fitting(thing, gs1)
    if symbol == "retail":
        return _retail(thing.gtins)
    if symbol == "gs1_128":
        if not gs1:
            raise CannotEncodeError(f"{thing.code} has no EAN, UPC or GTIN, which GS1-128 begins with")
        return Code("Code128", gs1, gs1=True)
    if symbol == "code128":
        return _code128(thing)
    return _matrix(thing, "QRCode" if symbol == "qr" else "DataMatrix", gs1)


def _fitting(thing: Thing, gs1: str) -> Code:
    """The symbol that says most of it and that its letters allow."""
    if thing.kind == "sku" and thing.gtins:
        return _retail(thing.gtins)
    if thing.kind in {"lot", "serial"}:
        return Code("DataMatrix", gs1, gs1=True) if gs1 else Code("DataMatrix", plain_of(thing))
    return _code128(thing) if LATIN.match(plain_of(thing)) else _matrix(thing, "QRCode", gs1)


def _code128(thing: Thing) -> Code:
    if not LATIN.match(plain_of(thing)):
        raise CannotEncodeError(f"{plain_of(thing)} has letters that Code 128 does not know; choose QR")
    return Code("Code128", plain_of(thing))


def _matrix(thing: Thing, form: str, gs1: str) -> Code:
    if gs1 and thing.kind in {"lot", "serial"}:
        return Code(form, gs1, gs1=True)
    return Code(form, plain_of(thing))


def _retail(gtins: tuple[str, ...]) -> Code:
    for gtin in gtins:
        if form := RETAIL.get(len(gtin)):
            return Code(form, gtin)
    raise CannotEncodeError("It has no EAN-8, EAN-13 or UPC among its barcodes")


def plain_of(thing: Thing) -> str:
    """The code as it is typed: of a lot or serial its own, not its SKU's."""
    return thing.serial or thing.lot or thing.code


def element_strings(thing: Thing) -> str:
    """GTIN, expiry, lot and serial in brackets; empty when there is no GTIN or a code has letters GS1 has not."""
    named = [value for value in (thing.lot, thing.serial) if value]
    if not thing.gtins or not all(GS1_TEXT.match(value) for value in named):
        return ""
    parts = [f"(01){thing.gtins[0].zfill(14)}"]
    parts += [f"(17){thing.expires_on:%y%m%d}"] if thing.expires_on else []
    parts += [f"(10){thing.lot}"] if thing.lot else []
    parts += [f"(21){thing.serial}"] if thing.serial else []
    return "".join(parts)
