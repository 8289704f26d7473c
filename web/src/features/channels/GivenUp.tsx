import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { useChange, useMay } from "@/api";
import { Card, Code, Icon, Named, Quantity, type SimpleColumn, SimpleTable } from "@/design";
import { deadQuery, type Listing, retryQueue, touches } from "./queries";

const rowId = (row: Listing) => row.sku_id;

/** Numbers that a channel refused until they were given up; nothing here is sent again by itself. */
export function GivenUp({ channel }: { channel: { id: string; name: string } }) {
  const { t } = useLingui();
  const { name } = channel;
  const mayWrite = useMay("channels.write");
  const { data: found } = useQuery(deadQuery(channel.id));
  const retry = useChange({
    change: (skus: string[]) => retryQueue(channel.id, skus),
    touches,
    said: ({ listings }) => t`${listings} are tried again.`,
  });
  if (!found?.data.length) return null;
  const columns: SimpleColumn<Listing>[] = [
    { id: "sku", header: t`Product`, cell: (row) => <Named name={row.name} code={<Code>{row.sku}</Code>} /> },
    { id: "wanted", header: t`Should show`, align: "right", cell: (row) => <Quantity value={row.wanted} /> },
    { id: "attempts", header: t`Tries`, align: "right", cell: (row) => row.attempts },
    { id: "error", header: t`Why`, cell: (row) => row.error ?? "–" },
    {
      id: "retry",
      header: t`Retry`,
      align: "right",
      cell: (row) =>
        mayWrite && (
          <Button size="small" disabled={retry.isPending} onClick={() => retry.mutate([row.sku])}>
            {t`Try again`}
          </Button>
        ),
    },
  ];
  const everything = mayWrite && (
    <Button
      variant="outlined"
      color="secondary"
      startIcon={<Icon name="refresh" />}
      loading={retry.isPending}
      onClick={() => retry.mutate([])}
    >
      {t`Try all again`}
    </Button>
  );
  return (
    <Card flush title={t`Given up by ${name}`} actions={everything}>
      <SimpleTable label={t`Given up by ${name}`} columns={columns} rows={found.data} rowId={rowId} />
    </Card>
  );
}
