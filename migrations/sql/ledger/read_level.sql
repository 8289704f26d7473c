-- One level in one round trip, organization set and names resolved on the way. Expired promises hold nothing; what is
-- under way to the warehouse stands apart. No row: unknown SKU or warehouse; zeros: nothing was ever there.
CREATE FUNCTION read_level(p_organization uuid, p_sku text, p_sku_id uuid, p_warehouse text, p_warehouse_id uuid)
RETURNS TABLE (sku_id uuid, warehouse_id uuid, sku text, warehouse text, on_hand numeric, reserved numeric,
    unavailable numeric, incoming numeric, changed_at timestamptz)
LANGUAGE plpgsql
SET search_path = onhand, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
AS $$
#variable_conflict use_column
BEGIN
    PERFORM set_config('onhand.organization_id', p_organization::text, true);
    RETURN QUERY
    SELECT s.id, w.id, s.code, w.code, coalesce(v.on_hand, 0),
        coalesce(v.reserved, 0) - CASE WHEN v.reserved > 0 THEN coalesce((SELECT sum(r.open) FROM reservation r
            WHERE r.organization_id = p_organization AND r.sku_id = s.id AND r.warehouse_id = w.id
                AND r.open > 0 AND r.expires_at <= now()), 0) ELSE 0 END,
        coalesce(v.unavailable, 0), coalesce((SELECT sum(l.dispatched - l.received - l.lost - l.returned)
            FROM transfer_line l JOIN transfer t ON t.organization_id = l.organization_id AND t.id = l.transfer_id
            WHERE l.organization_id = p_organization AND l.sku_id = s.id
                AND t.destination_id = w.id AND t.status = 'in_transit'), 0),
        v.changed_at
    FROM (SELECT s.id, s.code FROM sku s WHERE s.organization_id = p_organization AND p_sku_id IS NULL
            AND s.code_key = lower(p_sku)
        UNION ALL SELECT s.id, s.code FROM sku s WHERE s.organization_id = p_organization AND s.id = p_sku_id) s
    CROSS JOIN (SELECT w.id, w.code FROM warehouse w WHERE w.organization_id = p_organization
            AND p_warehouse_id IS NULL AND w.code_key = lower(p_warehouse)
        UNION ALL SELECT w.id, w.code FROM warehouse w WHERE w.organization_id = p_organization
            AND w.id = p_warehouse_id) w
    LEFT JOIN level v ON v.organization_id = p_organization AND v.sku_id = s.id AND v.warehouse_id = w.id;
END $$;
