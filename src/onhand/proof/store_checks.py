"""Everything the ledger keeps, derived anew from its movements alone. Each check returns what differs."""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from psycopg import IsolationLevel

from onhand.proof.domain import Difference

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from uuid import UUID

    from psycopg import AsyncConnection

    from onhand.infra.db import Database

MOST = 1_000  # differences named per check; more of the same says nothing new

SKU = """coalesce((SELECT s.code FROM sku s WHERE s.organization_id = %(organization)s AND s.id = t.sku_id),
    t.sku_id::text)"""
LEVEL = f"""{SKU} || ' at ' || coalesce((SELECT w.code FROM warehouse w WHERE w.organization_id = %(organization)s
    AND w.id = t.warehouse_id), t.warehouse_id::text)"""

# All that ever moved: the movements, and what months that were taken out had moved.
MOVED = """(SELECT sku_id, warehouse_id, quantity, reserved, unavailable, value, uncosted FROM movement
    WHERE organization_id = %(organization)s UNION ALL
    SELECT sku_id, warehouse_id, quantity, reserved, unavailable, value, uncosted FROM carried_level
    WHERE organization_id = %(organization)s)"""

LEVELS = f"""SELECT {LEVEL}, t.said, t.derived FROM (
    SELECT coalesce(v.sku_id, m.sku_id) AS sku_id, coalesce(v.warehouse_id, m.warehouse_id) AS warehouse_id,
        concat_ws(' / ', coalesce(v.on_hand, 0), coalesce(v.reserved, 0), coalesce(v.unavailable, 0)) AS said,
        concat_ws(' / ', coalesce(m.on_hand, 0), coalesce(m.reserved, 0), coalesce(m.unavailable, 0)) AS derived
    FROM (SELECT * FROM level WHERE organization_id = %(organization)s) v
    FULL JOIN (
        SELECT sku_id, warehouse_id, sum(quantity) AS on_hand, sum(reserved) AS reserved,
            sum(unavailable) AS unavailable
        FROM {MOVED} GROUP BY sku_id, warehouse_id
    ) m ON m.sku_id = v.sku_id AND m.warehouse_id = v.warehouse_id
    WHERE (coalesce(v.on_hand, 0), coalesce(v.reserved, 0), coalesce(v.unavailable, 0))
        IS DISTINCT FROM (coalesce(m.on_hand, 0), coalesce(m.reserved, 0), coalesce(m.unavailable, 0))
) t LIMIT {MOST}"""

RESERVED = f"""SELECT {LEVEL}, t.said, t.derived FROM (
    SELECT coalesce(v.sku_id, r.sku_id) AS sku_id, coalesce(v.warehouse_id, r.warehouse_id) AS warehouse_id,
        coalesce(v.reserved, 0)::text AS said, coalesce(r.open, 0)::text AS derived
    FROM (SELECT * FROM level WHERE organization_id = %(organization)s AND reserved > 0) v
    FULL JOIN (
        SELECT sku_id, warehouse_id, sum(open) AS open FROM reservation
        WHERE organization_id = %(organization)s AND open > 0 GROUP BY sku_id, warehouse_id
    ) r ON r.sku_id = v.sku_id AND r.warehouse_id = v.warehouse_id
    WHERE coalesce(v.reserved, 0) <> coalesce(r.open, 0)
) t LIMIT {MOST}"""

RESERVATIONS = f"""SELECT coalesce(r.id, m.reservation_id)::text, coalesce(r.open, 0)::text, coalesce(m.open, 0)::text
FROM (SELECT id, open FROM reservation WHERE organization_id = %(organization)s) r
FULL JOIN (
    SELECT reservation_id, sum(reserved) AS open FROM (
        SELECT reservation_id, reserved FROM movement
        WHERE organization_id = %(organization)s AND reservation_id IS NOT NULL
        UNION ALL SELECT reservation_id, reserved FROM carried_reservation WHERE organization_id = %(organization)s
    ) a GROUP BY reservation_id
) m ON m.reservation_id = r.id
WHERE coalesce(r.open, 0) <> coalesce(m.open, 0) LIMIT {MOST}"""

# The balance written beside each movement is the sum of those before it, in recorded order.
BALANCES = f"""SELECT {LEVEL} || ', movement ' || t.id, concat_ws(' / ', t.balance, t.available),
    concat_ws(' / ', t.hand, t.free)
FROM (
    SELECT id, sku_id, warehouse_id, balance, available, sum(quantity) OVER past AS hand,
        sum(quantity - reserved - unavailable) OVER past AS free
    FROM (
        SELECT id, sku_id, warehouse_id, balance, available, quantity, reserved, unavailable FROM movement
        WHERE organization_id = %(organization)s
        UNION ALL SELECT last_id, sku_id, warehouse_id, NULL, NULL, quantity, reserved, unavailable FROM carried_level
        WHERE organization_id = %(organization)s
    ) m
    WINDOW past AS (PARTITION BY sku_id, warehouse_id ORDER BY id)
) t WHERE t.balance <> t.hand OR t.available <> t.free OR t.balance < 0 OR t.available < 0 LIMIT {MOST}"""

# In place of the foreign keys that movements do without (decision 0010).
POSTINGS = f"""SELECT coalesce(p.id, m.posting_id)::text, CASE WHEN p.id IS NULL THEN 'no posting' ELSE 'a posting' END,
    coalesce(m.lines, 0) || ' movements'
FROM (SELECT id, recorded_at FROM posting WHERE organization_id = %(organization)s) p
FULL JOIN (
    SELECT posting_id, recorded_at, count(*) AS lines FROM movement
    WHERE organization_id = %(organization)s GROUP BY posting_id, recorded_at
) m ON m.posting_id = p.id AND m.recorded_at = p.recorded_at
WHERE p.id IS NULL OR (m.posting_id IS NULL AND p.recorded_at >= coalesce((SELECT max(d.until_at) FROM detached_part d
    WHERE d.parent = 'movement'), '-infinity')) LIMIT {MOST}"""

# What a level is worth, its layers, and all that movements and entries ever changed it by.
COSTS = f"""SELECT {LEVEL}, t.said, t.derived FROM (
    SELECT v.sku_id, v.warehouse_id, concat_ws(' / ', v.on_hand, v.uncosted, v.value) AS said,
        concat_ws(' / ', coalesce(l.units, 0), coalesce(l.uncosted, 0), coalesce(l.value, 0)) AS derived
    FROM (SELECT * FROM level WHERE organization_id = %(organization)s) v
    LEFT JOIN (
        SELECT sku_id, warehouse_id, sum(remaining) AS units, sum(value) AS value,
            sum(remaining) FILTER (WHERE value IS NULL) AS uncosted
        FROM cost_layer WHERE organization_id = %(organization)s AND remaining > 0 GROUP BY sku_id, warehouse_id
    ) l ON l.sku_id = v.sku_id AND l.warehouse_id = v.warehouse_id
    WHERE (v.on_hand, v.uncosted, v.value)
        IS DISTINCT FROM (coalesce(l.units, 0), coalesce(l.uncosted, 0), coalesce(l.value, 0))
) t LIMIT {MOST}"""

VALUES = f"""SELECT {LEVEL}, t.said, t.derived FROM (
    SELECT coalesce(v.sku_id, m.sku_id) AS sku_id, coalesce(v.warehouse_id, m.warehouse_id) AS warehouse_id,
        concat_ws(' / ', coalesce(v.value, 0), coalesce(v.uncosted, 0)) AS said,
        concat_ws(' / ', coalesce(m.value, 0), coalesce(m.uncosted, 0)) AS derived
    FROM (SELECT * FROM level WHERE organization_id = %(organization)s) v
    FULL JOIN (
        SELECT sku_id, warehouse_id, sum(value) AS value, sum(uncosted) AS uncosted FROM (
            SELECT sku_id, warehouse_id, value, uncosted FROM {MOVED}
            UNION ALL
            SELECT sku_id, warehouse_id, value, uncosted FROM cost_adjustment
            WHERE organization_id = %(organization)s AND posting_id IS NULL
        ) c GROUP BY sku_id, warehouse_id
    ) m ON m.sku_id = v.sku_id AND m.warehouse_id = v.warehouse_id
    WHERE (coalesce(v.value, 0), coalesce(v.uncosted, 0))
        IS DISTINCT FROM (coalesce(m.value, 0), coalesce(m.uncosted, 0))
) t LIMIT {MOST}"""

# What a line took of layers is what it changed the value by.
USES = f"""SELECT 'posting ' || t.posting_id || ', line ' || t.line, t.said, t.derived FROM (
    SELECT m.posting_id, m.line, (-m.value)::text AS said, coalesce(u.value, 0)::text AS derived
    FROM (SELECT posting_id, line, value FROM movement
        WHERE organization_id = %(organization)s AND quantity < 0) m
    LEFT JOIN (
        SELECT posting_id, line, sum(value) AS value FROM cost_use
        WHERE organization_id = %(organization)s GROUP BY posting_id, line
    ) u ON u.posting_id = m.posting_id AND u.line = m.line
    WHERE m.value <> 0 AND -m.value <> coalesce(u.value, 0)
) t LIMIT {MOST}"""

# What lies in transit is what the transfers say is under way; adjusting it by hand makes a difference worth knowing.
TRANSIT = f"""SELECT {SKU} || ' in transit', t.said, t.derived FROM (
    SELECT sku_id, sum(lying)::text AS said, sum(moving)::text AS derived FROM (
        SELECT v.sku_id, v.on_hand AS lying, 0 AS moving FROM level v
        JOIN warehouse w ON w.organization_id = v.organization_id AND w.id = v.warehouse_id AND w.kind = 'transit'
        WHERE v.organization_id = %(organization)s
        UNION ALL
        SELECT sku_id, 0, dispatched - received - lost - returned FROM transfer_line
        WHERE organization_id = %(organization)s
    ) u GROUP BY sku_id HAVING sum(lying) <> sum(moving)
) t LIMIT {MOST}"""

# A late posting is checked against today's level only; what it makes of the past is told, not refused.
PAST = f"""SELECT {LEVEL}, 'never below 0', min(t.hand) || ' between ' || min(t.day) || ' and ' || max(t.day)
FROM (
    SELECT sku_id, warehouse_id, day, sum(sum(quantity)) OVER (PARTITION BY sku_id, warehouse_id ORDER BY day) AS hand
    FROM (
        SELECT sku_id, warehouse_id, quantity, effective_at::date AS day FROM movement
        WHERE organization_id = %(organization)s
        UNION ALL SELECT c.sku_id, c.warehouse_id, c.quantity, d.first_at::date FROM carried_level c
        JOIN detached_part d ON d.name = c.part WHERE c.organization_id = %(organization)s
    ) m GROUP BY sku_id, warehouse_id, day
) t WHERE t.hand < 0 GROUP BY t.sku_id, t.warehouse_id LIMIT {MOST}"""

# The sums of the past say what the movements say that are in them.
DAYS = f"""SELECT t.place, t.said, t.derived FROM (
    SELECT coalesce(w.code, coalesce(d.warehouse_id, m.warehouse_id)::text) || ', its days' AS place,
        concat_ws(' / ', d.quantity, d.reserved, d.unavailable, d.value, d.uncosted) AS said,
        concat_ws(' / ', m.quantity, m.reserved, m.unavailable, m.value, m.uncosted) AS derived
    FROM (
        SELECT warehouse_id, sum(quantity) AS quantity, sum(reserved) AS reserved, sum(unavailable) AS unavailable,
            sum(value) AS value, sum(uncosted) AS uncosted
        FROM warehouse_day WHERE organization_id = %(organization)s AND source = 'movement' GROUP BY warehouse_id
    ) d
    FULL JOIN (
        SELECT warehouse_id, sum(quantity) AS quantity, sum(reserved) AS reserved, sum(unavailable) AS unavailable,
            sum(value) AS value, sum(uncosted) AS uncosted
        FROM (
            SELECT warehouse_id, quantity, reserved, unavailable, value, uncosted FROM movement
            WHERE organization_id = %(organization)s AND id <= (SELECT through_id FROM past_state
                WHERE organization_id = %(organization)s)
            UNION ALL SELECT warehouse_id, quantity, reserved, unavailable, value, uncosted FROM carried_level
            WHERE organization_id = %(organization)s
        ) a GROUP BY warehouse_id
    ) m ON m.warehouse_id = d.warehouse_id
    LEFT JOIN warehouse w ON w.organization_id = %(organization)s AND w.id = coalesce(d.warehouse_id, m.warehouse_id)
    WHERE (d.quantity, d.reserved, d.unavailable, d.value, d.uncosted)
        IS DISTINCT FROM (m.quantity, m.reserved, m.unavailable, m.value, m.uncosted)
) t LIMIT {MOST}"""

LEVEL_DAYS = f"""SELECT {LEVEL} || ', its days', t.said, t.derived FROM (
    SELECT d.sku_id, d.warehouse_id, concat_ws(' / ', d.quantity, d.reserved, d.unavailable, d.value) AS said,
        concat_ws(' / ', m.quantity, m.reserved, m.unavailable, m.value) AS derived
    FROM (
        SELECT sku_id, warehouse_id, sum(quantity) AS quantity, sum(reserved) AS reserved,
            sum(unavailable) AS unavailable, sum(value) AS value
        FROM level_day WHERE organization_id = %(organization)s GROUP BY sku_id, warehouse_id
    ) d
    JOIN level_past p ON p.organization_id = %(organization)s AND p.sku_id = d.sku_id
        AND p.warehouse_id = d.warehouse_id
    CROSS JOIN LATERAL (
        SELECT sum(a.quantity) AS quantity, sum(a.reserved) AS reserved, sum(a.unavailable) AS unavailable,
            sum(a.value) AS value
        FROM (
            SELECT quantity, reserved, unavailable, value FROM movement x WHERE x.organization_id = %(organization)s
                AND x.sku_id = d.sku_id AND x.warehouse_id = d.warehouse_id AND x.id <= p.through_id
            UNION ALL SELECT quantity, reserved, unavailable, value FROM carried_level c
            WHERE c.organization_id = %(organization)s AND c.sku_id = d.sku_id AND c.warehouse_id = d.warehouse_id
        ) a
    ) m
    WHERE (d.quantity, d.reserved, d.unavailable, d.value)
        IS DISTINCT FROM (m.quantity, m.reserved, m.unavailable, m.value)
) t LIMIT {MOST}"""

CHECKS = {
    "level": LEVELS,
    "reserved": RESERVED,
    "reservation": RESERVATIONS,
    "balance": BALANCES,
    "posting": POSTINGS,
    "layers": COSTS,
    "value": VALUES,
    "cost of lines": USES,
    "days": DAYS,
    "days of levels": LEVEL_DAYS,
}
FINDINGS = {"transit": TRANSIT, "past": PAST}
COUNTS = """SELECT (SELECT count(*) FROM level WHERE organization_id = %(organization)s),
    (SELECT count(*) FROM movement WHERE organization_id = %(organization)s),
    (SELECT count(*) FROM posting WHERE organization_id = %(organization)s),
    (SELECT count(*) FROM reservation WHERE organization_id = %(organization)s)"""
COUNTED = ("levels", "movements", "postings", "reservations")
BELONGS = "SELECT set_config('onhand.organization_id', %(organization)s, true)"
CODE = "SELECT code FROM organization WHERE id = %(organization)s"


@asynccontextmanager
async def snapshot(database: Database, organization_id: UUID) -> AsyncIterator[AsyncConnection[Any]]:
    """One repeatable-read snapshot of an organization: every check sees the same moment, and nobody waits for it."""
    async with database.pool.connection() as connection:
        await connection.set_isolation_level(IsolationLevel.REPEATABLE_READ)
        try:
            async with connection.transaction():
                await connection.execute(BELONGS, {"organization": str(organization_id)})
                yield connection
        finally:
            await connection.set_isolation_level(None)


async def differences(
    connection: AsyncConnection[Any], name: str, check: str, organization_id: UUID
) -> list[Difference]:
    """What one check finds."""
    rows = await (await connection.execute(check, {"organization": organization_id})).fetchall()
    return [Difference(name, row[0], row[1], row[2]) for row in rows]


async def counted(connection: AsyncConnection[Any], organization_id: UUID) -> dict[str, int]:
    """How much was looked at."""
    row = await (await connection.execute(COUNTS, {"organization": organization_id})).fetchone()
    return dict(zip(COUNTED, row or (), strict=True))


async def code_of(connection: AsyncConnection[Any], organization_id: UUID) -> str:
    """The organization's code."""
    row = await (await connection.execute(CODE, {"organization": organization_id})).fetchone()
    return str(row[0]) if row else str(organization_id)
