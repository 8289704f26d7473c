import { useLingui } from "@lingui/react/macro";
import { useSave } from "@/api";
import { notify } from "@/design";
import { reversePosting, touches } from "./queries";

/** Posts, says what came of it, and offers to take it back. */
export function usePosted() {
  const { t } = useLingui();
  const save = useSave();

  async function undo(posting: string): Promise<void> {
    try {
      await save(reversePosting(posting, "undone"), touches);
      notify(t`Taken back. Both movements stay in the history.`);
    } catch (error) {
      notify(error instanceof Error ? error.message : String(error), { kind: "bad" });
    }
  }

  return async <Made extends { posting_id: string }>(
    posting: Promise<Made>,
    said: (made: Made) => string,
  ) => {
    const made = await save(posting, touches);
    notify(said(made), { action: { label: t`Undo`, run: () => void undo(made.posting_id) } });
  };
}
