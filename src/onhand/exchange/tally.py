"""What came of a run, kept with it from chunk to chunk."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from decimal import Decimal
from heapq import merge
from typing import TYPE_CHECKING, Any

import msgspec
import numpy as np

from onhand import salesfile
from onhand.kernel import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onhand import ledger
    from onhand.exchange.filed import Filed


@dataclass(slots=True)
class Opening:
    """The balance that was posted at the start because a file of sales says only what left."""

    units: str = "0"
    skus: int = 0
    at: str | None = None


@dataclass(slots=True)
class Tally:
    """Lines by what became of them, and what else the run made. Units are plain decimals."""

    posted: dict[str, int] = field(default_factory=dict)
    unchanged: int = 0
    differing: int = 0
    failed: int = 0
    dropped: int = 0
    shortages: int = 0
    short_units: str = "0"
    orders: int = 0
    opening: Opening = field(default_factory=Opening)
    new_skus: int = 0
    new_customers: int = 0
    warehouse_id: str = ""
    seconds: float = 0.0

    @classmethod
    def of(cls, kept: dict[str, Any] | None) -> Tally:
        """The tally as the run keeps it; an empty one for a run that has none yet."""
        return msgspec.convert(kept or {}, cls)

    def with_shortages(self, outcomes: Sequence[ledger.Outcome]) -> Tally:
        """The tally after a chunk: facts that the stock could not cover are counted, never hidden."""
        short = [line.shortage for outcome in outcomes for line in outcome.lines if line.shortage > 0]
        units = plain(Decimal(self.short_units) + sum(short, Decimal(0)))
        return replace(self, shortages=self.shortages + len(short), short_units=units)

    def take(self, counted: Tally) -> None:
        """Become what a chunk that is now committed has counted."""
        self.shortages, self.short_units = counted.shortages, counted.short_units

    def count(self, reading: salesfile.Reading, filed: Filed) -> None:
        """The lines of the whole file, by what became of them."""
        own = reading.lines.take(filed.fresh | filed.mine)
        self.posted = {kind.word: int((own.kind == kind).sum()) for kind in salesfile.Kind}
        self.orders = len(np.unique(own.invoice[own.kind != salesfile.Kind.WRITE_OFF]))
        self.unchanged, self.differing = int(filed.same.sum()), int(filed.differing.sum())
        self.failed, self.dropped = len(reading.faults), len(reading.dropped)


RESULT_COLUMNS = ("line", "outcome", "invoice", "sku", "reason")


def outcome_rows(reading: salesfile.Reading, filed: Filed) -> Iterator[tuple[int, str, str, str, str]]:
    """What became of each line of the file, in its order, as RESULT_COLUMNS."""
    lines, words = reading.lines, [kind.word for kind in salesfile.Kind]
    invoices, skus = lines.texts["invoice"], lines.texts["sku"]
    columns = zip(
        lines.line.tolist(), lines.kind.tolist(), lines.invoice.tolist(), lines.sku.tolist(),
        filed.same.tolist(), filed.differing.tolist(), strict=True,
    )  # fmt: skip
    accepted = (
        (line, *_outcome(words[kind], same=same, differing=differing), invoices[invoice], skus[sku])
        for line, kind, invoice, sku, same, differing in columns
    )
    taken = ((line, outcome, invoice, sku, reason) for line, outcome, reason, invoice, sku in accepted)
    dropped = ((line, "dropped", "", "", "repeats an earlier line exactly") for line in sorted(reading.dropped))
    failed = ((fault.line, "failed", "", "", fault.reason) for fault in reading.faults)
    return merge(taken, dropped, failed)


def _outcome(word: str, *, same: bool, differing: bool) -> tuple[str, str]:
    if differing:
        return "differs", "was imported before with another quantity, price or time; left as it was"
    return ("unchanged", "was imported before") if same else (word, "")
