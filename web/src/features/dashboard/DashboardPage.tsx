import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { ErrorState, Page, PageHeader, Segments } from "@/design";
import { useChannels } from "@/features/channels";
import { date, dayMonth } from "@/lib/format";
import { Activity } from "./Activity";
import { BestSellers } from "./BestSellers";
import { ChannelSales } from "./ChannelSales";
import { ChannelStates } from "./ChannelStates";
import { GettingStarted } from "./GettingStarted";
import { usePeriod } from "./period";
import { QuickActions } from "./QuickActions";
import { type Figures, figuresQuery } from "./queries";
import { SalesChart } from "./SalesChart";
import { Tiles } from "./Tiles";

const twoThirds = {
  display: "grid",
  gap: { xs: 2, md: 2.5 },
  gridTemplateColumns: { xs: "minmax(0, 1fr)", lg: "minmax(0, 2fr) minmax(0, 1fr)" },
  alignItems: "stretch",
} as const;

/** How the business does, over one period that rules every figure. */
export function DashboardPage() {
  const { t } = useLingui();
  const { period, options, setPeriod } = usePeriod();
  const { data: figures, error, refetch } = useQuery(figuresQuery(period));
  return (
    <Page>
      <PageHeader
        title={t`Dashboard`}
        lead={figures ? <Lead figures={figures} /> : t`How the business does.`}
        actions={
          <>
            <Segments label={t`Period`} value={period} options={options} onChange={setPeriod} />
            <QuickActions />
          </>
        }
      />
      {error && !figures ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <Parts figures={figures} />
      )}
    </Page>
  );
}

/** Which days the figures are about; the days are the organization's own, whatever the clock here says. */
function Lead({ figures }: { figures: Figures }) {
  const { t } = useLingui();
  const noon = (day: string) => `${day}T12:00:00Z`;
  const { first_day, last_day, before_first_day, before_last_day } = figures.period;
  const short = (day: string, beside: string) =>
    day.slice(0, 4) === beside.slice(0, 4) ? dayMonth(noon(day)) : date(noon(day));
  const now = `${short(first_day, last_day)} – ${date(noon(last_day))}`;
  const before = `${short(before_first_day, before_last_day)} – ${short(before_last_day, last_day)}`;
  return <>{t`${now}, compared with ${before}`}</>;
}

function Parts({ figures }: { figures: Figures | undefined }) {
  const { data: channels = [] } = useChannels();
  const isNew = figures && figures.stock.skus === 0 && figures.sales.orders === 0;
  return (
    <>
      {isNew && <GettingStarted />}
      <Tiles figures={figures} channels={channels} />
      <Box sx={twoThirds}>
        <SalesChart figures={figures} />
        <ChannelSales figures={figures} />
      </Box>
      <Box sx={twoThirds}>
        <Activity channels={channels} />
        <Box sx={{ display: "grid", gap: { xs: 2, md: 2.5 }, alignContent: "start" }}>
          <BestSellers figures={figures} />
          <ChannelStates channels={channels} />
        </Box>
      </Box>
    </>
  );
}
