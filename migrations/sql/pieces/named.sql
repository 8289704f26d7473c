-- A bin, lot or serial by ':code' or '=id'; null when there is none.
CREATE FUNCTION bin_named(p_organization uuid, p_warehouse uuid, p_name text) RETURNS uuid
LANGUAGE sql STABLE STRICT  -- of a line that names none it is not even called
AS $$
    SELECT CASE left(p_name, 1)
        WHEN '=' THEN (SELECT b.id FROM bin b WHERE b.organization_id = p_organization
            AND b.id = substr(p_name, 2)::uuid AND b.warehouse_id = p_warehouse)
        WHEN ':' THEN (SELECT b.id FROM bin b WHERE b.organization_id = p_organization
            AND b.warehouse_id = p_warehouse AND b.code_key = lower(substr(p_name, 2)) AND b.archived_at IS NULL)
    END
$$;
CREATE FUNCTION lot_named(p_organization uuid, p_sku uuid, p_name text) RETURNS uuid
LANGUAGE sql STABLE STRICT  -- of a line that names none it is not even called
AS $$
    SELECT CASE left(p_name, 1)
        WHEN '=' THEN (SELECT l.id FROM lot l WHERE l.organization_id = p_organization
            AND l.id = substr(p_name, 2)::uuid AND l.sku_id = p_sku)
        WHEN ':' THEN (SELECT l.id FROM lot l WHERE l.organization_id = p_organization
            AND l.sku_id = p_sku AND l.code_key = lower(substr(p_name, 2)))
    END
$$;
CREATE FUNCTION serial_named(p_organization uuid, p_sku uuid, p_name text) RETURNS uuid
LANGUAGE sql STABLE STRICT  -- of a line that names none it is not even called
AS $$
    SELECT CASE left(p_name, 1)
        WHEN '=' THEN (SELECT s.id FROM serial s WHERE s.organization_id = p_organization
            AND s.id = substr(p_name, 2)::uuid AND s.sku_id = p_sku)
        WHEN ':' THEN (SELECT s.id FROM serial s WHERE s.organization_id = p_organization
            AND s.sku_id = p_sku AND s.code_key = lower(substr(p_name, 2)))
    END
$$;
