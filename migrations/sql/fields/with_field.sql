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
  given jsonb;
  condition text;
BEGIN
  SELECT * INTO defined FROM custom_field f WHERE f.organization_id = mine AND f.target = owner AND f.code = field;
  IF NOT FOUND OR owner NOT IN ('product', 'sku') THEN
    RAISE EXCEPTION 'there is no field %', field USING ERRCODE = 'OH400';
  END IF;
  BEGIN
    SELECT jsonb_agg(CASE defined.kind
        WHEN 'number' THEN to_jsonb(w::numeric)
        WHEN 'boolean' THEN to_jsonb(w::boolean)
        WHEN 'date' THEN to_jsonb(w::date)
        ELSE to_jsonb(w) END)
      INTO given FROM unnest(wanted) w;
  EXCEPTION WHEN data_exception THEN
    RAISE EXCEPTION '% cannot be %: a % is expected', field, array_to_string(wanted, ','), defined.kind
      USING ERRCODE = 'OH400';
  END;
  condition := CASE comparison
    WHEN 'null' THEN CASE WHEN wanted[1] = 'true' THEN 'NOT (o.custom_fields ? $2)' ELSE 'o.custom_fields ? $2' END
    WHEN 'like' THEN 'strpos(lower(o.custom_fields ->> $2), lower($4[1])) > 0'
    WHEN 'ne' THEN 'o.custom_fields ? $2 AND NOT o.custom_fields @> ($5)[1]'
    WHEN 'in' THEN 'o.custom_fields @> ANY ($5)'
    WHEN 'eq' THEN 'o.custom_fields @> ANY ($5)'
    ELSE format('jsonb_path_exists(o.custom_fields, %L, jsonb_build_object(''wanted'', ($3) -> 0))',
                format('$.%I ? (@ %s $wanted)', field,
                       (jsonb_build_object('lt', '<', 'lte', '<=', 'gt', '>', 'gte', '>=')) ->> comparison))
  END;
  -- What was never given stands in no index; only a question for what is missing needs those rows too.
  RETURN QUERY EXECUTE format(
    'SELECT o.id FROM %I o WHERE o.organization_id = $1 AND %s AND %s', owner,
    CASE WHEN comparison = 'null' THEN 'true' ELSE 'o.custom_fields <> ''{}''' END, condition)
    USING mine, field, given, wanted,
      (SELECT array_agg(jsonb_build_object(field, CASE WHEN defined.kind = 'multi_choice' THEN jsonb_build_array(g) ELSE g END))
       FROM jsonb_array_elements(given) g);
END $$
