import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useState } from "react";
import { useChange } from "@/api";
import { ConfirmDialog, Icon } from "@/design";
import { ask, download, isBusy, isSales, type Run, type Verb } from "./queries";

/** What can be done with an import in its present state. */
export function Deeds({ run }: { run: Run }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const asked = useChange({ change: (verb: Verb) => ask(run.id, verb), touches: ["imports"] });
  const fetched = useChange({ change: () => download(run), touches: [] });
  const may = (...statuses: string[]) => statuses.includes(run.status);
  return (
    <>
      {run.result && isSales(run) && !isBusy(run) && (
        <Button
          variant="outlined"
          color="secondary"
          startIcon={<Icon name="download" />}
          loading={fetched.isPending}
          onClick={() => fetched.mutate(undefined)}
        >
          {t`Result file`}
        </Button>
      )}
      {(may("finished", "unfinished") || (may("undoing") && !isBusy(run))) && (
        <Button
          variant="outlined"
          color="error"
          startIcon={<Icon name="undo" />}
          onClick={() => setAsking(true)}
        >
          {t`Undo import`}
        </Button>
      )}
      {may("unfinished") && (
        <Button
          variant="contained"
          startIcon={<Icon name="play" />}
          loading={asked.isPending}
          onClick={() => asked.mutate("resume")}
        >
          {t`Resume`}
        </Button>
      )}
      {may("checked") && (
        <Button
          variant="contained"
          startIcon={<Icon name="import" />}
          loading={asked.isPending}
          onClick={() => asked.mutate("commit")}
        >
          {t`Import now`}
        </Button>
      )}
      <ConfirmDialog
        open={asking}
        danger
        title={t`Undo this import?`}
        confirmLabel={t`Undo import`}
        busy={asked.isPending}
        onConfirm={() => asked.mutate("undo", { onSettled: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        {isSales(run)
          ? t`Its orders go and its movements are reversed, as one group. The history keeps both, so nothing recorded is lost. Products and customers that it made stay, without stock.`
          : t`Its movements are reversed as one group, and what it made or changed is put back. What was changed since stays as it is, and is listed.`}
      </ConfirmDialog>
    </>
  );
}
