import { useLingui } from "@lingui/react/macro";
import { Alert, Box, Button, OutlinedInput, Stack } from "@mui/material";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { Code, EmptyState, ErrorState, Icon, LinesSkeleton, Page, PageHeader } from "@/design";
import { Field } from "@/design/form";
import { useChangeSearch, useSearchWords } from "@/lib/navigation";
import { LabelFacts } from "./LabelFacts";
import { MatchCard } from "./MatchCard";
import { useScan } from "./queries";
import { useCamera } from "./useCamera";

/** One field that a scanner types into, and what the code leads to. */
export function ScanPage() {
  const { t } = useLingui();
  const code = useSearchWords().code ?? "";
  const change = useChangeSearch();
  return (
    <Page>
      <PageHeader
        title={t`Scan`}
        lead={t`Any code: a barcode, a GS1 label, a SKU, lot, serial, bin, order or transfer.`}
      />
      <ScanBox onCode={(next) => change({ code: next })} />
      {code && <Result code={code} />}
    </Page>
  );
}

/** A scanner is a keyboard that types fast and presses Enter: the field keeps the focus and empties itself. */
function ScanBox({ onCode }: { onCode: (code: string) => void }) {
  const { t } = useLingui();
  const [text, setText] = useState("");
  const input = useRef<HTMLInputElement>(null);
  const camera = useCamera(onCode);
  useEffect(() => input.current?.focus(), []);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim()) onCode(text.trim());
    setText("");
    input.current?.focus();
  };
  return (
    <Box component="form" onSubmit={submit} sx={{ display: "grid", gap: 1.5 }}>
      <Stack direction="row" spacing={1} sx={{ alignItems: "flex-end" }}>
        <Box sx={{ flex: 1, minWidth: 0 }}>
          <Field label={t`Code`}>
            {(aria) => (
              <OutlinedInput
                fullWidth
                size="small"
                value={text}
                onChange={(event) => setText(event.target.value)}
                placeholder={t`Scan or type, then Enter`}
                inputRef={input}
                inputProps={{
                  ...aria,
                  name: "code",
                  autoComplete: "off",
                  spellCheck: false,
                  maxLength: 2000,
                }}
              />
            )}
          </Field>
        </Box>
        {camera.can && (
          <Button
            variant="outlined"
            color="secondary"
            startIcon={<Icon name="scan" />}
            onClick={camera.toggle}
            aria-pressed={camera.on}
          >
            {camera.on ? t`Stop camera` : t`Camera`}
          </Button>
        )}
        <Button type="submit" variant="contained">{t`Look up`}</Button>
      </Stack>
      {camera.problem && (
        <Alert severity="warning">{t`The camera cannot be used here; allow it in the browser, or type the code.`}</Alert>
      )}
      {camera.on && (
        <Box component="video" ref={camera.video} muted playsInline sx={{ width: "100%", maxHeight: 320 }} />
      )}
    </Box>
  );
}

function Result({ code }: { code: string }) {
  const { t } = useLingui();
  const { data: scan, error, refetch } = useScan(code);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!scan) return <LinesSkeleton />;
  return (
    <Box aria-live="polite" sx={{ display: "grid", gap: 2.5 }}>
      <Box>
        {t`Read:`} <Code>{scan.code}</Code>
      </Box>
      {scan.warnings.map((warning) => (
        <Alert key={warning} severity="warning">
          {warning}
        </Alert>
      ))}
      {scan.matches.map((match) => (
        <MatchCard key={`${match.kind} ${match.id}`} match={match} label={scan.label} />
      ))}
      {scan.matches.length === 0 && (
        <EmptyState icon="scan" title={t`Nothing carries this code`}>
          {t`Add it to a product as a barcode, and the next scan finds it.`}
        </EmptyState>
      )}
      {scan.label.elements.length > 0 && <LabelFacts label={scan.label} />}
    </Box>
  );
}
