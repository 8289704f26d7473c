"""The stock that must have been there: a file of sales says what left, never what was on the shelf before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onhand.infra.tabular import Flags, Numbers


def posting_order(at: Numbers, change: Numbers) -> Numbers:
    """Places in order of effective time; at the same moment what comes in goes first, then the file's order."""
    return np.lexsort((change < 0, at))


def lowest_balances(sku: Numbers, change: Numbers, skus: int) -> Numbers:
    """The lowest running sum of `change` per SKU, in the order given, never above zero. SKUs are numbered from 0."""
    lowest = np.zeros(skus, np.int64)
    order = np.argsort(sku, kind="stable")
    if not len(order):
        return lowest
    ordered = sku[order]
    running = np.cumsum(change[order])
    starts = np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])
    before = running[starts] - change[order][starts]
    lowest[ordered[starts]] = np.minimum(np.minimum.reduceat(running, starts) - before, 0)
    return lowest


def opening_needed_by_sku(sku: Numbers, at: Numbers, change: Numbers, skus: int) -> Numbers:
    """The least opening balance per SKU with which its stock never falls below zero at any effective time."""
    order = posting_order(at, change)
    return -lowest_balances(sku[order], change[order], skus)


def short_if_in_order(sku: Numbers, change: Numbers, start: Numbers) -> Flags:
    """SKUs whose stock would fall below zero while `change` is posted in the order given on top of `start`."""
    short: Flags = start + lowest_balances(sku, change, len(start)) < 0
    return short


def recording_order(
    sku: Numbers, at: Numbers, change: Numbers, start: Numbers, ties: Sequence[Numbers] = ()
) -> Numbers:
    """The order to post in: by effective time, except that a SKU that would fall short that way gets its returns first.

    That happens when lines of an earlier import stand between these: the past stays covered, but what is recorded now
    starts from today's level. With all that comes in posted first, the level ends where it must and is never lower.
    Lines of the same moment that move stock the same way follow `ties`, the first of them first.
    """
    order = posting_order(at, change)
    short = short_if_in_order(sku[order], change[order], start)
    later = ~(short[sku] & (change > 0))
    return np.lexsort((*reversed(ties), change < 0, at, later))
