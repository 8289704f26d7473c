import { useLingui } from "@lingui/react/macro";
import { Box, Button } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { useChange, useMay } from "@/api";
import {
  Card,
  Code,
  DateTime,
  Delta,
  EmptyState,
  LinesSkeleton,
  Named,
  Quantity,
  type SimpleColumn,
  SimpleTable,
} from "@/design";
import { subtract } from "@/lib/decimal";
import { type Difference, differencesQuery, settleDifference, touches } from "./queries";

const rowId = (row: Difference) => row.id;

interface DifferencesPartProps {
  channel: { id: string; name: string };
  /** On the page of all channels, one without differences is not mentioned. */
  quiet?: boolean;
}

/** Where the channel showed another number than it should have, as the last sync found. */
export function DifferencesPart({ channel, quiet }: DifferencesPartProps) {
  const { t } = useLingui();
  const { name } = channel;
  const { data: found } = useQuery(differencesQuery(channel.id));
  const title = quiet ? t`Differences with ${name}` : t`Differences`;
  if (!found) return quiet ? null : <LinesSkeleton lines={4} />;
  if (!found.data.length) {
    return quiet ? null : (
      <Card title={title}>
        <EmptyState icon="check" tone="good" title={t`No differences`}>
          {t`Each sync compares every number that the channel shows with ours; what differs is listed here.`}
        </EmptyState>
      </Card>
    );
  }
  const columns: SimpleColumn<Difference>[] = [
    { id: "sku", header: t`Product`, cell: (row) => <Named name={row.name} code={<Code>{row.sku}</Code>} /> },
    { id: "ours", header: t`Ours`, align: "right", cell: (row) => <Quantity value={row.ours} /> },
    { id: "theirs", header: t`Theirs`, align: "right", cell: (row) => <Quantity value={row.theirs} /> },
    {
      id: "change",
      header: t`Theirs − ours`,
      align: "right",
      cell: (row) => <Delta value={subtract(row.theirs, row.ours)} />,
    },
    { id: "found", header: t`Found`, cell: (row) => <DateTime value={row.found_at} relative /> },
    {
      id: "right",
      header: t`Who is right?`,
      align: "right",
      cell: (row) => <Verdict channel={channel} row={row} />,
    },
  ];
  return (
    <Card flush title={title} lead={t`Our number was sent already; believing the channel adjusts stock.`}>
      <SimpleTable label={title} columns={columns} rows={found.data} rowId={rowId} />
    </Card>
  );
}

function Verdict({ channel, row }: { channel: { id: string }; row: Difference }) {
  const { t } = useLingui();
  const mayWrite = useMay("channels.write");
  const { sku } = row;
  const settle = useChange({
    change: (verdict: "accept" | "dismiss") => settleDifference(channel.id, row.id, verdict),
    touches: [...touches, "stock-levels", "movements"],
    said: (_, verdict) =>
      verdict === "accept" ? t`Stock of ${sku} is adjusted.` : t`Our number of ${sku} stands.`,
  });
  if (!mayWrite) return null;
  return (
    <Box sx={{ display: "inline-flex", gap: 1 }}>
      <Button
        size="small"
        variant="outlined"
        color="secondary"
        disabled={settle.isPending}
        onClick={() => settle.mutate("accept")}
      >
        {t`Channel is right`}
      </Button>
      <Button
        size="small"
        variant="outlined"
        color="secondary"
        disabled={settle.isPending}
        onClick={() => settle.mutate("dismiss")}
      >
        {t`We are right`}
      </Button>
    </Box>
  );
}
