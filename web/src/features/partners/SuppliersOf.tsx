import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { every } from "@/api";
import { Card, LinesSkeleton, Money, Quantity, type SimpleColumn, SimpleTable, StatusChip } from "@/design";
import { Anchor } from "@/lib/Anchor";
import type { SupplierItem } from "./queries";

const rowId = (row: SupplierItem) => row.id;

/** Who sells us one SKU, on which terms. */
export function SuppliersOf({ sku }: { sku: string }) {
  const { t } = useLingui();
  const { data: rows, isPending } = useQuery({
    queryKey: ["supplier-items", "of", sku],
    queryFn: () => every("/api/v1/supplier-items", { "filter[sku]": sku }),
  });
  const columns: SimpleColumn<SupplierItem>[] = [
    {
      id: "supplier",
      header: t`Supplier`,
      cell: (row) => <Anchor href={`/suppliers/${row.supplier_id}`}>{row.supplier_name}</Anchor>,
    },
    { id: "code", header: t`Their code`, cell: (row) => row.supplier_sku ?? "–" },
    {
      id: "price",
      header: t`Price`,
      align: "right",
      cell: (row) => <Money value={row.price} currency={row.currency} />,
    },
    {
      id: "moq",
      header: t`Least order`,
      align: "right",
      cell: (row) => <Quantity value={row.minimum_quantity} />,
    },
    { id: "pack", header: t`Pack`, align: "right", cell: (row) => <Quantity value={row.pack_size} /> },
    { id: "lead", header: t`Lead time, days`, align: "right", cell: (row) => row.lead_time_days },
    {
      id: "preferred",
      header: t`Choice`,
      cell: (row) => row.preferred && <StatusChip label={t`Preferred`} tone="good" />,
    },
  ];
  const none = (
    <Box sx={{ px: 2.5, pb: 2.5, fontSize: "0.875rem", color: "text.secondary" }}>
      {t`No supplier is known for it. Add it on a supplier's page; reorder suggestions need one.`}
    </Box>
  );
  return (
    <Card title={t`Suppliers`} flush>
      {isPending && (
        <Box sx={{ p: 2.5 }}>
          <LinesSkeleton lines={2} />
        </Box>
      )}
      {rows &&
        (rows.length ? (
          <SimpleTable label={t`Suppliers`} columns={columns} rows={rows} rowId={rowId} />
        ) : (
          none
        ))}
    </Card>
  );
}
