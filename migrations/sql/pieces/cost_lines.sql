-- cost_lines(): what the accepted lines of one call of post() cost, line by line, and what the levels are then worth.
-- Only post() calls it, with the levels locked. It writes layers and uses.
--
-- A receipt makes a layer: at its own cost, else at the SKU's cost price, else uncosted. What is taken, is taken of
-- the oldest layer (fifo), of the newest (lifo), or of the level's one pool (average), which receipts flow into;
-- uncosted units of an average come last. A part of a layer costs its share of the layer's value, rounded to six
-- decimals; what rounding leaves stays in the layer, and the last units take all of it.
-- What is carried keeps the cost and the age it had. What a reversal takes back, returns to the very layers it came
-- from. What a customer returns, comes back at the cost at which it left.
CREATE FUNCTION cost_lines(
    p_organization uuid, p_now timestamptz, p_ids uuid[], p_reverses uuid[], p_effective timestamptz[],
    s_state smallint[], s_start integer[], p_posting integer[], l_key integer[], l_quantity numeric[],
    p_costs numeric[], p_currencies text[], p_line_effective timestamptz[], p_carried boolean[], p_undoes integer[],
    p_returned_from uuid[], k_sku uuid[], k_warehouse uuid[], k_method text[], k_value numeric[], k_uncosted numeric[],
    OUT line_values numeric[], OUT line_uncosted numeric[], OUT level_values numeric[], OUT level_uncosted numeric[]
)
LANGUAGE plpgsql  -- with the settings of post()
AS $$
#variable_conflict use_column
DECLARE
    c_places CONSTANT integer := 6;
    c_few CONSTANT integer := 64;
    n_lines CONSTANT integer := cardinality(p_posting);
    n_levels CONSTANT integer := coalesce(cardinality(k_sku), 0);
    v_now CONSTANT timestamptz := p_now;
    l_value numeric[] := array_fill(0::numeric, ARRAY[n_lines]);
    l_uncosted numeric[] := l_value;
    l_cost numeric[]; l_source numeric[]; l_currency text[]; l_rate numeric[]; l_at timestamptz[];
    l_first integer[] := array_fill(0, ARRAY[n_lines + 1]);  -- of each line: its uses come after this one
    k_taken numeric[] := array_fill(0::numeric, ARRAY[n_levels]);
    k_head integer[]; k_tail integer[]; k_gone integer[];  -- gone: used up by this call, linked likewise
    -- y_: layers, linked in the order in which they are taken
    y_n integer := 0; y_id uuid[]; y_key integer[]; y_left numeric[]; y_value numeric[]; y_whole numeric[];
    y_cost numeric[]; y_at timestamptz[]; y_origin uuid[]; y_line integer[]; y_filed boolean[]; y_next integer[];
    y_touched boolean[]; y_source numeric[]; y_currency text[]; y_rate numeric[];
    -- u_: uses
    u_n integer := 0; u_line integer[]; u_layer integer[]; u_q numeric[]; u_v numeric[];
    -- g_: what a line is about to add
    g_n integer; g_layer uuid[]; g_q numeric[]; g_v numeric[]; g_cost numeric[]; g_at timestamptz[]; g_origin uuid[];
    g_from integer[];
    -- w_: what reversed lines had taken of layers; o_: the layers that reversed receipts had made. In order of lines.
    w integer := 1; w_line integer[]; w_layer uuid[]; w_q numeric[]; w_v numeric[]; w_left numeric[]; w_value numeric[];
    w_whole numeric[]; w_cost numeric[]; w_at timestamptz[];
    o integer := 1; o_line integer[]; o_id uuid[]; o_left numeric[]; o_value numeric[]; o_whole numeric[];
    o_cost numeric[]; o_at timestamptz[];
    k integer; y integer; z integer; before integer; p integer; q numeric; part numeric; worth numeric; total numeric;
    pool boolean; linked boolean; layer record; past record; layers refcursor;
BEGIN
    level_values := k_value;
    level_uncosted := k_uncosted;
    FOR n IN 1..n_lines LOOP
        IF l_quantity[n] < 0 AND s_state[p_posting[n]] = 0 THEN
            k_taken[l_key[n]] := k_taken[l_key[n]] - l_quantity[n];
        END IF;
    END LOOP;
    k_head := array_fill(NULL::integer, ARRAY[n_levels]);
    k_tail := k_head;
    k_gone := k_head;

    -- What receipts cost.
    SELECT array_agg(coalesce(t.cost * t.rate, t.price * t.price_rate) ORDER BY t.n),
        array_agg(coalesce(t.cost, t.price) ORDER BY t.n),
        array_agg(CASE WHEN t.cost IS NULL THEN t.price_currency ELSE t.currency END ORDER BY t.n),
        array_agg(CASE WHEN t.cost IS NULL THEN t.price_rate ELSE t.rate END ORDER BY t.n),
        array_agg(t.at ORDER BY t.n)
    INTO l_cost, l_source, l_currency, l_rate, l_at
    FROM (
        SELECT t.n, t.at, t.cost, t.currency, CASE WHEN t.cost IS NULL THEN NULL WHEN t.currency IS NULL THEN 1
                ELSE rate_at(p_organization, t.currency, t.at) END AS rate,
            s.cost_price AS price, s.currency AS price_currency, CASE WHEN s.cost_price IS NULL THEN NULL
                WHEN s.currency IS NULL THEN 1 ELSE rate_at(p_organization, s.currency, t.at) END AS price_rate
        FROM (
            SELECT t.n, t.key, t.q, t.cost, t.currency, s_state[t.p] = 0 AS stands,
                coalesce(t.at, p_effective[t.p], v_now) AS at
            FROM unnest(p_posting, l_key, l_quantity, p_costs, p_currencies, p_line_effective) WITH ORDINALITY
                t(p, key, q, cost, currency, at, n)
        ) t
        LEFT JOIN LATERAL (SELECT s.cost_price, s.currency FROM sku s WHERE t.q > 0 AND t.stands AND t.cost IS NULL
            AND s.organization_id = p_organization AND s.id = k_sku[t.key]) s ON true
    ) t;

    -- The layers that may be taken of: of few levels only as many as are needed, of many in one sweep.
    k := 1;
    WHILE k <= n_levels LOOP
        pool := k_method[k] = 'average';
        IF n_levels > c_few THEN
            OPEN layers FOR SELECT g.k::integer AS k, c.* FROM unnest(k_sku, k_warehouse, k_method, k_taken)
                WITH ORDINALITY g(sku, warehouse, method, taken, k)
            CROSS JOIN LATERAL (SELECT * FROM cost_layer c WHERE c.organization_id = p_organization
                AND c.sku_id = g.sku AND c.warehouse_id = g.warehouse AND c.open OFFSET 0) c
            WHERE g.taken > 0 OR g.method = 'average'
            ORDER BY g.k, g.method = 'average' AND c.value IS NULL,
                extract(epoch FROM c.received_at) * CASE WHEN g.method = 'lifo' THEN -1 ELSE 1 END, c.id;
        ELSIF k_taken[k] = 0 AND NOT pool THEN
            k := k + 1;
            CONTINUE;
        ELSIF pool THEN
            OPEN layers FOR SELECT k AS k, c.* FROM cost_layer c WHERE c.organization_id = p_organization
                AND c.sku_id = k_sku[k] AND c.warehouse_id = k_warehouse[k] AND c.open
            ORDER BY c.value IS NULL, c.received_at, c.id;
        ELSIF k_method[k] = 'fifo' THEN
            OPEN layers FOR SELECT k AS k, c.* FROM cost_layer c WHERE c.organization_id = p_organization
                AND c.sku_id = k_sku[k] AND c.warehouse_id = k_warehouse[k] AND c.open ORDER BY c.received_at, c.id;
        ELSE
            OPEN layers FOR SELECT k AS k, c.* FROM cost_layer c WHERE c.organization_id = p_organization
                AND c.sku_id = k_sku[k] AND c.warehouse_id = k_warehouse[k] AND c.open
            ORDER BY c.received_at DESC, c.id DESC;
        END IF;
        total := 0;
        LOOP
            FETCH layers INTO layer;
            EXIT WHEN NOT FOUND;
            y_n := y_n + 1;
            y := layer.k;
            y_id[y_n] := layer.id; y_key[y_n] := y; y_left[y_n] := layer.remaining; y_value[y_n] := layer.value;
            y_whole[y_n] := layer.quantity; y_cost[y_n] := layer.unit_cost; y_at[y_n] := layer.received_at;
            y_line[y_n] := NULL; y_filed[y_n] := true; y_touched[y_n] := false; y_next[y_n] := NULL;
            y_origin[y_n] := NULL; y_source[y_n] := NULL; y_currency[y_n] := NULL; y_rate[y_n] := NULL;
            IF k_head[y] IS NULL THEN k_head[y] := y_n; ELSE y_next[k_tail[y]] := y_n; END IF;
            k_tail[y] := y_n;
            total := total + layer.remaining;
            EXIT WHEN n_levels <= c_few AND NOT pool AND total >= k_taken[k];
        END LOOP;
        CLOSE layers;
        EXIT WHEN n_levels > c_few;
        k := k + 1;
    END LOOP;

    -- What reversals look back at, in one sweep each: a query for each line would cost more than all the rest.
    IF array_remove(p_reverses, NULL) <> '{}' THEN
        SELECT array_agg(t.n), array_agg(t.layer_id), array_agg(t.quantity), array_agg(t.value), array_agg(t.left_now),
            array_agg(t.value_now), array_agg(t.whole), array_agg(t.unit_cost), array_agg(t.received_at)
        INTO w_line, w_layer, w_q, w_v, w_left, w_value, w_whole, w_cost, w_at
        FROM (
            SELECT t.n, u.layer_id, u.quantity, coalesce(u.value + coalesce(a.value, 0), a.value) AS value,
                c.remaining AS left_now, c.value AS value_now, c.quantity AS whole, c.unit_cost, c.received_at
            FROM unnest(p_posting, l_quantity, p_undoes) WITH ORDINALITY t(p, q, undoes, n)
            CROSS JOIN LATERAL (SELECT u.* FROM cost_use u WHERE u.organization_id = p_organization
                AND u.posting_id = p_reverses[t.p] AND u.line = t.undoes OFFSET 0) u
            CROSS JOIN LATERAL (SELECT c.* FROM cost_layer c WHERE c.organization_id = p_organization
                AND c.id = u.layer_id LIMIT 1) c
            LEFT JOIN LATERAL (SELECT sum(a.value) AS value FROM cost_adjustment a
                WHERE a.organization_id = p_organization AND a.posting_id = u.posting_id AND a.line = u.line
                    AND a.layer_id = u.layer_id) a ON true
            WHERE t.q > 0 AND t.undoes > 0 AND s_state[t.p] = 0
            ORDER BY t.n, u.id DESC
        ) t;
        SELECT array_agg(t.n), array_agg(t.id), array_agg(t.remaining), array_agg(t.value), array_agg(t.quantity),
            array_agg(t.unit_cost), array_agg(t.received_at)
        INTO o_line, o_id, o_left, o_value, o_whole, o_cost, o_at
        FROM (
            SELECT t.n, c.* FROM unnest(p_posting, l_quantity, p_undoes) WITH ORDINALITY t(p, q, undoes, n)
            CROSS JOIN LATERAL (SELECT c.* FROM cost_layer c WHERE c.organization_id = p_organization
                AND c.posting_id = p_reverses[t.p] AND c.line = t.undoes OFFSET 0) c
            WHERE t.q < 0 AND t.undoes > 0 AND s_state[t.p] = 0
            ORDER BY t.n, c.id DESC
        ) t;
    END IF;

    FOR n IN 1..n_lines LOOP
        l_first[n] := u_n;
        p := p_posting[n];
        k := l_key[n];
        q := l_quantity[n];
        CONTINUE WHEN s_state[p] <> 0 OR q = 0 OR p_undoes[n] = 0;
        pool := k_method[k] = 'average';
        g_n := 0;

        IF q > 0 THEN  -- g_: the parts that arrive, each with its cost and age
            IF p_undoes[n] > 0 THEN
                WHILE w_line[w] < n LOOP
                    w := w + 1;
                END LOOP;
                WHILE w_line[w] = n LOOP
                    g_n := g_n + 1;
                    g_layer[g_n] := w_layer[w]; g_q[g_n] := w_q[w]; g_v[g_n] := w_v[w]; g_from[g_n] := w;
                    g_cost[g_n] := NULL; g_at[g_n] := l_at[n]; g_origin[g_n] := NULL;
                    w := w + 1;
                END LOOP;
            ELSIF p_carried[n] THEN
                part := q;
                FOR u IN l_first[n - 1] + 1..u_n LOOP
                    EXIT WHEN part = 0;
                    g_n := g_n + 1;
                    g_q[g_n] := least(part, u_q[u]);
                    g_v[g_n] := CASE WHEN g_q[g_n] = u_q[u] THEN u_v[u]
                        ELSE round(u_v[u] * g_q[g_n] / u_q[u], c_places) END;
                    g_layer[g_n] := NULL; g_cost[g_n] := y_cost[u_layer[u]]; g_at[g_n] := y_at[u_layer[u]];
                    g_origin[g_n] := y_id[u_layer[u]];
                    part := part - g_q[g_n];
                END LOOP;
            ELSIF p_returned_from[n] IS NOT NULL THEN
                SELECT sum(u.quantity) AS quantity, sum(u.value) AS value INTO past FROM (
                    SELECT u.quantity, coalesce(u.value, 0) + coalesce((SELECT sum(a.value) FROM cost_adjustment a
                        WHERE a.organization_id = p_organization AND a.posting_id = u.posting_id AND a.line = u.line
                            AND a.layer_id = u.layer_id), 0) AS value
                    FROM cost_use u WHERE u.organization_id = p_organization AND u.posting_id = p_returned_from[n]
                        AND u.sku_id = k_sku[k] AND u.quantity > 0 AND u.value IS NOT NULL) u;
                IF past.quantity > 0 THEN
                    g_n := 1;
                    g_q[1] := q; g_v[1] := CASE WHEN q = past.quantity THEN past.value
                        ELSE round(past.value * q / past.quantity, c_places) END;
                    g_cost[1] := round(past.value / past.quantity, c_places);
                    g_layer[1] := NULL; g_at[1] := l_at[n]; g_origin[1] := NULL;
                END IF;
            END IF;
            part := q;
            FOR g IN 1..g_n LOOP
                part := part - g_q[g];
            END LOOP;
            IF part > 0 THEN
                g_n := g_n + 1;
                g_layer[g_n] := NULL; g_q[g_n] := part; g_v[g_n] := round(part * l_cost[n], c_places);
                g_cost[g_n] := l_cost[n]; g_at[g_n] := l_at[n]; g_origin[g_n] := NULL;
            END IF;
            FOR g IN 1..g_n LOOP
                y := NULL;
                IF pool AND g_v[g] IS NOT NULL THEN
                    y := k_head[k];
                    IF y_value[y] IS NULL THEN  -- the pool comes first, if there is one
                        y := NULL;
                    END IF;
                ELSIF g_layer[g] IS NOT NULL THEN
                    y := k_head[k];
                    WHILE y IS NOT NULL AND y_id[y] <> g_layer[g] LOOP
                        y := y_next[y];
                    END LOOP;
                END IF;
                linked := y IS NOT NULL;
                IF y IS NULL AND g_layer[g] IS NOT NULL THEN  -- used up by an earlier line of this very call?
                    before := NULL;
                    y := k_gone[k];
                    WHILE y IS NOT NULL AND y_id[y] <> g_layer[g] LOOP
                        before := y;
                        y := y_next[y];
                    END LOOP;
                    IF before IS NOT NULL AND y IS NOT NULL THEN
                        y_next[before] := y_next[y];
                    ELSIF y IS NOT NULL THEN
                        k_gone[k] := y_next[y];
                    END IF;
                END IF;
                IF y IS NULL THEN
                    y_n := y_n + 1;
                    y := y_n;
                    y_id[y] := uuidv7(); y_key[y] := k; y_left[y] := 0; y_whole[y] := 0; y_filed[y] := false;
                    y_cost[y] := g_cost[g]; y_at[y] := g_at[g]; y_origin[y] := g_origin[g]; y_line[y] := n;
                    y_value[y] := CASE WHEN g_v[g] IS NULL THEN NULL ELSE 0 END;
                    y_source[y] := CASE WHEN g_origin[g] IS NULL THEN l_source[n] END;
                    y_currency[y] := CASE WHEN g_origin[g] IS NULL THEN l_currency[n] END;
                    y_rate[y] := CASE WHEN g_origin[g] IS NULL THEN l_rate[n] END;
                    IF g_layer[g] IS NOT NULL THEN  -- the layer that it was taken of has been used up
                        z := g_from[g];
                        IF w_value[z] IS NULL = (g_v[g] IS NULL) THEN
                            y_id[y] := g_layer[g]; y_left[y] := w_left[z]; y_whole[y] := w_whole[z];
                            y_value[y] := w_value[z]; y_filed[y] := true; y_line[y] := NULL;
                        END IF;
                        y_cost[y] := w_cost[z]; y_at[y] := w_at[z];
                    END IF;
                END IF;
                IF NOT linked THEN
                    before := NULL;  -- in its place among those that may be taken
                    z := k_head[k];
                    IF k_method[k] = 'fifo' AND z IS NOT NULL
                        AND (y_at[k_tail[k]], y_id[k_tail[k]]) < (y_at[y], y_id[y]) THEN
                        before := k_tail[k];
                        z := NULL;
                    END IF;
                    WHILE z IS NOT NULL AND CASE
                        WHEN pool THEN y_value[z] IS NOT NULL OR y_value[y] IS NULL
                        WHEN k_method[k] = 'fifo' THEN (y_at[z], y_id[z]) < (y_at[y], y_id[y])
                        ELSE (y_at[z], y_id[z]) > (y_at[y], y_id[y]) END
                    LOOP
                        before := z;
                        z := y_next[z];
                    END LOOP;
                    y_next[y] := z;
                    IF before IS NULL THEN k_head[k] := y; ELSE y_next[before] := y; END IF;
                    IF z IS NULL THEN k_tail[k] := y; END IF;
                END IF;
                y_touched[y] := true;
                y_left[y] := y_left[y] + g_q[g];
                IF y_value[y] IS NOT NULL AND g_v[g] IS NULL THEN  -- its cost became known after it had been taken
                    g_v[g] := round(g_q[g] * coalesce(y_cost[y], 0), c_places);
                END IF;
                IF g_v[g] IS NULL THEN
                    l_uncosted[n] := l_uncosted[n] + g_q[g];
                    level_uncosted[k] := level_uncosted[k] + g_q[g];
                ELSE
                    y_value[y] := y_value[y] + g_v[g];
                    l_value[n] := l_value[n] + g_v[g];
                    level_values[k] := level_values[k] + g_v[g];
                END IF;
                IF g_layer[g] IS NULL THEN
                    y_whole[y] := y_whole[y] + g_q[g];
                    IF pool AND y_value[y] IS NOT NULL THEN
                        y_cost[y] := round(y_value[y] / y_left[y], c_places);
                    END IF;
                ELSE
                    y_whole[y] := greatest(y_whole[y], y_left[y]);
                    u_n := u_n + 1;
                    u_line[u_n] := n; u_layer[u_n] := y; u_q[u_n] := -g_q[g]; u_v[u_n] := -g_v[g];
                END IF;
            END LOOP;
            CONTINUE;
        END IF;

        q := -q;
        worth := NULL;
        IF p_undoes[n] > 0 THEN  -- of what this receipt left, as long as it is there
            IF pool THEN
                SELECT m.value, m.uncosted INTO past FROM movement m WHERE m.organization_id = p_organization
                    AND m.posting_id = p_reverses[p] AND m.line = p_undoes[n];
                worth := past.value;
                total := least(q - past.uncosted, q);
                y := k_head[k];
                IF total > 0 AND y_value[y] IS NOT NULL THEN
                    part := least(total, y_left[y]);
                    q := q - part;
                    worth := CASE WHEN part = y_left[y] THEN y_value[y] ELSE least(worth, y_value[y]) END;
                    y_touched[y] := true;
                    y_left[y] := y_left[y] - part; y_whole[y] := y_whole[y] - part; y_value[y] := y_value[y] - worth;
                    IF y_left[y] > 0 THEN
                        y_cost[y] := round(y_value[y] / y_left[y], c_places);
                    END IF;
                    u_n := u_n + 1;
                    u_line[u_n] := n; u_layer[u_n] := y; u_q[u_n] := part; u_v[u_n] := worth;
                    l_value[n] := l_value[n] - worth;
                    level_values[k] := level_values[k] - worth;
                END IF;
            ELSE
                WHILE o_line[o] < n LOOP
                    o := o + 1;
                END LOOP;
                WHILE o_line[o] = n LOOP
                    o := o + 1;
                    y := k_head[k];
                    WHILE y IS NOT NULL AND y_id[y] <> o_id[o - 1] LOOP
                        y := y_next[y];
                    END LOOP;
                    z := k_gone[k];
                    WHILE z IS NOT NULL AND y_id[z] <> o_id[o - 1] LOOP
                        z := y_next[z];
                    END LOOP;
                    CONTINUE WHEN z IS NOT NULL OR y IS NULL AND o_left[o - 1] = 0;  -- used up: others must give
                    IF y IS NULL THEN
                        y_n := y_n + 1;
                        y := y_n;
                        y_id[y] := o_id[o - 1]; y_key[y] := k; y_left[y] := o_left[o - 1]; y_value[y] := o_value[o - 1];
                        y_whole[y] := o_whole[o - 1]; y_cost[y] := o_cost[o - 1]; y_at[y] := o_at[o - 1];
                        y_line[y] := NULL; y_filed[y] := true; y_next[y] := NULL;
                        y_origin[y] := NULL; y_source[y] := NULL; y_currency[y] := NULL; y_rate[y] := NULL;
                        IF k_head[k] IS NULL THEN k_head[k] := y; ELSE y_next[k_tail[k]] := y; END IF;
                        k_tail[k] := y;
                    END IF;
                    part := least(q, y_left[y]);
                    CONTINUE WHEN part = 0;
                    q := q - part;
                    worth := CASE WHEN part = y_left[y] THEN y_value[y]
                        ELSE round(y_value[y] * part / y_left[y], c_places) END;
                    y_touched[y] := true; y_left[y] := y_left[y] - part; y_value[y] := y_value[y] - worth;
                    u_n := u_n + 1;
                    u_line[u_n] := n; u_layer[u_n] := y; u_q[u_n] := part; u_v[u_n] := worth;
                    IF worth IS NULL THEN
                        l_uncosted[n] := l_uncosted[n] - part; level_uncosted[k] := level_uncosted[k] - part;
                    ELSE
                        l_value[n] := l_value[n] - worth; level_values[k] := level_values[k] - worth;
                    END IF;
                END LOOP;
            END IF;
        END IF;
        y := k_head[k];
        WHILE q > 0 LOOP
            IF y IS NULL THEN
                RAISE EXCEPTION 'the layers of % at % cover less than its stock', k_sku[k], k_warehouse[k];
            END IF;
            part := least(q, y_left[y]);
            IF part > 0 THEN
                q := q - part;
                worth := CASE WHEN part = y_left[y] THEN y_value[y]
                    ELSE round(y_value[y] * part / y_left[y], c_places) END;
                y_touched[y] := true; y_left[y] := y_left[y] - part; y_value[y] := y_value[y] - worth;
                u_n := u_n + 1;
                u_line[u_n] := n; u_layer[u_n] := y; u_q[u_n] := part; u_v[u_n] := worth;
                IF worth IS NULL THEN
                    l_uncosted[n] := l_uncosted[n] - part; level_uncosted[k] := level_uncosted[k] - part;
                ELSE
                    l_value[n] := l_value[n] - worth; level_values[k] := level_values[k] - worth;
                END IF;
            END IF;
            IF q > 0 OR y_left[y] = 0 AND NOT (pool AND y_value[y] IS NOT NULL) THEN
                IF k_head[k] = y AND y_left[y] = 0 AND NOT pool THEN
                    z := y;  -- used up: nobody need walk past it again
                    y := y_next[y];
                    k_head[k] := y;
                    IF y IS NULL THEN
                        k_tail[k] := NULL;
                    END IF;
                    y_next[z] := k_gone[k];
                    k_gone[k] := z;
                ELSE
                    y := y_next[y];
                END IF;
            END IF;
        END LOOP;
    END LOOP;

    IF y_n > 0 THEN
        UPDATE cost_layer c SET remaining = t.remaining, value = t.value, quantity = t.quantity, unit_cost = t.cost,
            open = t.remaining > 0
        FROM unnest(y_id, y_left, y_value, y_whole, y_cost, y_filed, y_touched)
            t(id, remaining, value, quantity, cost, filed, touched)
        WHERE t.filed AND t.touched AND c.organization_id = p_organization AND c.id = t.id;
        INSERT INTO cost_layer (organization_id, id, sku_id, warehouse_id, posting_id, line, received_at, quantity,
            remaining, value, unit_cost, source_cost, source_currency, rate, origin_id, open)
        SELECT p_organization, t.id, k_sku[t.key], k_warehouse[t.key], p_ids[p_posting[t.line]],
            t.line - s_start[p_posting[t.line]] + 1, t.at, t.quantity, t.remaining, t.value, t.cost, t.source,
            t.currency, t.rate, t.origin, t.remaining > 0
        FROM unnest(y_id, y_key, y_line, y_at, y_whole, y_left, y_value, y_cost, y_source, y_currency, y_rate,
            y_origin, y_filed)
            t(id, key, line, at, quantity, remaining, value, cost, source, currency, rate, origin, filed)
        WHERE NOT t.filed ORDER BY t.id;
        INSERT INTO cost_use (organization_id, posting_id, line, layer_id, sku_id, warehouse_id, quantity, value,
            effective_at)
        SELECT p_organization, p_ids[p_posting[t.line]], t.line - s_start[p_posting[t.line]] + 1, y_id[t.layer],
            k_sku[y_key[t.layer]], k_warehouse[y_key[t.layer]], t.quantity, t.value, l_at[t.line]
        FROM unnest(u_line, u_layer, u_q, u_v) WITH ORDINALITY t(line, layer, quantity, value, n) ORDER BY t.n;
    END IF;
    line_values := l_value;
    line_uncosted := l_uncosted;
END $$;
