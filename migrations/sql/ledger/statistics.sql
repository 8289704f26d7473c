-- Until its first ANALYZE a table has no statistics, and the planner takes an organization to own a single row: any
-- index that begins with organization_id then looks as good as the right one, and that plan is kept while the table
-- grows. Telling it beforehand that one organization owns all rows makes the first import as quick as the thousandth.
SELECT pg_restore_attribute_stats('schemaname', 'onhand', 'relname', t.name, 'attname', 'organization_id',
    'inherited', false, 'null_frac', 0::real, 'avg_width', 16, 'n_distinct', 1::real)
FROM unnest(ARRAY['sku', 'warehouse', 'level', 'posting', 'reservation']) AS t(name);
