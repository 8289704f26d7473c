-- Marks a shortage as dealt with; true when it was open. The one change of the ledger's rows that moves no quantity.
CREATE FUNCTION resolve_shortage(p_organization uuid, p_id uuid, p_resolution text, p_actor uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = onhand, pg_temp
AS $$
BEGIN
    UPDATE shortage SET status = 'resolved', resolution = p_resolution, resolved_by = p_actor, resolved_at = now()
    WHERE organization_id = p_organization AND id = p_id AND status = 'open';
    RETURN FOUND;
END $$;
