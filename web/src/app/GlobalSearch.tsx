import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { type ChangeEvent, lazy, type RefObject, Suspense, useEffect, useId, useRef, useState } from "react";
import { Icon, light, radius, width } from "@/design";
import { isMac } from "@/lib/keys";
import type { Box as SearchBox } from "./search/SearchMenu";

/** What the box offers is heavy, and comes when the box is entered. */
const SearchMenu = lazy(async () => ({ default: (await import("./search/SearchMenu")).SearchMenu }));

const glass = {
  position: "absolute",
  left: 12,
  top: 10,
  fontSize: 19,
  color: "text.secondary",
  pointerEvents: "none",
} as const;

const hint = {
  display: { xs: "none", md: "block" },
  position: "absolute",
  right: 10,
  top: 9,
  px: 0.75,
  border: `1px solid ${light.line}`,
  borderRadius: radius.chip,
  fontSize: "0.75rem",
  lineHeight: 1.6,
  color: "text.secondary",
  pointerEvents: "none",
} as const;

const field = {
  width: "100%",
  height: 40,
  pl: 5,
  pr: { xs: 1.5, md: 8 },
  font: "inherit",
  color: "text.primary",
  borderRadius: radius.box,
  bgcolor: light.page,
  border: `1px solid ${light.outline}`,
  textOverflow: "ellipsis",
  "&::placeholder": { color: light.textQuiet, opacity: 1 },
  "&:focus": {
    bgcolor: "background.paper",
    outline: "2px solid",
    outlineColor: "primary.main",
    outlineOffset: -1,
  },
} as const;

/** Finds anything from anywhere: products, codes, orders, people, places, pages. "/" or Ctrl-K puts the cursor here. */
export function GlobalSearch() {
  const { t } = useLingui();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [open, setOpen] = useState(false);
  const [entered, setEntered] = useState(false);
  const [menu, setMenu] = useState<SearchBox>({});
  useShortcuts(input);
  const shown = open && Boolean(menu.count);

  return (
    <Box role="search" sx={{ position: "relative", flex: { xs: 1, md: width.search }, minWidth: 0 }}>
      <Icon name="search" sx={glass} />
      <Box
        component="input"
        ref={input}
        value={text}
        onChange={(event: ChangeEvent<HTMLInputElement>) => {
          setText(event.target.value);
          setOpen(true);
        }}
        onFocus={() => {
          setEntered(true);
          setOpen(true);
        }}
        onBlur={() => setOpen(false)}
        onKeyDown={menu.onKeyDown}
        placeholder={t`Search everything`}
        aria-label={t`Search everything`}
        aria-keyshortcuts={isMac ? "Meta+K /" : "Control+K /"}
        role="combobox"
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && menu.active ? `${id}-${menu.active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        sx={field}
      />
      {!text && !open && (
        <Box aria-hidden sx={hint}>
          {isMac ? "⌘K" : "Ctrl K"}
        </Box>
      )}
      {entered && (
        <Suspense>
          <SearchMenu
            id={id}
            text={text}
            open={open}
            input={input}
            setText={setText}
            setOpen={setOpen}
            tell={setMenu}
          />
        </Suspense>
      )}
    </Box>
  );
}

/** "/" outside a field, and Ctrl-K or ⌘-K, move the cursor to the search; while a dialog is open it keeps the keys. */
function isShortcut(event: globalThis.KeyboardEvent): boolean {
  const at = event.target as HTMLElement;
  if (at.closest("[role=dialog]")) return false;
  if (event.key.toLowerCase() === "k") return event.ctrlKey || event.metaKey;
  return event.key === "/" && !at.closest("input, textarea, select, [contenteditable]");
}

function useShortcuts(input: RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      if (!isShortcut(event)) return;
      event.preventDefault();
      input.current?.focus();
      input.current?.select();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [input]);
}
