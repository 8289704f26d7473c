import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import {
  BackLink,
  Card,
  Code,
  DateTime,
  ErrorState,
  Facts,
  Named,
  Page,
  PageHeader,
  PageSkeleton,
  Quantity,
  type SimpleColumn,
  SimpleTable,
} from "@/design";
import { Anchor } from "@/lib/Anchor";
import { useParam } from "@/lib/navigation";
import { type TransferDetail, transferQuery } from "./queries";
import { TransferActions } from "./TransferActions";
import { TransferStatus } from "./words";

type Line = TransferDetail["lines"][number];

const rowId = (line: Line) => line.id;

export function TransferPage() {
  const { data: transfer, error, refetch } = useQuery(transferQuery(useParam("id")));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return transfer ? <Detail transfer={transfer} /> : <PageSkeleton />;
}

function Detail({ transfer }: { transfer: TransferDetail }) {
  const { t } = useLingui();
  const columns: SimpleColumn<Line>[] = [
    {
      id: "sku",
      header: t`Product`,
      cell: (line) => (
        <Named
          name={
            <Anchor href={`/products/${line.sku}`} style={{ textDecoration: "none" }}>
              {line.name}
            </Anchor>
          }
          code={<Code>{line.sku}</Code>}
        />
      ),
    },
    {
      id: "quantity",
      header: t`Planned`,
      align: "right",
      cell: (line) => <Quantity value={line.quantity} />,
    },
    {
      id: "dispatched",
      header: t`Sent`,
      align: "right",
      cell: (line) => <Quantity value={line.dispatched} quietZero />,
    },
    {
      id: "received",
      header: t`Received`,
      align: "right",
      cell: (line) => <Quantity value={line.received} quietZero />,
    },
    { id: "lost", header: t`Lost`, align: "right", cell: (line) => <Quantity value={line.lost} quietZero /> },
    {
      id: "returned",
      header: t`Returned`,
      align: "right",
      cell: (line) => <Quantity value={line.returned} quietZero />,
    },
  ];
  return (
    <Page>
      <PageHeader
        back={<BackLink href="/transfers">{t`Transfers`}</BackLink>}
        title={
          <Box component="span" sx={{ display: "inline-flex", alignItems: "center", gap: 1.5 }}>
            {transfer.document}
            <TransferStatus status={transfer.status} />
          </Box>
        }
        lead={`${transfer.from_warehouse} → ${transfer.to_warehouse}`}
        actions={<TransferActions transfer={transfer} />}
      />
      <Card title={t`Lines`} flush>
        <SimpleTable label={t`Lines`} columns={columns} rows={transfer.lines} rowId={rowId} />
      </Card>
      <Card>
        <Facts
          items={[
            { label: t`Written`, value: <DateTime value={transfer.created_at} /> },
            { label: t`By`, value: transfer.created_by },
            { label: t`Expected`, value: <DateTime value={transfer.expected_at} /> },
            { label: t`Dispatched`, value: <DateTime value={transfer.dispatched_at} /> },
            { label: t`Closed`, value: <DateTime value={transfer.closed_at} /> },
            ...(transfer.note ? [{ label: t`Note`, value: transfer.note, wide: true }] : []),
          ]}
        />
      </Card>
    </Page>
  );
}
