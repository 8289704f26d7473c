-- Orders of the past, thousands in one call: imports record them here and take them back. Both run as their caller, so
-- row-level security holds. Orders, lines and charges may be new or known independently of each other: a second file may
-- bring more lines to an order of the first.

-- Every look-up is spelled for one row by its key: a join planned while the tables were still empty would compare each with
-- each.
CREATE FUNCTION add_up_history(p_organization uuid, p_orders uuid[]) RETURNS void
LANGUAGE sql SET search_path = onhand, pg_temp AS $$
    UPDATE sales_order o SET (items, discount, tax, shipping, other, fees, total, status, updated_at) = (
        SELECT l.items, l.discount + c.discount, c.tax, c.shipping, c.other, c.fees,
            l.items - l.discount - c.discount + c.tax + c.shipping + c.other,
            CASE WHEN l.back THEN 'returned' ELSE 'delivered' END, clock_timestamp()
        FROM (
            SELECT coalesce(sum(l.quantity * l.unit_price), 0) AS items, coalesce(sum(l.discount), 0) AS discount,
                coalesce(bool_and(l.quantity < 0), false) AS back
            FROM order_line l WHERE l.organization_id = p_organization AND l.order_id = o.id
        ) l, (
            SELECT coalesce(sum(c.amount) FILTER (WHERE c.kind = 'discount'), 0) AS discount,
                coalesce(sum(c.amount) FILTER (WHERE c.kind = 'tax'), 0) AS tax,
                coalesce(sum(c.amount) FILTER (WHERE c.kind = 'shipping'), 0) AS shipping,
                coalesce(sum(c.amount) FILTER (WHERE c.kind = 'other'), 0) AS other,
                coalesce(sum(c.amount) FILTER (WHERE c.kind = 'fee'), 0) AS fees
            FROM order_charge c WHERE c.organization_id = p_organization AND c.order_id = o.id
        ) c
    )
    WHERE o.organization_id = p_organization AND o.id = ANY(p_orders) AND o.source = 'import'
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
        WHERE (SELECT o.id FROM sales_order o WHERE o.organization_id = p_organization AND o.id = g.id) IS NULL
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
        AND (SELECT l.id FROM order_line l WHERE l.organization_id = p_organization AND l.order_id = o.id LIMIT 1) IS NULL
        AND (SELECT c.id FROM order_charge c WHERE c.organization_id = p_organization AND c.order_id = o.id LIMIT 1) IS NULL;
    PERFORM add_up_history(p_organization, v_orders);
    RETURN NEXT;
END
$$;
