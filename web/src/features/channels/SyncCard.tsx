import { useLingui } from "@lingui/react/macro";
import { Alert, Box, Button } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useChange, useMay } from "@/api";
import { Card, Icon } from "@/design";
import { Anchor } from "@/lib/Anchor";
import { FaultsCard } from "./FaultsCard";
import { FigureFacts } from "./Figures";
import { type Channel, pauseChannel, resumeChannel, stateQuery, touches } from "./queries";
import { SyncProgress } from "./SyncProgress";
import { useSync } from "./useSync";
import { Health } from "./words";

interface SyncCardProps {
  channel: Channel;
  /** Grows with each press of "Sync all". */
  wave: number;
}

/** One channel on the page of all. */
export function SyncCard({ channel, wave }: SyncCardProps) {
  const { t } = useLingui();
  const sync = useSync(channel);
  const seen = useRef(wave);
  const [breaking, setBreaking] = useState(false);
  const { data: state } = useQuery(stateQuery(channel.id));
  const active = channel.status === "active";

  useEffect(() => {
    if (wave === seen.current) return;
    seen.current = wave;
    if (active && !sync.running) sync.start();
  }, [wave, active, sync]);

  const name = (
    <Box
      component={Anchor}
      href={`/channels/${channel.code}`}
      sx={{ textDecoration: "none", "&:hover": { textDecoration: "underline" } }}
    >
      {channel.name}
    </Box>
  );
  return (
    <Card
      title={name}
      lead={<Health health={state?.health ?? channel.health} />}
      actions={<Buttons channel={channel} sync={sync} />}
    >
      <Box sx={{ display: "grid", gap: 2 }}>
        {state?.error && state.failures > 0 && <Alert severity="warning">{state.error}</Alert>}
        <SyncProgress sync={sync} />
        <FigureFacts state={state} />
        {channel.connector === "sandbox" && (
          <Box>
            <Button
              color="secondary"
              aria-expanded={breaking}
              startIcon={<Icon name={breaking ? "chevronDown" : "chevronRight"} />}
              onClick={() => setBreaking(!breaking)}
            >
              {t`Try faults and see it recover`}
            </Button>
          </Box>
        )}
        {breaking && <FaultsCard channel={channel} />}
      </Box>
    </Card>
  );
}

function Buttons({ channel, sync }: { channel: Channel; sync: ReturnType<typeof useSync> }) {
  const { t } = useLingui();
  const { name, id } = channel;
  const active = channel.status === "active";
  const turn = useChange({
    change: () => (active ? pauseChannel(id) : resumeChannel(id)),
    touches,
    said: () => (active ? t`${name} is paused.` : t`${name} goes on.`),
  });
  if (!useMay("channels.write")) return null;
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", justifyContent: "flex-end", gap: 1 }}>
      <Button
        variant="outlined"
        color="secondary"
        loading={turn.isPending}
        onClick={() => turn.mutate(undefined)}
        aria-label={active ? t`Pause ${name}` : t`Resume ${name}`}
      >
        {active ? t`Pause` : t`Resume`}
      </Button>
      <Button
        variant="outlined"
        startIcon={<Icon name="sync" />}
        loading={sync.running}
        disabled={!active}
        onClick={sync.start}
        aria-label={t`Sync ${name} now`}
      >
        {t`Sync now`}
      </Button>
    </Box>
  );
}
