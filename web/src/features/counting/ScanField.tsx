import { useLingui } from "@lingui/react/macro";
import { Box, Button, OutlinedInput } from "@mui/material";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Code, Segments } from "@/design";
import { Field } from "@/design/form";
import { isDecimal } from "@/lib/decimal";
import type { Scan } from "./useShelf";

interface ScanFieldProps {
  /** A line that was tapped: only its quantity is missing. */
  chosen: string;
  onChosen: (code: string) => void;
  onScan: (scan: Scan) => void;
}

const large = { fontSize: "1.375rem", height: 56 } as const;

/** The one field of the shelf. A scanner types into it and presses Enter, wherever the focus was. */
export function ScanField({ chosen, onChosen, onScan }: ScanFieldProps) {
  const { t } = useLingui();
  const [mode, setMode] = useState(chosen ? "set" : "add");
  const [code, setCode] = useState(chosen);
  return (
    <Box sx={{ display: "grid", gap: 1.5 }}>
      <Segments
        label={t`A scan means`}
        value={mode}
        onChange={setMode}
        options={[
          { value: "add", label: t`One more` },
          { value: "set", label: t`Ask for the quantity` },
        ]}
      />
      {mode === "set" && code ? (
        <HowMany
          code={code}
          onSay={(quantity) => {
            onScan({ code, quantity, mode: "set" });
            setCode("");
            onChosen("");
          }}
          onBack={() => {
            setCode("");
            onChosen("");
          }}
        />
      ) : (
        <Scanner
          onCode={(scanned) =>
            mode === "add" ? onScan({ code: scanned, quantity: "1", mode: "add" }) : setCode(scanned)
          }
        />
      )}
    </Box>
  );
}

/** Whatever is typed while no field has the focus goes into this one: that is how scanners are held. */
function useWedge(field: React.RefObject<HTMLInputElement | null>) {
  useEffect(() => {
    const take = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement && event.target.closest("input, textarea, select, [role=dialog]");
      if (!typing && event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey)
        field.current?.focus();
    };
    document.addEventListener("keydown", take);
    return () => document.removeEventListener("keydown", take);
  }, [field]);
}

function Scanner({ onCode }: { onCode: (code: string) => void }) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useWedge(field);
  useEffect(() => field.current?.focus(), []);
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) onCode(text.trim());
    setText("");
  };
  return (
    <Box component="form" onSubmit={send}>
      <Field label={t`Scan or type a code`}>
        {(aria) => (
          <OutlinedInput
            fullWidth
            value={text}
            onChange={(event) => setText(event.target.value)}
            inputRef={field}
            inputProps={{ ...aria, autoComplete: "off", autoCapitalize: "off", enterKeyHint: "go" }}
            sx={large}
          />
        )}
      </Field>
    </Box>
  );
}

interface HowManyProps {
  code: string;
  onSay: (quantity: string) => void;
  onBack: () => void;
}

function HowMany({ code, onSay, onBack }: HowManyProps) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  const fits = isDecimal(text) && !text.trim().startsWith("-");
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (fits) onSay(text.trim());
  };
  return (
    <Box component="form" onSubmit={send} sx={{ display: "grid", gap: 1.5 }}>
      <Field label={t`How many of ${code}?`} help={<Code>{code}</Code>}>
        {(aria) => (
          <OutlinedInput
            fullWidth
            value={text}
            onChange={(event) => setText(event.target.value)}
            inputRef={field}
            inputProps={{ ...aria, inputMode: "decimal", autoComplete: "off", enterKeyHint: "done" }}
            sx={large}
          />
        )}
      </Field>
      <Box sx={{ display: "grid", gridTemplateColumns: "1fr 2fr", gap: 1.5 }}>
        <Button size="large" color="secondary" variant="outlined" onClick={onBack} sx={{ minHeight: 56 }}>
          {t`Back`}
        </Button>
        <Button size="large" type="submit" variant="contained" disabled={!fits} sx={{ minHeight: 56 }}>
          {t`That many`}
        </Button>
      </Box>
    </Box>
  );
}
