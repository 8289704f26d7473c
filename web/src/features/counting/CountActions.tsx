import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useState } from "react";
import { useChange, useMay } from "@/api";
import { ConfirmDialog, Icon, type IconName } from "@/design";
import { useGo } from "@/lib/navigation";
import { FinishButton } from "./FinishButton";
import {
  approveCount,
  type Count,
  cancelCount,
  postCount,
  postingTouches,
  startCount,
  touches,
} from "./queries";

/** What can be done with a count in the state in which it is. */
export function CountActions({ count }: { count: Count }) {
  const { t } = useLingui();
  const go = useGo();
  const may = { plan: useMay("counting.plan"), count: useMay("counting.count") };
  const over = count.status === "posted" || count.status === "cancelled";
  return (
    <>
      <Button variant="outlined" color="secondary" onClick={() => go(`/counts/${count.number}/print`)}>
        {t`Print`}
      </Button>
      {may.plan && !over && <CancelButton count={count} />}
      {may.plan && count.status === "planned" && <StartButton count={count} />}
      {may.count && count.status === "counting" && (
        <>
          <FinishButton count={count} />
          <Button
            variant="contained"
            startIcon={<Icon name="scan" />}
            onClick={() => go(`/counts/${count.number}/shelf`)}
          >
            {t`Count`}
          </Button>
        </>
      )}
      {count.status === "review" && count.may_approve && <ApproveButtons count={count} />}
      {may.plan && count.status === "approved" && <PostButton count={count} />}
    </>
  );
}

function StartButton({ count }: { count: Count }) {
  const { t } = useLingui();
  const go = useGo();
  const start = useChange({
    change: async () => {
      await startCount(count.id);
      go(`/counts/${count.number}/shelf`);
    },
    touches,
  });
  return (
    <Main
      icon="play"
      label={t`Start counting`}
      busy={start.isPending}
      onClick={() => start.mutate(undefined)}
    />
  );
}

function PostButton({ count }: { count: Count }) {
  const { t } = useLingui();
  const post = useChange({
    change: () => postCount(count.id),
    touches: postingTouches,
    said: (done) => t`${done.document} is posted; the ledger agrees with the shelf.`,
  });
  return (
    <Main
      icon="check"
      label={t`Post differences`}
      busy={post.isPending}
      onClick={() => post.mutate(undefined)}
    />
  );
}

function ApproveButtons({ count }: { count: Count }) {
  const { t } = useLingui();
  const both = useChange({
    change: async () => {
      await approveCount(count.id);
      return postCount(count.id);
    },
    touches: postingTouches,
    said: (done) => t`${done.document} is approved and posted.`,
  });
  const approve = useChange({
    change: () => approveCount(count.id),
    touches,
    said: (done) => t`${done.document} is approved.`,
  });
  return (
    <>
      <Button variant="outlined" loading={approve.isPending} onClick={() => approve.mutate(undefined)}>
        {t`Approve`}
      </Button>
      <Main
        icon="check"
        label={t`Approve and post`}
        busy={both.isPending}
        onClick={() => both.mutate(undefined)}
      />
    </>
  );
}

function CancelButton({ count }: { count: Count }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const cancel = useChange({
    change: () => cancelCount(count.id),
    touches,
    said: (done) => t`${done.document} is cancelled.`,
  });
  return (
    <>
      <Button color="error" onClick={() => setAsking(true)}>
        {t`Cancel count`}
      </Button>
      <ConfirmDialog
        open={asking}
        danger
        title={t`Cancel ${count.document}?`}
        confirmLabel={t`Cancel count`}
        busy={cancel.isPending}
        onConfirm={() => cancel.mutate(undefined, { onSettled: () => setAsking(false) })}
        onClose={() => setAsking(false)}
      >
        {t`Nothing is posted; what was counted stays on file.`}
      </ConfirmDialog>
    </>
  );
}

function Main({
  icon,
  label,
  busy,
  onClick,
}: {
  icon: IconName;
  label: string;
  busy: boolean;
  onClick: () => void;
}) {
  return (
    <Button variant="contained" startIcon={<Icon name={icon} />} loading={busy} onClick={onClick}>
      {label}
    </Button>
  );
}
