import { useLingui } from "@lingui/react/macro";
import { useQueryClient } from "@tanstack/react-query";
import { notify, SaveDialog } from "@/design";
import { keepView, type SavedView } from "./queries";

interface SaveViewProps {
  list: string;
  state: Record<string, unknown>;
  onClose: () => void;
  onSaved?: (view: SavedView) => void;
}

/** Keeps a view by a name, for oneself or for everybody. */
export function SaveView({ list, state, onClose, onSaved }: SaveViewProps) {
  const { t } = useLingui();
  const queries = useQueryClient();

  async function keep(name: string, shared: boolean): Promise<void> {
    const made = await keepView({ list, name, shared, state });
    await queries.invalidateQueries({ queryKey: ["saved-views"] });
    onSaved?.({ ...made, mine: true, opens_first: false });
    notify(t`Saved as ${name}.`);
  }

  return <SaveDialog title={t`Save this view`} onSave={keep} onClose={onClose} />;
}
