"""Before the first line is posted: which lines are new, who and what they speak of, and the opening balance."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from onhand import catalog, ledger, partners, pastsales, places, salesfile
from onhand.exchange import service, store
from onhand.exchange.tally import Opening, Tally
from onhand.infra.tabular import SCALE, decimal_of, zone_named
from onhand.kernel import derived_id

if TYPE_CHECKING:
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.exchange.filed import Filed
    from onhand.exchange.tables import ImportRun
    from onhand.infra.tabular import Numbers

MAIN = "MAIN"


@dataclass(frozen=True, slots=True)
class Work:
    """The lines that are new, what they stand on, and when the file begins."""

    fresh: salesfile.Lines
    ground: pastsales.Ground
    earliest: int


async def ground_of(session: AsyncSession, run: ImportRun, lines: salesfile.Lines, filed: Filed) -> pastsales.Ground:
    """Warehouse, SKUs and customers of the run's lines, made where they are missing. Raises UnknownWarehouse."""
    options = service.options_of(run)
    own = lines.take(filed.fresh | filed.mine)
    warehouse_id = await _warehouse(session, options.warehouse)
    known = await _revised(session, lines, lines.take(filed.same), own)
    skus = await _skus(session, lines, own, options)
    customers, new_customers = await _customers(session, lines, own)
    return pastsales.Ground(run.id, run.source, warehouse_id, skus, customers, len(skus) - known, new_customers)


async def _warehouse(session: AsyncSession, code: str) -> UUID:
    if code:
        return (await places.warehouse_by(session, code)).id
    known = await places.open_warehouses(session)
    return known[0].id if known else await places.ensure_warehouse(session, MAIN, "Main warehouse")


async def _skus(
    session: AsyncSession, lines: salesfile.Lines, own: salesfile.Lines, options: salesfile.Options
) -> dict[int, UUID]:
    codes, names, prices = lines.texts["sku"], salesfile.sku_names(lines), salesfile.sku_prices(lines)
    used = _goods(own)
    wanted = [
        catalog.SkuWanted(codes[sku], names.get(sku, codes[sku]), _price(prices, sku), currency=options.currency)
        for sku in used
    ]
    found = await catalog.ensure_skus(session, wanted)
    return {sku: found[codes[sku]] for sku in used}


def _goods(lines: salesfile.Lines) -> list[int]:
    """The SKUs of these lines that are stock, by place."""
    used: list[int] = np.unique(lines.sku[lines.kind != salesfile.Kind.CHARGE]).tolist()
    return used


def _price(prices: dict[int, int], sku: int) -> Decimal | None:
    return decimal_of(prices[sku]) if sku in prices else None


async def _revised(
    session: AsyncSession, lines: salesfile.Lines, earlier: salesfile.Lines, own: salesfile.Lines
) -> int:
    """The commonest description and the latest price win, also over what earlier lines of this file said.

    What a person has changed since stays. Returns how many of the SKUs were known.
    """
    codes, used = lines.texts["sku"], _goods(own)
    known = await catalog.sku_by_codes(session, [codes[sku] for sku in used])
    names, seen = salesfile.sku_names(lines), salesfile.descriptions_seen(lines)
    prices, before = salesfile.sku_prices(lines), salesfile.sku_prices(earlier)
    revisions = []
    for sku, facts in ((sku, known[codes[sku]]) for sku in used if codes[sku] in known):
        name = names.get(sku, facts.name) if facts.name in seen.get(sku, {facts.code}) else facts.name
        price = _price(prices, sku) if facts.selling_price == _price(before, sku) else facts.selling_price
        if (name, price) != (facts.name, facts.selling_price):
            revisions.append(catalog.SkuRevision(facts, name, price))
    await catalog.revise_skus(session, revisions)
    return len(known)


async def _customers(
    session: AsyncSession, lines: salesfile.Lines, own: salesfile.Lines
) -> tuple[dict[int, UUID], int]:
    codes, countries = lines.texts["customer"], salesfile.customer_countries(lines)
    used = np.unique(own.customer[own.customer >= 0]).tolist()
    wanted = [partners.CustomerWanted(codes[c], f"Customer {codes[c]}", country=countries.get(c)) for c in used]
    known = await store.count_customers(session, [customer.code for customer in wanted])
    found = await partners.ensure_customers(session, wanted)
    return {customer: found[codes[customer]] for customer in used}, len(used) - known


async def open_run(session: AsyncSession, run: ImportRun, work: Work) -> tuple[Tally, Numbers]:
    """Post what must have been on the shelf, once per run. Returns the tally so far and what is available by SKU.

    Just enough that no stock falls below zero at any time, counting what the ledger knows of those days already.
    """
    tally, ground = Tally.of(run.result), work.ground
    tally.warehouse_id = str(ground.warehouse_id)
    if run.opened_at is None:
        tally.new_skus, tally.new_customers = ground.new_skus, ground.new_customers
    if run.opened_at is None and service.options_of(run).opening:
        tally.opening = await _post_opening(session, run, work)
    start = np.zeros(len(work.fresh.texts["sku"]), np.int64)
    places_of = {sku_id: sku for sku, sku_id in ground.skus.items()}
    for level in await ledger.availability(session, list(places_of), [ground.warehouse_id]):
        start[places_of[level.sku_id]] = int(level.available * SCALE)
    return tally, start


async def needed_by_sku(
    session: AsyncSession, fresh: salesfile.Lines, warehouse_id: UUID, skus: dict[int, UUID]
) -> Numbers:
    """How much more of each SKU must have been there before the first line, in millionths."""
    goods, count = fresh.take(fresh.kind != salesfile.Kind.CHARGE), len(fresh.texts["sku"])
    places_of = {sku_id: sku for sku, sku_id in skus.items()}
    before = await store.changes_before(session, warehouse_id, list(places_of))
    sku = np.array([places_of[sku_id] for sku_id, _, _ in before], np.int64)
    at = np.array([seconds for _, seconds, _ in before], np.int64)
    change = np.array([int(quantity * SCALE) for _, _, quantity in before], np.int64)
    already = salesfile.opening_needed_by_sku(sku, at, change, count)
    both = (np.concatenate(parts) for parts in ((sku, goods.sku), (at, goods.at), (change, goods.change)))
    all_sku, all_at, all_change = both
    missing: Numbers = salesfile.opening_needed_by_sku(all_sku, all_at, all_change, count) - already
    return missing.clip(min=0)


async def _post_opening(session: AsyncSession, run: ImportRun, work: Work) -> Opening:
    ground = work.ground
    needed = await needed_by_sku(session, work.fresh, ground.warehouse_id, ground.skus)
    skus = np.flatnonzero(needed).tolist()
    if not skus:
        return Opening()
    at = salesfile.start_of_day(work.earliest, zone_named(service.options_of(run).timezone))
    moves = [
        ledger.Move(sku=ground.skus[sku], warehouse=ground.warehouse_id, quantity=decimal_of(int(needed[sku])))
        for sku in skus
    ]
    posting = ledger.Posting(
        id=derived_id(run.id, "opening"),
        type="opening",
        reason="opening balance of an import",
        fact=True,
        effective_at=at,
        reference_kind="import",
        reference_id=run.id,
        group_id=run.id,
        lines=moves,
    )
    await ledger.post(session, [posting], brief=True, silent=True)
    return Opening(salesfile.plain_units(int(needed.sum())), len(skus), at.isoformat().replace("+00:00", "Z"))


def in_recording_order(lines: salesfile.Lines, start: Numbers) -> Numbers:
    """Places of the lines in the order to post them; lines of one invoice at one moment stay together."""
    return salesfile.recording_order(
        lines.sku, lines.at, lines.change, start, (lines.invoice, lines.kind, lines.description)
    )


async def forecast(session: AsyncSession, run: ImportRun, lines: salesfile.Lines, filed: Filed) -> dict[str, object]:
    """What committing the file would do, for the dry run."""
    fresh, options = lines.take(filed.fresh), service.options_of(run)
    codes = fresh.texts["sku"]
    used = _goods(fresh)
    known = await catalog.sku_by_codes(session, [codes[sku] for sku in used])
    skus = {sku: known[codes[sku]].id for sku in used if codes[sku] in known}
    opening = np.zeros(0, np.int64)
    if options.opening:
        opening = await needed_by_sku(session, fresh, await _warehouse(session, options.warehouse), skus)
    return {
        "fresh": len(fresh),
        "unchanged": int(filed.same.sum()),
        "differing": int(filed.differing.sum()),
        "new_skus": len(used) - len(skus),
        "opening": {"units": salesfile.plain_units(int(opening.sum())), "skus": int((opening > 0).sum())},
    }
