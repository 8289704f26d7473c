-- The organization's products that match what somebody typed, best first: (product_id, place).
--
-- Row security lets only leakproof operators use an index, and the trigram ones are not: under the tenant policy a search of
-- 100,000 products takes a second. So this runs as onhand_relay, whose policy is open, and asks for the organization itself.
CREATE FUNCTION find_products(wanted text, most integer) RETURNS TABLE (product_id uuid, place bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = onhand, public, pg_temp
SET pg_trgm.word_similarity_threshold = 0.5
AS $$
DECLARE
  mine CONSTANT uuid := current_organization();
  words CONSTANT text[] := (string_to_array(trim(regexp_replace(lower(wanted), '\s+', ' ', 'g')), ' '))[1:8];
  whole CONSTANT text := ' ' || array_to_string(words, ' ');
  spelt_so text;
  spelt_nearly text;
  nearness text;
BEGIN
  -- A word of one or two letters holds no trigram, but at the start of a word it does.
  SELECT string_agg(format('p.search_text LIKE %L', CASE WHEN length(w) < 3 THEN '% ' ELSE '%' END
                           || regexp_replace(w, '([\\%_])', '\\\1', 'g') || '%'), ' AND '),
         string_agg(format('%L <%% p.search_text', w), ' AND ') FILTER (WHERE length(w) > 2),
         string_agg(format('word_similarity(%L, p.search_text)', w), ' + ') FILTER (WHERE length(w) > 2)
    INTO spelt_so, spelt_nearly, nearness
    FROM unnest(words) AS w WHERE w <> '';
  IF spelt_so IS NULL THEN
    RETURN;
  END IF;

  -- First the code itself, then the text as whole words, then at the start of a word, then anywhere, each word for itself.
  RETURN QUERY EXECUTE format(
    $q$ SELECT p.id, row_number() OVER (ORDER BY
               CASE WHEN starts_with(p.search_text, $2 || ' ') THEN 0 WHEN strpos(p.search_text, $2 || ' ') > 0 THEN 1
                    WHEN strpos(p.search_text, $2) > 0 THEN 2 ELSE 3 END, length(p.search_text), p.id)
        FROM product p WHERE p.organization_id = $1 AND %s ORDER BY 2 LIMIT $3 $q$, spelt_so)
    USING mine, whole, most;
  IF FOUND OR spelt_nearly IS NULL THEN
    RETURN;
  END IF;

  -- Nothing is spelt so: the nearest spellings of every word. Scoring is dear, so it stops at a thousand candidates.
  RETURN QUERY EXECUTE format(
    $q$ SELECT c.id, row_number() OVER (ORDER BY c.nearness DESC, c.id) FROM (
          SELECT p.id, %s AS nearness FROM product p WHERE p.organization_id = $1 AND %s LIMIT 1000) c
        ORDER BY 2 LIMIT $2 $q$, nearness, spelt_nearly)
    USING mine, most;
END $$
