import { useLingui } from "@lingui/react/macro";
import { Code, notify, SaveDialog } from "@/design";
import { useSearchDeeds } from "./queries";

/** Keeps a search by a name, for oneself or for everybody. */
export function SaveSearch({ query, onClose }: { query: string; onClose: () => void }) {
  const { t } = useLingui();
  const { save } = useSearchDeeds();

  async function keep(name: string, shared: boolean): Promise<void> {
    await save(name, query, shared);
    notify(t`Search saved as ${name}.`);
  }

  return (
    <SaveDialog title={t`Save this search`} onSave={keep} onClose={onClose}>
      <Code>{query}</Code>
    </SaveDialog>
  );
}
