import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type ChangeEvent, type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { client, data } from "@/api";
import { Icon, light, Named, radius, tint, width } from "@/design";
import { useGo } from "@/lib/navigation";

const pause = 150;

function useHits(text: string) {
  const [settled, setSettled] = useState("");
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text.trim()), pause);
    return () => clearTimeout(timer);
  }, [text]);
  const { data: found } = useQuery({
    queryKey: ["products", "search", settled],
    queryFn: () =>
      data(client.GET("/api/v1/products/suggestions", { params: { query: { q: settled, limit: 8 } } })),
    enabled: settled.length > 0,
    placeholderData: keepPreviousData,
  });
  return { hits: settled ? (found ?? []) : [], settled: settled === text.trim() };
}

const glass = {
  position: "absolute",
  left: 12,
  top: 10,
  fontSize: 19,
  color: "text.secondary",
  pointerEvents: "none",
} as const;

const field = {
  width: "100%",
  height: 40,
  pl: 5,
  pr: 1.5,
  font: "inherit",
  color: "text.primary",
  borderRadius: radius.box,
  bgcolor: light.page,
  border: `1px solid ${light.line}`,
  textOverflow: "ellipsis",
  "&::placeholder": { color: light.textQuiet, opacity: 1 },
  "&:focus": {
    bgcolor: "background.paper",
    outline: "2px solid",
    outlineColor: "primary.main",
    outlineOffset: -1,
  },
} as const;

/** Finds a product by name, SKU or barcode from anywhere; "/" puts the cursor here. */
export function GlobalSearch() {
  const { t } = useLingui();
  const go = useGo();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const [open, setOpen] = useState(false);
  const { hits, settled } = useHits(text);
  useSlash(input);

  const choose = (hit: { id: string } | undefined) => {
    if (!hit) return;
    setText("");
    setOpen(false);
    input.current?.blur();
    go(`/products/${hit.id}`);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const keys: Record<string, () => void> = {
      ArrowDown: () => setAt(Math.min(at + 1, hits.length - 1)),
      ArrowUp: () => setAt(Math.max(at - 1, 0)),
      Enter: () => settled && choose(hits[at]),
      Escape: () => setOpen(false),
    };
    const verb = keys[event.key];
    if (!verb) return;
    event.preventDefault();
    verb();
  };
  const shown = open && text.trim() !== "";

  return (
    <Box sx={{ position: "relative", flex: { xs: 1, md: width.search }, minWidth: 0 }}>
      <Icon name="search" sx={glass} />
      <Box
        component="input"
        ref={input}
        value={text}
        onChange={(event: ChangeEvent<HTMLInputElement>) => {
          setText(event.target.value);
          setAt(0);
          setOpen(true);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
        placeholder={t`Find a product, SKU or barcode`}
        aria-label={t`Find a product, SKU or barcode`}
        role="combobox"
        aria-expanded={shown && hits.length > 0}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && hits[at] ? `${id}-${at}` : undefined}
        autoComplete="off"
        spellCheck={false}
        sx={field}
      />
      {shown && (
        <Box
          sx={{
            position: "absolute",
            top: width.belowField,
            insetInline: 0,
            zIndex: 1400,
            bgcolor: "background.paper",
            border: `1px solid ${light.line}`,
            borderRadius: radius.box,
            boxShadow: 8,
            overflow: "hidden",
          }}
        >
          <Box id={`${id}-list`} role="listbox" aria-label={t`Products found`} sx={{ p: 0.75 }}>
            {hits.map((hit, index) => (
              <Box
                key={hit.id}
                id={`${id}-${index}`}
                role="option"
                aria-selected={index === at}
                onMouseDown={(event) => {
                  event.preventDefault();
                  choose(hit);
                }}
                onMouseEnter={() => setAt(index)}
                sx={{
                  px: 1.25,
                  py: 0.75,
                  borderRadius: radius.control,
                  cursor: "pointer",
                  bgcolor: index === at ? tint.chosen : undefined,
                }}
              >
                <Named name={hit.name} code={hit.sku} />
              </Box>
            ))}
          </Box>
          {settled && hits.length === 0 && (
            <Box role="status" sx={{ px: 2, pb: 1.75, fontSize: "0.875rem", color: "text.secondary" }}>
              {t`No product matches.`}
            </Box>
          )}
        </Box>
      )}
    </Box>
  );
}

/** "/" anywhere outside a field moves the cursor to the search. */
function useSlash(input: React.RefObject<HTMLInputElement | null>): void {
  useEffect(() => {
    const onKeyDown = (event: globalThis.KeyboardEvent) => {
      const typing = (event.target as HTMLElement).closest(
        "input, textarea, select, [contenteditable], [role=dialog]",
      );
      if (event.key !== "/" || typing) return;
      event.preventDefault();
      input.current?.focus();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  }, [input]);
}
