-- post(): the only writer of quantities. One call takes any number of postings; each is all-or-nothing and leaves its
-- neighbours alone. Lines come grouped by posting, in posting order.
--
-- Order of work, and why:
--   1. names become ids and the level rows are locked in key order  (one order for all: no deadlock)
--   2. only then are ids on file, freezes, reservations and holdings looked up   (looked up first, two callers would
--      see nothing)
--   3. a loop decides line by line on running balances              (a refused posting gives back what it took)
--   4. cost_lines() says what the accepted lines cost
--   5. one statement writes postings, movements, levels and the event; holdings and their changes follow
-- Reservations, holdings and layers have no lock of their own: whoever changes one holds its level's lock.
--
-- p_op: 1 move (signed; with a reservation: what was promised to it), 2 reserve, 3 release (null: all of it),
--       4 withhold (unavailable, signed), 5 set (absolute; refused when p_expected is given and differs),
--       6 relocate (bins, lots and serials change within a level, its quantity does not).
-- Bins, lots and serials are named ':code' or '=id'. What is taken without naming one is picked: first expired first,
-- then in the order of bins, then the oldest; what lies unassigned comes last.
-- p_carried: what arrives is what the line before took: its lots, serials and cost.
-- p_undoes: of a reversal, the line of the reversed posting that this one undoes; 0: that another line sees to.
-- p_returned_from: the posting that issued what comes back; it returns at the cost it left.
-- A problem's facts follow it, apart by the character 31.
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
    p_bins text[], p_lots text[], p_serials text[], p_to_bins text[], p_to_lots text[], p_to_serials text[],
    p_carried boolean[], p_undoes integer[], p_returned_from uuid[],
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
    c_relocate CONSTANT integer := 6;
    v_now CONSTANT timestamptz := clock_timestamp();
    n_postings CONSTANT integer := cardinality(p_ids);
    n_lines CONSTANT integer := cardinality(p_posting);
    -- k_: the locked levels, as they stand after the lines decided so far
    k_sku uuid[]; k_warehouse uuid[]; k_hand numeric[]; k_reserved numeric[]; k_withheld numeric[]; k_swept boolean[];
    k_placed numeric[]; k_value numeric[]; k_uncosted numeric[]; k_tracking integer[]; k_method text[];
    k_away numeric[]; k_first integer[]; k_last integer[];
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
    l_value numeric[]; l_uncosted numeric[];
    -- pieces: what bins, lots and serials a line names
    l_bin uuid[]; l_lot uuid[]; l_serial uuid[]; l_to_bin uuid[]; l_to_lot uuid[]; l_to_serial uuid[];
    l_away boolean[]; l_expires date[]; l_held boolean[]; l_z integer[];
    l_mark integer[] := array_fill(0, ARRAY[n_lines + 1]);
    -- m_: lots and serials that are made by being received
    m_what text[] := '{}'; m_sku uuid[]; m_code text[]; m_id uuid[];
    -- h_: holdings of the locked levels, in the order in which they are picked; linked, since new ones come behind
    h_key integer[] := '{}'; h_bin uuid[]; h_lot uuid[]; h_serial uuid[]; h_hand numeric[]; h_away numeric[];
    h_expires date[]; h_held boolean[]; h_bad boolean[]; h_where text[]; h_next integer[];
    z_spot integer[];  -- of each serial that is named: the holding it is in
    -- d_: changes of holdings, in order; b_: what a line is about to put into holdings
    d_n integer := 0; d_line integer[]; d_spot integer[]; d_q numeric[]; d_u numeric[]; d_after numeric[];
    d_z integer[]; d_was integer[];
    b_n integer; b_bin uuid[]; b_lot uuid[]; b_serial uuid[]; b_q numeric[]; b_u numeric[]; b_held boolean[];
    s_permits boolean[];
    detailed boolean; pieced boolean; undone integer; v_undone uuid; frozen boolean;
    final boolean; picky boolean; named boolean; mark integer; h integer; z integer; pass integer;
    need numeric; part numeric; loose numeric; v_today date; change record;
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
    PERFORM pg_advisory_xact_lock_shared(7, hashtext(p_organization::text));  -- no freeze is put up meanwhile

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
            SELECT d.sku_id, d.warehouse_id, v.on_hand, v.reserved, v.unavailable, v.placed, v.value, v.uncosted,
                v.tracking, v.cost_method
            FROM d LEFT JOIN LATERAL (SELECT * FROM level v
                WHERE v.organization_id = p_organization AND v.sku_id = d.sku_id AND v.warehouse_id = d.warehouse_id
                FOR NO KEY UPDATE) v ON true
            WHERE NOT (SELECT bool_or(d.missing) FROM d)
            ORDER BY d.k
        ), a AS (
            SELECT array_agg(sku_id) AS a1, array_agg(warehouse_id) AS a2, array_agg(on_hand) AS a3,
                array_agg(reserved) AS a4, array_agg(unavailable) AS a5, array_agg(false) AS a6,
                array_agg(placed) AS a7, array_agg(value) AS a8, array_agg(uncosted) AS a9,
                array_agg(tracking) AS a10, array_agg(cost_method) AS a11,
                coalesce(bool_or(placed > 0 OR tracking > 0), false) AS a12
            FROM v
        ), b AS (
            SELECT array_agg(g.k ORDER BY g.n) AS b1, array_agg(g.sku_id ORDER BY g.n) AS b2,
                array_agg(g.warehouse_id ORDER BY g.n) AS b3, array_agg(g.problem ORDER BY g.n) AS b4,
                count(g.problem) AS b5, (SELECT count(*) FROM d WHERE d.missing) AS b6
            FROM g
        )
        SELECT a1, a2, a3, a4, a5, a6, a7, a8, a9, a10, a11, a12, b1, b2, b3, b4, b5, b6
        INTO k_sku, k_warehouse, k_hand, k_reserved, k_withheld, k_swept,
            k_placed, k_value, k_uncosted, k_tracking, k_method, detailed, l_key, l_sku, l_warehouse, l_problem, bad, missing
        FROM a, b;
        EXIT WHEN missing = 0;
        IF attempt = 3 THEN
            RAISE EXCEPTION 'a level vanished' USING ERRCODE = '40001';
        END IF;
        INSERT INTO level (organization_id, sku_id, warehouse_id, tracking, cost_method)  -- first touch here
        SELECT p_organization, t.sku_id, t.warehouse_id, tracking_of(p_organization, t.sku_id, t.warehouse_id),
            cost_method_of(p_organization, t.sku_id)
        FROM (SELECT DISTINCT t.sku_id, t.warehouse_id
        FROM unnest(l_sku, l_warehouse, l_key, p_op, p_quantity, p_posting)
            t(sku_id, warehouse_id, key, op, quantity, p)
        WHERE t.key IS NOT NULL AND (t.op = c_set OR t.op = c_move AND t.quantity > 0 OR p_facts[t.p])
            AND (SELECT v.sku_id FROM level v WHERE v.organization_id = p_organization AND v.sku_id = t.sku_id
                AND v.warehouse_id = t.warehouse_id) IS NULL) t
        ORDER BY 2, 3 ON CONFLICT DO NOTHING;
    END LOOP;

    ------------------------------------------------------------------------------------- 2. look up, under the locks
    SELECT array_agg((SELECT o.body_hash FROM posting o
            WHERE o.organization_id = p_organization AND o.id = t.id) ORDER BY t.n),
        array_agg(t.f ORDER BY t.n),
        EXISTS (SELECT FROM stock_freeze f WHERE f.organization_id = p_organization AND f.lifted_at IS NULL
            AND (f.until IS NULL OR f.until > v_now))
    INTO s_hash, s_first, frozen
    FROM (SELECT id, n, min(n) OVER (PARTITION BY id) AS f FROM unnest(p_ids) WITH ORDINALITY AS t(id, n)) t;
    IF frozen THEN  -- what onhand itself learns of has happened, and is booked also while people may book nothing
        SELECT array_agg(coalesce(t.problem, f.problem) ORDER BY t.n), count(coalesce(t.problem, f.problem))
        INTO l_problem, bad
        FROM unnest(l_problem, l_sku, l_warehouse, p_posting, p_op) WITH ORDINALITY t(problem, sku, warehouse, p, op, n)
        LEFT JOIN LATERAL (
            SELECT concat_ws(chr(31), 'frozen', f.reason, f.created_by, f.lifter, coalesce(f.until::text, '')) AS problem
            FROM stock_freeze f
            WHERE f.organization_id = p_organization AND f.lifted_at IS NULL
                AND (f.until IS NULL OR f.until > v_now)
                AND (f.sku_id IS NULL OR f.sku_id = t.sku) AND (f.warehouse_id IS NULL OR f.warehouse_id = t.warehouse)
                AND CASE WHEN t.op IN (c_reserve, c_release) THEN 'reservation' ELSE p_types[t.p] END = ANY (f.kinds)
                AND NOT (p_facts[t.p] AND p_actor_kinds[t.p] = 'system')
            ORDER BY f.created_at LIMIT 1) f ON true;
    END IF;
    pieced := p_undoes IS NOT NULL AND EXISTS (SELECT FROM unnest(p_reverses) r(id) WHERE (SELECT true
        FROM holding_change c WHERE c.organization_id = p_organization AND c.posting_id = r.id LIMIT 1));
    IF detailed OR p_bins IS NOT NULL OR p_lots IS NOT NULL OR p_serials IS NOT NULL OR p_to_bins IS NOT NULL
        OR p_to_lots IS NOT NULL OR p_to_serials IS NOT NULL OR pieced THEN
        detailed := true;
        k_away := array_fill(0::numeric, ARRAY[coalesce(cardinality(k_sku), 0)]);
        k_first := array_fill(NULL::integer, ARRAY[coalesce(cardinality(k_sku), 0)]);
        k_last := k_first;
        SELECT (v_now AT TIME ZONE o.time_zone)::date,
            (SELECT array_agg(EXISTS (SELECT FROM reason r WHERE r.organization_id = p_organization
                AND r.code_key = lower(t.reason) AND r.permits_expired) ORDER BY t.n)
                FROM unnest(p_reasons) WITH ORDINALITY t(reason, n))
        INTO v_today, s_permits FROM organization o WHERE o.id = p_organization;
        WITH t AS MATERIALIZED (
            SELECT t.*, bin_named(p_organization, t.warehouse, t.bin) AS bin_id,
                lot_named(p_organization, t.sku, t.lot) AS lot_id,
                serial_named(p_organization, t.sku, t.serial) AS serial_id,
                bin_named(p_organization, t.warehouse, t.to_bin) AS to_bin_id,
                lot_named(p_organization, t.sku, t.to_lot) AS to_lot_id,
                serial_named(p_organization, t.sku, t.to_serial) AS to_serial_id
            FROM unnest(l_sku, l_warehouse, p_op, p_quantity, p_bins, p_lots, p_serials, p_to_bins, p_to_lots,
                p_to_serials, l_problem) WITH ORDINALITY
                t(sku, warehouse, op, q, bin, lot, serial, to_bin, to_lot, to_serial, problem, n)
        ), unknown AS (
            SELECT 'lot' AS what, t.sku, t.lot AS name, t.n FROM t WHERE t.lot_id IS NULL AND t.op = c_move AND t.q > 0
            UNION ALL SELECT 'lot', t.sku, t.to_lot, t.n FROM t WHERE t.to_lot_id IS NULL AND t.op = c_relocate
            UNION ALL SELECT 'serial', t.sku, t.serial, t.n FROM t
                WHERE t.serial_id IS NULL AND t.op = c_move AND t.q > 0
            UNION ALL SELECT 'serial', t.sku, t.to_serial, t.n FROM t WHERE t.to_serial_id IS NULL AND t.op = c_relocate
        ), made AS MATERIALIZED (
            SELECT u.what, u.sku, lower(substr(u.name, 2)) AS key,
                (array_agg(substr(u.name, 2) ORDER BY u.n))[1] AS code, uuidv7() AS id
            FROM unknown u WHERE u.sku IS NOT NULL AND u.name LIKE ':_%' GROUP BY 1, 2, 3
        ), r AS MATERIALIZED (
            SELECT t.*, coalesce(t.lot_id, ml.id) AS lot_row, coalesce(t.serial_id, ms.id) AS serial_row,
                coalesce(t.to_lot_id, tl.id) AS to_lot_row, coalesce(t.to_serial_id, ts.id) AS to_serial_row,
                b.type IN ('quarantine', 'damaged') AS away, l.expires_on, l.status = 'held' AS held
            FROM t
            LEFT JOIN made ml ON ml.what = 'lot' AND ml.sku = t.sku AND ml.key = lower(substr(t.lot, 2))
            LEFT JOIN made ms ON ms.what = 'serial' AND ms.sku = t.sku AND ms.key = lower(substr(t.serial, 2))
            LEFT JOIN made tl ON tl.what = 'lot' AND tl.sku = t.sku AND tl.key = lower(substr(t.to_lot, 2))
            LEFT JOIN made ts ON ts.what = 'serial' AND ts.sku = t.sku AND ts.key = lower(substr(t.to_serial, 2))
            LEFT JOIN LATERAL (SELECT b.type FROM bin b WHERE b.organization_id = p_organization
                AND b.id = CASE t.op WHEN c_relocate THEN t.to_bin_id ELSE t.bin_id END) b ON true
            LEFT JOIN LATERAL (SELECT l.expires_on, l.status FROM lot l WHERE l.organization_id = p_organization
                AND l.id = coalesce(t.to_lot_id, t.lot_id)) l ON true
        ), c AS (
            SELECT r.*, coalesce(r.problem, CASE
                WHEN r.op IN (c_reserve, c_release) OR r.sku IS NULL THEN NULL
                WHEN r.bin IS NOT NULL AND r.bin_id IS NULL THEN concat_ws(chr(31), 'unknown_bin', substr(r.bin, 2))
                WHEN r.to_bin IS NOT NULL AND r.to_bin_id IS NULL
                    THEN concat_ws(chr(31), 'unknown_bin', substr(r.to_bin, 2))
                WHEN r.lot IS NOT NULL AND r.lot_row IS NULL THEN concat_ws(chr(31), 'unknown_lot', substr(r.lot, 2))
                WHEN r.to_lot IS NOT NULL AND r.to_lot_row IS NULL
                    THEN concat_ws(chr(31), 'unknown_lot', substr(r.to_lot, 2))
                WHEN r.serial IS NOT NULL AND r.serial_row IS NULL
                    THEN concat_ws(chr(31), 'unknown_serial', substr(r.serial, 2))
                WHEN r.to_serial IS NOT NULL AND r.to_serial_row IS NULL
                    THEN concat_ws(chr(31), 'unknown_serial', substr(r.to_serial, 2))
                WHEN (r.serial IS NOT NULL OR r.to_serial IS NOT NULL) AND abs(r.q) <> 1
                    THEN concat_ws(chr(31), 'serial_not_one', substr(coalesce(r.serial, r.to_serial), 2))
                WHEN r.op = c_relocate AND r.bin_id IS NOT DISTINCT FROM coalesce(r.to_bin_id, r.bin_id)
                    AND r.lot_row IS NOT DISTINCT FROM coalesce(r.to_lot_row, r.lot_row)
                    AND r.serial_row IS NOT DISTINCT FROM coalesce(r.to_serial_row, r.serial_row)
                    AND (p_undoes IS NULL OR p_undoes[r.n] IS NULL)
                    THEN 'nowhere_else'
            END) AS trouble FROM r
        )
        SELECT array_agg(c.bin_id ORDER BY n), array_agg(c.lot_row ORDER BY n), array_agg(c.serial_row ORDER BY n),
            array_agg(c.to_bin_id ORDER BY n), array_agg(c.to_lot_row ORDER BY n),
            array_agg(c.to_serial_row ORDER BY n), array_agg(coalesce(c.away, false) ORDER BY n),
            array_agg(c.expires_on ORDER BY n), array_agg(coalesce(c.held, false) ORDER BY n),
            array_agg(c.trouble ORDER BY n), count(c.trouble),
            (SELECT array_agg(what ORDER BY id) FROM made), (SELECT array_agg(sku ORDER BY id) FROM made),
            (SELECT array_agg(code ORDER BY id) FROM made), (SELECT array_agg(id ORDER BY id) FROM made)
        INTO l_bin, l_lot, l_serial, l_to_bin, l_to_lot, l_to_serial, l_away, l_expires, l_held, l_problem, bad,
            m_what, m_sku, m_code, m_id
        FROM c;

        WITH level AS (  -- a level of many serials is read whole only where some line leaves open which it takes
            SELECT g.sku, g.warehouse, g.k, coalesce(t.every, false) AS every
            FROM unnest(k_sku, k_warehouse) WITH ORDINALITY g(sku, warehouse, k)
            LEFT JOIN (SELECT t.k, bool_or(t.serial IS NULL AND (t.q < 0 OR t.op > c_release)
                    OR t.undoes IS NOT NULL) AS every
                FROM unnest(l_key, l_serial, p_quantity, p_op, p_undoes) t(k, serial, q, op, undoes) GROUP BY t.k) t
                ON t.k = g.k
        ), found AS (
            SELECT g.k, f.* FROM level g
            CROSS JOIN LATERAL (SELECT * FROM holding f WHERE f.organization_id = p_organization
                AND f.sku_id = g.sku AND f.warehouse_id = g.warehouse AND f.on_hand > 0
                AND (g.every OR f.serial_id IS NULL) OFFSET 0) f
            UNION
            SELECT g.k, f.* FROM (SELECT DISTINCT id FROM unnest(l_serial || l_to_serial) y(id)
                WHERE id IS NOT NULL) y
            CROSS JOIN LATERAL (SELECT * FROM holding f WHERE f.organization_id = p_organization
                AND f.serial_id = y.id AND f.on_hand > 0 OFFSET 0) f
            LEFT JOIN level g ON g.sku = f.sku_id AND g.warehouse = f.warehouse_id
        ), sorted AS (
            SELECT f.*, l.expires_on, l.status = 'held' AS held, b.type IN ('quarantine', 'damaged') AS bad,
                CASE WHEN f.k IS NULL THEN (SELECT w.code FROM warehouse w
                    WHERE w.organization_id = p_organization AND w.id = f.warehouse_id) END AS other_place,
                row_number() OVER (ORDER BY f.k, l.expires_on, b.pick_order, f.id) AS n
            FROM found f
            LEFT JOIN LATERAL (SELECT l.expires_on, l.status FROM lot l
                WHERE l.organization_id = p_organization AND l.id = f.lot_id) l ON true
            LEFT JOIN LATERAL (SELECT b.type, b.pick_order FROM bin b
                WHERE b.organization_id = p_organization AND b.id = f.bin_id) b ON true
        )
        SELECT coalesce(array_agg(k ORDER BY n), '{}'), array_agg(bin_id ORDER BY n), array_agg(lot_id ORDER BY n),
            array_agg(serial_id ORDER BY n), array_agg(on_hand ORDER BY n), array_agg(unavailable ORDER BY n),
            array_agg(expires_on ORDER BY n), array_agg(coalesce(held, false) ORDER BY n),
            array_agg(coalesce(bad, false) ORDER BY n), array_agg(other_place ORDER BY n)
        INTO h_key, h_bin, h_lot, h_serial, h_hand, h_away, h_expires, h_held, h_bad, h_where FROM sorted;
        FOR j IN 1..cardinality(h_key) LOOP
            k := h_key[j];
            h_next[j] := NULL;
            IF k IS NOT NULL THEN
                IF k_first[k] IS NULL THEN k_first[k] := j; ELSE h_next[k_last[k]] := j; END IF;
                k_last[k] := j;
                k_away[k] := k_away[k] + h_away[j];
            END IF;
        END LOOP;
        IF p_serials IS NOT NULL OR p_to_serials IS NOT NULL THEN
            WITH y AS MATERIALIZED (
                SELECT n, id, CASE WHEN id IS NOT NULL THEN dense_rank() OVER (ORDER BY id)::integer END AS z
                FROM unnest(l_serial || l_to_serial) WITH ORDINALITY y(id, n)
            )
            SELECT (SELECT array_agg(y.z ORDER BY y.n) FROM y), (SELECT array_agg(t.spot ORDER BY y.z)
                FROM (SELECT DISTINCT z, id FROM y WHERE z IS NOT NULL) y
                LEFT JOIN unnest(h_serial) WITH ORDINALITY t(serial, spot) ON t.serial = y.id)
            INTO l_z, z_spot;
        END IF;
    END IF;
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
        mark := d_n;
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
            ELSIF op = c_relocate THEN
                q := 0;
            END IF;

            -- Which bins, lots and serials it takes from and puts into.
            l_mark[i] := d_n;
            IF detailed AND trouble IS NULL AND op NOT IN (c_reserve, c_release)
                AND (k_tracking[k] > 0 OR k_placed[k] > 0 OR l_bin[i] IS NOT NULL OR l_lot[i] IS NOT NULL
                    OR l_serial[i] IS NOT NULL OR op = c_relocate OR p_carried[i] OR pieced AND p_undoes[i] > 0) THEN
                b_n := 0;
                need := CASE op WHEN c_relocate THEN p_quantity[i] WHEN c_withhold THEN abs(du) ELSE -q END;
                named := l_bin[i] IS NOT NULL OR l_lot[i] IS NOT NULL OR l_serial[i] IS NOT NULL;
                loose := hand - coalesce(k_placed[k], 0);
                IF p_undoes IS NOT NULL AND p_undoes[i] IS NOT NULL THEN
                    undone := p_undoes[i];  -- a cursor copies what it is given: a number, not the arrays
                    v_undone := p_reverses[p];
                    FOR change IN SELECT c.bin_id, c.lot_id, c.serial_id, c.quantity, c.unavailable
                        FROM holding_change c WHERE c.organization_id = p_organization
                            AND c.posting_id = v_undone AND c.line = undone ORDER BY c.id DESC
                    LOOP
                        b_n := b_n + 1;
                        b_bin[b_n] := change.bin_id; b_lot[b_n] := change.lot_id; b_serial[b_n] := change.serial_id;
                        b_q[b_n] := -change.quantity; b_u[b_n] := -change.unavailable; b_held[b_n] := false;
                        IF op = c_relocate THEN
                            du := du - change.unavailable;
                        END IF;
                    END LOOP;
                ELSIF op = c_move AND q > 0 AND p_carried IS NOT NULL AND p_carried[i] THEN
                    part := q;
                    FOR d IN l_mark[i - 1] + 1..d_n LOOP
                        h := d_spot[d];
                        CONTINUE WHEN d_q[d] >= 0;
                        b_n := b_n + 1;
                        b_bin[b_n] := l_bin[i]; b_lot[b_n] := h_lot[h]; b_serial[b_n] := h_serial[h];
                        b_q[b_n] := least(-d_q[d], part); b_held[b_n] := h_held[h];
                        b_u[b_n] := CASE WHEN l_away[i] OR h_held[h] THEN b_q[b_n] ELSE 0 END;
                        part := part - b_q[b_n];
                        du := du + b_u[b_n];
                    END LOOP;
                    IF part > 0 AND l_bin[i] IS NOT NULL THEN
                        b_n := b_n + 1;
                        b_bin[b_n] := l_bin[i]; b_lot[b_n] := NULL; b_serial[b_n] := NULL; b_q[b_n] := part;
                        b_u[b_n] := CASE WHEN l_away[i] THEN part ELSE 0 END; b_held[b_n] := false;
                        du := du + b_u[b_n];
                    END IF;
                ELSIF op = c_move AND q > 0 THEN
                    IF NOT fact AND p_types[p] IN ('purchase', 'production', 'adjustment', 'opening') THEN
                        IF k_tracking[k] & 1 > 0 AND l_lot[i] IS NULL THEN
                            trouble := 'lot_needed'; want := q;
                        ELSIF k_tracking[k] & 2 > 0 AND l_serial[i] IS NULL THEN
                            trouble := 'serial_needed'; want := q;
                        END IF;
                    END IF;
                    IF named AND trouble IS NULL THEN
                        b_n := 1;
                        b_bin[1] := l_bin[i]; b_lot[1] := l_lot[i]; b_serial[1] := l_serial[i]; b_q[1] := q;
                        b_held[1] := l_held[i];
                        b_u[1] := CASE WHEN l_away[i] OR l_held[i] THEN q ELSE 0 END;
                        du := du + b_u[1];
                    END IF;
                ELSIF need > 0 THEN
                    picky := p_types[p] = 'sale' AND op = c_move AND NOT s_permits[p] AND (NOT fact OR NOT named);
                    IF NOT fact AND op = c_move AND k_tracking[k] & 2 > 0 AND l_serial[i] IS NULL AND hand > need THEN
                        trouble := 'serial_needed'; want := need;
                    END IF;
                    pass := CASE WHEN op = c_withhold AND du < 0 THEN 2 ELSE 1 END;
                    IF op = c_withhold AND NOT named THEN  -- of the level as a whole
                        pass := 9;
                    END IF;
                    -- 1 what may be taken, as named; 2 what is set apart of it; 3, 4 of a fact: the same of all the rest
                    WHILE pass <= 4 AND need > 0 AND trouble IS NULL LOOP
                        IF pass = 3 AND NOT (op = c_relocate AND named) THEN  -- before others' pieces: what lies loose
                            part := least(need, greatest(loose, 0));
                            IF named AND NOT fact THEN
                                part := 0;
                            END IF;
                            need := need - part;
                            loose := loose - part;
                            IF op = c_relocate AND part > 0 THEN
                                b_n := b_n + 1;
                                b_bin[b_n] := l_to_bin[i]; b_lot[b_n] := l_to_lot[i]; b_serial[b_n] := l_to_serial[i];
                                b_q[b_n] := part; b_u[b_n] := CASE WHEN l_away[i] THEN part ELSE 0 END;
                                b_held[b_n] := l_held[i];
                                du := du + b_u[b_n];
                            END IF;
                        END IF;
                        EXIT WHEN pass = 3 AND (NOT fact OR op IN (c_relocate, c_withhold));
                        h := CASE WHEN op = c_relocate AND NOT named THEN NULL
                            WHEN l_serial[i] IS NOT NULL AND pass < 3 THEN z_spot[l_z[i]] ELSE k_first[k] END;
                        WHILE h IS NOT NULL AND need > 0 LOOP
                            part := CASE WHEN pass IN (1, 3) THEN h_hand[h] - h_away[h] ELSE h_away[h] END;
                            IF h_key[h] IS DISTINCT FROM k OR pass < 3 AND (
                                l_bin[i] IS NOT NULL AND h_bin[h] IS DISTINCT FROM l_bin[i]
                                OR l_lot[i] IS NOT NULL AND h_lot[h] IS DISTINCT FROM l_lot[i]
                                OR l_serial[i] IS NOT NULL AND h_serial[h] IS DISTINCT FROM l_serial[i]
                                OR picky AND (h_held[h] OR h_expires[h] < v_today)
                                OR pass = 2 AND op <> c_withhold AND picky) THEN
                                part := 0;
                            END IF;
                            IF pass = 2 AND NOT named THEN  -- nobody takes what is set apart by accident
                                part := 0;
                            END IF;
                            part := least(part, need);
                            IF part > 0 THEN
                                need := need - part;
                                d_n := d_n + 1;
                                d_line[d_n] := i; d_spot[d_n] := h; d_z[d_n] := NULL; d_was[d_n] := NULL;
                                d_q[d_n] := CASE WHEN op = c_withhold THEN 0 ELSE -part END;
                                d_u[d_n] := CASE WHEN op = c_withhold THEN sign(du) * part
                                    WHEN pass IN (2, 4) THEN -part ELSE 0 END;
                                h_hand[h] := h_hand[h] + d_q[d_n];
                                h_away[h] := h_away[h] + d_u[d_n];
                                k_placed[k] := k_placed[k] + d_q[d_n];
                                k_away[k] := k_away[k] + d_u[d_n];
                                d_after[d_n] := h_hand[h];
                                IF op <> c_withhold THEN
                                    du := du + d_u[d_n];
                                END IF;
                                IF op = c_relocate THEN
                                    b_n := b_n + 1;
                                    b_bin[b_n] := coalesce(l_to_bin[i], h_bin[h]);
                                    b_lot[b_n] := coalesce(l_to_lot[i], h_lot[h]);
                                    b_serial[b_n] := coalesce(l_to_serial[i], h_serial[h]);
                                    b_q[b_n] := part;
                                    b_held[b_n] := CASE WHEN l_to_lot[i] IS NULL THEN h_held[h] ELSE l_held[i] END;
                                    b_u[b_n] := CASE WHEN l_away[i] OR b_held[b_n] OR pass = 2 AND (NOT h_bad[h]
                                        OR l_to_bin[i] IS NULL) THEN part ELSE 0 END;
                                    du := du + b_u[b_n];
                                END IF;
                            END IF;
                            h := CASE WHEN l_serial[i] IS NOT NULL AND pass < 3 THEN NULL ELSE h_next[h] END;
                        END LOOP;
                        EXIT WHEN op = c_withhold;
                        pass := pass + 1;
                    END LOOP;
                    IF trouble IS NULL AND op = c_move AND NOT fact AND p_types[p] = 'sale' AND l_lot[i] IS NOT NULL
                        AND k_tracking[k] & 8 > 0 AND NOT s_permits[p] THEN
                        h := k_first[k];
                        WHILE h IS NOT NULL AND trouble IS NULL LOOP
                            IF h_hand[h] > h_away[h] AND h_lot[h] <> l_lot[i] AND NOT h_held[h]
                                AND h_expires[h] >= v_today AND h_expires[h] < coalesce(l_expires[i], 'infinity') THEN
                                trouble := concat_ws(chr(31), 'earlier_lot_first', (SELECT l.code FROM lot l
                                    WHERE l.organization_id = p_organization AND l.id = h_lot[h]), h_expires[h]::text);
                                want := -q;
                            END IF;
                            h := h_next[h];
                        END LOOP;
                    END IF;
                    IF need > 0 AND trouble IS NULL AND op <> c_withhold OR need > 0 AND named AND trouble IS NULL THEN
                        IF fact THEN
                            IF op = c_relocate THEN
                                short := need;
                            ELSIF op = c_withhold THEN
                                short := short + need;
                                du := du - sign(du) * need;
                            END IF;
                        ELSE
                            want := CASE op WHEN c_relocate THEN p_quantity[i] WHEN c_withhold THEN abs(du) ELSE -q END;
                            h := CASE WHEN picky THEN k_first[k] END;
                            WHILE h IS NOT NULL AND trouble IS NULL LOOP
                                IF h_hand[h] > 0 AND (l_lot[i] IS NULL OR h_lot[h] = l_lot[i])
                                    AND (l_bin[i] IS NULL OR h_bin[h] = l_bin[i])
                                    AND (l_serial[i] IS NULL OR h_serial[h] = l_serial[i])
                                    AND (h_held[h] OR h_expires[h] < v_today) THEN
                                    trouble := concat_ws(chr(31), CASE WHEN h_held[h] THEN 'lot_held'
                                        ELSE 'lot_expired' END, (SELECT l.code FROM lot l
                                        WHERE l.organization_id = p_organization AND l.id = h_lot[h]),
                                        h_expires[h]::text);
                                END IF;
                                h := h_next[h];
                            END LOOP;
                            IF trouble IS NULL AND l_held[i] AND picky THEN
                                trouble := concat_ws(chr(31), 'lot_held', substr(p_lots[i], 2));
                            ELSIF trouble IS NULL AND (named OR op = c_relocate) THEN
                                trouble := CASE WHEN op = c_withhold AND du < 0 THEN 'not_withheld'
                                    ELSE 'not_enough_stock' END;
                                there := want - need;
                            END IF;
                        END IF;
                    END IF;
                END IF;

                IF trouble IS NULL THEN
                    FOR b IN 1..b_n LOOP
                        CONTINUE WHEN b_bin[b] IS NULL AND b_lot[b] IS NULL AND b_serial[b] IS NULL;
                        z := NULL;
                        IF b_serial[b] IS NOT NULL AND l_z IS NOT NULL THEN
                            z := CASE WHEN b_serial[b] = l_serial[i] THEN l_z[i]
                                WHEN b_serial[b] = l_to_serial[i] THEN l_z[n_lines + i]
                                WHEN i > first AND b_serial[b] = l_serial[i - 1] THEN l_z[i - 1] END;
                            IF z IS NOT NULL AND b_q[b] > 0 AND z_spot[z] IS NOT NULL AND h_hand[z_spot[z]] > 0 THEN
                                h := z_spot[z];
                                trouble := concat_ws(chr(31), 'serial_twice',
                                    substr(coalesce(p_to_serials[i], p_serials[i]), 2), coalesce(h_where[h],
                                    (SELECT w.code FROM warehouse w WHERE w.organization_id = p_organization
                                        AND w.id = k_warehouse[h_key[h]])));
                                want := 1;
                                EXIT;
                            END IF;
                        END IF;
                        h := CASE WHEN b_serial[b] IS NOT NULL AND z IS NOT NULL AND b_q[b] > 0 THEN NULL
                            ELSE k_first[k] END;
                        WHILE h IS NOT NULL AND (h_bin[h], h_lot[h], h_serial[h])
                            IS DISTINCT FROM (b_bin[b], b_lot[b], b_serial[b]) LOOP
                            h := h_next[h];
                        END LOOP;
                        IF h IS NULL THEN
                            IF b_q[b] < 0 THEN  -- what came has gone
                                trouble := 'not_enough_stock'; want := -b_q[b]; there := 0;
                                EXIT;
                            END IF;
                            h := cardinality(h_key) + 1;
                            h_key[h] := k; h_bin[h] := b_bin[b]; h_lot[h] := b_lot[b]; h_serial[h] := b_serial[b];
                            h_hand[h] := 0; h_away[h] := 0; h_held[h] := b_held[b]; h_next[h] := NULL;
                            h_where[h] := NULL;
                            h_bad[h] := coalesce((SELECT y.type IN ('quarantine', 'damaged') FROM bin y
                                WHERE y.organization_id = p_organization AND y.id = b_bin[b]), false);
                            h_expires[h] := (SELECT y.expires_on FROM lot y
                                WHERE y.organization_id = p_organization AND y.id = b_lot[b]);
                            IF k_first[k] IS NULL THEN k_first[k] := h; ELSE h_next[k_last[k]] := h; END IF;
                            k_last[k] := h;
                        END IF;
                        IF h_hand[h] + b_q[b] < 0 OR h_away[h] + b_u[b] < 0
                            OR h_away[h] + b_u[b] > h_hand[h] + b_q[b] THEN
                            trouble := 'not_enough_stock'; want := abs(b_q[b]); there := h_hand[h] - h_away[h];
                            EXIT;
                        END IF;
                        d_n := d_n + 1;
                        d_line[d_n] := i; d_spot[d_n] := h; d_q[d_n] := b_q[b]; d_u[d_n] := b_u[b];
                        h_hand[h] := h_hand[h] + b_q[b];
                        h_away[h] := h_away[h] + b_u[b];
                        k_placed[k] := coalesce(k_placed[k], 0) + b_q[b];
                        k_away[k] := k_away[k] + b_u[b];
                        d_after[d_n] := h_hand[h];
                        d_z[d_n] := NULL; d_was[d_n] := NULL;
                        IF z IS NOT NULL AND b_q[b] > 0 THEN
                            d_z[d_n] := z; d_was[d_n] := z_spot[z];
                            z_spot[z] := h;
                        END IF;
                    END LOOP;
                END IF;
            END IF;

            -- Whether the level can bear it.
            IF trouble IS NULL AND (free + q - dr - du < 0 OR hand + q < 0 OR short > 0 AND op = c_reserve) THEN
                IF NOT fact OR NOT k_swept[k] THEN
                    trouble := 'not_enough_stock';
                    want := CASE op WHEN c_reserve THEN p_quantity[i] WHEN c_relocate THEN p_quantity[i]
                        WHEN c_withhold THEN du ELSE -q END;
                ELSIF hand + q < 0 THEN
                    short := -(hand + q);
                    q := -hand;
                END IF;
            END IF;

            IF trouble IS NOT NULL THEN  -- a fact comes here only to have expired promises released
                final := trouble <> 'not_enough_stock' OR k_swept[k];
                WHILE d_n > CASE WHEN fact AND NOT final THEN l_mark[i] ELSE mark END LOOP  -- holdings as they were
                    h := d_spot[d_n];
                    h_hand[h] := h_hand[h] - d_q[d_n];
                    h_away[h] := h_away[h] - d_u[d_n];
                    k_placed[h_key[h]] := k_placed[h_key[h]] - d_q[d_n];
                    k_away[h_key[h]] := k_away[h_key[h]] - d_u[d_n];
                    IF d_z[d_n] IS NOT NULL THEN
                        z_spot[d_z[d_n]] := d_was[d_n];
                    END IF;
                    d_n := d_n - 1;
                END LOOP;
                IF fact AND final THEN  -- the promises that it broke stand again
                    FOR b IN 1..cardinality(x_posting) LOOP
                        IF x_posting[b] = p THEN
                            x_posting[b] := -1;
                            r_open[x_promise[b]] := r_open[x_promise[b]] - x_reserved[b];
                            j := r_key[x_promise[b]];
                            k_reserved[j] := k_reserved[j] - x_reserved[b];
                        END IF;
                    END LOOP;
                END IF;
                IF NOT fact OR final THEN  -- give back what this posting's earlier lines took
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
                IF final THEN
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
            IF detailed AND k_away[k] > k_withheld[k] + du AND (p_undoes IS NULL OR p_undoes[i] IS NULL) THEN
                h := k_first[k];  -- pieces that were set apart are free, as the level says
                WHILE h IS NOT NULL AND k_away[k] > k_withheld[k] + du LOOP
                    part := least(h_away[h], k_away[k] - k_withheld[k] - du);
                    IF part > 0 THEN
                        d_n := d_n + 1;
                        d_line[d_n] := i; d_spot[d_n] := h; d_q[d_n] := 0; d_u[d_n] := -part;
                        d_after[d_n] := h_hand[h]; d_z[d_n] := NULL; d_was[d_n] := NULL;
                        h_away[h] := h_away[h] - part;
                        k_away[k] := k_away[k] - part;
                    END IF;
                    h := h_next[h];
                END LOOP;
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

    ------------------------------------------------------------------------------------------ 4. what it all costs
    l_value := array_fill(0::numeric, ARRAY[n_lines]);
    l_uncosted := l_value;
    IF wins > 0 THEN
        SELECT c.line_values, c.line_uncosted, c.level_values, c.level_uncosted
        INTO l_value, l_uncosted, k_value, k_uncosted
        FROM cost_lines(p_organization, v_now, p_ids, p_reverses, p_effective, s_state, s_start, p_posting, l_key,
            l_quantity, p_costs, p_currencies, p_line_effective, p_carried, p_undoes, p_returned_from,
            k_sku, k_warehouse, k_method, k_value, k_uncosted) c;
    END IF;

    ---------------------------------------------------------------------------------------------------- 5. write
    IF m_id IS NOT NULL AND d_n > 0 THEN  -- lots and serials of accepted lines that were not known
        WITH used AS (
            SELECT DISTINCT h_lot[d] AS lot, h_serial[d] AS serial FROM unnest(d_spot[1:d_n]) d
        ), made AS (
            INSERT INTO lot (organization_id, id, sku_id, code)
            SELECT p_organization, m.id, m.sku, m.code FROM unnest(m_what, m_sku, m_code, m_id) m(what, sku, code, id)
            WHERE m.what = 'lot' AND m.id IN (SELECT lot FROM used) ORDER BY m.sku, lower(m.code)
            ON CONFLICT DO NOTHING RETURNING 1
        ) SELECT count(*) - (SELECT count(*) FROM unnest(m_what, m_id) m(what, id)
            WHERE m.what = 'lot' AND m.id IN (SELECT lot FROM used)) INTO written FROM made;
        IF written <> 0 THEN
            RAISE EXCEPTION 'a lot was made meanwhile' USING ERRCODE = '40001';
        END IF;
        WITH used AS (
            SELECT DISTINCT h_lot[d] AS lot, h_serial[d] AS serial FROM unnest(d_spot[1:d_n]) d
            WHERE h_serial[d] IS NOT NULL
        ), made AS (
            INSERT INTO serial (organization_id, id, sku_id, code, lot_id)
            SELECT p_organization, m.id, m.sku, m.code, (SELECT max(u.lot::text)::uuid FROM used u WHERE u.serial = m.id)
            FROM unnest(m_what, m_sku, m_code, m_id) m(what, sku, code, id)
            WHERE m.what = 'serial' AND m.id IN (SELECT serial FROM used) ORDER BY m.sku, lower(m.code)
            ON CONFLICT DO NOTHING RETURNING 1
        ) SELECT count(*) - (SELECT count(*) FROM unnest(m_what, m_id) m(what, id)
            WHERE m.what = 'serial' AND m.id IN (SELECT serial FROM used)) INTO written FROM made;
        IF written <> 0 THEN
            RAISE EXCEPTION 'a serial was made meanwhile' USING ERRCODE = '40001';
        END IF;
    END IF;
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
                bin, lot, serial, unit_cost, currency, note, value, uncosted)
            SELECT p_organization, t.posting, t.line, t.type, t.sku_id, t.warehouse_id,
                t.quantity, t.reserved, t.withheld, t.hand, t.free, t.reservation, t.effective,
                CASE WHEN t.bin LIKE '=%' THEN (SELECT y.code FROM bin y WHERE y.organization_id = p_organization
                    AND y.id = l_bin[t.n]) ELSE substr(t.bin, 2) END,
                CASE WHEN t.lot LIKE '=%' THEN (SELECT y.code FROM lot y WHERE y.organization_id = p_organization
                    AND y.id = l_lot[t.n]) ELSE substr(t.lot, 2) END,
                CASE WHEN t.serial LIKE '=%' THEN (SELECT y.code FROM serial y
                    WHERE y.organization_id = p_organization AND y.id = l_serial[t.n]) ELSE substr(t.serial, 2) END,
                t.cost, t.currency, t.note, coalesce(t.value, 0), coalesce(t.uncosted, 0)
            FROM (
                SELECT p_ids[t.p] AS posting, (t.n - s_start[t.p] + 1)::integer AS line,
                    CASE WHEN t.op IN (c_reserve, c_release) THEN 'reservation' ELSE p_types[t.p] END AS type,
                    t.sku_id, t.warehouse_id, t.quantity, t.reserved, t.withheld, t.hand, t.free, t.reservation,
                    coalesce(t.effective, p_effective[t.p], v_now) AS effective, t.bin, t.lot, t.serial,
                    t.cost, t.currency, t.note, t.value, t.uncosted, t.n, NULL::bigint AS x
                FROM unnest(p_posting, p_op, l_sku, l_warehouse, l_quantity, l_reserved, l_withheld, l_hand, l_free,
                    p_reservation, p_line_effective, p_bins, p_lots, p_serials, p_costs, p_currencies, p_notes,
                    l_value, l_uncosted)
                    WITH ORDINALITY t(p, op, sku_id, warehouse_id, quantity, reserved, withheld, hand, free,
                        reservation, effective, bin, lot, serial, cost, currency, note, value, uncosted, n)
                WHERE s_state[t.p] = 0
                UNION ALL
                SELECT CASE WHEN t.p = 0 THEN v_sweep ELSE p_ids[t.p] END, 0, 'reservation',
                    k_sku[r_key[t.r]], k_warehouse[r_key[t.r]], 0, t.reserved, 0, t.hand, t.free, r_id[t.r],
                    CASE WHEN t.p > 0 THEN coalesce(p_effective[t.p], v_now) ELSE v_now END, NULL, NULL, NULL,
                    NULL, NULL, NULL, 0, 0, t.n, t.x
                FROM unnest(x_line, x_posting, x_promise, x_reserved, x_hand, x_free) WITH ORDINALITY
                    t(n, p, r, reserved, hand, free, x)
                WHERE t.p >= 0
            ) t ORDER BY t.n, t.x  -- each level's balances in the order they came about
        ), u AS (
            INSERT INTO level AS v (organization_id, sku_id, warehouse_id, on_hand, reserved, unavailable, placed,
                value, uncosted)
            SELECT p_organization, t.sku_id, t.warehouse_id, t.hand, t.reserved, t.withheld, t.placed, t.value,
                t.uncosted
            FROM unnest(k_sku, k_warehouse, k_hand, k_reserved, k_withheld, k_placed, k_value, k_uncosted)
                t(sku_id, warehouse_id, hand, reserved, withheld, placed, value, uncosted)
            WHERE t.hand IS NOT NULL
            ON CONFLICT (organization_id, sku_id, warehouse_id) DO UPDATE  -- always: the rows are there and locked
            SET on_hand = excluded.on_hand, reserved = excluded.reserved, unavailable = excluded.unavailable,
                placed = excluded.placed, value = excluded.value, uncosted = excluded.uncosted, changed_at = v_now
            WHERE (v.on_hand, v.reserved, v.unavailable, v.placed, v.value, v.uncosted)
                IS DISTINCT FROM (excluded.on_hand, excluded.reserved, excluded.unavailable, excluded.placed,
                    excluded.value, excluded.uncosted)
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

    IF d_n > 0 THEN
        BEGIN
            FOR emptied IN REVERSE 1..0 LOOP  -- emptied ones first: a serial leaves before it arrives
                INSERT INTO holding (organization_id, sku_id, warehouse_id, bin_id, lot_id, serial_id, on_hand,
                    unavailable)
                SELECT p_organization, k_sku[h_key[t.spot]], k_warehouse[h_key[t.spot]], h_bin[t.spot], h_lot[t.spot],
                    h_serial[t.spot], h_hand[t.spot], h_away[t.spot]
                FROM (SELECT DISTINCT u.spot FROM unnest(d_spot[1:d_n]) u(spot)) t
                WHERE (h_hand[t.spot] = 0) = (emptied = 1) ORDER BY t.spot
                ON CONFLICT (organization_id, sku_id, warehouse_id, bin_id, lot_id, serial_id) DO UPDATE
                SET on_hand = excluded.on_hand, unavailable = excluded.unavailable, changed_at = v_now;
            END LOOP;
        EXCEPTION WHEN unique_violation THEN  -- the piece arrived elsewhere meanwhile, at a level that is not locked here
            RAISE EXCEPTION 'a piece was received elsewhere meanwhile' USING ERRCODE = '40001';
        END;
        INSERT INTO holding_change (organization_id, posting_id, line, sku_id, warehouse_id, bin_id, lot_id, serial_id,
            quantity, unavailable, balance, effective_at)
        SELECT p_organization, p_ids[p_posting[t.n]], t.n - s_start[p_posting[t.n]] + 1, k_sku[h_key[t.spot]],
            k_warehouse[h_key[t.spot]], h_bin[t.spot], h_lot[t.spot], h_serial[t.spot], t.q, t.u, t.hand,
            coalesce(p_line_effective[t.n], p_effective[p_posting[t.n]], v_now)
        FROM unnest(d_line[1:d_n], d_spot[1:d_n], d_q[1:d_n], d_u[1:d_n], d_after[1:d_n]) WITH ORDINALITY
            t(n, spot, q, u, hand, x)
        ORDER BY t.x;
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
    ---------------------------------------------------------------------------------------------------- 6. answer
    RETURN QUERY
    SELECT t.p, t.n::integer, s_state[t.p], t.problem,
        CASE WHEN t.problem IS NULL THEN t.sku ELSE coalesce((SELECT s.code FROM sku s
            WHERE s.organization_id = p_organization AND s.id = l_sku[t.n]), t.sku, t.sku_id::text) END,
        CASE WHEN t.problem IS NULL THEN t.warehouse ELSE coalesce((SELECT w.code FROM warehouse w
            WHERE w.organization_id = p_organization AND w.id = l_warehouse[t.n]),
            t.warehouse, t.warehouse_id::text) END,
        t.wanted,
        CASE WHEN t.op IN (c_move, c_set) THEN t.quantity WHEN t.op = c_withhold THEN t.withheld
            WHEN t.op = c_relocate THEN t.asked - t.short ELSE t.reserved END,
        t.hand, t.free, t.short, t.reservation
    FROM unnest(p_posting, p_op, p_sku, p_sku_id, p_warehouse, p_warehouse_id, l_problem, l_wanted, l_quantity,
        l_reserved, l_withheld, l_hand, l_free, l_short, p_reservation, p_quantity) WITH ORDINALITY
        t(p, op, sku, sku_id, warehouse, warehouse_id, problem, wanted, quantity,
          reserved, withheld, hand, free, short, reservation, asked, n)
    WHERE s_state[t.p] <> 1 AND (NOT p_brief OR t.short > 0 OR s_state[t.p] > 1);
    IF replays THEN  -- the first answer, from what was recorded
        RETURN QUERY
        SELECT t.p, t.n::integer, 1::smallint, NULL::text, t.sku, t.warehouse, NULL::numeric,
            CASE WHEN t.op IN (c_move, c_set) THEN m.quantity WHEN t.op = c_withhold THEN m.unavailable
                WHEN t.op = c_relocate THEN t.asked ELSE m.reserved END,
            m.balance, m.available, 0::numeric, m.reservation_id
        FROM unnest(p_posting, p_op, p_sku, p_warehouse, p_quantity) WITH ORDINALITY t(p, op, sku, warehouse, asked, n)
        CROSS JOIN LATERAL (SELECT o.id, o.recorded_at FROM posting o
            WHERE o.organization_id = p_organization AND o.id = p_ids[t.p] LIMIT 1) o
        LEFT JOIN LATERAL (SELECT * FROM movement m WHERE m.organization_id = p_organization AND m.posting_id = o.id
            AND m.recorded_at = o.recorded_at AND m.line = t.n - s_start[t.p] + 1 LIMIT 1) m ON true
        WHERE s_state[t.p] = 1 AND (NOT p_brief OR m.line = 1);
    END IF;
END $$;
