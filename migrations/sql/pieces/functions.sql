-- What one unit of a currency is worth in the organization's, at a moment: the last rate up to that day, one typed by
-- hand before a fetched one of the same day. Null when none is known. The organization's own currency is worth 1.
CREATE FUNCTION rate_at(p_organization uuid, p_currency text, p_moment timestamptz) RETURNS numeric
LANGUAGE sql STABLE
SET search_path = onhand, pg_temp
AS $$
    SELECT CASE WHEN p_currency IS NULL OR o.currency = p_currency THEN 1 ELSE (
        SELECT r.rate FROM exchange_rate r
        WHERE r.organization_id = o.id AND r.currency = p_currency
            AND r.day <= (p_moment AT TIME ZONE o.time_zone)::date
        ORDER BY r.day DESC, r.manual DESC LIMIT 1) END
    FROM organization o WHERE o.id = p_organization
$$;

-- How the stock of a SKU is valued: its organization's way, or its category's.
CREATE FUNCTION cost_method_of(p_organization uuid, p_sku uuid) RETURNS text
LANGUAGE sql STABLE
SET search_path = onhand, pg_temp
AS $$ SELECT 'fifo' $$;

-- What a level must be told apart by: 1 lots, 2 serials, 4 bins, 8 first expired first.
CREATE FUNCTION tracking_of(p_organization uuid, p_sku uuid, p_warehouse uuid) RETURNS integer
LANGUAGE sql STABLE
SET search_path = onhand, pg_temp
AS $$
    SELECT s.tracks_lots::integer + 2 * s.tracks_serials::integer + 8 * s.first_expired_first::integer
        + 4 * w.uses_bins::integer
    FROM sku s, warehouse w
    WHERE s.organization_id = p_organization AND s.id = p_sku AND w.organization_id = p_organization
        AND w.id = p_warehouse
$$;

-- The levels know how they are tracked, so that post() need not look at SKU and warehouse. Locked in key order, as
-- post() does.
CREATE FUNCTION retrack_levels() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = onhand, pg_temp
AS $$
BEGIN
    PERFORM set_config('onhand.organization_id', NEW.organization_id::text, true);
    PERFORM FROM level v WHERE v.organization_id = NEW.organization_id
        AND CASE TG_TABLE_NAME WHEN 'sku' THEN v.sku_id ELSE v.warehouse_id END = NEW.id
    ORDER BY v.sku_id, v.warehouse_id FOR NO KEY UPDATE;
    UPDATE level v SET tracking = tracking_of(v.organization_id, v.sku_id, v.warehouse_id)
    WHERE v.organization_id = NEW.organization_id
        AND CASE TG_TABLE_NAME WHEN 'sku' THEN v.sku_id ELSE v.warehouse_id END = NEW.id;
    RETURN NULL;
END $$;
CREATE TRIGGER sku_retracks AFTER UPDATE OF tracks_lots, tracks_serials, first_expired_first ON sku
    FOR EACH ROW WHEN ((OLD.tracks_lots, OLD.tracks_serials, OLD.first_expired_first)
        IS DISTINCT FROM (NEW.tracks_lots, NEW.tracks_serials, NEW.first_expired_first))
    EXECUTE FUNCTION retrack_levels();
CREATE TRIGGER warehouse_retracks AFTER UPDATE OF uses_bins ON warehouse
    FOR EACH ROW WHEN (OLD.uses_bins <> NEW.uses_bins) EXECUTE FUNCTION retrack_levels();

-- Puts a freeze up or takes it down only when no posting is under way that could slip past it: post() holds the same
-- lock shared.
CREATE FUNCTION stop_postings(p_organization uuid) RETURNS void
LANGUAGE sql VOLATILE
SET search_path = onhand, pg_temp
AS $$ SELECT pg_advisory_xact_lock(7, hashtext(p_organization::text)) $$;
