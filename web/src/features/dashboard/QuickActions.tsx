import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useChange, useMay } from "@/api";
import { Icon } from "@/design";
import { syncChannel, useChannels } from "@/features/channels";
import { useGo, usePanel } from "@/lib/navigation";

/** The deeds of a day, one press away. */
export function QuickActions() {
  const { t } = useLingui();
  const go = useGo();
  const panel = usePanel();
  const { data: channels = [] } = useChannels();
  const mayStock = useMay("stock.write");
  const mayImport = useMay("exchange.write");
  const maySync = useMay("channels.write");
  const active = channels.filter((one) => one.connector !== "manual" && one.status === "active");
  const sync = useChange({
    change: () => Promise.all(active.map((one) => syncChannel(one.id))),
    touches: ["channels"],
    said: (jobs) => t`${jobs.length} channels are being compared and told all numbers.`,
  });
  return (
    <>
      {mayImport && (
        <Button
          variant="outlined"
          color="secondary"
          startIcon={<Icon name="import" />}
          onClick={() => go("/import")}
        >
          {t`Import`}
        </Button>
      )}
      {maySync && active.length > 0 && (
        <Button
          variant="outlined"
          color="secondary"
          startIcon={<Icon name="sync" />}
          loading={sync.isPending}
          onClick={() => sync.mutate(undefined)}
        >
          {t`Sync all`}
        </Button>
      )}
      {mayStock && (
        <Button variant="contained" startIcon={<Icon name="plus" />} onClick={() => panel.open("adjust")}>
          {t`Add stock`}
        </Button>
      )}
    </>
  );
}
