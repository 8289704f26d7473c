-- The daily sums of sales, kept by the statement that changes order lines (decision 0021). {operation}: {changes}
--
-- Goods only: quantities less what was cancelled, at the price sold, less the line's discount in proportion; returns are
-- negative. An order counts on its day while it holds at least one line of which something is sold.
-- Rows are written in key order, so that two writers of the same days never wait for each other in a circle.
CREATE FUNCTION keep_sales_sums_{operation}() RETURNS trigger
LANGUAGE plpgsql SET search_path = onhand, pg_temp AS $$
BEGIN
    WITH changed AS MATERIALIZED (
        SELECT c.organization_id, c.order_id, c.sku_id, c.sign, c.quantity - c.cancelled AS units,
            (c.quantity - c.cancelled) * c.unit_price - CASE WHEN c.cancelled = 0 THEN c.discount
                ELSE round(c.discount * (c.quantity - c.cancelled) / c.quantity, 6) END AS amount
        FROM ({changes}) c
    ), net AS MATERIALIZED (
        SELECT c.organization_id, c.order_id, c.sku_id, sum(c.sign * c.units) AS units, sum(c.sign * c.amount) AS amount,
            coalesce(sum(c.sign) FILTER (WHERE c.units > 0), 0) AS selling
        FROM changed c GROUP BY c.organization_id, c.order_id, c.sku_id
    ), dated AS MATERIALIZED (
        SELECT n.*, o.channel, o.currency,
            (o.order_date AT TIME ZONE (SELECT g.time_zone FROM organization g WHERE g.id = n.organization_id))::date AS day
        FROM net n, LATERAL (SELECT o.channel, o.currency, o.order_date FROM sales_order o
            WHERE o.organization_id = n.organization_id AND o.id = n.order_id LIMIT 1) o  -- one by its key, whatever the plan
        WHERE n.units <> 0 OR n.amount <> 0 OR n.selling <> 0
    ), orders AS (  -- how many lines sell now, and by how many that has just changed
        SELECT d.organization_id, d.day, d.channel, d.currency, sum(d.units) AS units, sum(d.amount) AS amount,
            sum(d.selling) AS selling,
            CASE WHEN sum(d.selling) <> 0 THEN (SELECT count(*) FROM order_line l
                WHERE l.organization_id = d.organization_id AND l.order_id = d.order_id AND l.quantity > l.cancelled) END AS after
        FROM dated d GROUP BY d.organization_id, d.order_id, d.day, d.channel, d.currency
    ), days AS (
        INSERT INTO sales_day AS s (organization_id, day, channel, currency, orders, units, amount)
        SELECT o.organization_id, o.day, o.channel, o.currency,
            coalesce(sum((o.after > 0)::integer - (o.after - o.selling > 0)::integer), 0), sum(o.units), sum(o.amount)
        FROM orders o GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
        ON CONFLICT (organization_id, day, channel, currency) DO UPDATE
        SET orders = s.orders + excluded.orders, units = s.units + excluded.units, amount = s.amount + excluded.amount
    )
    INSERT INTO sku_sales_day AS s (organization_id, day, sku_id, currency, units, amount)
    SELECT d.organization_id, d.day, d.sku_id, d.currency, sum(d.units), sum(d.amount)
    FROM dated d WHERE d.sku_id IS NOT NULL GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (organization_id, day, sku_id, currency) DO UPDATE
    SET units = s.units + excluded.units, amount = s.amount + excluded.amount;
    RETURN NULL;
END
$$;
CREATE TRIGGER order_line_sums_{operation} AFTER {operation} ON order_line REFERENCING {transition}
FOR EACH STATEMENT EXECUTE FUNCTION keep_sales_sums_{operation}();
