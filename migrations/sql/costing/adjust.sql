-- Who changes what stock costs without moving it. Beside post() these are the only writers of cost layers, and they
-- take the same locks in the same order: the levels, by key.

-- All levels of these SKUs, until the transaction ends: cost follows goods from level to level.
CREATE FUNCTION lock_costs(p_organization uuid, p_skus uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = onhand, pg_temp
AS $$
BEGIN
    PERFORM FROM level v WHERE v.organization_id = p_organization AND v.sku_id = ANY(p_skus)
    ORDER BY v.sku_id, v.warehouse_id FOR NO KEY UPDATE;
END $$;

-- An adjusting entry. Rows with a layer change the stock's value (of a layer whose cost nobody knew: they are its
-- value now, and its units are no longer uncosted); rows with a posting change what that line had cost. Nothing that
-- was recorded is rewritten. Raises 23514 when a layer would be worth less than nothing.
CREATE FUNCTION adjust_costs(
    p_organization uuid, p_entry uuid, p_kind text, p_effective timestamptz, p_document text, p_note text,
    p_actor text,
    p_layers uuid[], p_values numeric[], p_unit_costs numeric[],
    p_postings uuid[], p_lines integer[], p_of uuid[], p_costs numeric[], p_uncosted numeric[]
) RETURNS numeric
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = onhand, pg_temp
AS $$
DECLARE
    v_sum numeric; v_count integer;
BEGIN
    PERFORM lock_costs(p_organization, ARRAY(SELECT DISTINCT l.sku_id FROM cost_layer l
        WHERE l.organization_id = p_organization AND l.id = ANY(p_layers || p_of)));
    WITH told AS MATERIALIZED (
        SELECT l.id, l.sku_id, l.warehouse_id, t.value, t.unit_cost,
            CASE WHEN l.value IS NULL THEN -l.remaining ELSE 0 END AS uncosted
        FROM unnest(p_layers, p_values, p_unit_costs) t(id, value, unit_cost)
        JOIN cost_layer l ON l.organization_id = p_organization AND l.id = t.id
    ), layers AS (
        UPDATE cost_layer l SET value = coalesce(l.value, 0) + t.value, unit_cost = coalesce(l.unit_cost, t.unit_cost)
        FROM told t WHERE l.organization_id = p_organization AND l.id = t.id
    ), entered AS (
        INSERT INTO cost_adjustment (organization_id, entry_id, kind, sku_id, warehouse_id, layer_id, value, uncosted,
            document, note, actor_label, effective_at)
        SELECT p_organization, p_entry, p_kind, sku_id, warehouse_id, id, value, uncosted, p_document, p_note, p_actor,
            p_effective
        FROM told
    ), sold AS (
        INSERT INTO cost_adjustment (organization_id, entry_id, kind, sku_id, warehouse_id, layer_id, posting_id, line,
            value, uncosted, document, note, actor_label, effective_at)
        SELECT p_organization, p_entry, p_kind, l.sku_id, l.warehouse_id, l.id, t.posting_id, t.line, t.value,
            t.uncosted, p_document, p_note, p_actor, p_effective
        FROM unnest(p_postings, p_lines, p_of, p_costs, p_uncosted) t(posting_id, line, layer_id, value, uncosted)
        JOIN cost_layer l ON l.organization_id = p_organization AND l.id = t.layer_id
    ), levels AS (
        UPDATE level v SET value = v.value + t.value, uncosted = v.uncosted + t.uncosted
        FROM (SELECT sku_id, warehouse_id, sum(value) AS value, sum(uncosted) AS uncosted
            FROM told GROUP BY sku_id, warehouse_id) t
        WHERE v.organization_id = p_organization AND v.sku_id = t.sku_id AND v.warehouse_id = t.warehouse_id
    )
    SELECT coalesce(sum(value), 0), count(*) INTO v_sum, v_count FROM told;
    IF v_count <> cardinality(p_layers) THEN
        RAISE EXCEPTION 'a cost layer is named twice or is not there' USING ERRCODE = '22023';
    END IF;
    RETURN v_sum;
END $$;

-- Tells the layers of one level anew: as they would be under another method, or had a late receipt been known in time.
-- p_layers: [{id or null, posting_id, line, received_at, quantity, remaining, value or null, unit_cost, …}];
-- p_uses: [{n (the layer's place, from 1), posting_id, line, quantity, value, effective_at}], which account for every
-- change of a layer's remaining units; p_costs: [{posting_id, line, value, uncosted}], what sold lines cost more.
-- The units stay as they are: raises 22023 when the layers do not add up to what lies there.
CREATE FUNCTION restate_costs(
    p_organization uuid, p_entry uuid, p_kind text, p_effective timestamptz, p_document text, p_note text,
    p_actor text, p_sku uuid, p_warehouse uuid, p_method text, p_layers jsonb, p_uses jsonb, p_costs jsonb
) RETURNS numeric
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = onhand, pg_temp
AS $$
DECLARE
    v_level level; v_value numeric; v_uncosted numeric; v_units numeric; v_ids uuid[]; v_before numeric;
BEGIN
    SELECT v.* INTO v_level FROM level v WHERE v.organization_id = p_organization AND v.sku_id = p_sku
        AND v.warehouse_id = p_warehouse FOR NO KEY UPDATE;
    IF EXISTS (SELECT FROM cost_layer l WHERE l.organization_id = p_organization AND l.sku_id = p_sku
            AND l.warehouse_id = p_warehouse AND l.remaining > 0 AND l.id NOT IN (
                SELECT (t.x ->> 'id')::uuid FROM jsonb_array_elements(p_layers) t(x) WHERE t.x ->> 'id' IS NOT NULL))
    THEN
        RAISE EXCEPTION 'an open cost layer was left out' USING ERRCODE = '22023';
    END IF;
    CREATE TEMPORARY TABLE IF NOT EXISTS restated (n integer, id uuid, posting_id uuid, line integer,
        received_at timestamptz, quantity numeric, remaining numeric, value numeric, unit_cost numeric,
        old_remaining numeric, old_value numeric, old_uncosted numeric) ON COMMIT DROP;
    DELETE FROM restated;
    INSERT INTO restated
    SELECT t.n, coalesce((t.x ->> 'id')::uuid, uuidv7()), coalesce(l.posting_id, (t.x ->> 'posting_id')::uuid),
        coalesce(l.line, (t.x ->> 'line')::integer), coalesce(l.received_at, (t.x ->> 'received_at')::timestamptz),
        coalesce(l.quantity, (t.x ->> 'quantity')::numeric), (t.x ->> 'remaining')::numeric,
        (t.x ->> 'value')::numeric, (t.x ->> 'unit_cost')::numeric, l.remaining, coalesce(l.value, 0),
        CASE WHEN l.value IS NULL THEN coalesce(l.remaining, 0) ELSE 0 END
    FROM jsonb_array_elements(p_layers) WITH ORDINALITY t(x, n)
    LEFT JOIN cost_layer l ON l.organization_id = p_organization AND l.id = (t.x ->> 'id')::uuid
        AND l.sku_id = p_sku AND l.warehouse_id = p_warehouse;
    SELECT sum(remaining), coalesce(sum(value), 0), coalesce(sum(remaining) FILTER (WHERE value IS NULL), 0)
    INTO v_units, v_value, v_uncosted FROM restated;
    IF coalesce(v_units, 0) <> v_level.on_hand THEN
        RAISE EXCEPTION 'the layers hold % units, the level %', v_units, v_level.on_hand USING ERRCODE = '22023';
    END IF;
    v_before := v_level.value;
    UPDATE cost_layer l SET remaining = t.remaining, value = t.value FROM restated t
    WHERE l.organization_id = p_organization AND l.id = t.id AND t.old_remaining IS NOT NULL;
    INSERT INTO cost_layer (organization_id, id, sku_id, warehouse_id, posting_id, line, received_at, quantity,
        remaining, value, unit_cost)
    SELECT p_organization, id, p_sku, p_warehouse, posting_id, line, received_at, quantity, remaining, value, unit_cost
    FROM restated WHERE old_remaining IS NULL;
    INSERT INTO cost_use (organization_id, posting_id, line, layer_id, sku_id, warehouse_id, quantity, value,
        effective_at)
    SELECT p_organization, (t.x ->> 'posting_id')::uuid, (t.x ->> 'line')::integer, r.id, p_sku, p_warehouse,
        (t.x ->> 'quantity')::numeric, (t.x ->> 'value')::numeric, (t.x ->> 'effective_at')::timestamptz
    FROM jsonb_array_elements(p_uses) t(x) JOIN restated r ON r.n = (t.x ->> 'n')::integer;
    IF EXISTS (SELECT FROM restated r WHERE coalesce(r.old_remaining, r.quantity) - r.remaining <> coalesce((
            SELECT sum((t.x ->> 'quantity')::numeric) FROM jsonb_array_elements(p_uses) t(x)
            WHERE (t.x ->> 'n')::integer = r.n), 0)) THEN
        RAISE EXCEPTION 'the uses do not account for the layers' USING ERRCODE = '22023';
    END IF;
    INSERT INTO cost_adjustment (organization_id, entry_id, kind, sku_id, warehouse_id, layer_id, value, uncosted,
        document, note, actor_label, effective_at)
    SELECT p_organization, p_entry, p_kind, p_sku, p_warehouse, r.id, coalesce(r.value, 0) - coalesce(r.old_value, 0),
        CASE WHEN r.value IS NULL THEN r.remaining ELSE 0 END - coalesce(r.old_uncosted, 0), p_document, p_note,
        p_actor, p_effective
    FROM restated r
    WHERE coalesce(r.value, 0) <> coalesce(r.old_value, 0)
        OR CASE WHEN r.value IS NULL THEN r.remaining ELSE 0 END <> coalesce(r.old_uncosted, 0);
    INSERT INTO cost_adjustment (organization_id, entry_id, kind, sku_id, warehouse_id, posting_id, line, value,
        uncosted, document, note, actor_label, effective_at)
    SELECT p_organization, p_entry, p_kind, p_sku, p_warehouse, (t.x ->> 'posting_id')::uuid,
        (t.x ->> 'line')::integer, (t.x ->> 'value')::numeric, (t.x ->> 'uncosted')::numeric, p_document, p_note,
        p_actor, p_effective
    FROM jsonb_array_elements(p_costs) t(x);
    UPDATE level v SET value = v_value, uncosted = v_uncosted, cost_method = p_method
    WHERE v.organization_id = p_organization AND v.sku_id = p_sku AND v.warehouse_id = p_warehouse;
    RETURN v_value - v_before;
END $$;

-- How the stock of a SKU is valued: as the nearest category above it says, else as the organization does, else FIFO.
CREATE OR REPLACE FUNCTION cost_method_of(p_organization uuid, p_sku uuid) RETURNS text
LANGUAGE sql STABLE
SET search_path = onhand, pg_temp
AS $$
    SELECT coalesce(
        CASE WHEN EXISTS (SELECT FROM costing_method m
                WHERE m.organization_id = p_organization AND m.category_id IS NOT NULL) THEN (
            WITH RECURSIVE above AS (
                SELECT p.category_id AS id, 0 AS height FROM sku s
                JOIN product p ON p.organization_id = p_organization AND p.id = s.product_id
                WHERE s.organization_id = p_organization AND s.id = p_sku AND p.category_id IS NOT NULL
                UNION ALL
                SELECT c.parent_id, a.height + 1 FROM above a
                JOIN category c ON c.organization_id = p_organization AND c.id = a.id
                WHERE c.parent_id IS NOT NULL AND a.height < 100
            )
            SELECT m.method FROM above a
            JOIN costing_method m ON m.organization_id = p_organization AND m.category_id = a.id
            ORDER BY a.height LIMIT 1) END,
        (SELECT m.method FROM costing_method m WHERE m.organization_id = p_organization AND m.category_id IS NULL),
        'fifo')
$$;
