-- The newest numbers handed out, and a transaction id that all who may still hold a smaller one stay below: our own,
-- taken afterwards (a snapshot's end will not do, it stops at what has ended). Once no transaction below it is running,
-- every movement up to that number is on file or never will be (ledger, rule 13): post() holds its levels' locks, and
-- so has its transaction id, before it takes a number.
CREATE FUNCTION past_mark(OUT id bigint, OUT number bigint, OUT xid xid8)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = onhand, pg_temp
AS $$
BEGIN
    id := coalesce(pg_sequence_last_value('movement_id_seq'), 0);
    number := coalesce(pg_sequence_last_value('cost_adjustment_number_seq'), 0);
    xid := pg_current_xact_id();
END $$;

-- Adds one level's movements up to `p_through` to its days, if at least `p_least` of them are in no sum yet.
CREATE FUNCTION fold_level(
    p_organization uuid, p_zone text, p_sku uuid, p_warehouse uuid, p_through bigint, p_least integer
) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = onhand, pg_temp
AS $$
DECLARE
    v_from CONSTANT bigint := coalesce((SELECT p.through_id FROM level_past p WHERE p.organization_id = p_organization
        AND p.sku_id = p_sku AND p.warehouse_id = p_warehouse), 0);
BEGIN
    IF (SELECT count(*) FROM (SELECT FROM movement m WHERE m.organization_id = p_organization AND m.sku_id = p_sku
        AND m.warehouse_id = p_warehouse AND m.id > v_from AND m.id <= p_through LIMIT p_least) t) < p_least THEN
        RETURN false;
    END IF;
    INSERT INTO level_day AS d (organization_id, sku_id, warehouse_id, effective_day, recorded_day, first_id, last_id,
        quantity, reserved, unavailable, value, uncosted, changes)
    SELECT p_organization, p_sku, p_warehouse, (m.effective_at AT TIME ZONE p_zone)::date,
        (m.recorded_at AT TIME ZONE p_zone)::date, min(m.id), max(m.id), sum(m.quantity), sum(m.reserved),
        sum(m.unavailable), sum(m.value), sum(m.uncosted), count(*)
    FROM movement m
    WHERE m.organization_id = p_organization AND m.sku_id = p_sku AND m.warehouse_id = p_warehouse
        AND m.id > v_from AND m.id <= p_through
    GROUP BY 4, 5
    ON CONFLICT (organization_id, sku_id, warehouse_id, effective_day, recorded_day) DO UPDATE
    SET first_id = least(d.first_id, excluded.first_id), last_id = greatest(d.last_id, excluded.last_id),
        quantity = d.quantity + excluded.quantity, reserved = d.reserved + excluded.reserved,
        unavailable = d.unavailable + excluded.unavailable, value = d.value + excluded.value,
        uncosted = d.uncosted + excluded.uncosted, changes = d.changes + excluded.changes;
    INSERT INTO level_past (organization_id, sku_id, warehouse_id, through_id)
    VALUES (p_organization, p_sku, p_warehouse, p_through)
    ON CONFLICT (organization_id, sku_id, warehouse_id) DO UPDATE SET through_id = excluded.through_id;
    RETURN true;
END $$;

-- Adds the next movements and adjustments of an organization, at most `p_most`, to its sums; returns how many.
-- `p_id` and `p_number` are settled (past_mark). One in so many movements has its level looked at, so that a level is
-- summed up soon after it has many, and those with few cost nothing.
CREATE FUNCTION fold_past(
    p_organization uuid, p_id bigint, p_number bigint, p_most integer DEFAULT 200000, p_busy integer DEFAULT 256,
    p_every integer DEFAULT 64
) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = onhand, pg_temp
SET plan_cache_mode = force_custom_plan
SET work_mem = '64MB'
AS $$
DECLARE
    v_state past_state; v_through bigint; v_number bigint; v_done bigint; v_more bigint; v_level record;
BEGIN
    INSERT INTO past_state (organization_id, zone)
    SELECT o.id, o.time_zone FROM organization o WHERE o.id = p_organization ON CONFLICT DO NOTHING;
    SELECT * INTO v_state FROM past_state s WHERE s.organization_id = p_organization FOR UPDATE;
    IF v_state.zone <> (SELECT o.time_zone FROM organization o WHERE o.id = p_organization)
        AND NOT EXISTS (SELECT FROM detached_part p WHERE p.parent = 'movement') THEN
        -- The days are other days now. Until they are summed up again movements are read, which is as right.
        DELETE FROM warehouse_day d WHERE d.organization_id = p_organization;
        DELETE FROM level_day d WHERE d.organization_id = p_organization;
        DELETE FROM level_past d WHERE d.organization_id = p_organization;
        UPDATE past_state s SET zone = o.time_zone, through_id = 0, through_number = 0
        FROM organization o WHERE o.id = p_organization AND s.organization_id = p_organization
        RETURNING s.* INTO v_state;
    END IF;
    v_through := coalesce((SELECT m.id FROM movement m WHERE m.organization_id = p_organization
        AND m.id > v_state.through_id AND m.id <= p_id ORDER BY m.id OFFSET p_most - 1 LIMIT 1), p_id);
    v_number := coalesce((SELECT a.number FROM cost_adjustment a WHERE a.organization_id = p_organization
        AND a.number > v_state.through_number AND a.number <= p_number ORDER BY a.number
        OFFSET p_most - 1 LIMIT 1), p_number);

    WITH summed AS (
        INSERT INTO warehouse_day AS d (organization_id, warehouse_id, effective_day, recorded_day, source, first_id,
            last_id, quantity, reserved, unavailable, value, uncosted, changes)
        SELECT p_organization, m.warehouse_id, (m.effective_at AT TIME ZONE v_state.zone)::date,
            (m.recorded_at AT TIME ZONE v_state.zone)::date, 'movement', min(m.id), max(m.id), sum(m.quantity),
            sum(m.reserved), sum(m.unavailable), sum(m.value), sum(m.uncosted), count(*)
        FROM movement m
        WHERE m.organization_id = p_organization AND m.id > v_state.through_id AND m.id <= v_through
        GROUP BY 2, 3, 4
        UNION ALL
        SELECT p_organization, a.warehouse_id, (a.effective_at AT TIME ZONE v_state.zone)::date,
            (a.recorded_at AT TIME ZONE v_state.zone)::date, 'adjustment', min(a.number), max(a.number), 0, 0, 0, sum(a.value),
            sum(a.uncosted), count(*)
        FROM cost_adjustment a
        WHERE a.organization_id = p_organization AND a.number > v_state.through_number AND a.number <= v_number
        GROUP BY 2, 3, 4
        ON CONFLICT (organization_id, warehouse_id, effective_day, recorded_day, source) DO UPDATE
        SET first_id = least(d.first_id, excluded.first_id), last_id = greatest(d.last_id, excluded.last_id),
            quantity = d.quantity + excluded.quantity, reserved = d.reserved + excluded.reserved,
            unavailable = d.unavailable + excluded.unavailable, value = d.value + excluded.value,
            uncosted = d.uncosted + excluded.uncosted, changes = d.changes + excluded.changes
        RETURNING 1
    ) SELECT count(*) INTO v_more FROM summed;
    v_done := (SELECT count(*) FROM movement m WHERE m.organization_id = p_organization
            AND m.id > v_state.through_id AND m.id <= v_through)
        + (SELECT count(*) FROM cost_adjustment a WHERE a.organization_id = p_organization
            AND a.number > v_state.through_number AND a.number <= v_number);
    FOR v_level IN
        SELECT DISTINCT m.sku_id, m.warehouse_id FROM movement m
        WHERE m.organization_id = p_organization AND m.id > v_state.through_id AND m.id <= v_through
            AND m.id % p_every = 0
    LOOP
        PERFORM fold_level(p_organization, v_state.zone, v_level.sku_id, v_level.warehouse_id, v_through, p_busy);
    END LOOP;
    UPDATE past_state s SET through_id = greatest(s.through_id, v_through),
        through_number = greatest(s.through_number, v_number), kept_at = clock_timestamp()
    WHERE s.organization_id = p_organization;
    RETURN v_done;
END $$;
