"""Holdings derived anew from their changes, and levels from their holdings."""

from __future__ import annotations

from onhand.proof.store_checks import LEVEL, MOST, SKU

SPOT = f"""{SKU} || coalesce(' in ' || (SELECT b.code FROM bin b WHERE b.organization_id = %(organization)s
    AND b.id = t.bin_id), '') || coalesce(', lot ' || (SELECT l.code FROM lot l
    WHERE l.organization_id = %(organization)s AND l.id = t.lot_id), '') || coalesce(', ' || (SELECT s.code
    FROM serial s WHERE s.organization_id = %(organization)s AND s.id = t.serial_id), '')"""

HOLDINGS = f"""SELECT {SPOT}, t.said, t.derived FROM (
    SELECT coalesce(h.sku_id, c.sku_id) AS sku_id, coalesce(h.bin_id, c.bin_id) AS bin_id,
        coalesce(h.lot_id, c.lot_id) AS lot_id, coalesce(h.serial_id, c.serial_id) AS serial_id,
        concat_ws(' / ', coalesce(h.on_hand, 0), coalesce(h.unavailable, 0)) AS said,
        concat_ws(' / ', coalesce(c.on_hand, 0), coalesce(c.unavailable, 0)) AS derived
    FROM (SELECT *, concat_ws(' ', sku_id, warehouse_id, coalesce(bin_id::text, '-'), coalesce(lot_id::text, '-'),
            coalesce(serial_id::text, '-')) AS spot
        FROM holding WHERE organization_id = %(organization)s AND on_hand > 0) h
    FULL JOIN (
        SELECT sku_id, bin_id, lot_id, serial_id, sum(quantity) AS on_hand, sum(unavailable) AS unavailable,
            concat_ws(' ', sku_id, warehouse_id, coalesce(bin_id::text, '-'), coalesce(lot_id::text, '-'),
            coalesce(serial_id::text, '-')) AS spot
        FROM holding_change WHERE organization_id = %(organization)s
        GROUP BY sku_id, warehouse_id, bin_id, lot_id, serial_id
    ) c ON c.spot = h.spot
    WHERE (coalesce(h.on_hand, 0), coalesce(h.unavailable, 0))
        IS DISTINCT FROM (coalesce(c.on_hand, 0), coalesce(c.unavailable, 0))
) t LIMIT {MOST}"""

PLACED = f"""SELECT {LEVEL}, t.said, t.derived FROM (
    SELECT coalesce(v.sku_id, h.sku_id) AS sku_id, coalesce(v.warehouse_id, h.warehouse_id) AS warehouse_id,
        concat_ws(' of ', coalesce(v.placed, 0), coalesce(v.on_hand, 0)) AS said,
        coalesce(h.on_hand, 0) || ', unavailable ' || coalesce(h.unavailable, 0) AS derived
    FROM (SELECT * FROM level WHERE organization_id = %(organization)s) v
    FULL JOIN (
        SELECT sku_id, warehouse_id, sum(on_hand) AS on_hand, sum(unavailable) AS unavailable FROM holding
        WHERE organization_id = %(organization)s GROUP BY sku_id, warehouse_id
    ) h ON h.sku_id = v.sku_id AND h.warehouse_id = v.warehouse_id
    WHERE coalesce(v.placed, 0) <> coalesce(h.on_hand, 0) OR coalesce(v.unavailable, 0) < coalesce(h.unavailable, 0)
) t LIMIT {MOST}"""

CHECKS = {"holding": HOLDINGS, "placed": PLACED}
