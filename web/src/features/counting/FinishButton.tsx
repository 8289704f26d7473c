import { useLingui } from "@lingui/react/macro";
import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle } from "@mui/material";
import { useState } from "react";
import { useChange } from "@/api";
import { Select } from "@/design/form";
import { type Count, submitCount, touches } from "./queries";

type Rest = "refuse" | "zero" | "leave_out";

/** Says that a count is counted. When lines are left it asks what they are. */
export function FinishButton({ count, onDone }: { count: Count; onDone?: () => void }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const left = count.progress.lines - count.progress.counted;
  const finish = useChange({
    // Led away in here: news of the count may take this button off the page before its own answer is told.
    change: async (rest: Rest) => {
      const done = await submitCount(count.id, rest);
      if (done.status !== "counting") onDone?.();
      return done;
    },
    touches,
    said: ({ document, progress, status }) => {
      if (status === "counting") return t`${progress.recounts} lines of ${document} are to be counted again.`;
      return status === "review" ? t`${document} waits for approval.` : t`${document} is ready to post.`;
    },
  });
  const send = (rest: Rest) =>
    finish.mutate(rest, {
      onSuccess: () => setAsking(false),
    });
  return (
    <>
      <Button
        variant="outlined"
        loading={finish.isPending && !asking}
        onClick={() => (left ? setAsking(true) : send("refuse"))}
      >
        {t`Finish counting`}
      </Button>
      {asking && <Rest left={left} busy={finish.isPending} onSend={send} onClose={() => setAsking(false)} />}
    </>
  );
}

interface RestProps {
  left: number;
  busy: boolean;
  onSend: (rest: Rest) => void;
  onClose: () => void;
}

function Rest({ left, busy, onSend, onClose }: RestProps) {
  const { t } = useLingui();
  const [rest, setRest] = useState<Rest>("leave_out");
  return (
    <Dialog open onClose={onClose} aria-labelledby="finish-title">
      <DialogTitle id="finish-title">{t`${left} lines are not counted`}</DialogTitle>
      <DialogContent>
        <Box component="label" htmlFor="finish-rest" sx={{ display: "block", mb: 1 }}>
          {t`What of them?`}
        </Box>
        <Select
          id="finish-rest"
          value={rest}
          onChange={(value) => setRest(value as Rest)}
          options={[
            { value: "leave_out", label: t`Leave them out; they may be counted another day` },
            { value: "zero", label: t`Nothing lies there: they are zero` },
          ]}
        />
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{t`Go on counting`}</Button>
        <Button variant="contained" loading={busy} onClick={() => onSend(rest)}>
          {t`Finish`}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
