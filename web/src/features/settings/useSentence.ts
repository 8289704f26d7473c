import { useLingui } from "@lingui/react/macro";
import { list } from "@/lib/format";
import { changedFields, type FieldChange, isPlain, type Values } from "./changes";
import { useFieldName } from "./fieldWords";
import type { Entry } from "./queries";
import { useThing } from "./thingWords";
import { useDeeds } from "./useDeeds";
import { useWritten } from "./written";

const most = 3;

/** A change as a sentence: who did what to which thing. */
export function useSentence(): (entry: Entry) => string {
  const thing = useThing();
  const deeds = useDeeds();
  const changed = useChanged();
  return (entry) => {
    const what = thing(entry.entity, entry.subject);
    const facts = { who: entry.actor, what, before: entry.before ?? {}, after: entry.after ?? {} };
    const deed =
      deeds[`${entry.entity}.${entry.action}`]?.(facts) ??
      (entry.action === "update" ? changed(entry, what) : deeds[entry.action]?.(facts));
    return deed ?? `${entry.actor}: ${entry.action.replaceAll("_", " ")} ${what}`;
  };
}

/** The sentence of a plain change: one field with its values, a few by name, many by their number. */
function useChanged() {
  const archived = useArchived();
  const oneChanged = useOneChanged();
  const severalChanged = useSeveralChanged();
  return (entry: Entry, what: string) => {
    const fields = changedFields(entry.before as Values, entry.after as Values);
    const only = onlyPlain(fields);
    const told = only ? oneChanged(entry.actor, what, only) : severalChanged(entry.actor, what, fields);
    return archived(entry.actor, what, fields) ?? told;
  };
}

function useArchived() {
  const { t } = useLingui();
  return (who: string, what: string, fields: FieldChange[]) => {
    const archiving = fields.find(({ name }) => name === "archived_at");
    if (!archiving) return undefined;
    return archiving.after ? t`${who} archived ${what}.` : t`${who} brought ${what} back.`;
  };
}

function useSeveralChanged() {
  const { t } = useLingui();
  const nameOf = useFieldName();
  return (who: string, what: string, fields: FieldChange[]) => {
    if (!fields.length) return t`${who} saved ${what} without a change.`;
    if (fields.length > most) return t`${who} changed ${fields.length} details of ${what}.`;
    const names = list(fields.map(({ name }) => nameOf(name)));
    return t`${who} changed the ${names} of ${what}.`;
  };
}

function onlyPlain(fields: FieldChange[]): FieldChange | undefined {
  const [first, ...more] = fields;
  return first && !more.length && isPlain(first.before) && isPlain(first.after) ? first : undefined;
}

function useOneChanged() {
  const { t } = useLingui();
  const nameOf = useFieldName();
  const written = useWritten();
  return (who: string, what: string, change: FieldChange) => {
    const field = nameOf(change.name);
    const before = written(change.name, change.before);
    const after = written(change.name, change.after);
    if (change.before === null) return t`${who} set the ${field} of ${what} to ${after}.`;
    if (change.after === null) return t`${who} removed the ${field} of ${what}, which was ${before}.`;
    return t`${who} changed the ${field} of ${what} from ${before} to ${after}.`;
  };
}
