-- The last day that a moment holds whole, and the day that it lies in. No moment means: all that is known.
CREATE FUNCTION past_edges(p_zone text, p_moment timestamptz, OUT whole date, OUT cut date)
LANGUAGE sql IMMUTABLE
SET search_path = onhand, pg_temp
AS $$
    SELECT CASE WHEN p_moment IS NULL THEN 'infinity'::date
            WHEN p_moment >= ((d.day + 1)::timestamp AT TIME ZONE p_zone) - interval '1 microsecond' THEN d.day
            ELSE d.day - 1 END,
        d.day
    FROM (SELECT coalesce((p_moment AT TIME ZONE p_zone)::date, 'infinity') AS day) d
$$;

-- How one level changed, by the day it happened on: what had happened by `as_of` and was known by `known_at`.
-- A day may come in several rows; the level is their sum.
CREATE FUNCTION level_changes(
    p_organization uuid, p_sku uuid, p_warehouse uuid, p_as_of timestamptz, p_known_at timestamptz
) RETURNS TABLE (
    day date, quantity numeric, reserved numeric, unavailable numeric, value numeric, uncosted numeric, changes bigint
)
LANGUAGE plpgsql STABLE
SET search_path = onhand, pg_temp
SET plan_cache_mode = force_generic_plan  -- planning each of many parts takes longer than reading a few rows
SET enable_seqscan = off  -- a plan made while tables were small must still be right when they are large
AS $$
#variable_conflict use_column
DECLARE
    v_zone text; v_through bigint; v_happened record; v_known record; v_first bigint; v_last bigint;
    v_as_of CONSTANT timestamptz := coalesce(p_as_of, 'infinity');
    v_known_at CONSTANT timestamptz := coalesce(p_known_at, 'infinity');
BEGIN
    SELECT coalesce((SELECT s.zone FROM past_state s WHERE s.organization_id = p_organization),
        (SELECT o.time_zone FROM organization o WHERE o.id = p_organization)) INTO v_zone;
    SELECT p.through_id INTO v_through FROM level_past p
    WHERE p.organization_id = p_organization AND p.sku_id = p_sku AND p.warehouse_id = p_warehouse;

    IF v_through IS NOT NULL THEN
        v_happened := past_edges(v_zone, p_as_of);
        v_known := past_edges(v_zone, p_known_at);
        RETURN QUERY  -- whole days
        SELECT d.effective_day, sum(d.quantity), sum(d.reserved), sum(d.unavailable), sum(d.value), sum(d.uncosted),
            sum(d.changes)::bigint
        FROM level_day d
        WHERE d.organization_id = p_organization AND d.sku_id = p_sku AND d.warehouse_id = p_warehouse
            AND d.effective_day <= v_happened.whole AND d.recorded_day <= v_known.whole
        GROUP BY d.effective_day;
        IF v_happened.cut > v_happened.whole THEN  -- the day that `as_of` cuts
            RETURN QUERY
            SELECT d.effective_day, sum(m.quantity), sum(m.reserved), sum(m.unavailable), sum(m.value),
                sum(m.uncosted), count(*)
            FROM level_day d
            JOIN movement m ON m.organization_id = d.organization_id AND m.sku_id = d.sku_id
                AND m.warehouse_id = d.warehouse_id AND m.id BETWEEN d.first_id AND d.last_id
            WHERE d.organization_id = p_organization AND d.sku_id = p_sku AND d.warehouse_id = p_warehouse
                AND d.effective_day = v_happened.cut AND d.recorded_day <= v_known.whole
                AND (m.effective_at AT TIME ZONE v_zone)::date = d.effective_day
                AND (m.recorded_at AT TIME ZONE v_zone)::date = d.recorded_day AND m.effective_at <= v_as_of
            GROUP BY d.effective_day;
        END IF;
        IF v_known.cut > v_known.whole THEN  -- the day that `known_at` cuts
            SELECT min(d.first_id), max(d.last_id) INTO v_first, v_last FROM level_day d
            WHERE d.organization_id = p_organization AND d.sku_id = p_sku AND d.warehouse_id = p_warehouse
                AND d.effective_day <= v_happened.cut AND d.recorded_day = v_known.cut;
            RETURN QUERY
            SELECT (m.effective_at AT TIME ZONE v_zone)::date, sum(m.quantity), sum(m.reserved), sum(m.unavailable),
                sum(m.value), sum(m.uncosted), count(*)
            FROM movement m
            WHERE m.organization_id = p_organization AND m.sku_id = p_sku AND m.warehouse_id = p_warehouse
                AND m.id BETWEEN v_first AND v_last AND (m.recorded_at AT TIME ZONE v_zone)::date = v_known.cut
                AND m.effective_at <= v_as_of AND m.recorded_at <= v_known_at
            GROUP BY 1;
        END IF;
    END IF;
    RETURN QUERY  -- what is in no sum
    SELECT (m.effective_at AT TIME ZONE v_zone)::date, sum(m.quantity), sum(m.reserved), sum(m.unavailable),
        sum(m.value), sum(m.uncosted), count(*)
    FROM movement m
    WHERE m.organization_id = p_organization AND m.sku_id = p_sku AND m.warehouse_id = p_warehouse
        AND m.id > coalesce(v_through, 0) AND m.effective_at <= v_as_of AND m.recorded_at <= v_known_at
    GROUP BY 1
    UNION ALL
    SELECT (a.effective_at AT TIME ZONE v_zone)::date, 0, 0, 0, sum(a.value), sum(a.uncosted), count(*)
    FROM cost_adjustment a
    WHERE a.organization_id = p_organization AND a.sku_id = p_sku AND a.warehouse_id = p_warehouse
        AND a.effective_at <= v_as_of AND a.recorded_at <= v_known_at
    GROUP BY 1;
END $$;

-- One level at a past moment; zeros where nothing had happened.
CREATE FUNCTION level_at(
    p_organization uuid, p_sku uuid, p_warehouse uuid, p_as_of timestamptz, p_known_at timestamptz
) RETURNS TABLE (
    on_hand numeric, reserved numeric, unavailable numeric, value numeric, uncosted numeric, changes bigint, last_day date
)
LANGUAGE sql STABLE ROWS 1 COST 2000  -- so that a page's rows are chosen before their past is looked at
SET search_path = onhand, pg_temp
AS $$
    SELECT coalesce(sum(c.quantity), 0), coalesce(sum(c.reserved), 0), coalesce(sum(c.unavailable), 0),
        coalesce(sum(c.value), 0), coalesce(sum(c.uncosted), 0), coalesce(sum(c.changes), 0)::bigint, max(c.day)
    FROM level_changes(p_organization, p_sku, p_warehouse, p_as_of, p_known_at) c
$$;

-- How the warehouses changed, by the day it happened on; all of them, or those named.
CREATE FUNCTION warehouse_changes(
    p_organization uuid, p_warehouses uuid[], p_as_of timestamptz, p_known_at timestamptz
) RETURNS TABLE (
    warehouse_id uuid, day date, quantity numeric, reserved numeric, unavailable numeric, value numeric,
    uncosted numeric, changes bigint
)
LANGUAGE plpgsql STABLE
SET search_path = onhand, pg_temp
SET plan_cache_mode = force_custom_plan  -- an hour's movements and a year's are not found in the same way
AS $$
#variable_conflict use_column
DECLARE
    v_state past_state; v_happened record; v_known record; v_first bigint; v_last bigint; v_part record;
    v_as_of CONSTANT timestamptz := coalesce(p_as_of, 'infinity');
    v_known_at CONSTANT timestamptz := coalesce(p_known_at, 'infinity');
BEGIN
    SELECT * INTO v_state FROM past_state s WHERE s.organization_id = p_organization;
    IF v_state.zone IS NULL THEN
        v_state.through_id := 0;
        v_state.through_number := 0;
        SELECT o.time_zone INTO v_state.zone FROM organization o WHERE o.id = p_organization;
    ELSE
        v_happened := past_edges(v_state.zone, p_as_of);
        v_known := past_edges(v_state.zone, p_known_at);
        RETURN QUERY
        SELECT d.warehouse_id, d.effective_day, sum(d.quantity), sum(d.reserved), sum(d.unavailable), sum(d.value),
            sum(d.uncosted), sum(d.changes)::bigint
        FROM warehouse_day d
        WHERE d.organization_id = p_organization AND (p_warehouses IS NULL OR d.warehouse_id = ANY (p_warehouses))
            AND d.effective_day <= v_happened.whole AND d.recorded_day <= v_known.whole
        GROUP BY d.warehouse_id, d.effective_day;
        -- The days that `as_of` and `known_at` cut, by the numbers of what was recorded on each.
        FOR v_part IN
            SELECT d.source, d.recorded_day, min(d.first_id) AS first_id, max(d.last_id) AS last_id
            FROM warehouse_day d
            WHERE d.organization_id = p_organization AND (p_warehouses IS NULL OR d.warehouse_id = ANY (p_warehouses))
                AND (d.recorded_day = v_known.cut AND v_known.cut > v_known.whole AND d.effective_day <= v_happened.cut
                    OR d.effective_day = v_happened.cut AND v_happened.cut > v_happened.whole
                    AND d.recorded_day <= v_known.whole)
            GROUP BY d.source, d.recorded_day
        LOOP
            IF v_part.source = 'movement' THEN
                RETURN QUERY
                SELECT m.warehouse_id, (m.effective_at AT TIME ZONE v_state.zone)::date, sum(m.quantity),
                    sum(m.reserved), sum(m.unavailable), sum(m.value), sum(m.uncosted), count(*)
                FROM movement m
                WHERE m.organization_id = p_organization AND m.id BETWEEN v_part.first_id AND v_part.last_id
                    AND (p_warehouses IS NULL OR m.warehouse_id = ANY (p_warehouses))
                    AND (m.recorded_at AT TIME ZONE v_state.zone)::date = v_part.recorded_day
                    AND m.effective_at <= v_as_of AND m.recorded_at <= v_known_at
                    AND (v_part.recorded_day > v_known.whole
                        OR (m.effective_at AT TIME ZONE v_state.zone)::date = v_happened.cut)
                GROUP BY 1, 2;
            ELSE
                RETURN QUERY
                SELECT a.warehouse_id, (a.effective_at AT TIME ZONE v_state.zone)::date, 0::numeric, 0::numeric,
                    0::numeric, sum(a.value), sum(a.uncosted), count(*)
                FROM cost_adjustment a
                WHERE a.organization_id = p_organization AND a.number BETWEEN v_part.first_id AND v_part.last_id
                    AND (p_warehouses IS NULL OR a.warehouse_id = ANY (p_warehouses))
                    AND (a.recorded_at AT TIME ZONE v_state.zone)::date = v_part.recorded_day
                    AND a.effective_at <= v_as_of AND a.recorded_at <= v_known_at
                    AND (v_part.recorded_day > v_known.whole
                        OR (a.effective_at AT TIME ZONE v_state.zone)::date = v_happened.cut)
                GROUP BY 1, 2;
            END IF;
        END LOOP;
    END IF;
    RETURN QUERY  -- what is in no sum yet
    SELECT m.warehouse_id, (m.effective_at AT TIME ZONE v_state.zone)::date, sum(m.quantity), sum(m.reserved),
        sum(m.unavailable), sum(m.value), sum(m.uncosted), count(*)
    FROM movement m
    WHERE m.organization_id = p_organization AND m.id > v_state.through_id
        AND (p_warehouses IS NULL OR m.warehouse_id = ANY (p_warehouses))
        AND m.effective_at <= v_as_of AND m.recorded_at <= v_known_at
    GROUP BY 1, 2;
    RETURN QUERY
    SELECT a.warehouse_id, (a.effective_at AT TIME ZONE v_state.zone)::date, 0::numeric, 0::numeric, 0::numeric,
        sum(a.value), sum(a.uncosted), count(*)
    FROM cost_adjustment a
    WHERE a.organization_id = p_organization AND a.number > v_state.through_number
        AND (p_warehouses IS NULL OR a.warehouse_id = ANY (p_warehouses))
        AND a.effective_at <= v_as_of AND a.recorded_at <= v_known_at
    GROUP BY 1, 2;
END $$;

-- Many levels at a past moment: of those named each by itself, of whole warehouses today's less all that came behind.
-- Levels that held nothing are left out.
CREATE FUNCTION levels_at(
    p_organization uuid, p_as_of timestamptz, p_known_at timestamptz, p_skus uuid[], p_warehouses uuid[]
) RETURNS TABLE (
    sku_id uuid, warehouse_id uuid, on_hand numeric, reserved numeric, unavailable numeric, value numeric,
    uncosted numeric
)
LANGUAGE plpgsql STABLE
SET search_path = onhand, pg_temp
SET plan_cache_mode = force_custom_plan
SET work_mem = '64MB'
AS $$
#variable_conflict use_column
DECLARE
    v_as_of CONSTANT timestamptz := coalesce(p_as_of, 'infinity');
    v_known_at CONSTANT timestamptz := coalesce(p_known_at, 'infinity');
BEGIN
    IF p_skus IS NOT NULL OR NOT past_is_here(v_as_of, v_known_at) THEN
        RETURN QUERY
        SELECT v.sku_id, v.warehouse_id, t.on_hand, t.reserved, t.unavailable, t.value, t.uncosted
        FROM level v
        CROSS JOIN LATERAL level_at(p_organization, v.sku_id, v.warehouse_id, p_as_of, p_known_at) t
        WHERE v.organization_id = p_organization AND (p_skus IS NULL OR v.sku_id = ANY (p_skus))
            AND (p_warehouses IS NULL OR v.warehouse_id = ANY (p_warehouses))
            AND (t.on_hand <> 0 OR t.reserved <> 0 OR t.unavailable <> 0 OR t.value <> 0 OR t.uncosted <> 0);
        RETURN;
    END IF;
    RETURN QUERY
    WITH behind AS (
        SELECT m.sku_id, m.warehouse_id, sum(m.quantity) AS quantity, sum(m.reserved) AS reserved,
            sum(m.unavailable) AS unavailable, sum(m.value) AS value, sum(m.uncosted) AS uncosted
        FROM movement m
        WHERE m.organization_id = p_organization AND (m.effective_at > v_as_of OR m.recorded_at > v_known_at)
            AND (p_warehouses IS NULL OR m.warehouse_id = ANY (p_warehouses))
        GROUP BY m.sku_id, m.warehouse_id
        UNION ALL
        SELECT a.sku_id, a.warehouse_id, 0, 0, 0, sum(a.value), sum(a.uncosted)
        FROM cost_adjustment a
        WHERE a.organization_id = p_organization AND (a.effective_at > v_as_of OR a.recorded_at > v_known_at)
            AND (p_warehouses IS NULL OR a.warehouse_id = ANY (p_warehouses))
        GROUP BY a.sku_id, a.warehouse_id
    ), summed AS (
        SELECT b.sku_id, b.warehouse_id, sum(b.quantity) AS quantity, sum(b.reserved) AS reserved,
            sum(b.unavailable) AS unavailable, sum(b.value) AS value, sum(b.uncosted) AS uncosted
        FROM behind b GROUP BY b.sku_id, b.warehouse_id
    )
    SELECT t.* FROM (
        SELECT v.sku_id, v.warehouse_id, v.on_hand - coalesce(b.quantity, 0) AS on_hand,
            v.reserved - coalesce(b.reserved, 0) AS reserved, v.unavailable - coalesce(b.unavailable, 0) AS unavailable,
            v.value - coalesce(b.value, 0) AS value, v.uncosted - coalesce(b.uncosted, 0) AS uncosted
        FROM level v LEFT JOIN summed b ON b.sku_id = v.sku_id AND b.warehouse_id = v.warehouse_id
        WHERE v.organization_id = p_organization AND (p_warehouses IS NULL OR v.warehouse_id = ANY (p_warehouses))
    ) t
    WHERE t.on_hand <> 0 OR t.reserved <> 0 OR t.unavailable <> 0 OR t.value <> 0 OR t.uncosted <> 0;
END $$;

-- Whether all that came behind these moments is still in the movements, and not in a part that was taken out.
CREATE FUNCTION past_is_here(p_as_of timestamptz, p_known_at timestamptz) RETURNS boolean
LANGUAGE sql STABLE
SET search_path = onhand, pg_temp
AS $$
    SELECT NOT EXISTS (SELECT FROM detached_part p WHERE p.parent = 'movement'
        AND (p.reaches_at > p_as_of OR p.until_at > p_known_at))
$$;

-- The last moment of a business day of the organization at work.
CREATE FUNCTION end_of_day(p_day date) RETURNS timestamptz
LANGUAGE sql STABLE
SET search_path = onhand, pg_temp
AS $$
    SELECT ((p_day + 1)::timestamp AT TIME ZONE o.time_zone) - interval '1 microsecond'
    FROM organization o WHERE o.id = current_organization()
$$;
