import { useLingui } from "@lingui/react/macro";
import { Alert, Button } from "@mui/material";
import { useMay } from "@/api";
import { usePanel } from "@/lib/navigation";
import { useWarehousesIfKnown } from "./queries";

/** In a form that needs warehouses of which there are too few: what is missing, and the way to add it. */
export function WarehousesMissing({ least = 1 }: { least?: 1 | 2 }) {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("places.write");
  const known = useWarehousesIfKnown();
  if (!known || known.length >= least) return null;
  return (
    <Alert
      severity="info"
      variant="outlined"
      action={
        mayWrite && (
          <Button color="inherit" size="small" onClick={() => panel.open("warehouse")}>
            {t`Add a warehouse`}
          </Button>
        )
      }
    >
      {least === 1 ? t`There is no warehouse yet.` : t`A transfer needs two warehouses.`}
    </Alert>
  );
}
