import { useLingui } from "@lingui/react/macro";
import { ProgressBar } from "@/design";
import type { useSync } from "./useSync";

/** How far a sync is, while one runs. */
export function SyncProgress({ sync }: { sync: ReturnType<typeof useSync> }) {
  const { t } = useLingui();
  if (!sync.running) return null;
  return (
    <ProgressBar
      label={sync.message ?? t`Asking the channel for its orders`}
      value={sync.progress}
      note={t`You can leave this page; it goes on.`}
    />
  );
}
