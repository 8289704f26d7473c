-- Orders of the past, thousands in one call: imports record them here and take them back. Both run as their caller, so
-- row-level security holds. Orders, lines and charges may be new or known independently of each other: a second file may
-- bring more lines to an order of the first.

CREATE FUNCTION add_up_history(p_organization uuid, p_orders uuid[]) RETURNS void
LANGUAGE sql SET search_path = onhand, pg_temp AS $$
    WITH l AS (
        SELECT order_id, sum(quantity * unit_price) AS items, sum(discount) AS discount, bool_and(quantity < 0) AS back
        FROM order_line WHERE organization_id = p_organization AND order_id = ANY(p_orders) GROUP BY order_id
    ), c AS (
        SELECT order_id, sum(amount) FILTER (WHERE kind = 'discount') AS discount,
            sum(amount) FILTER (WHERE kind = 'tax') AS tax, sum(amount) FILTER (WHERE kind = 'shipping') AS shipping,
            sum(amount) FILTER (WHERE kind = 'other') AS other, sum(amount) FILTER (WHERE kind = 'fee') AS fees
        FROM order_charge WHERE organization_id = p_organization AND order_id = ANY(p_orders) GROUP BY order_id
    ), t AS (
        SELECT g.id, coalesce(l.items, 0) AS items, coalesce(l.discount, 0) + coalesce(c.discount, 0) AS discount,
            coalesce(c.tax, 0) AS tax, coalesce(c.shipping, 0) AS shipping, coalesce(c.other, 0) AS other,
            coalesce(c.fees, 0) AS fees, coalesce(l.back, false) AS back
        FROM unnest(p_orders) AS g(id) LEFT JOIN l ON l.order_id = g.id LEFT JOIN c ON c.order_id = g.id
    )
    UPDATE sales_order o SET items = t.items, discount = t.discount, tax = t.tax, shipping = t.shipping, other = t.other,
        fees = t.fees, total = t.items - t.discount + t.tax + t.shipping + t.other,
        status = CASE WHEN t.back THEN 'returned' ELSE 'delivered' END, updated_at = clock_timestamp()
    FROM t WHERE o.organization_id = p_organization AND o.id = t.id AND o.source = 'import'
$$;

-- The order counter's lock is taken first, as by every other maker of orders, so numbers have neither gaps nor twins.
CREATE FUNCTION record_history(
    p_organization uuid, p_group uuid, p_channel text, p_currency text,
    p_ids uuid[], p_external_ids text[], p_placed_at timestamptz[], p_customers uuid[],
    l_ids uuid[], l_orders uuid[], l_positions integer[], l_sku_ids uuid[], l_skus text[], l_quantities numeric[],
    l_prices numeric[],
    c_ids uuid[], c_orders uuid[], c_kinds text[], c_codes text[], c_descriptions text[], c_amounts numeric[]
) RETURNS TABLE (orders bigint, lines bigint, charges bigint)
LANGUAGE plpgsql SET search_path = onhand, pg_temp AS $$
DECLARE
    v_last bigint;
BEGIN
    INSERT INTO order_counter AS c (organization_id) VALUES (p_organization)
    ON CONFLICT (organization_id) DO UPDATE SET last = c.last RETURNING c.last INTO v_last;

    INSERT INTO sales_order (organization_id, id, number, status, source, channel, external_id, customer_id, order_date,
        currency, group_id, shipped_at, delivered_at)
    SELECT p_organization, g.id, 'SO-' || lpad(g.number::text, greatest(6, length(g.number::text)), '0'), 'delivered',
        'import', p_channel, g.external_id, g.customer_id, g.placed_at, p_currency, p_group, g.placed_at, g.placed_at
    FROM (
        SELECT g.*, v_last + row_number() OVER (ORDER BY g.n) AS number
        FROM unnest(p_ids, p_external_ids, p_placed_at, p_customers)
            WITH ORDINALITY AS g(id, external_id, placed_at, customer_id, n)
        WHERE NOT EXISTS (SELECT FROM sales_order o WHERE o.organization_id = p_organization AND o.id = g.id)
    ) g;
    GET DIAGNOSTICS orders = ROW_COUNT;
    UPDATE order_counter SET last = last + orders WHERE organization_id = p_organization;

    INSERT INTO order_line (organization_id, id, order_id, position, sku_id, sku, quantity, unit_price, shipped, group_id)
    SELECT p_organization, g.id, g.order_id, g.position, g.sku_id, g.sku, g.quantity, g.unit_price,
        greatest(g.quantity, 0), p_group
    FROM unnest(l_ids, l_orders, l_positions, l_sku_ids, l_skus, l_quantities, l_prices)
        AS g(id, order_id, position, sku_id, sku, quantity, unit_price)
    ON CONFLICT (organization_id, id) DO NOTHING;
    GET DIAGNOSTICS lines = ROW_COUNT;

    -- On an invoice a discount is negative; it is kept as a positive amount off.
    INSERT INTO order_charge (organization_id, id, order_id, kind, code, description, amount, group_id)
    SELECT p_organization, g.id, g.order_id, g.kind, g.code, g.description,
        CASE g.kind WHEN 'discount' THEN -g.amount ELSE g.amount END, p_group
    FROM unnest(c_ids, c_orders, c_kinds, c_codes, c_descriptions, c_amounts)
        AS g(id, order_id, kind, code, description, amount)
    ON CONFLICT (organization_id, id) DO NOTHING;
    GET DIAGNOSTICS charges = ROW_COUNT;

    IF orders + lines + charges > 0 THEN
        PERFORM add_up_history(p_organization, ARRAY(SELECT DISTINCT unnest(p_ids || l_orders || c_orders)));
    END IF;
    RETURN NEXT;
END
$$;

-- What a run brought goes; an order goes with the last of its lines and charges. At most p_most orders at once.
CREATE FUNCTION undo_history(p_organization uuid, p_group uuid, p_most integer)
RETURNS TABLE (orders bigint, lines bigint)
LANGUAGE plpgsql SET search_path = onhand, pg_temp AS $$
DECLARE
    v_orders uuid[];
BEGIN
    v_orders := ARRAY(SELECT t.id FROM (
        SELECT l.order_id AS id FROM order_line l WHERE l.organization_id = p_organization AND l.group_id = p_group
        UNION SELECT c.order_id FROM order_charge c WHERE c.organization_id = p_organization AND c.group_id = p_group
    ) t ORDER BY t.id LIMIT p_most);
    orders := cardinality(v_orders);
    DELETE FROM order_line l WHERE l.organization_id = p_organization AND l.group_id = p_group AND l.order_id = ANY(v_orders);
    GET DIAGNOSTICS lines = ROW_COUNT;
    DELETE FROM order_charge c
    WHERE c.organization_id = p_organization AND c.group_id = p_group AND c.order_id = ANY(v_orders);
    DELETE FROM sales_order o WHERE o.organization_id = p_organization AND o.id = ANY(v_orders) AND o.source = 'import'
        AND NOT EXISTS (SELECT FROM order_line l WHERE l.organization_id = p_organization AND l.order_id = o.id)
        AND NOT EXISTS (SELECT FROM order_charge c WHERE c.organization_id = p_organization AND c.order_id = o.id);
    PERFORM add_up_history(p_organization, v_orders);
    RETURN NEXT;
END
$$;
