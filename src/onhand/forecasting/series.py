"""Between the ledger's days and the engine's arrays: building, packing and stacking series."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

import numpy as np

from onhand import demand

if TYPE_CHECKING:
    from collections.abc import Sequence

HISTORY_DAYS = 730
WAITING_DAYS = 28
"""A shelf that is still empty after so long is taken to be given up: from then on nothing sold means nothing wanted."""
QUIET_DAYS = 7
EPOCH = date(2000, 1, 1)
"""Days come from the database as numbers since then."""


@dataclass(frozen=True)
class LedgerDays:
    """One SKU at one warehouse as the ledger tells it, on days with movements only; arrays of equal length.

    Attributes:
        sku_id: The SKU.
        warehouse_id: The warehouse.
        days: Days since `EPOCH`, rising.
        sold: Units that left by sales.
        returned: Units that came back.
        change: Units by which stock changed for whatever reason.
        live: Whether the last movement was recorded when it happened, so that an empty shelf really was empty.
    """

    sku_id: UUID
    warehouse_id: UUID
    days: demand.Ints
    sold: demand.Floats
    returned: demand.Floats
    change: demand.Floats
    live: bool


@dataclass(frozen=True)
class Series:
    """Dense days of one SKU at one warehouse."""

    sku_id: UUID
    warehouse_id: UUID
    first_day: date
    sold: demand.Floats
    returned: demand.Floats | None
    missing: demand.Bools | None


def last_day(last_sale: date | None, today: date) -> date:
    """The last day of history: yesterday while the organization sells, else its last day with a sale.

    Today is left out because it is not over, unless it is all there is; an imported past ends where its file ends.
    """
    yesterday = today - timedelta(days=1)
    if last_sale is None:
        return yesterday
    return yesterday if yesterday - timedelta(days=QUIET_DAYS) <= last_sale <= yesterday else min(last_sale, today)


def dense(ledger: LedgerDays, through: date) -> Series:
    """One value per day from the first movement to `through`, with days out of stock marked.

    Out of stock is a day that began and ended empty and sold nothing; a gap counts in full once goods came back, and
    while it lasts for `WAITING_DAYS` if stock is recorded as it happens.
    """
    first = EPOCH + timedelta(days=int(ledger.days[0])) if len(ledger.days) else through
    length = max((through - first).days + 1, 1)
    place = ledger.days - (first - EPOCH).days
    kept = place < length

    def spread(values: demand.Floats) -> demand.Floats:
        days = np.zeros(length, dtype=np.float32)
        days[place[kept]] = values[kept]
        return days

    sold, returned = spread(ledger.sold), spread(ledger.returned)
    missing = _missing(np.cumsum(spread(ledger.change)), sold, live=ledger.live)
    return Series(
        ledger.sku_id,
        ledger.warehouse_id,
        first,
        sold,
        returned if returned.any() else None,
        missing if missing.any() else None,
    )


def _missing(stock: demand.Floats, sold: demand.Floats, *, live: bool) -> demand.Bools:
    empty = stock < 0.5e-3  # noqa: PLR2004 (float32 sums of exact quantities)
    gone: demand.Bools = empty & np.concatenate([[False], empty[:-1]]) & (sold == 0)
    filled = np.flatnonzero(~empty)
    tail = int(filled[-1]) + 1 if len(filled) else len(gone)
    gone[tail + (1 + WAITING_DAYS if live else 0) :] = False
    return gone


def stack(series: Sequence[Series], through: date, closed: set[date]) -> demand.History:
    """Series of different length as one history that ends on `through`, at most `HISTORY_DAYS` long."""
    first = min((one.first_day for one in series), default=through)
    first = max(min(first, through), through - timedelta(days=HISTORY_DAYS - 1))
    days = (through - first).days + 1
    sold, returned = np.zeros((2, len(series), days), dtype=np.float32)
    missing = np.zeros((len(series), days), dtype=bool)
    for row, one in enumerate(series):
        _place(sold[row], one.sold, one.first_day, first)
        if one.returned is not None:
            _place(returned[row], one.returned, one.first_day, first)
        if one.missing is not None:
            _place(missing[row], _still_out(one.missing), one.first_day, first)
    shut = np.array([first + timedelta(days=ahead) in closed for ahead in range(days)], dtype=bool)
    return demand.History(first, sold, returned if returned.any() else None, missing if missing.any() else None, shut)


def _still_out(missing: demand.Bools) -> demand.Bools:
    """A shelf that was empty when the series was built stays empty: nothing has moved since, or it were rebuilt."""
    filled = np.flatnonzero(~missing)
    out_for = len(missing) - (int(filled[-1]) + 1 if len(filled) else 0)
    if out_for == 0:
        return missing
    return np.concatenate([missing, np.ones(max(WAITING_DAYS - out_for, 0), dtype=bool)])


def _place(row: demand.Floats | demand.Bools, values: demand.Floats | demand.Bools, starts: date, first: date) -> None:
    """Copy values that start on one day into a row that starts on another, as far as they overlap."""
    shift = (starts - first).days
    source = values[max(-shift, 0) : max(len(row) - shift, 0)]
    row[max(shift, 0) : max(shift, 0) + len(source)] = source


def together(series: Sequence[Series], through: date) -> Series:
    """One SKU over all its warehouses; out of stock only where every one of them was."""
    history = stack(series, through, set())
    missing: demand.Bools | None = None if history.missing is None else np.all(history.missing, axis=0)
    returned = None if history.returned is None else history.returned.sum(axis=0)
    sold = history.sold.sum(axis=0)
    return Series(series[0].sku_id, series[0].warehouse_id, history.first_day, sold, returned, missing)


def packed(one: Series) -> tuple[bytes, bytes | None, bytes | None]:
    """The arrays as the table keeps them."""
    return (
        one.sold.astype("<f4").tobytes(),
        None if one.returned is None else one.returned.astype("<f4").tobytes(),
        None if one.missing is None else one.missing.astype(np.uint8).tobytes(),
    )


def unpacked(
    sku_id: UUID, warehouse_id: UUID, first_day: date, sold: bytes, returned: bytes | None, missing: bytes | None
) -> Series:
    """The arrays of a stored row."""
    return Series(
        sku_id,
        warehouse_id,
        first_day,
        np.frombuffer(sold, "<f4"),
        None if returned is None else np.frombuffer(returned, "<f4"),
        None if missing is None else np.frombuffer(missing, np.uint8).astype(bool),
    )
