-- Removes a level that holds nothing and to which nothing ever happened; true when it did.
CREATE FUNCTION drop_level(p_organization uuid, p_sku uuid, p_warehouse uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = onhand, pg_temp
AS $$
BEGIN
    DELETE FROM level v
    WHERE v.organization_id = p_organization AND v.sku_id = p_sku AND v.warehouse_id = p_warehouse
        AND v.on_hand = 0 AND v.reserved = 0 AND v.unavailable = 0
        AND NOT EXISTS (SELECT FROM movement m WHERE m.organization_id = p_organization
            AND m.sku_id = p_sku AND m.warehouse_id = p_warehouse);
    RETURN FOUND;
END $$;
