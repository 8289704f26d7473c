/** A committed change of the organization, as the server tells it. */
export interface Change {
  kind: string;
  facts: Record<string, unknown>;
}

type Listener = (changes: Change[]) => void;
const listeners = new Set<Listener>();

/** For pages that show the changes themselves, as the live activity does. */
export function onChanges(listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function passOn(changes: Change[]): void {
  for (const listener of listeners) listener(changes);
}
