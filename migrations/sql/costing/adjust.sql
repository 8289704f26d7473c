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

-- An averaged level has one pool: layers whose cost has become known flow into the oldest of them.
CREATE FUNCTION pool_layers(p_organization uuid, p_entry uuid, p_skus uuid[]) RETURNS void
LANGUAGE plpgsql
SET search_path = onhand, pg_temp
AS $$
BEGIN
    WITH layer AS (
        SELECT l.*, first_value(l.id) OVER (PARTITION BY l.sku_id, l.warehouse_id ORDER BY l.received_at, l.id) AS pool
        FROM level v JOIN cost_layer l ON l.organization_id = p_organization AND l.sku_id = v.sku_id
            AND l.warehouse_id = v.warehouse_id AND l.remaining > 0 AND l.value IS NOT NULL
        WHERE v.organization_id = p_organization AND v.sku_id = ANY(p_skus) AND v.cost_method = 'average'
    ), poured AS (
        UPDATE cost_layer l SET remaining = 0, value = 0, open = false
        FROM layer t WHERE l.organization_id = p_organization AND l.id = t.id AND t.pool <> t.id
    ), told AS (
        INSERT INTO cost_use (organization_id, posting_id, line, layer_id, sku_id, warehouse_id, quantity, value,
            effective_at)
        SELECT p_organization, p_entry, 0, id, sku_id, warehouse_id, remaining, value, now() FROM layer WHERE pool <> id
    )
    UPDATE cost_layer l SET remaining = l.remaining + t.remaining, quantity = l.quantity + t.remaining,
        value = l.value + t.value, unit_cost = round((l.value + t.value) / (l.remaining + t.remaining), 6)
    FROM (SELECT pool, sum(remaining) AS remaining, sum(value) AS value FROM layer WHERE pool <> id GROUP BY pool) t
    WHERE l.organization_id = p_organization AND l.id = t.pool;
END $$;

-- An adjusting entry. Rows with a layer change the stock's value (of a layer whose cost nobody knew: they are its
-- value now, and its units are no longer uncosted); rows with a posting change what that line had cost. Nothing that
-- was recorded is rewritten. Raises 22023 when a layer is not there, 23514 when one would be worth less than nothing.
CREATE FUNCTION adjust_costs(
    p_organization uuid, p_entry uuid, p_kind text, p_document text, p_note text, p_actor text,
    p_layers uuid[], p_values numeric[], p_unit_costs numeric[],
    p_postings uuid[], p_lines integer[], p_of uuid[], p_costs numeric[], p_uncosted numeric[]
) RETURNS numeric
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = onhand, pg_temp
AS $$
DECLARE
    v_skus CONSTANT uuid[] := ARRAY(SELECT DISTINCT l.sku_id FROM cost_layer l
        WHERE l.organization_id = p_organization AND l.id = ANY(p_layers || p_of));
    v_sum numeric; v_count integer;
BEGIN
    PERFORM lock_costs(p_organization, v_skus);
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
            document, note, actor_label)
        SELECT p_organization, p_entry, p_kind, sku_id, warehouse_id, id, value, uncosted, p_document, p_note, p_actor
        FROM told WHERE value <> 0 OR uncosted <> 0
    ), sold AS (
        INSERT INTO cost_adjustment (organization_id, entry_id, kind, sku_id, warehouse_id, layer_id, posting_id, line,
            value, uncosted, document, note, actor_label)
        SELECT p_organization, p_entry, p_kind, l.sku_id, l.warehouse_id, l.id, t.posting_id, t.line, t.value,
            t.uncosted, p_document, p_note, p_actor
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
    PERFORM pool_layers(p_organization, p_entry, v_skus);
    RETURN v_sum;
END $$;

-- Tells the layers of one level anew: as they would be under another method, or had a late receipt been known in time.
-- The open layers are closed and new ones made; what the lines in p_postings had cost is corrected by p_costs. The
-- units stay as they are: raises 22023 when the layers do not add up to what lies there.
CREATE FUNCTION restate_costs(
    p_organization uuid, p_entry uuid, p_kind text, p_document text, p_note text, p_actor text,
    p_sku uuid, p_warehouse uuid, p_method text,
    p_from uuid[], p_from_lines integer[], p_at timestamptz[], p_units numeric[], p_values numeric[],
    p_unit_costs numeric[], p_postings uuid[], p_lines integer[], p_costs numeric[], p_uncosted numeric[]
) RETURNS numeric
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = onhand, pg_temp
AS $$
DECLARE
    v_level level; v_value numeric; v_uncosted numeric; v_units numeric; v_id uuid;
BEGIN
    SELECT v.* INTO v_level FROM level v WHERE v.organization_id = p_organization AND v.sku_id = p_sku
        AND v.warehouse_id = p_warehouse FOR NO KEY UPDATE;
    SELECT coalesce(sum(t.units), 0), coalesce(sum(t.value), 0),
        coalesce(sum(t.units) FILTER (WHERE t.value IS NULL), 0)
    INTO v_units, v_value, v_uncosted FROM unnest(p_units, p_values) t(units, value);
    IF v_units <> v_level.on_hand THEN
        RAISE EXCEPTION 'the layers hold % units, the level %', v_units, v_level.on_hand USING ERRCODE = '22023';
    END IF;
    WITH closed AS MATERIALIZED (
        SELECT l.* FROM cost_layer l WHERE l.organization_id = p_organization AND l.sku_id = p_sku
            AND l.warehouse_id = p_warehouse AND l.remaining > 0
    ), used AS (
        INSERT INTO cost_use (organization_id, posting_id, line, layer_id, sku_id, warehouse_id, quantity, value,
            effective_at)
        SELECT p_organization, p_entry, 0, id, p_sku, p_warehouse, remaining, value, now() FROM closed
    )
    UPDATE cost_layer l SET remaining = 0, open = false, value = CASE WHEN l.value IS NULL THEN NULL ELSE 0 END
    FROM closed c WHERE l.organization_id = p_organization AND l.id = c.id;
    -- A layer of the same receipt that was closed just now goes on in the new one: whoever follows it finds it.
    INSERT INTO cost_layer (organization_id, sku_id, warehouse_id, posting_id, line, received_at, quantity, remaining,
        value, unit_cost, source_cost, source_currency, rate, origin_id)
    SELECT p_organization, p_sku, p_warehouse, t.posting_id, t.line, t.at, t.units, t.units, t.value, t.unit_cost,
        o.source_cost, o.source_currency, o.rate, o.id
    FROM unnest(p_from, p_from_lines, p_at, p_units, p_values, p_unit_costs)
        t(posting_id, line, at, units, value, unit_cost)
    LEFT JOIN LATERAL (SELECT l.* FROM cost_layer l WHERE l.organization_id = p_organization
        AND l.posting_id = t.posting_id AND l.line = t.line AND l.sku_id = p_sku AND l.warehouse_id = p_warehouse
        AND p_method <> 'average' ORDER BY l.id DESC LIMIT 1) o ON true;
    INSERT INTO cost_adjustment (organization_id, entry_id, kind, sku_id, warehouse_id, value, uncosted, document,
        note, actor_label)
    VALUES (p_organization, p_entry, p_kind, p_sku, p_warehouse, v_value - v_level.value,
        v_uncosted - v_level.uncosted, p_document, p_note, p_actor);
    INSERT INTO cost_adjustment (organization_id, entry_id, kind, sku_id, warehouse_id, posting_id, line, value,
        uncosted, document, note, actor_label)
    SELECT p_organization, p_entry, p_kind, p_sku, p_warehouse, t.posting_id, t.line, t.value, t.uncosted, p_document,
        p_note, p_actor
    FROM unnest(p_postings, p_lines, p_costs, p_uncosted) t(posting_id, line, value, uncosted);
    UPDATE level v SET value = v_value, uncosted = v_uncosted, cost_method = p_method
    WHERE v.organization_id = p_organization AND v.sku_id = p_sku AND v.warehouse_id = p_warehouse;
    RETURN v_value - v_level.value;
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
