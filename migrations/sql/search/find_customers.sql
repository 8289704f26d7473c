-- The organization's customers that somebody may mean by a text in lower case, the best first: (customer_id, place).
--
-- As find_products does, it runs as onhand_relay, whose policy is open, and asks for the organization itself: row security
-- lets only leakproof operators use an index, and the trigram ones are not.
CREATE FUNCTION find_customers(wanted text, most integer) RETURNS TABLE (customer_id uuid, place bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 10
SET search_path = onhand, public, pg_temp
SET pg_trgm.word_similarity_threshold = 0.5
AS $$
DECLARE
  mine CONSTANT uuid := current_organization();
  beyond CONSTANT text := wanted || chr(1114111);
  holding CONSTANT text := '%' || regexp_replace(wanted, '([\\%_])', '\\\1', 'g') || '%';
BEGIN
  RETURN QUERY
    SELECT f.id, row_number() OVER (ORDER BY f.rank, f.name, f.id) FROM (
      SELECT c.id, c.name, 0 AS rank FROM customer c
      WHERE c.organization_id = mine AND c.archived_at IS NULL AND c.code_key = wanted
      UNION
      (SELECT c.id, c.name, 1 FROM customer c
       WHERE c.organization_id = mine AND c.archived_at IS NULL AND lower(c.email) >= wanted AND lower(c.email) < beyond
       ORDER BY lower(c.email) LIMIT most)
      UNION
      (SELECT c.id, c.name, 2 FROM customer c
       WHERE c.organization_id = mine AND c.archived_at IS NULL AND length(wanted) > 1 AND c.name ILIKE holding LIMIT 200)
    ) f LIMIT most;
  IF FOUND OR length(wanted) < 3 THEN
    RETURN;
  END IF;
  RETURN QUERY
    SELECT f.id, row_number() OVER (ORDER BY f.nearness DESC, f.id) FROM (
      SELECT c.id, word_similarity(wanted, c.name) AS nearness FROM customer c
      WHERE c.organization_id = mine AND c.archived_at IS NULL AND wanted <% c.name LIMIT 200) f
    ORDER BY 2 LIMIT most;
END $$
