-- The organization's products that match what somebody typed, the best first: (product_id, place), at most `most` of them.
--
-- Row security lets only leakproof operators use an index, and the trigram ones are not: under the tenant policy a search of
-- 100,000 products takes a second. So this runs as onhand_relay, whose policy is open, and asks for the organization itself.
CREATE FUNCTION find_products(wanted text, most integer) RETURNS TABLE (product_id uuid, place bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 50
SET search_path = onhand, public, pg_temp
SET pg_trgm.word_similarity_threshold = 0.6
AS $$
DECLARE
  mine CONSTANT uuid := current_organization();
  words CONSTANT text[] := (string_to_array(trim(regexp_replace(lower(wanted), '\s+', ' ', 'g')), ' '))[1:8];
  whole CONSTANT text := ' ' || array_to_string(words, ' ') || ' ';
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

  -- First the code or barcode itself, then the text as whole words, then at the start of a word, then anywhere, each word
  -- for itself. Sorting is dear when half the shelf matches, so two thousand are looked at; always as many, whatever `most` is,
  -- so that a deeper page continues where the first one ended.
  RETURN QUERY EXECUTE format(
    $q$ SELECT c.id, row_number() OVER (ORDER BY min(c.rank), min(c.long), c.id)
        FROM (SELECT s.product_id AS id, 0 AS rank, 0 AS long FROM sku s
              WHERE s.organization_id = $1 AND s.code_key = trim($2)
              UNION ALL
              SELECT s.product_id, 0, 0 FROM barcode b JOIN sku s ON s.organization_id = b.organization_id AND s.id = b.sku_id
              WHERE b.organization_id = $1 AND b.value = $4
              UNION ALL
              SELECT p.id, CASE WHEN strpos(p.search_text, $2) > 0 THEN 1 WHEN strpos(p.search_text, rtrim($2)) > 0 THEN 2
                                ELSE 3 END, length(p.search_text)
              FROM (SELECT p.id, p.search_text FROM product p
                    WHERE p.organization_id = $1 AND %s LIMIT 2000) p) c
        GROUP BY c.id ORDER BY 2 LIMIT $3 $q$, spelt_so)
    USING mine, whole, most, trim(wanted);
  IF FOUND OR spelt_nearly IS NULL THEN
    RETURN;
  END IF;

  -- Nothing is spelt so: the nearest spellings of every word, first the near ones, then the farther ones.
  FOR farther IN 0..1 LOOP
    PERFORM set_config('pg_trgm.word_similarity_threshold', (ARRAY['0.6', '0.4'])[farther + 1], true);
    RETURN QUERY EXECUTE format(
      $q$ SELECT c.id, row_number() OVER (ORDER BY c.nearness DESC, c.id) FROM (
            SELECT p.id, %s AS nearness FROM product p WHERE p.organization_id = $1 AND %s LIMIT 300) c
          ORDER BY 2 LIMIT $2 $q$, nearness, spelt_nearly)
      USING mine, most;
    IF FOUND THEN
      RETURN;
    END IF;
  END LOOP;
END $$
