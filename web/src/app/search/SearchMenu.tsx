import { type KeyboardEvent, type RefObject, useCallback, useEffect, useState } from "react";
import { useGo, writeSearch } from "@/lib/navigation";
import { Popup } from "./Popup";
import { useSearchDeeds } from "./queries";
import { SaveSearch } from "./SaveSearch";
import { type Option, useSections } from "./useSections";

/** What the box needs to know of its menu. */
export interface Box {
  count?: number;
  active?: string;
  onKeyDown?: (event: KeyboardEvent) => void;
}

interface SearchMenuProps {
  id: string;
  text: string;
  open: boolean;
  input: RefObject<HTMLInputElement | null>;
  setText: (text: string) => void;
  setOpen: (open: boolean) => void;
  tell: (box: Box) => void;
}

/** The menu of the search box: what is offered, which option is active, and what choosing it does. */
export function SearchMenu({ id, text, open, input, setText, setOpen, tell }: SearchMenuProps) {
  const go = useGo();
  const { remember } = useSearchDeeds();
  const { sections, error, settled } = useSections(text, open);
  const [pointed, setPointed] = useState<string>();
  const [saving, setSaving] = useState(false);
  const options = sections.flatMap((section) => section.options);
  const found = options.findIndex((option) => option.key === pointed);
  // Before one moves, Enter takes the first thing found; in an empty box it takes nothing.
  const at = found >= 0 ? found : text.trim() ? 0 : -1;
  const active = options[at]?.key;

  const choose = (option: Option | undefined) => {
    setPointed(undefined);
    if (option?.text !== undefined) return setText(option.text);
    if (text.trim()) remember(text.trim());
    setText("");
    setOpen(false);
    input.current?.blur();
    go(option?.href ?? `/products${writeSearch({ q: text.trim() })}`);
  };
  const move = (step: number) => {
    if (!options.length) return;
    const next = (at + step + options.length) % options.length;
    setPointed(options[next]?.key);
    document.getElementById(`${id}-${options[next]?.key}`)?.scrollIntoView({ block: "nearest" });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const verb = keyVerb(event, {
      down: () => move(1),
      up: () => move(-1),
      take: () => (text.trim() || options[at]) && (settled || found >= 0) && choose(options[at]),
      escape: () => (open ? setOpen(false) : setText("")),
    });
    if (!verb) return;
    event.preventDefault();
    verb();
  };
  useTold(tell, { count: options.length, active, onKeyDown });

  return (
    <>
      {open && (
        <Popup
          id={id}
          text={text}
          sections={sections}
          error={error}
          settled={settled}
          active={active}
          onPoint={setPointed}
          onChoose={choose}
          onSave={() => setSaving(true)}
        />
      )}
      {saving && <SaveSearch query={text.trim()} onClose={() => setSaving(false)} />}
    </>
  );
}

interface Verbs {
  down: () => void;
  up: () => void;
  take: () => void;
  escape: () => void;
}

function keyVerb(event: KeyboardEvent, verbs: Verbs): (() => void) | undefined {
  const keys: Record<string, () => void> = {
    ArrowDown: verbs.down,
    ArrowUp: verbs.up,
    Enter: verbs.take,
    Escape: verbs.escape,
  };
  return keys[event.key];
}

/** Tells the box after each drawing; keys always do what is seen. */
function useTold(
  tell: (box: Box) => void,
  { count, active, onKeyDown }: Required<Omit<Box, "active">> & Box,
): void {
  const [handler] = useState<{ now?: (event: KeyboardEvent) => void }>({});
  useEffect(() => {
    handler.now = onKeyDown;
  });
  const stable = useCallback((event: KeyboardEvent) => handler.now?.(event), [handler]);
  useEffect(() => tell({ count, active, onKeyDown: stable }), [tell, count, active, stable]);
}
