"""Where an amount goes that is added to what received lines cost: through layers, transfers and averaged pools."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onhand.costing import store_trail
from onhand.costing.domain import ZERO, Effect, dilute, follow, shares, trail

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal
    from uuid import UUID

    from sqlalchemy.ext.asyncio import AsyncSession

    from onhand.costing.domain import Layer, Line
    from onhand.costing.store_trail import Received

Wave = list[tuple["Line", "UUID | None", "Decimal"]]  # an arrival, the layer it came from if known, an amount


async def spread(session: AsyncSession, line: Line, amount: Decimal) -> Effect:
    """What an amount added to a received line does. Its SKU's levels are locked by the caller."""
    effect = Effect()
    wave: Wave = [(line, None, amount)]
    while wave:
        arrival, origin, part = wave.pop()
        [receipt] = await store_trail.received(session, [arrival], carried=True)
        if receipt.method == "average" and not receipt.unknown:
            wave += await _through_pool(session, receipt, part, effect)
        else:
            wave += await _through_layers(session, receipt, origin, part, effect)
    return effect


async def _through_layers(
    session: AsyncSession, receipt: Received, origin: UUID | None, amount: Decimal, effect: Effect
) -> Wave:
    line = (receipt.posting_id, receipt.line)
    layers, uses = await store_trail.layers_of(session, line, origin)
    roots = [x for x in layers if (x.posting_id, x.line) == line and _is_root(x, layers, origin)]
    if not roots:  # its level was revalued since
        effect.lines[line, await _any_layer(session, receipt)] += amount
        return []
    path, found = trail(layers, uses), Effect()
    for root, part in zip(roots, shares(amount, [root.quantity for root in roots]), strict=True):
        follow(path, root.id, part, found)
    for layer_id, value in found.layers.items():
        effect.layers[layer_id] += value
    carried = await store_trail.carried_by(session, [where for where, _ in found.lines])
    on: Wave = []
    for (where, layer_id), value in found.lines.items():
        goal = carried.get(where)
        if goal is not None and goal.pooled:
            on.append(((where[0], where[1] + 1), None, value))
        else:
            effect.lines[where, layer_id] += value
            effect.uncosted[where, layer_id] += found.uncosted[where, layer_id]
    return on


def _is_root(layer: Layer, layers: Sequence[Layer], origin: UUID | None) -> bool:
    return layer.origin_id == origin or layer.origin_id not in {one.id for one in layers}


async def _any_layer(session: AsyncSession, receipt: Received) -> UUID:
    pool, _ = await store_trail.pool_after(session, receipt)
    return pool[0].id


async def _through_pool(session: AsyncSession, receipt: Received, amount: Decimal, effect: Effect) -> Wave:
    pool, steps = await store_trail.pool_after(session, receipt)
    left, taken = dilute(amount, steps)
    if pool and pool[0].remaining > 0:
        kept = max(left, -(pool[0].value or ZERO))
        effect.layers[pool[0].id] += kept
        left -= kept
    if left and taken:
        taken[-1] = (taken[-1][0], taken[-1][1] + left)
    elif left:
        taken = [((receipt.posting_id, receipt.line), left)]
    carried = await store_trail.carried_by(session, [where for where, _ in taken])
    on: Wave = []
    for where, part in taken:
        if where in carried:
            on.append(((where[0], where[1] + 1), None if carried[where].pooled else pool[0].id, part))
        else:
            effect.lines[where, pool[0].id] += part
    return on
