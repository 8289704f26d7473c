export type NoticeKind = "good" | "bad" | "info";

export interface Notice {
  id: number;
  kind: NoticeKind;
  text: string;
  /** Undo, or a link to what was made. */
  action?: { label: string; run: () => void };
}

let notices: readonly Notice[] = [];
let counter = 0;
const listeners = new Set<() => void>();

function change(next: readonly Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}

export const shownNotices = (): readonly Notice[] => notices;

export function onNotices(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function dismiss(id: number): void {
  change(notices.filter((notice) => notice.id !== id));
}

/** Says what happened, for a while; the words are read aloud too. Errors stay until dismissed. */
export function notify(text: string, options: { kind?: NoticeKind; action?: Notice["action"] } = {}): void {
  const { kind = "good", action } = options;
  counter += 1;
  const id = counter;
  change([...notices.slice(-2), { id, kind, text, action }]);
  if (kind !== "bad") setTimeout(() => dismiss(id), action ? 10_000 : 5_000);
}
