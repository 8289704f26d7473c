import { useLingui } from "@lingui/react/macro";
import { Box, Button } from "@mui/material";
import { useMay } from "@/api";
import { Card, Icon } from "@/design";
import { useWarehousesIfKnown } from "@/features/places";
import { useGo, usePanel } from "@/lib/navigation";

/** What to do first, while there is nothing to show. */
export function GettingStarted() {
  const { t } = useLingui();
  const go = useGo();
  const panel = usePanel();
  const warehouses = useWarehousesIfKnown();
  const mayImport = useMay("exchange.write");
  return (
    <Card
      title={t`Begin with what you have`}
      lead={t`A file of past sales brings products, customers, orders and forecasts at once. Or begin with a warehouse and a product.`}
    >
      <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1 }}>
        {mayImport && (
          <Button variant="contained" startIcon={<Icon name="import" />} onClick={() => go("/import")}>
            {t`Import past sales`}
          </Button>
        )}
        {warehouses?.length === 0 && (
          <Button variant="outlined" color="secondary" onClick={() => go("/warehouses")}>
            {t`Add a warehouse`}
          </Button>
        )}
        <Button variant="outlined" color="secondary" onClick={() => panel.open("product")}>
          {t`Add a product`}
        </Button>
        <Button variant="outlined" color="secondary" onClick={() => go("/channels")}>
          {t`Connect a channel`}
        </Button>
      </Box>
    </Card>
  );
}
