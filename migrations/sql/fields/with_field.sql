-- The ids of the organization's products (or SKUs) whose own field `field` compares so with `wanted`.
--
-- Row security lets only leakproof operators use an index, and those of jsonb are not. So this runs as onhand_relay, whose
-- policy is open, and asks for the organization itself. A field that nobody defined, or a value that is none of its kind, is
-- an error with the code OH400: the caller made it, and is told so.
CREATE FUNCTION with_field(owner text, field text, comparison text, wanted text[]) RETURNS SETOF uuid
LANGUAGE plpgsql STABLE SECURITY DEFINER ROWS 1000
SET search_path = onhand, public, pg_temp
AS $$
DECLARE
  mine CONSTANT uuid := current_organization();
  defined custom_field;
  given text[];
  condition text;
  type text;
BEGIN
  SELECT * INTO defined FROM custom_field f WHERE f.organization_id = mine AND f.target = owner AND f.code = field;
  IF NOT FOUND OR owner NOT IN ('product', 'sku') THEN
    RAISE EXCEPTION 'there is no field %', field USING ERRCODE = 'OH400';
  END IF;
  type := CASE WHEN defined.kind = 'number' THEN 'numeric' WHEN defined.kind IN ('date', 'boolean') THEN defined.kind ELSE 'text' END;
  IF comparison NOT IN ('null', 'like') THEN
    BEGIN  -- as the values are written: numbers and dates as plain texts
      SELECT array_agg(CASE type WHEN 'numeric' THEN trim_scale(w::numeric)::text WHEN 'date' THEN w::date::text
                       WHEN 'boolean' THEN w::boolean::text ELSE w END) INTO given FROM unnest(wanted) w;
    EXCEPTION WHEN data_exception THEN
      RAISE EXCEPTION '% cannot be %: a % is expected', field, array_to_string(wanted, ','), defined.kind
        USING ERRCODE = 'OH400';
    END;
  END IF;
  condition := CASE comparison
    WHEN 'null' THEN CASE WHEN wanted[1] = 'true' THEN 'NOT (o.custom_fields ? $2)' ELSE 'o.custom_fields ? $2' END
    WHEN 'like' THEN 'strpos(lower(o.custom_fields ->> $2), lower($3[1])) > 0'
    WHEN 'eq' THEN 'o.custom_fields @> ANY ($5)'
    WHEN 'in' THEN 'o.custom_fields @> ANY ($5)'
    WHEN 'ne' THEN 'o.custom_fields ? $2 AND NOT o.custom_fields @> ($5)[1]'
    ELSE format('(o.custom_fields ->> $2)::%1$s %2$s ($4)[1]::%1$s', type,
                CASE comparison WHEN 'lt' THEN '<' WHEN 'lte' THEN '<=' WHEN 'gt' THEN '>' ELSE '>=' END)
  END;
  -- What was never given stands in no index; only a question for what is missing needs those rows too.
  RETURN QUERY EXECUTE format(
    'SELECT o.id FROM %I o WHERE o.organization_id = $1 AND %s AND %s', owner,
    CASE WHEN comparison = 'null' AND wanted[1] = 'true' THEN 'true' ELSE 'o.custom_fields <> ''{}''' END, condition)
    USING mine, field, wanted, given,
      (SELECT array_agg(jsonb_build_object(field, CASE defined.kind
        WHEN 'multi_choice' THEN jsonb_build_array(g) WHEN 'boolean' THEN to_jsonb(g::boolean) ELSE to_jsonb(g) END))
       FROM unnest(given) g);
END $$
