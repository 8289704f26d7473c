-- post(): the only writer of quantities. One call takes any number of postings; each is all-or-nothing and leaves its
-- neighbours alone. Lines come grouped by posting, in posting order.
--
-- Order of work, and why:
--   1. names become ids and the level rows are locked in key order  (one order for all: no deadlock)
--   2. only then are ids on file and reservations looked up         (looked up first, two callers would see nothing)
--   3. a loop decides line by line on running balances              (a refused posting gives back what it took)
--   4. one statement writes postings, movements, levels and the event
-- Reservations have no lock of their own: whoever changes one holds its level's lock.
--
-- p_op: 1 move (signed; with a reservation: what was promised to it), 2 reserve, 3 release (null: all of it),
--       4 withhold (unavailable, signed), 5 set (absolute; refused when p_expected is given and differs).
-- state: 0 posted, 1 replayed (the first answer again), 2 another body under this id, 3 refused (`problem` on its line).
-- Raises 40001 when an id was taken meanwhile: call again once.
-- p_brief leaves out the lines on which there is nothing to say; p_silent writes no event (imported history).
CREATE FUNCTION post(
    p_organization uuid,
    p_ids uuid[], p_hashes uuid[], p_types text[], p_reasons text[], p_facts boolean[], p_effective timestamptz[],
    p_reference_kinds text[], p_reference_ids uuid[], p_documents text[],
    p_actor_kinds text[], p_actors uuid[], p_actor_keys uuid[], p_actor_labels text[], p_addresses text[],
    p_reverses uuid[], p_groups uuid[],
    p_posting integer[], p_op integer[], p_sku text[], p_sku_id uuid[], p_warehouse text[], p_warehouse_id uuid[],
    p_quantity numeric[], p_expected numeric[], p_reservation uuid[],
    p_holder_kinds text[], p_holders uuid[], p_priorities integer[], p_channels text[], p_expires timestamptz[],
    p_costs numeric[], p_currencies text[], p_line_effective timestamptz[], p_notes text[],
    p_bins text[], p_lots text[], p_serials text[],
    p_brief boolean DEFAULT false, p_silent boolean DEFAULT false
) RETURNS TABLE (
    posting integer, line integer, state smallint, problem text, sku text, warehouse text, wanted numeric,
    quantity numeric, on_hand numeric, available numeric, shortage numeric, reservation uuid
)
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = onhand, pg_temp
SET plan_cache_mode = force_generic_plan  -- replanning each call halves the rate of single postings
SET work_mem = '64MB'  -- a hundred thousand lines are sorted in memory
SET enable_seqscan = off  -- a plan made while a table was small must still be right when it is large
AS $$
#variable_conflict use_column
DECLARE
    c_move CONSTANT integer := 1;
    c_reserve CONSTANT integer := 2;
    c_release CONSTANT integer := 3;
    c_withhold CONSTANT integer := 4;
    c_set CONSTANT integer := 5;
    v_now CONSTANT timestamptz := clock_timestamp();
    n_postings CONSTANT integer := cardinality(p_ids);
    n_lines CONSTANT integer := cardinality(p_posting);
    -- k_: the locked levels, as they stand after the lines decided so far
    k_sku uuid[]; k_warehouse uuid[]; k_hand numeric[]; k_reserved numeric[]; k_withheld numeric[]; k_swept boolean[];
    -- l_: per line, its level and reservation, what it changes, what the level holds after it
    l_key integer[]; l_sku uuid[]; l_warehouse uuid[]; l_promise integer[];
    l_quantity numeric[] := array_fill(0::numeric, ARRAY[n_lines]);
    l_reserved numeric[] := l_quantity;
    l_withheld numeric[] := l_quantity;
    l_short numeric[] := l_quantity;
    l_hand numeric[] := array_fill(NULL::numeric, ARRAY[n_lines]);
    l_free numeric[] := l_hand;
    l_wanted numeric[] := l_hand;
    l_problem text[];
    -- s_: per posting
    s_hash uuid[]; s_first integer[]; s_bad integer[];
    s_taken integer[] := array_fill(NULL::integer, ARRAY[n_postings]);
    s_state smallint[] := array_fill(0::smallint, ARRAY[n_postings]);
    s_start integer[] := array_fill(0, ARRAY[n_postings]);
    -- r_: the reservations that are spoken of
    r_id uuid[] := '{}'; r_key integer[] := '{}'; r_open numeric[] := '{}'; r_taken numeric[] := '{}'; r_line integer[];
    r_expires timestamptz[] := '{}'; r_status text[] := '{}'; r_filed boolean[] := '{}'; r_touched boolean[] := '{}';
    -- x_: promises released before a line was decided: expired ones (x_posting 0), or broken by a fact
    x_line integer[] := '{}'; x_posting integer[] := '{}'; x_promise integer[] := '{}'; x_reserved numeric[] := '{}';
    x_hand numeric[] := '{}'; x_free numeric[] := '{}';
    v_sweep uuid;
    missing integer; bad integer; wins integer := 0; written integer; replays boolean := false; shorts boolean := false;
    i integer := 1; j integer; first integer; k integer; r integer; op integer; fact boolean;
    q numeric; hand numeric; free numeric; withheld numeric; dr numeric; du numeric; short numeric; excess numeric;
    trouble text; want numeric; there numeric; expired record; promise record;
BEGIN
    PERFORM set_config('onhand.organization_id', p_organization::text, true);

    ------------------------------------------------------------------------------------------------ 1. name and lock
    FOR attempt IN 1..3 LOOP
        WITH g AS MATERIALIZED (
            SELECT c.*, CASE WHEN c.problem IS NULL  -- the level's number in key order
                THEN dense_rank() OVER (ORDER BY c.problem IS NOT NULL, c.sku_id, c.warehouse_id) END AS k
            FROM (
                SELECT l.n, l.sku_id, l.warehouse_id,
                    l.op = c_set OR l.op = c_move AND l.quantity > 0 OR p_facts[l.p] AS opens,
                    CASE
                        WHEN l.op IN (c_move, c_release) AND l.reservation IS NOT NULL AND l.held IS NULL AND (
                            NOT l.named OR NOT EXISTS (SELECT FROM unnest(p_op, p_reservation) y(op, id)
                                WHERE y.op = c_reserve AND y.id = l.reservation)) THEN 'unknown_reservation'
                        WHEN l.sku_id IS NULL THEN 'unknown_sku'
                        WHEN l.warehouse_id IS NULL THEN 'unknown_warehouse'
                        WHEN l.op = c_reserve AND l.held IS NOT NULL THEN 'reservation_exists'
                        WHEN l.elsewhere THEN 'unknown_reservation'
                        WHEN l.op = c_release AND l.quantity IS NULL THEN NULL
                        WHEN l.quantity BETWEEN -1e15 AND 1e15 AND (  -- 'NaN' is above every bound
                            l.quantity > 0 OR l.quantity = 0 AND l.op = c_set
                            OR l.quantity < 0 AND l.op IN (c_move, c_withhold)) THEN NULL
                        ELSE 'bad_quantity'
                    END AS problem
                FROM (
                    SELECT l.*, v.id AS held, coalesce(v.sku_id, l.sku_found) AS sku_id,
                        coalesce(v.warehouse_id, l.warehouse_found) AS warehouse_id,
                        v.sku_id <> l.sku_found OR v.warehouse_id <> l.warehouse_found AS elsewhere
                    FROM (  -- each name is looked up by itself: no plan made for few lines can go wrong with many
                        SELECT l.n, l.p, l.op, l.quantity, l.reservation,
                            l.sku IS NOT NULL OR l.sku_row IS NOT NULL AS named,
                            CASE WHEN l.sku IS NOT NULL
                                THEN (SELECT s.id FROM sku s
                                    WHERE s.organization_id = p_organization AND s.code_key = lower(l.sku))
                                ELSE (SELECT s.id FROM sku s
                                    WHERE s.organization_id = p_organization AND s.id = l.sku_row)
                            END AS sku_found,
                            CASE WHEN l.warehouse IS NOT NULL
                                THEN (SELECT w.id FROM warehouse w
                                    WHERE w.organization_id = p_organization AND w.code_key = lower(l.warehouse))
                                ELSE (SELECT w.id FROM warehouse w
                                    WHERE w.organization_id = p_organization AND w.id = l.warehouse_row)
                            END AS warehouse_found
                        FROM unnest(p_posting, p_op, p_sku, p_sku_id, p_warehouse, p_warehouse_id, p_quantity,
                            p_reservation) WITH ORDINALITY
                            l(p, op, sku, sku_row, warehouse, warehouse_row, quantity, reservation, n)
                        OFFSET 0
                    ) l
                    LEFT JOIN LATERAL (SELECT v.id, v.sku_id, v.warehouse_id FROM reservation v
                        WHERE v.organization_id = p_organization AND v.id = l.reservation LIMIT 1) v ON true
                    OFFSET 0
                ) l
                OFFSET 0
            ) c
        ), d AS MATERIALIZED (
            SELECT d.*, d.opens AND (SELECT v.sku_id FROM level v WHERE v.organization_id = p_organization
                AND v.sku_id = d.sku_id AND v.warehouse_id = d.warehouse_id) IS NULL AS missing
            FROM (SELECT k, sku_id, warehouse_id, bool_or(opens) AS opens FROM g
                WHERE k IS NOT NULL GROUP BY k, sku_id, warehouse_id) d
            ORDER BY k
        ), v AS (  -- nothing is locked while a level is missing, so that making it waits for nobody
            SELECT d.sku_id, d.warehouse_id, v.on_hand, v.reserved, v.unavailable
            FROM d LEFT JOIN LATERAL (SELECT v.on_hand, v.reserved, v.unavailable FROM level v
                WHERE v.organization_id = p_organization AND v.sku_id = d.sku_id AND v.warehouse_id = d.warehouse_id
                FOR NO KEY UPDATE) v ON true
            WHERE NOT (SELECT bool_or(d.missing) FROM d)
            ORDER BY d.k
        ), a AS (
            SELECT array_agg(sku_id) AS a1, array_agg(warehouse_id) AS a2, array_agg(on_hand) AS a3,
                array_agg(reserved) AS a4, array_agg(unavailable) AS a5, array_agg(false) AS a6
            FROM v
        ), b AS (
            SELECT array_agg(g.k ORDER BY g.n) AS b1, array_agg(g.sku_id ORDER BY g.n) AS b2,
                array_agg(g.warehouse_id ORDER BY g.n) AS b3, array_agg(g.problem ORDER BY g.n) AS b4,
                count(g.problem) AS b5, (SELECT count(*) FROM d WHERE d.missing) AS b6
            FROM g
        )
        SELECT a1, a2, a3, a4, a5, a6, b1, b2, b3, b4, b5, b6
        INTO k_sku, k_warehouse, k_hand, k_reserved, k_withheld, k_swept,
            l_key, l_sku, l_warehouse, l_problem, bad, missing
        FROM a, b;
        EXIT WHEN missing = 0;
        IF attempt = 3 THEN
            RAISE EXCEPTION 'a level vanished' USING ERRCODE = '40001';
        END IF;
        INSERT INTO level (organization_id, sku_id, warehouse_id)  -- first touch of this SKU here
        SELECT DISTINCT p_organization, t.sku_id, t.warehouse_id
        FROM unnest(l_sku, l_warehouse, l_key, p_op, p_quantity, p_posting)
            t(sku_id, warehouse_id, key, op, quantity, p)
        WHERE t.key IS NOT NULL AND (t.op = c_set OR t.op = c_move AND t.quantity > 0 OR p_facts[t.p])
        ORDER BY 2, 3 ON CONFLICT DO NOTHING;
    END LOOP;

    ------------------------------------------------------------------------------------- 2. look up, under the locks
    SELECT array_agg((SELECT o.body_hash FROM posting o
            WHERE o.organization_id = p_organization AND o.id = t.id) ORDER BY t.n),
        array_agg(t.f ORDER BY t.n) INTO s_hash, s_first
    FROM (SELECT id, n, min(n) OVER (PARTITION BY id) AS f FROM unnest(p_ids) WITH ORDINALITY AS t(id, n)) t;
    IF bad > 0 THEN
        SELECT array_agg(t.n ORDER BY p.p) INTO s_bad
        FROM generate_series(1, n_postings) AS p(p) LEFT JOIN (
            SELECT y.p, min(y.n) AS n FROM unnest(p_posting, l_problem) WITH ORDINALITY y(p, problem, n)
            WHERE y.problem IS NOT NULL GROUP BY y.p) t ON t.p = p.p;
    END IF;
    IF p_reservation IS NOT NULL THEN
        WITH d AS MATERIALIZED (
            SELECT row_number() OVER (ORDER BY t.id)::integer AS r, t.id, v.open, v.taken, v.expires_at, v.status,
                v.id IS NOT NULL AS filed
            FROM (SELECT DISTINCT id FROM unnest(p_reservation) u(id) WHERE id IS NOT NULL) t
            LEFT JOIN LATERAL (SELECT * FROM reservation v
                WHERE v.organization_id = p_organization AND v.id = t.id LIMIT 1) v ON true
        ), a AS (
            SELECT array_agg(d.id ORDER BY r) AS a1, array_agg(coalesce(d.open, 0) ORDER BY r) AS a2,
                array_agg(coalesce(d.taken, 0) ORDER BY r) AS a3, array_agg(d.expires_at ORDER BY r) AS a4,
                array_agg(coalesce(d.status, 'open') ORDER BY r) AS a5, array_agg(d.filed ORDER BY r) AS a6,
                array_agg(false) AS a7, array_agg(NULL::integer) AS a8, array_agg(NULL::integer) AS a9 FROM d
        ), b AS (
            SELECT array_agg(l.r ORDER BY l.n) AS b1 FROM (
                SELECT l.n, CASE WHEN l.id IS NOT NULL THEN dense_rank() OVER (ORDER BY l.id)::integer END AS r
                FROM unnest(p_reservation) WITH ORDINALITY l(id, n)) l
        ) SELECT a1, a2, a3, a4, a5, a6, a7, a8, a9, b1
        INTO r_id, r_open, r_taken, r_expires, r_status, r_filed, r_touched, r_line, r_key, l_promise FROM a, b;
    END IF;

    ---------------------------------------------------------------------------------------------------- 3. decide
    FOR p IN 1..n_postings LOOP
        first := i;
        s_start[p] := i;
        fact := p_facts[p];
        trouble := NULL;
        IF s_hash[p] IS NOT NULL THEN
            s_state[p] := CASE WHEN s_hash[p] = p_hashes[p] THEN 1 ELSE 2 END;
        ELSIF s_taken[s_first[p]] IS NOT NULL THEN  -- the same id, accepted earlier in this call
            s_state[p] := CASE WHEN p_hashes[s_taken[s_first[p]]] = p_hashes[p] THEN 1 ELSE 2 END;
        ELSIF bad > 0 AND s_bad[p] IS NOT NULL THEN
            s_state[p] := 3;
            l_wanted[s_bad[p]] := p_quantity[s_bad[p]];
        END IF;
        replays := replays OR s_state[p] = 1;

        WHILE s_state[p] = 0 AND i <= n_lines AND p_posting[i] = p LOOP
            k := l_key[i];
            op := p_op[i];
            q := p_quantity[i];
            dr := 0; du := 0; short := 0;
            IF k_hand[k] IS NULL THEN  -- this SKU was never here, and only wishes come so far
                hand := 0; withheld := 0; free := 0;
            ELSE
                hand := k_hand[k];
                withheld := k_withheld[k];
                free := hand - k_reserved[k] - withheld;
            END IF;
            there := free;

            -- What the line asks for by itself.
            IF op = c_move AND p_reservation IS NOT NULL AND l_promise[i] IS NOT NULL THEN
                r := l_promise[i];
                IF q < 0 THEN  -- a shipment takes what was promised to it; an expired promise holds nothing
                    there := CASE WHEN r_expires[r] <= v_now THEN 0 ELSE r_open[r] END;
                    dr := -least(-q, there);
                ELSE           -- taking a shipment back restores its promise
                    there := r_taken[r];
                    dr := least(q, there);
                END IF;
                IF abs(dr) < abs(q) AND NOT fact THEN
                    trouble := 'reservation_closed'; want := abs(q);
                END IF;
                there := CASE WHEN trouble IS NULL THEN free ELSE there END;
            ELSIF op = c_reserve THEN
                r := l_promise[i];
                IF r_touched[r] THEN  -- made earlier in this call
                    IF fact THEN
                        short := q;
                    ELSE
                        trouble := 'reservation_exists'; want := q;
                    END IF;
                ELSIF fact AND q > free THEN
                    dr := greatest(free, 0); short := q - dr;
                ELSE
                    dr := q;
                END IF;
                q := 0;
            ELSIF op = c_release THEN
                r := l_promise[i];
                there := r_open[r];
                want := coalesce(q, there);
                IF there = 0 OR want > there THEN
                    IF fact THEN
                        dr := -least(want, there);
                    ELSE
                        trouble := 'reservation_closed';
                    END IF;
                ELSE
                    dr := -want;
                END IF;
                q := 0;
            ELSIF op = c_withhold THEN
                du := q;
                q := 0;
                IF withheld + du < 0 THEN
                    IF fact THEN
                        short := -(withheld + du);
                        du := -withheld;
                    ELSE
                        trouble := 'not_withheld'; want := -du; there := withheld;
                    END IF;
                ELSIF fact AND withheld + du > hand THEN
                    short := withheld + du - hand;
                    du := hand - withheld;
                END IF;
            ELSIF op = c_set THEN
                IF p_expected IS NOT NULL AND p_expected[i] <> hand AND NOT fact THEN
                    trouble := 'level_changed'; want := p_expected[i];
                END IF;
                q := q - hand;
            END IF;

            -- Whether the level can bear it.
            IF trouble IS NULL AND (free + q - dr - du < 0 OR hand + q < 0 OR short > 0 AND op = c_reserve) THEN
                IF NOT fact OR NOT k_swept[k] THEN
                    trouble := 'not_enough_stock';
                    want := CASE op WHEN c_reserve THEN p_quantity[i] WHEN c_withhold THEN du ELSE -q END;
                ELSIF hand + q < 0 THEN
                    short := -(hand + q);
                    q := -hand;
                END IF;
            END IF;

            IF trouble IS NOT NULL THEN  -- a fact comes here only to have expired promises released
                IF NOT fact THEN  -- give back what this posting's earlier lines took
                    FOR b IN REVERSE i - 1..first LOOP
                        j := l_key[b];
                        k_hand[j] := k_hand[j] - l_quantity[b];
                        k_reserved[j] := k_reserved[j] - l_reserved[b];
                        k_withheld[j] := k_withheld[j] - l_withheld[b];
                        l_withheld[b] := 0;
                        IF l_reserved[b] <> 0 THEN
                            j := l_promise[b];
                            r_open[j] := r_open[j] - l_reserved[b];
                            IF p_op[b] = c_move THEN
                                r_taken[j] := r_taken[j] + l_reserved[b];
                            ELSIF p_op[b] = c_reserve THEN
                                r_touched[j] := false;
                            END IF;
                            l_reserved[b] := 0;
                        END IF;
                    END LOOP;
                END IF;
                IF trouble <> 'not_enough_stock' OR k_swept[k] THEN
                    s_state[p] := 3;
                    l_problem[i] := trouble; l_wanted[i] := want; l_hand[i] := hand; l_free[i] := there;
                    EXIT;
                END IF;

                -- Before it says no, expired promises of this level are released; then the posting is judged anew.
                k_swept[k] := true;
                FOR expired IN
                    SELECT v.id, v.open, v.taken, v.expires_at FROM reservation v
                    WHERE v.organization_id = p_organization AND v.sku_id = k_sku[k] AND v.warehouse_id = k_warehouse[k]
                        AND v.open > 0 AND v.expires_at <= v_now
                    ORDER BY v.expires_at, v.id
                LOOP
                    r := CASE WHEN p_reservation IS NULL THEN NULL ELSE array_position(p_reservation, expired.id) END;
                    IF r IS NULL THEN
                        r_id := r_id || expired.id;
                        r := cardinality(r_id);
                        r_open[r] := expired.open; r_taken[r] := expired.taken; r_expires[r] := expired.expires_at;
                        r_filed[r] := true; r_line[r] := NULL;
                    ELSE
                        r := l_promise[r];
                    END IF;
                    CONTINUE WHEN r_open[r] = 0;
                    k_reserved[k] := k_reserved[k] - r_open[r];
                    j := cardinality(x_line) + 1;
                    x_line[j] := first; x_posting[j] := 0; x_promise[j] := r; x_reserved[j] := -r_open[r];
                    x_hand[j] := k_hand[k]; x_free[j] := k_hand[k] - k_reserved[k] - k_withheld[k];
                    IF fact THEN
                        x_line[j] := i;
                    END IF;
                    r_open[r] := 0; r_key[r] := k; r_status[r] := 'expired'; r_touched[r] := true;
                    v_sweep := coalesce(v_sweep, uuidv7());
                END LOOP;
                trouble := NULL;
                IF NOT fact THEN
                    i := first;
                END IF;
                CONTINUE;
            END IF;

            -- The reservation that the line speaks of.
            IF dr <> 0 THEN
                r_open[r] := r_open[r] + dr;
                r_key[r] := k;
                r_touched[r] := true;
                IF op = c_move THEN
                    r_taken[r] := r_taken[r] - dr;
                ELSIF op = c_reserve THEN
                    r_line[r] := i;
                    r_expires[r] := p_expires[i];
                END IF;
                IF r_open[r] = 0 THEN  -- why it ended; while units are open its status is 'open' whatever stands here
                    r_status[r] := CASE WHEN op = c_move THEN 'committed'
                        WHEN r_expires[r] <= v_now THEN 'expired' ELSE 'released' END;
                END IF;
            END IF;

            -- A fact takes what is there, also from others' promises: the least important, then the newest.
            IF fact AND free + q - dr - du < 0 THEN
                excess := -(free + q - dr - du);
                FOR promise IN
                    SELECT t.id, t.open, t.taken, t.expires_at, t.r FROM (
                        SELECT v.id, v.open, v.taken, v.expires_at, v.priority, v.created_at, NULL::integer AS r
                        FROM reservation v
                        WHERE v.organization_id = p_organization AND v.sku_id = k_sku[k]
                            AND v.warehouse_id = k_warehouse[k] AND v.open > 0
                        UNION ALL
                        SELECT y.id, y.open, y.taken, y.expires_at, p_priorities[y.line], v_now, y.r::integer
                        FROM unnest(r_id, r_open, r_taken, r_expires, r_line, r_key, r_filed) WITH ORDINALITY
                            y(id, open, taken, expires_at, line, key, filed, r)
                        WHERE NOT y.filed AND y.key = k
                        UNION ALL  -- reopened earlier in this call, by taking a shipment back
                        SELECT v.id, y.open, y.taken, v.expires_at, v.priority, v.created_at, y.r::integer
                        FROM unnest(r_id, r_open, r_taken, r_key, r_filed) WITH ORDINALITY
                            y(id, open, taken, key, filed, r)
                        CROSS JOIN LATERAL (SELECT v.id, v.expires_at, v.priority, v.created_at FROM reservation v
                            WHERE v.organization_id = p_organization AND v.id = y.id AND v.open = 0) v
                        WHERE y.filed AND y.open > 0 AND y.key = k
                    ) t ORDER BY t.priority, t.created_at DESC, t.id DESC
                LOOP
                    EXIT WHEN excess <= 0;
                    r := coalesce(promise.r, array_position(r_id, promise.id));
                    IF r IS NULL THEN
                        r_id := r_id || promise.id;
                        r := cardinality(r_id);
                        r_open[r] := promise.open; r_taken[r] := promise.taken; r_expires[r] := promise.expires_at;
                        r_filed[r] := true; r_line[r] := NULL; r_key[r] := k; r_status[r] := 'open';
                    END IF;
                    want := least(r_open[r], excess);
                    CONTINUE WHEN want = 0;
                    excess := excess - want;
                    r_open[r] := r_open[r] - want; r_touched[r] := true; r_key[r] := k;
                    IF r_open[r] = 0 THEN
                        r_status[r] := 'broken';
                    END IF;
                    k_reserved[k] := k_reserved[k] - want;
                    j := cardinality(x_line) + 1;
                    x_line[j] := i; x_posting[j] := p; x_promise[j] := r; x_reserved[j] := -want;
                    x_hand[j] := hand; x_free[j] := hand - k_reserved[k] - k_withheld[k];
                END LOOP;
                du := du - excess;  -- with no promise left, what was set apart is gone too
            END IF;

            hand := hand + q;
            k_hand[k] := hand; l_hand[i] := hand; l_quantity[i] := q;
            IF dr <> 0 THEN
                k_reserved[k] := k_reserved[k] + dr; l_reserved[i] := dr;
            END IF;
            IF du <> 0 THEN
                k_withheld[k] := k_withheld[k] + du; l_withheld[i] := du;
            END IF;
            IF short > 0 THEN
                l_short[i] := short; shorts := true;
            END IF;
            l_free[i] := hand - k_reserved[k] - k_withheld[k];
            i := i + 1;
        END LOOP;

        IF s_state[p] = 0 THEN
            wins := wins + 1;
            s_taken[s_first[p]] := p;
        ELSE
            i := first;
            WHILE i <= n_lines AND p_posting[i] = p LOOP
                i := i + 1;
            END LOOP;
        END IF;
    END LOOP;

    ---------------------------------------------------------------------------------------------------- 4. write
    IF wins > 0 OR v_sweep IS NOT NULL THEN
        WITH q AS (
            INSERT INTO posting (organization_id, id, body_hash, type, reason, fact, effective_at,
                reference_kind, reference_id, document, actor_kind, actor_id, actor_key, actor_label, actor_address,
                reverses_id, group_id)
            SELECT p_organization, t.id, t.hash, t.type, t.reason, t.fact, coalesce(t.effective, v_now),
                t.reference_kind, t.reference_id, t.document, t.kind, t.actor, t.key, t.label, t.address,
                t.reverses, t.run
            FROM unnest(p_ids, p_hashes, p_types, p_reasons, p_facts, p_effective,
                p_reference_kinds, p_reference_ids, p_documents, p_actor_kinds, p_actors, p_actor_keys, p_actor_labels,
                p_addresses, p_reverses, p_groups, s_state)
                t(id, hash, type, reason, fact, effective, reference_kind, reference_id, document, kind, actor, key,
                  label, address, reverses, run, state)
            WHERE t.state = 0
            UNION ALL
            SELECT p_organization, v_sweep, v_sweep, 'reservation', 'expired', false, v_now,
                NULL, NULL, NULL, 'system', NULL, NULL, 'onhand', NULL, NULL, NULL
            WHERE v_sweep IS NOT NULL
            ORDER BY 2 ON CONFLICT DO NOTHING RETURNING id
        ), m AS (
            INSERT INTO movement (organization_id, posting_id, line, type, sku_id, warehouse_id,
                quantity, reserved, unavailable, balance, available, reservation_id, effective_at,
                bin, lot, serial, unit_cost, currency, note)
            SELECT p_organization, t.posting, t.line, t.type, t.sku_id, t.warehouse_id,
                t.quantity, t.reserved, t.withheld, t.hand, t.free, t.reservation, t.effective,
                t.bin, t.lot, t.serial, t.cost, t.currency, t.note
            FROM (
                SELECT p_ids[t.p] AS posting, (t.n - s_start[t.p] + 1)::integer AS line,
                    CASE WHEN t.op IN (c_reserve, c_release) THEN 'reservation' ELSE p_types[t.p] END AS type,
                    t.sku_id, t.warehouse_id, t.quantity, t.reserved, t.withheld, t.hand, t.free, t.reservation,
                    coalesce(t.effective, p_effective[t.p], v_now) AS effective, t.bin, t.lot, t.serial,
                    t.cost, t.currency, t.note, t.n, NULL::bigint AS x
                FROM unnest(p_posting, p_op, l_sku, l_warehouse, l_quantity, l_reserved, l_withheld, l_hand, l_free,
                    p_reservation, p_line_effective, p_bins, p_lots, p_serials, p_costs, p_currencies, p_notes)
                    WITH ORDINALITY t(p, op, sku_id, warehouse_id, quantity, reserved, withheld, hand, free,
                        reservation, effective, bin, lot, serial, cost, currency, note, n)
                WHERE s_state[t.p] = 0
                UNION ALL
                SELECT CASE WHEN t.p = 0 THEN v_sweep ELSE p_ids[t.p] END, 0, 'reservation',
                    k_sku[r_key[t.r]], k_warehouse[r_key[t.r]], 0, t.reserved, 0, t.hand, t.free, r_id[t.r],
                    CASE WHEN t.p > 0 THEN coalesce(p_effective[t.p], v_now) ELSE v_now END, NULL, NULL, NULL,
                    NULL, NULL, NULL, t.n, t.x
                FROM unnest(x_line, x_posting, x_promise, x_reserved, x_hand, x_free) WITH ORDINALITY
                    t(n, p, r, reserved, hand, free, x)
            ) t ORDER BY t.n, t.x  -- each level's balances in the order they came about
        ), u AS (
            INSERT INTO level AS v (organization_id, sku_id, warehouse_id, on_hand, reserved, unavailable)
            SELECT p_organization, t.sku_id, t.warehouse_id, t.hand, t.reserved, t.withheld
            FROM unnest(k_sku, k_warehouse, k_hand, k_reserved, k_withheld)
                t(sku_id, warehouse_id, hand, reserved, withheld)
            WHERE t.hand IS NOT NULL
            ON CONFLICT (organization_id, sku_id, warehouse_id) DO UPDATE  -- always: the rows are there and locked
            SET on_hand = excluded.on_hand, reserved = excluded.reserved, unavailable = excluded.unavailable,
                changed_at = v_now
            WHERE (v.on_hand, v.reserved, v.unavailable)
                IS DISTINCT FROM (excluded.on_hand, excluded.reserved, excluded.unavailable)
        ), e AS (
            INSERT INTO event (organization_id, kind, facts)  -- one event per call, in pieces that a reader can swallow
            SELECT p_organization, 'ledger.posted', jsonb_build_object('sku_ids', array_agg(DISTINCT t.sku_id),
                'warehouse_ids', array_agg(DISTINCT t.warehouse_id))
            FROM unnest(k_sku, k_warehouse) WITH ORDINALITY t(sku_id, warehouse_id, n)
            WHERE NOT p_silent GROUP BY t.n / 1000
        ) SELECT count(*) INTO written FROM q;
        IF written <> wins + (v_sweep IS NOT NULL)::integer THEN
            RAISE EXCEPTION 'a posting id was taken meanwhile' USING ERRCODE = '40001';
        END IF;
    END IF;

    IF r_id <> '{}' THEN
        INSERT INTO reservation (organization_id, id, sku_id, warehouse_id, quantity, open, taken, status,
            holder_kind, holder_id, priority, channel, expires_at, created_at, closed_at)
        SELECT p_organization, t.id, k_sku[t.key], k_warehouse[t.key], l_reserved[t.line], t.open, t.taken,
            CASE WHEN t.open > 0 THEN 'open' ELSE t.status END, coalesce(p_holder_kinds[t.line], 'manual'),
            p_holders[t.line], coalesce(p_priorities[t.line], 0), p_channels[t.line], p_expires[t.line], v_now,
            CASE WHEN t.open = 0 THEN v_now END
        FROM unnest(r_id, r_key, r_open, r_taken, r_status, r_line, r_filed, r_touched)
            t(id, key, open, taken, status, line, filed, touched)
        WHERE t.touched AND NOT t.filed ORDER BY t.id;
        INSERT INTO reservation AS v (organization_id, id, sku_id, warehouse_id, quantity, open, taken, status,
            holder_kind, closed_at)
        SELECT p_organization, t.id, k_sku[t.key], k_warehouse[t.key], t.open + t.taken, t.open, t.taken,
            CASE WHEN t.open > 0 THEN 'open' ELSE t.status END, 'manual', CASE WHEN t.open = 0 THEN v_now END
        FROM unnest(r_id, r_key, r_open, r_taken, r_status, r_filed, r_touched)
            t(id, key, open, taken, status, filed, touched)
        WHERE t.touched AND t.filed
        ON CONFLICT (organization_id, id) DO UPDATE  -- always: it is on file
        SET open = excluded.open, taken = excluded.taken, status = excluded.status, closed_at = excluded.closed_at;
    END IF;
    IF shorts THEN
        INSERT INTO shortage (organization_id, posting_id, sku_id, warehouse_id, kind, quantity,
            holder_kind, holder_id, document)
        SELECT p_organization, p_ids[t.p], t.sku_id, t.warehouse_id, 'fact', t.short,
            p_reference_kinds[t.p], p_reference_ids[t.p], p_documents[t.p]
        FROM unnest(p_posting, l_sku, l_warehouse, l_short) t(p, sku_id, warehouse_id, short)
        WHERE t.short > 0 AND s_state[t.p] = 0;
    END IF;
    IF x_posting <> '{}' THEN
        WITH broken AS MATERIALIZED (
            SELECT p_ids[t.p] AS posting_id, p_documents[t.p] AS document, -t.reserved AS quantity, v.*
            FROM unnest(x_posting, x_promise, x_reserved) t(p, r, reserved)
            CROSS JOIN LATERAL (SELECT v.id, v.sku_id, v.warehouse_id, v.holder_kind, v.holder_id FROM reservation v
                WHERE v.organization_id = p_organization AND v.id = r_id[t.r] LIMIT 1) v
            WHERE t.p > 0
        ), s AS (
            INSERT INTO shortage (organization_id, posting_id, sku_id, warehouse_id, kind, quantity, reservation_id,
                holder_kind, holder_id, document)
            SELECT p_organization, b.posting_id, b.sku_id, b.warehouse_id, 'promise', b.quantity, b.id, b.holder_kind,
                b.holder_id, b.document
            FROM broken b
        )
        INSERT INTO event (organization_id, kind, facts)
        SELECT p_organization, 'ledger.promise_broken', jsonb_build_object('reservation_id', b.id,
            'holder_kind', b.holder_kind, 'holder_id', b.holder_id, 'sku_id', b.sku_id,
            'warehouse_id', b.warehouse_id, 'quantity', b.quantity::text, 'posting_id', b.posting_id)
        FROM broken b WHERE NOT p_silent;
    END IF;
    IF p_costs IS NOT NULL THEN  -- a reversal takes its receipt out again, so the sums count exactly what stands
        INSERT INTO sku_cost AS c (organization_id, sku_id, quantity, value)
        SELECT p_organization, t.sku_id, sum(t.quantity), sum(t.quantity * t.cost)
        FROM unnest(p_posting, l_sku, l_quantity, p_costs, p_currencies) t(p, sku_id, quantity, cost, currency)
        WHERE s_state[t.p] = 0 AND t.cost IS NOT NULL AND t.quantity <> 0
            AND (t.quantity > 0) = (p_reverses IS NULL OR p_reverses[t.p] IS NULL)
            AND (t.currency IS NULL
                OR t.currency = (SELECT o.currency FROM organization o WHERE o.id = p_organization))
        GROUP BY t.sku_id ORDER BY t.sku_id
        ON CONFLICT (organization_id, sku_id) DO UPDATE
        SET quantity = c.quantity + excluded.quantity, value = c.value + excluded.value, changed_at = v_now;
    END IF;

    ---------------------------------------------------------------------------------------------------- 5. answer
    RETURN QUERY
    SELECT t.p, t.n::integer, s_state[t.p], t.problem,
        CASE WHEN t.problem IS NULL THEN t.sku ELSE coalesce((SELECT s.code FROM sku s
            WHERE s.organization_id = p_organization AND s.id = l_sku[t.n]), t.sku, t.sku_id::text) END,
        CASE WHEN t.problem IS NULL THEN t.warehouse ELSE coalesce((SELECT w.code FROM warehouse w
            WHERE w.organization_id = p_organization AND w.id = l_warehouse[t.n]),
            t.warehouse, t.warehouse_id::text) END,
        t.wanted,
        CASE WHEN t.op IN (c_move, c_set) THEN t.quantity WHEN t.op = c_withhold THEN t.withheld ELSE t.reserved END,
        t.hand, t.free, t.short, t.reservation
    FROM unnest(p_posting, p_op, p_sku, p_sku_id, p_warehouse, p_warehouse_id, l_problem, l_wanted, l_quantity,
        l_reserved, l_withheld, l_hand, l_free, l_short, p_reservation) WITH ORDINALITY
        t(p, op, sku, sku_id, warehouse, warehouse_id, problem, wanted, quantity,
          reserved, withheld, hand, free, short, reservation, n)
    WHERE s_state[t.p] <> 1 AND (NOT p_brief OR t.short > 0 OR s_state[t.p] > 1);
    IF replays THEN  -- the first answer, from what was recorded
        RETURN QUERY
        SELECT t.p, t.n::integer, 1::smallint, NULL::text, t.sku, t.warehouse, NULL::numeric,
            CASE WHEN t.op IN (c_move, c_set) THEN m.quantity WHEN t.op = c_withhold THEN m.unavailable
                ELSE m.reserved END,
            m.balance, m.available, 0::numeric, m.reservation_id
        FROM unnest(p_posting, p_op, p_sku, p_warehouse) WITH ORDINALITY t(p, op, sku, warehouse, n)
        CROSS JOIN LATERAL (SELECT o.id, o.recorded_at FROM posting o
            WHERE o.organization_id = p_organization AND o.id = p_ids[t.p] LIMIT 1) o
        LEFT JOIN LATERAL (SELECT * FROM movement m WHERE m.organization_id = p_organization AND m.posting_id = o.id
            AND m.recorded_at = o.recorded_at AND m.line = t.n - s_start[t.p] + 1 LIMIT 1) m ON true
        WHERE s_state[t.p] = 1 AND (NOT p_brief OR m.line = 1);
    END IF;
END $$;
