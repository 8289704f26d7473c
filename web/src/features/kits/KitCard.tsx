import { useLingui } from "@lingui/react/macro";
import { Box, Button } from "@mui/material";
import { useMay } from "@/api";
import { Card, Code, Explain, Quantity, SimpleTable } from "@/design";
import { usePanel } from "@/lib/navigation";
import { type Kit, useKit } from "./queries";

/** What a product is made of and how many can be sold, with why no more; nothing for who is no kit and may make none. */
export function KitCard({ sku }: { sku: string }) {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("kits.write");
  const { data: kit } = useKit(sku);
  if (kit === undefined || (kit === null && !mayWrite)) return null;
  const button = mayWrite && (
    <Button variant="outlined" color="secondary" onClick={() => panel.open("kit", { sku })}>
      {kit ? t`Edit kit` : t`Make it a kit`}
    </Button>
  );
  if (kit === null) return <Box sx={{ display: "flex", justifyContent: "flex-end" }}>{button}</Box>;
  return (
    <Card
      title={t`Kit`}
      lead={t`It has no stock of its own: its components are promised and moved.`}
      actions={button}
    >
      <Box sx={{ display: "flex", alignItems: "center", gap: 0.5, mb: 1 }}>
        {t`Available`}: <Quantity value={kit.available} />
        <WhyNoMore kit={kit} />
      </Box>
      <Components kit={kit} />
    </Card>
  );
}

function WhyNoMore({ kit }: { kit: Kit }) {
  const { t } = useLingui();
  return (
    <Explain
      label={t`Available`}
      formula={t`the least of available ÷ quantity, rounded down, over all components`}
      rows={[
        ...kit.total.parts.map((part) => ({
          label: `${part.sku}: ${part.available} ÷ ${part.quantity}`,
          value: <Quantity value={part.enough_for} />,
        })),
        ...kit.warehouses.map((one) => ({
          label: one.warehouse ?? "",
          value: <Quantity value={one.available} />,
        })),
        { label: t`Together`, value: <Quantity value={kit.available} />, strong: true },
      ]}
    />
  );
}

function Components({ kit }: { kit: Kit }) {
  const { t } = useLingui();
  return (
    <SimpleTable
      label={t`Components`}
      rows={kit.components}
      rowId={(row) => row.sku_id}
      columns={[
        { id: "sku", header: t`SKU`, cell: (row) => <Code>{row.sku}</Code> },
        { id: "name", header: t`Name`, cell: (row) => (row.is_kit ? `${row.name} (${t`kit`})` : row.name) },
        {
          id: "quantity",
          header: t`In one kit`,
          align: "right",
          cell: (row) => <Quantity value={row.quantity} />,
        },
      ]}
    />
  );
}
