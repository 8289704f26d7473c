"""The lines of a sales file as columns: read, judged and counted a third of a million at a time."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from onhand.infra.tabular import SCALE, Fault, Flags, Judge, Numbers, Table, decimal_of, moment_of, zone_named
from onhand.kernel import plain
from onhand.salesfile.domain import (
    CANCELLATION,
    FIELDS,
    LONGEST,
    REQUIRED,
    Kind,
    Options,
    Summary,
    goods_pattern,
    kind_of,
    stock_sign,
)
from onhand.salesfile.errors import MissingColumns

if TYPE_CHECKING:
    from onhand.salesfile.mapping import Mapping

Texts = list[str]


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
    kind: Numbers
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
    faults: list[Fault]
    dropped: list[int]  # lines left out as duplicates
    summary: Summary


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
    judge = Judge(table, mapping.columns, REQUIRED)
    invoice, sku = judge.text("invoice", LONGEST["invoice"]), judge.text("sku", LONGEST["sku"], merge=True)
    description, customer, country = (
        judge.text(name, LONGEST[name]) for name in ("description", "customer", "country")
    )
    quantity, price = (judge.numbers(name, decimal_comma=mapping.decimal_comma) for name in ("quantity", "unit_price"))
    at = judge.times("date", zone_named(options.timezone), mapping.date_order)
    kind = _kinds(judge, (invoice, sku, quantity, price), options)
    signs = np.array([stock_sign(each) for each in Kind], np.int64)
    repeated = judge.repeated()
    every = Lines(
        table.lines, invoice, sku, description, customer, country, quantity, price, at, kind, quantity * signs[kind],
        _occurrences(invoice, sku, len(judge.texts["sku"])), repeated, judge.texts,
    )  # fmt: skip
    keep = judge.good & ~repeated if options.drop_duplicates else judge.good
    lines, dropped = every.take(keep), table.lines[judge.good & ~keep].tolist()
    duplicates = int((repeated & judge.good).sum())
    faults = judge.faults()
    summary = _summary(lines, judge.spellings("sku"), len(faults))
    summary = replace(
        summary, lines=judge.size + len(table.faults), duplicates=duplicates, duplicates_dropped=len(dropped)
    )
    return Reading(lines, faults, dropped, summary)


def _kinds(judge: Judge, columns: tuple[Numbers, Numbers, Numbers, Numbers], options: Options) -> Numbers:
    """The rule of `kind_of`, worked out once for each of its 36 cases and then looked up."""
    invoice, sku, quantity, price = columns
    signs = (0, 1, -1)  # in the order that the places 0, 1 and -1 of an array have
    cases = [
        kind_of(goods=goods, cancelled=cancelled, quantity_sign=quantity_sign, price_sign=price_sign)
        for goods, cancelled, quantity_sign, price_sign in product((False, True), (False, True), signs, signs)
    ]
    rule = np.array(cases, np.int64).reshape(2, 2, 3, 3)
    money = goods_pattern(options.not_goods)
    goods = _looked_up([not money.fullmatch(code) for code in judge.texts["sku"]], sku)
    cancelled = _looked_up([bool(CANCELLATION.fullmatch(name)) for name in judge.texts["invoice"]], invoice)
    if (quantity[cancelled] > 0).sum() > (quantity[cancelled] < 0).sum():  # a shop whose invoices all begin with C
        cancelled = np.zeros_like(cancelled)
    kind: Numbers = rule[goods.astype(int), cancelled.astype(int), np.sign(quantity), np.sign(price)]
    judge.refuse(judge.good & (quantity == 0), "quantity", "quantity is zero")
    wrong = judge.good & (kind == Kind.RETURN) & (quantity > 0)
    judge.refuse(wrong, "quantity", "quantity of a cancellation must be negative")
    return kind


def _summary(lines: Lines, merged: dict[str, list[str]], failed: int) -> Summary:
    goods = lines.kind != Kind.CHARGE
    known = lines.customer[lines.customer >= 0]
    charges = Counter(lines.texts["sku"][place] for place in lines.sku[~goods].tolist())
    kinds = {kind: lines.kind == kind for kind in Kind}
    return Summary(
        accepted=len(lines),
        failed=failed,
        kinds={kind.word: int(chosen.sum()) for kind, chosen in kinds.items()},
        units={kind.word: plain_units(_total(lines.quantity[chosen])) for kind, chosen in kinds.items()},
        invoices=len(np.unique(lines.invoice)),
        skus=len(np.unique(lines.sku[goods])),
        merged=merged,
        charge_codes=dict(charges.most_common()),
        customers=len(np.unique(known)),
        without_customer=len(lines) - len(known),
        first_at=_iso(lines.at.min()) if len(lines) else None,
        last_at=_iso(lines.at.max()) if len(lines) else None,
    )


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
    return plain(decimal_of(millionths))


def _iso(seconds: int | np.int64) -> str:
    return moment_of(int(seconds)).isoformat().replace("+00:00", "Z")
