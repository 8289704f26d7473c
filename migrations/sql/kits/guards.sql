-- The last guards of kits, which have no stock of their own. post() knows nothing of kits: it writes a level when a SKU
-- first comes to a warehouse, and there it is refused. Who makes a kit and who opens a level take turns, so that neither
-- misses the other: the lock is shared among openers and taken once for each statement.
CREATE FUNCTION refuse_level_of_kit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = onhand, pg_temp
AS $$
DECLARE
    kit text;
    owner uuid := (SELECT organization_id FROM opened LIMIT 1);
BEGIN
    IF owner IS NULL THEN
        RETURN NULL;
    END IF;
    PERFORM pg_advisory_xact_lock_shared(hashtextextended('onhand.kits:' || owner, 0));
    SELECT s.code INTO kit FROM opened o
    JOIN kit_part k ON k.organization_id = o.organization_id AND k.kit_id = o.sku_id
    JOIN sku s ON s.organization_id = o.organization_id AND s.id = o.sku_id
    ORDER BY s.code LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'a kit has no stock of its own'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'kit_has_no_stock', DETAIL = kit;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER level_of_kit AFTER INSERT ON level REFERENCING NEW TABLE AS opened
FOR EACH STATEMENT EXECUTE FUNCTION refuse_level_of_kit();

-- A SKU whose stock has come to nothing may become a kit: its empty levels go, its history stays.
CREATE FUNCTION refuse_kit_with_stock() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = onhand, pg_temp
AS $$
DECLARE
    code text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('onhand.kits:' || NEW.organization_id, 0));
    DELETE FROM level v WHERE v.organization_id = NEW.organization_id AND v.sku_id = NEW.kit_id
        AND v.on_hand = 0 AND v.reserved = 0 AND v.unavailable = 0;
    SELECT s.code INTO code FROM sku s
    WHERE s.organization_id = NEW.organization_id AND s.id = NEW.kit_id AND EXISTS (SELECT FROM level v
        WHERE v.organization_id = NEW.organization_id AND v.sku_id = NEW.kit_id);
    IF FOUND THEN
        RAISE EXCEPTION 'a kit has no stock of its own'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'kit_component_no_stock_of_its_own', DETAIL = code;
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER kit_with_stock AFTER INSERT ON kit_component
FOR EACH ROW EXECUTE FUNCTION refuse_kit_with_stock();
