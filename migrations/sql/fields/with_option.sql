-- The ids of the organization's SKUs that have one of these values of an option, ignoring case.
-- As `with_field`, it reads with the index that row security would not let it use.
CREATE FUNCTION with_option(option text, wanted text[]) RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER ROWS 1000
SET search_path = onhand, public, pg_temp
AS $$
  SELECT s.id FROM sku s WHERE s.organization_id = current_organization() AND s.options <> '{}'
  AND lower(s.options::text)::jsonb @> ANY (
    SELECT jsonb_build_object(lower(option), lower(w)) FROM unnest(wanted) w)
$$
