import { useLingui } from "@lingui/react/macro";
import { Alert, Button } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { ErrorState, Icon, Page, PageHeader } from "@/design";
import { date } from "@/lib/format";
import { useGo, writeSearch } from "@/lib/navigation";
import { Levels } from "./Levels";
import { MomentBar } from "./MomentBar";
import { type Past, pastQuery } from "./queries";
import { Tiles, Trend, Warehouses } from "./Totals";
import { type Moment, useMoment } from "./useMoment";

/** What stock and its value were at any moment, as it is known now or as it was believed then. */
export function TimeMachinePage() {
  const { t } = useLingui();
  const moment = useMoment();
  const { data: past, error, refetch } = useQuery(pastQuery(moment));
  return (
    <Page>
      <PageHeader
        title={t`Time machine`}
        lead={t`What was where at any moment, what it was worth, and what has changed since.`}
        actions={<Between moment={moment} past={past} />}
      />
      <MomentBar moment={moment} />
      {past?.archived_until && past.archived_until > moment.day && (
        <Alert severity="info">
          {t`Movements before ${date(`${past.archived_until}T12:00:00Z`)} are archived: there only the ends of days are known.`}
        </Alert>
      )}
      {error && !past ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : (
        <>
          <Tiles past={past} />
          {past && <Trend past={past} day={moment.day} />}
          {past && <Warehouses past={past} />}
        </>
      )}
      <Levels moment={moment} />
    </Page>
  );
}

/** The movements that lie between the moment and today. */
function Between({ moment, past }: { moment: Moment; past: Past | undefined }) {
  const { t } = useLingui();
  const go = useGo();
  const words = {
    "filter[effective_at][gt]": past?.as_of ?? undefined,
    "filter[warehouse]": moment.warehouse,
  };
  return (
    <Button
      variant="outlined"
      color="secondary"
      startIcon={<Icon name="history" />}
      disabled={!past}
      onClick={() => go(`/movements${writeSearch(words)}`)}
    >
      {t`Movements since`}
    </Button>
  );
}
