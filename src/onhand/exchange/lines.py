"""The lines of a sales file as columns: read, judged and counted a third of a million at a time."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import product
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np

from onhand.exchange.cells import Cell, Column, Flags, Numbers, Table, plain_text
from onhand.exchange.domain import (
    EARLIEST,
    FIELDS,
    LONGEST,
    REQUIRED,
    SCALE,
    Kind,
    LineError,
    Mapping,
    Options,
    Summary,
    goods_pattern,
    kind_of,
    read_number,
    read_time,
    stock_sign,
)  # fmt: skip
from onhand.exchange.errors import MissingColumns, UnknownTimeZone
from onhand.kernel import now, plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from numpy.typing import NDArray

Texts = list[str]
UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffd]")


@dataclass(frozen=True, slots=True)
class Lines:
    """Accepted lines, in the order of the file; all arrays have one entry per line.

    `invoice`, `sku`, `description`, `customer`, `country` are places in `texts[field]`, -1 where the cell is empty.
    `quantity`, `price` and `change` (of stock) are in millionths, `at` in seconds since 1970 UTC. `occurrence` counts
    the lines of one code within one invoice from 1, also those left out, so that mending a line moves no other's key.
    """

    line: Numbers
    invoice: Numbers
    sku: Numbers
    description: Numbers
    customer: Numbers
    country: Numbers
    quantity: Numbers
    price: Numbers
    at: Numbers
    kind: NDArray[np.int8]
    change: Numbers
    occurrence: Numbers
    duplicate: Flags
    texts: dict[str, Texts]

    def __len__(self) -> int:
        return len(self.line)

    def take(self, chosen: Flags | Numbers) -> Lines:
        """Only the chosen lines, by flag or by place."""
        arrays = {name: getattr(self, name)[chosen] for name in self.__slots__ if name != "texts"}
        return Lines(**arrays, texts=self.texts)


@dataclass(frozen=True, slots=True)
class Reading:
    """What came out of a file: lines to post, what was wrong, and the counts."""

    lines: Lines
    errors: list[LineError]
    summary: Summary


def zone_named(name: str) -> ZoneInfo:
    """The time zone of that name. Raises UnknownTimeZone."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as problem:
        raise UnknownTimeZone(name=name) from problem


def wanted_columns(mapping: Mapping) -> list[str]:
    """The file's columns that the mapping uses. Raises MissingColumns when a needed field has none."""
    missing = mapping.missing()
    if missing:
        raise MissingColumns(
            missing=", ".join(name.replace("_", " ") for name in missing),
            columns=", ".join(mapping.columns.values()) or "none",
        )
    return list(dict.fromkeys(mapping.columns[field] for field in FIELDS if mapping.columns.get(field)))


def read_lines(table: Table, mapping: Mapping, options: Options) -> Reading:
    """Judge every line of the table. Raises MissingColumns or UnknownTimeZone; all else is reported per line."""
    wanted_columns(mapping)
    reader = _Reader(table, mapping, options)
    return reader.reading()


class _Reader:
    """One pass over a table; each distinct value is read once, then handed to its lines by place."""

    def __init__(self, table: Table, mapping: Mapping, options: Options) -> None:
        self.table, self.mapping, self.options = table, mapping, options
        self.size = len(table.lines)
        self.faults: dict[int, LineError] = {}  # by row: the first thing wrong with it
        self.good: Flags = np.ones(self.size, np.bool_)
        self.texts: dict[str, Texts] = {}

    def reading(self) -> Reading:
        invoice, sku = self._text("invoice"), self._text("sku", merge=True)
        description, customer, country = (self._text(name) for name in ("description", "customer", "country"))
        quantity, price = self._numbers("quantity"), self._numbers("unit_price")
        at = self._times()
        kind = self._kinds(invoice, sku, quantity, price)
        signs = np.array([stock_sign(each) for each in Kind], np.int64)
        duplicate = self._duplicates()
        every = Lines(
            self.table.lines, invoice, sku, description, customer, country, quantity, price, at, kind,
            quantity * signs[kind], _occurrences(invoice, sku, len(self.texts["sku"])), duplicate, self.texts,
        )  # fmt: skip
        keep = self.good & ~duplicate if self.options.drop_duplicates else self.good
        lines = every.take(keep)
        errors = sorted([*self.table.errors, *self.faults.values()], key=lambda error: error.line)
        return Reading(lines, errors, self._summary(every, lines, errors))

    def _column(self, field: str) -> Column | None:
        name = self.mapping.columns.get(field)
        return self.table.columns[name] if name else None

    def _refuse(self, field: str, rows: Iterable[int], value: str, reason: str) -> None:
        column = self.mapping.columns.get(field) or field
        for row in rows:
            if row not in self.faults:
                self.faults[row] = LineError(int(self.table.lines[row]), column, value[:200], reason)
                self.good[row] = False

    def _by_value(self, field: str, read: Callable[[Cell], int], empty: int) -> Numbers:
        """Apply `read` once per distinct value; a ValueError refuses the value's lines."""
        column = self._column(field)
        if column is None:
            return np.full(self.size, empty, np.int64)
        results = np.full(len(column.values), empty, np.int64)
        for code, value in enumerate(column.values):
            blank = value is None or (isinstance(value, str) and not value.strip())
            if blank and field not in REQUIRED:
                continue
            try:
                if blank:
                    raise ValueError("is missing")
                results[code] = read(value)
            except ValueError as problem:
                rows = np.flatnonzero(column.codes == code)
                self._refuse(field, rows.tolist(), plain_text(value), f"{field.replace('_', ' ')} {problem}")
        return results[column.codes]

    def _text(self, field: str, *, merge: bool = False) -> Numbers:
        """Places in `texts[field]`. With `merge`, spellings that differ in case alone share the upper-case one."""
        places: dict[str, int] = {}
        limit = LONGEST[field]

        def read(value: Cell) -> int:
            text = unicodedata.normalize("NFC", plain_text(value))
            if UNPRINTABLE.search(text):
                raise ValueError("has characters that are no text in this encoding")
            if len(text) > limit:
                raise ValueError(f"is longer than {limit} characters")
            return places.setdefault(text.upper() if merge else text, len(places))

        result = self._by_value(field, read, -1)
        self.texts[field] = list(places)
        return result

    def _numbers(self, field: str) -> Numbers:
        comma = self.mapping.decimal_comma

        def read(value: Cell) -> int:
            return read_number(str(value).strip(), decimal_comma=comma and isinstance(value, str))

        return self._by_value(field, read, 0)

    def _times(self) -> Numbers:
        zone, order = zone_named(self.options.timezone), self.mapping.date_order
        latest = now() + timedelta(days=1)  # clocks and zones differ; more than a day ahead is a mistake

        def read(value: Cell) -> int:
            return read_time(value if isinstance(value, datetime) else plain_text(value), zone, latest, order)

        return self._by_value("date", read, 0)

    def _kinds(self, invoice: Numbers, sku: Numbers, quantity: Numbers, price: Numbers) -> NDArray[np.int8]:
        """The rule of `kind_of`, worked out once for each of its 36 cases and then looked up."""
        signs = (0, 1, -1)  # in the order that the places 0, 1 and -1 of an array have
        cases = [
            kind_of(goods=goods, cancelled=cancelled, quantity_sign=quantity_sign, price_sign=price_sign)
            for goods, cancelled, quantity_sign, price_sign in product((False, True), (False, True), signs, signs)
        ]
        rule = np.array(cases, np.int8).reshape(2, 2, 3, 3)
        money = goods_pattern(self.options.not_goods)
        goods = _looked_up([not money.fullmatch(code) for code in self.texts["sku"]], sku)
        cancelled = _looked_up([name[:1] in "Cc" for name in self.texts["invoice"]], invoice)
        kind: NDArray[np.int8] = rule[goods.astype(int), cancelled.astype(int), np.sign(quantity), np.sign(price)]
        self._refuse_where(self.good & (quantity == 0), "quantity", "quantity is zero")
        wrong = self.good & (kind == Kind.RETURN) & (quantity > 0)
        self._refuse_where(wrong, "quantity", "quantity of a cancellation must be negative")
        return kind

    def _refuse_where(self, rows: Flags, field: str, reason: str) -> None:
        column = self._column(field)
        for row in np.flatnonzero(rows).tolist():
            value = plain_text(column.values[column.codes[row]]) if column else ""
            self._refuse(field, [row], value, reason)

    def _duplicates(self) -> Flags:
        """Lines that equal an earlier one in every mapped column."""
        group = np.zeros(self.size, np.int64)
        for column in self.table.columns.values():
            _, group = np.unique(group * len(column.values) + column.codes, return_inverse=True)
        _, first = np.unique(group, return_index=True)
        duplicate = np.ones(self.size, np.bool_)
        duplicate[first] = False
        return duplicate

    def _summary(self, every: Lines, lines: Lines, errors: Sequence[LineError]) -> Summary:
        repeated = int((every.duplicate & self.good).sum())
        goods = lines.kind != Kind.CHARGE
        known = lines.customer[lines.customer >= 0]
        charges = Counter(self.texts["sku"][place] for place in lines.sku[~goods].tolist())
        kinds = {kind: lines.kind == kind for kind in Kind}
        return Summary(
            lines=self.size + len(self.table.errors),
            accepted=len(lines),
            failed=len(errors),
            kinds={kind.word: int(chosen.sum()) for kind, chosen in kinds.items()},
            units={kind.word: plain_units(_total(lines.quantity[chosen])) for kind, chosen in kinds.items()},
            invoices=len(np.unique(lines.invoice)),
            skus=len(np.unique(lines.sku[goods])),
            merged=self._merged(),
            charge_codes=dict(charges.most_common()),
            duplicates=repeated,
            duplicates_dropped=repeated if self.options.drop_duplicates else 0,
            customers=len(np.unique(known)),
            without_customer=len(lines) - len(known),
            first_at=_iso(lines.at.min()) if len(lines) else None,
            last_at=_iso(lines.at.max()) if len(lines) else None,
        )

    def _merged(self) -> dict[str, list[str]]:
        """SKUs that the file spells in more than one way."""
        column = self._column("sku")
        used = set(np.unique(column.codes[self.good]).tolist()) if column else set()
        spellings: dict[str, set[str]] = {}
        for code in used:
            text = plain_text(column.values[code]) if column else ""
            spellings.setdefault(text.upper(), set()).add(text)
        return {sku: sorted(found) for sku, found in sorted(spellings.items()) if len(found) > 1}


def _looked_up(answers: list[bool], places: Numbers) -> Flags:
    """The answer for each line; an empty cell (place -1) answers no."""
    return np.array([*answers, False], np.bool_)[places]


def _occurrences(invoice: Numbers, sku: Numbers, skus: int) -> Numbers:
    group = invoice * (skus + 1) + sku
    order = np.argsort(group, kind="stable")
    ordered = group[order]
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]]) if len(ordered) else np.empty(0, np.int64)
    lengths = np.diff(np.r_[starts, len(ordered)])
    result = np.empty(len(group), np.int64)
    result[order] = np.arange(len(ordered)) - np.repeat(starts, lengths) + 1
    return result


def _total(millionths: Numbers) -> int:
    """A sum that cannot overflow: whole units and the rest apart."""
    return int((millionths // SCALE).sum()) * SCALE + int((millionths % SCALE).sum())


def plain_units(millionths: int) -> str:
    """Millionths as a plain decimal text."""
    return plain(Decimal(millionths) / SCALE)


def _iso(seconds: int | np.int64) -> str:
    return (EARLIEST + timedelta(seconds=int(seconds))).astimezone(UTC).isoformat().replace("+00:00", "Z")
