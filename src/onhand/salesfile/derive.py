"""What a file says beside its lines: names and prices of SKUs, countries of customers, identities of lines."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np

from onhand.salesfile.domain import Kind, line_key

if TYPE_CHECKING:
    from collections.abc import Iterator
    from uuid import UUID

    from onhand.infra.tabular import Flags, Numbers
    from onhand.salesfile.lines import Lines

NAMESPACE = "import\x1f"
VARIANT = {digit: "89ab"[int(digit, 16) & 3] for digit in "0123456789abcdef"}  # RFC 9562, 4.1


def line_ids(lines: Lines, organization_id: UUID, source: str) -> list[str]:
    """The id of each line in hexadecimal: the same for the same line of the same source, whichever file brings it.

    It is `derived_id(organization_id, …)`, written out because a third of a million of them must not take seconds.
    """
    invoices, skus = lines.texts["invoice"], lines.texts["sku"]
    start, space, digest = NAMESPACE + source, organization_id.bytes, hashlib.sha1
    places = zip(lines.invoice.tolist(), lines.sku.tolist(), lines.occurrence.tolist(), strict=True)
    ids = []
    for invoice, sku, occurrence in places:
        name = line_key(start, invoices[invoice], skus[sku], occurrence)
        found = digest(space + name.encode(), usedforsecurity=False).hexdigest()
        ids.append(f"{found[:12]}5{found[13:16]}{VARIANT[found[16]]}{found[17:32]}")
    return ids


def contents(lines: Lines) -> Numbers:
    """A hash of what each line says (quantity, price, time), to notice a line that now says something else."""
    mixed = np.zeros(len(lines), np.uint64)
    for part in (lines.quantity, lines.price, lines.at):
        mixed = (mixed ^ part.view(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= mixed >> np.uint64(29)
    return mixed.view(np.int64)


def commonest(group: Numbers, value: Numbers, texts: list[str]) -> dict[int, int]:
    """Per group the value that most lines have; of equally common ones the first in the alphabet."""
    best: dict[int, tuple[int, int]] = {}
    for key, candidate, count in _pairs(group, value, len(texts)):
        leader = best.get(key)
        if leader is None or (count, texts[leader[1]]) > (leader[0], texts[candidate]):
            best[key] = (count, candidate)
    return {key: candidate for key, (_, candidate) in best.items()}


def _pairs(group: Numbers, value: Numbers, values: int) -> Iterator[tuple[int, int, int]]:
    """Each pair of group and value that occurs, with the number of its lines."""
    known = value >= 0
    pairs, counts = np.unique(group[known] * values + value[known], return_counts=True)
    return zip((pairs // max(values, 1)).tolist(), (pairs % max(values, 1)).tolist(), counts.tolist(), strict=True)


def sku_names(lines: Lines) -> dict[int, str]:
    """The commonest description per SKU (by place). Write-offs and gifts carry remarks, so they count only in need."""
    texts = lines.texts["description"]
    goods = lines.kind != Kind.CHARGE
    traded = goods & np.isin(lines.kind, (Kind.SALE, Kind.RETURN))
    names = {sku: texts[place] for sku, place in _commonest_where(lines, goods & ~traded).items()}
    return names | {sku: texts[place] for sku, place in _commonest_where(lines, traded).items()}


def _commonest_where(lines: Lines, chosen: Flags) -> dict[int, int]:
    return commonest(lines.sku[chosen], lines.description[chosen], lines.texts["description"])


def descriptions_seen(lines: Lines) -> dict[int, set[str]]:
    """Every description that the file gives a SKU: a product named by one of them was named by an import."""
    texts = lines.texts["description"]
    goods = lines.kind != Kind.CHARGE
    seen: dict[int, set[str]] = {}
    for sku, place, _ in _pairs(lines.sku[goods], lines.description[goods], len(texts)):
        seen.setdefault(sku, set()).add(texts[place])
    return seen


def sku_prices(lines: Lines) -> dict[int, int]:
    """The unit price of each SKU's latest sale, in millionths."""
    sales = np.flatnonzero(lines.kind == Kind.SALE)
    ordered = sales[np.argsort(lines.at[sales], kind="stable")]
    return dict(zip(lines.sku[ordered].tolist(), lines.price[ordered].tolist(), strict=True))


def customer_countries(lines: Lines) -> dict[int, str]:
    """The commonest country per customer (by place)."""
    texts = lines.texts["country"]
    known = lines.customer >= 0
    found = commonest(lines.customer[known], lines.country[known], texts)
    return {customer: texts[place] for customer, place in found.items()}
