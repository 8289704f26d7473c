import { useLingui } from "@lingui/react/macro";
import { Box, Button } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { useChange, useMay } from "@/api";
import { Card, ErrorState, Icon, LinesSkeleton, Segments, width } from "@/design";
import { changeFaults, type Faults, faultsQuery } from "./queries";

/** Everything off: a good day. */
const calm: Faults = {
  down: false,
  error_rate: 0,
  timeout_rate: 0,
  drop_rate: 0,
  latency_ms: 8,
  webhook_lost_rate: 0,
  webhook_duplicate_rate: 0,
  webhook_delay_rate: 0,
};

const storm: Faults = {
  error_rate: 0.15,
  timeout_rate: 0.05,
  timeout_seconds: 3,
  drop_rate: 0.1,
  latency_ms: 60,
  webhook_lost_rate: 0.2,
  webhook_duplicate_rate: 0.3,
  webhook_delay_rate: 0.3,
};

function useSwitches() {
  const { t } = useLingui();
  return [
    { name: "error_rate", label: t`Answers with an error` },
    { name: "timeout_rate", label: t`Does not answer in time` },
    { name: "drop_rate", label: t`Hangs up in mid-sentence` },
    { name: "webhook_lost_rate", label: t`Loses the news of a sale` },
    { name: "webhook_duplicate_rate", label: t`Tells of a sale twice` },
    { name: "webhook_delay_rate", label: t`Tells of a sale late` },
  ];
}

/** Switches that break a make-believe channel, to see how onhand recovers. */
export function FaultsCard({ channel }: { channel: { id: string; name: string } }) {
  const { t } = useLingui();
  const mayWrite = useMay("channels.write");
  const { data: faults, error, refetch } = useQuery(faultsQuery(channel.id));
  const turn = useChange({
    change: (change: Faults) => changeFaults(channel.id, change),
    touches: ["channels"],
  });
  const { name } = channel;
  const shares = [
    { value: "0", label: t`never` },
    { value: "0.2", label: t`1 in 5` },
    { value: "0.5", label: t`1 in 2` },
    { value: "1", label: t`always` },
  ];
  const switches = useSwitches();
  const set = mayWrite ? turn.mutate : () => undefined;
  return (
    <Card
      title={t`Break ${name}`}
      lead={t`It is a sandbox: see how onhand recovers. Nothing is lost or sold twice, whatever you choose.`}
      actions={
        <Box sx={{ display: "flex", flexWrap: "wrap", justifyContent: "flex-end", gap: 1 }}>
          <Button variant="outlined" color="secondary" onClick={() => set({ ...calm })}>
            {t`A good day`}
          </Button>
          <Button
            variant="outlined"
            color="error"
            startIcon={<Icon name="alert" />}
            onClick={() => set(storm)}
          >
            {t`A storm`}
          </Button>
        </Box>
      }
    >
      {error && !faults && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!(faults || error) && <LinesSkeleton lines={6} />}
      {faults && (
        <Box component="dl" sx={{ m: 0 }}>
          <Line label={t`Is switched off altogether`}>
            <Segments
              label={t`Is switched off altogether`}
              value={faults.down ? "off" : "on"}
              options={[
                { value: "on", label: t`It runs` },
                { value: "off", label: t`It is down` },
              ]}
              onChange={(value) => set({ down: value === "off" })}
            />
          </Line>
          {switches.map(({ name: word, label }) => (
            <Line key={word} label={label}>
              <Segments
                label={label}
                value={nearest(Number(faults[word] ?? 0))}
                options={shares}
                onChange={(share) => set({ [word]: Number(share) })}
              />
            </Line>
          ))}
        </Box>
      )}
    </Card>
  );
}

/** The choice that stands for a share: a storm's 0.15 is shown as 1 in 5. */
function nearest(share: number): string {
  const marks = [0, 0.2, 0.5, 1];
  if (share === 0) return "0";
  const best = marks.slice(1).reduce((a, b) => (Math.abs(b - share) < Math.abs(a - share) ? b : a));
  return String(best);
}

function Line({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <Box
      sx={{ display: "flex", flexWrap: "wrap", alignItems: "center", columnGap: 2, rowGap: 0.5, py: 0.75 }}
    >
      <Box component="dt" sx={{ flex: width.narrow, fontSize: "0.875rem" }}>
        {label}
      </Box>
      <Box component="dd" sx={{ m: 0 }}>
        {children}
      </Box>
    </Box>
  );
}
