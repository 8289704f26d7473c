-- What of the organization somebody may mean by a text, of the kinds asked for: at most `most` of each, the best first.
--
-- Codes are compared in ranges of their keys, which an index answers under row security too. Products and customers, of
-- which there are many, have functions of their own that may use trigrams.
CREATE FUNCTION find_things(wanted text, kinds text[], most integer)
RETURNS TABLE (kind text, id uuid, name text, code text, note text, leads uuid, exact boolean)
LANGUAGE plpgsql STABLE ROWS 40
SET search_path = onhand, public, pg_temp
SET pg_trgm.word_similarity_threshold = 0.5
AS $$
#variable_conflict use_column
DECLARE
  mine CONSTANT uuid := current_organization();
  asked CONSTANT text := trim(regexp_replace(lower(wanted), '\s+', ' ', 'g'));
  beyond CONSTANT text := asked || chr(1114111);
  holding CONSTANT text := '%' || regexp_replace(asked, '([\\%_])', '\\\1', 'g') || '%';
  -- Without this the words "T 7" would look for transfer 7.
  numbered CONSTANT text := CASE WHEN asked ~ '^(t-)?\d{1,9}$' THEN ltrim(asked, 't-') END;
BEGIN
  IF asked = '' THEN
    RETURN;
  END IF;

  IF 'product' = ANY (kinds) THEN
    RETURN QUERY
      SELECT 'product', p.id, p.name, s.code, NULL::text, s.id, s.exact
      FROM find_products(wanted, 4 * most) h
      JOIN product p ON p.organization_id = mine AND p.id = h.product_id AND p.archived_at IS NULL
      CROSS JOIN LATERAL (
        SELECT s.id, s.code, s.code_key = asked OR EXISTS (
            SELECT FROM barcode b WHERE b.organization_id = mine AND b.value = trim(wanted) AND b.sku_id = s.id) AS exact
        FROM sku s WHERE s.organization_id = mine AND s.product_id = p.id
        ORDER BY 3 DESC, s.archived_at NULLS FIRST, s.code LIMIT 1) s
      ORDER BY s.exact DESC, h.place LIMIT most;
  END IF;
  IF 'serial' = ANY (kinds) THEN
    RETURN QUERY
      SELECT 'serial', x.id, x.code, s.code, p.name, p.id, x.code_key = asked
      FROM (SELECT * FROM serial x WHERE x.organization_id = mine AND x.code_key >= asked AND x.code_key < beyond
            ORDER BY x.code_key LIMIT most) x
      JOIN sku s ON s.organization_id = mine AND s.id = x.sku_id
      JOIN product p ON p.organization_id = mine AND p.id = s.product_id;
  END IF;
  IF 'lot' = ANY (kinds) THEN
    RETURN QUERY
      SELECT 'lot', x.id, x.code, s.code, p.name, p.id, x.code_key = asked
      FROM (SELECT * FROM lot x WHERE x.organization_id = mine AND x.code_key >= asked AND x.code_key < beyond
            ORDER BY x.code_key LIMIT most) x
      JOIN sku s ON s.organization_id = mine AND s.id = x.sku_id
      JOIN product p ON p.organization_id = mine AND p.id = s.product_id;
  END IF;
  IF 'category' = ANY (kinds) THEN
    RETURN QUERY
      SELECT 'category', c.id, c.name, NULL::text, up.name, c.parent_id, lower(c.name) = asked
      FROM category c LEFT JOIN category up ON up.organization_id = mine AND up.id = c.parent_id
      WHERE c.organization_id = mine AND c.archived_at IS NULL AND (c.name ILIKE holding OR asked <% c.name)
      ORDER BY lower(c.name) <> asked, word_similarity(asked, c.name) DESC, c.name LIMIT most;
  END IF;
  IF 'warehouse' = ANY (kinds) THEN
    RETURN QUERY
      SELECT 'warehouse', w.id, w.name, w.code, w.city, w.id, w.code_key = asked
      FROM warehouse w
      WHERE w.organization_id = mine AND w.archived_at IS NULL
        AND (w.code_key LIKE holding OR w.name ILIKE holding OR w.city ILIKE holding OR asked <% w.name)
      ORDER BY w.code_key <> asked, w.priority, w.code LIMIT most;
    RETURN QUERY
      SELECT 'bin', b.id, coalesce(b.name, b.code), b.code, w.name, w.id, b.code_key = asked
      FROM warehouse w
      CROSS JOIN LATERAL (
        SELECT * FROM bin b WHERE b.organization_id = mine AND b.warehouse_id = w.id AND b.code_key >= asked
          AND b.code_key < beyond AND b.archived_at IS NULL ORDER BY b.code_key LIMIT most) b
      WHERE w.organization_id = mine AND w.archived_at IS NULL
      ORDER BY b.code_key LIMIT most;
  END IF;
  IF 'order' = ANY (kinds) THEN
    RETURN QUERY
      SELECT 'order', o.id, o.number, o.external_id, o.status, o.id, upper(asked) = o.number OR trim(wanted) = o.external_id
      FROM (SELECT * FROM sales_order o
            WHERE o.organization_id = mine AND (o.number >= upper(asked) AND o.number < upper(beyond)
              OR o.external_id >= trim(wanted) AND o.external_id < trim(wanted) || chr(1114111)
              OR o.number = 'SO-' || lpad(numbered, 6, '0'))
            LIMIT most) o;
  END IF;
  IF 'transfer' = ANY (kinds) AND numbered IS NOT NULL THEN
    RETURN QUERY
      SELECT 'transfer', t.id, 'T-' || t.number, NULL::text, t.status, t.id, true
      FROM transfer t WHERE t.organization_id = mine AND t.number = numbered::integer;
  END IF;
  IF 'customer' = ANY (kinds) THEN
    RETURN QUERY
      SELECT 'customer', c.id, c.name, c.code, c.email, c.id, c.code_key = asked OR lower(c.email) = asked
      FROM find_customers(asked, most) h
      JOIN customer c ON c.organization_id = mine AND c.id = h.customer_id
      ORDER BY h.place;
  END IF;
  IF 'supplier' = ANY (kinds) THEN
    RETURN QUERY
      SELECT 'supplier', u.id, u.name, u.code, u.contact_name, u.id, u.code_key = asked
      FROM supplier u
      WHERE u.organization_id = mine AND u.archived_at IS NULL
        AND (u.code_key LIKE holding OR u.name ILIKE holding OR asked <% u.name)
      ORDER BY u.code_key <> asked, word_similarity(asked, u.name) DESC, u.name LIMIT most;
  END IF;
END $$
