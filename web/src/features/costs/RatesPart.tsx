import { useLingui } from "@lingui/react/macro";
import { Box, Button } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { useChange, useMay } from "@/api";
import { Card, EmptyState, Icon, type SimpleColumn, SimpleTable, StatusChip } from "@/design";
import { Select } from "@/design/form";
import { ago, date, getRegion, quantity } from "@/lib/format";
import { useChangeSearch, usePanel, useSearchWords } from "@/lib/navigation";
import { feedQuery, type Rate, ratesQuery, rateTouches, refreshRates } from "./queries";
import { RateChart } from "./RateChart";

/** What other currencies are worth in ours, where from, and since when. */
export function RatesPart() {
  const { t } = useLingui();
  const { data: rates = [] } = useQuery(ratesQuery);
  const words = useSearchWords();
  const change = useChangeSearch();
  const shown = words.currency || rates[0]?.currency || "";
  const own = getRegion().currency;
  const columns: SimpleColumn<Rate>[] = [
    { id: "currency", header: t`One`, cell: (row) => row.currency },
    { id: "rate", header: t`Is worth (${own})`, align: "right", cell: (row) => quantity(row.rate) },
    {
      id: "before",
      header: t`A month before`,
      align: "right",
      cell: (row) => (row.before ? quantity(row.before) : "–"),
    },
    { id: "day", header: t`Of`, cell: (row) => date(`${row.day}T12:00:00Z`) },
    { id: "source", header: t`Source`, cell: (row) => (row.manual ? t`by hand` : row.source) },
  ];
  return (
    <>
      <FeedBar />
      {rates.length === 0 && (
        <EmptyState icon="refresh" title={t`No exchange rates yet`}>
          {t`Choose a source, or set a rate by hand.`}
        </EmptyState>
      )}
      {rates.length > 0 && (
        <>
          <Card>
            <Box sx={{ width: 160, mb: 1 }}>
              <Select
                aria-label={t`Currency of the chart`}
                value={shown}
                onChange={(currency) => change({ currency }, { replace: true })}
                options={rates.map((one) => ({ value: one.currency, label: one.currency }))}
              />
            </Box>
            <RateChart currency={shown} own={own} />
          </Card>
          <Card title={t`Rates now`} flush>
            <SimpleTable label={t`Rates now`} columns={columns} rows={rates} rowId={(row) => row.currency} />
          </Card>
        </>
      )}
    </>
  );
}

function FeedBar() {
  const { t } = useLingui();
  const panel = usePanel();
  const { data: feed } = useQuery(feedQuery);
  const fetching = useChange({
    change: refreshRates,
    touches: rateTouches,
    said: () => t`Rates are being fetched; they appear here in a moment.`,
  });
  const mayWrite = useMay("costing.write");
  if (!feed || !mayWrite) return null;
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 1.5, alignItems: "center" }}>
      <Button variant="contained" startIcon={<Icon name="plus" />} onClick={() => panel.open("rate")}>
        {t`Set a rate`}
      </Button>
      <Button variant="outlined" color="secondary" onClick={() => panel.open("feed")}>
        {t`Source`}
      </Button>
      {feed.active && (
        <Button
          variant="outlined"
          color="secondary"
          startIcon={<Icon name="refresh" />}
          loading={fetching.isPending}
          onClick={() => fetching.mutate(undefined)}
        >
          {t`Fetch now`}
        </Button>
      )}
      {feed.problem && <StatusChip tone="bad" label={feed.problem} />}
      {!feed.problem && feed.refreshed_at && (
        <Box component="span" sx={{ color: "text.secondary", fontSize: "0.875rem" }}>
          {t`Fetched ${ago(feed.refreshed_at)}`}
        </Box>
      )}
    </Box>
  );
}
