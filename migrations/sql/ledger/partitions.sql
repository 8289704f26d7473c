-- Makes the monthly partitions of `movement` and `event` from this month to p_months ahead; returns the names it made.
-- Never called while posting: a periodic job calls it, and doctor says when the next month is missing.
CREATE FUNCTION make_partitions(p_months integer DEFAULT 2) RETURNS SETOF text
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = onhand, pg_temp
AS $$
DECLARE
    parent text;
    first date;
    name text;
BEGIN
    FOREACH parent IN ARRAY ARRAY['movement', 'event'] LOOP
        FOR ahead IN 0..p_months LOOP
            first := (date_trunc('month', now() AT TIME ZONE 'UTC') + make_interval(months => ahead))::date;
            name := parent || to_char(first, '_YYYYMM');
            CONTINUE WHEN to_regclass(name) IS NOT NULL;
            EXECUTE format('CREATE TABLE %I PARTITION OF %I FOR VALUES FROM (%L) TO (%L)', name, parent,
                           first::timestamp AT TIME ZONE 'UTC', (first + interval '1 month') AT TIME ZONE 'UTC');
            RETURN NEXT name;
        END LOOP;
    END LOOP;
END $$;
