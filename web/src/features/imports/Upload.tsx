import { useLingui } from "@lingui/react/macro";
import { Box, Button, Typography } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { type DragEvent, useRef, useState } from "react";
import { useChange } from "@/api";
import { Card, Icon, light, ProgressBar, radius, tones, width } from "@/design";
import { Field, Select } from "@/design/form";
import { useGo } from "@/lib/navigation";
import { Paste } from "./Paste";
import { downloadTemplate, kindsQuery, upload } from "./queries";

const kinds = ".csv,.txt,.xlsx,.parquet";

/** Takes a file by choosing or dropping it, and goes to its preview. */
export function Upload() {
  const { t } = useLingui();
  const go = useGo();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const [kind, setKind] = useState("guess");
  const sent = useChange({ change: upload, touches: ["imports"] });
  const take = (file: File | undefined) =>
    file && sent.mutate({ file, kind }, { onSuccess: (run) => go(`/import/${run.id}`) });
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <Card>
      <KindChoice kind={kind} setKind={setKind} />
      <Box
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        sx={{
          display: "flex",
          flexWrap: "wrap",
          alignItems: "center",
          gap: 2,
          p: 2.5,
          borderRadius: radius.box,
          border: `2px dashed ${over ? tones.info.solid : light.line}`,
          bgcolor: over ? tones.info.tint : light.page,
        }}
      >
        <Box sx={{ flex: width.medium }}>
          <Typography variant="h3" component="p">
            {t`Drop a file here`}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {t`CSV, Excel or Parquet, up to 100 MB, headings first. You see what it would do before anything is written.`}
          </Typography>
        </Box>
        <input
          ref={input}
          type="file"
          accept={kinds}
          hidden
          aria-label={t`File to import`}
          onChange={({ target }) => {
            take(target.files?.[0]);
            target.value = ""; // the same file, mended, may be chosen again
          }}
        />
        <Button
          variant="contained"
          startIcon={<Icon name="import" />}
          loading={sent.isPending}
          onClick={() => input.current?.click()}
        >
          {t`Choose a file`}
        </Button>
      </Box>
      <Paste kind={kind} />
      {sent.isPending && (
        <Box sx={{ mt: 2 }}>
          <ProgressBar label={t`Uploading and reading the first lines`} />
        </Box>
      )}
    </Card>
  );
}

/** What the file holds: guessed from its headings unless said, each kind with an empty file to fill in. */
function KindChoice({ kind, setKind }: { kind: string; setKind: (kind: string) => void }) {
  const { t } = useLingui();
  const { data: kinds = [] } = useQuery(kindsQuery);
  const fetched = useChange({ change: downloadTemplate, touches: [] });
  const options = [
    { value: "guess", label: t`Let onhand guess` },
    { value: "sales", label: t`Past sales` },
    ...kinds.map(({ name, title }) => ({ value: name, label: title })),
  ];
  const chosen = kinds.find(({ name }) => name === kind);
  return (
    <Box sx={{ display: "flex", flexWrap: "wrap", gap: 2, alignItems: "flex-end", mb: 2 }}>
      <Box sx={{ minWidth: 240 }}>
        <Field label={t`What it holds`}>
          {(aria) => <Select {...aria} value={kind} onChange={setKind} options={options} />}
        </Field>
      </Box>
      {chosen && (
        <Button
          color="secondary"
          startIcon={<Icon name="download" />}
          loading={fetched.isPending}
          onClick={() => fetched.mutate(kind)}
        >
          {t`Template`}
        </Button>
      )}
      {chosen && (
        <Typography variant="body2" color="textSecondary" sx={{ flex: width.medium }}>
          {chosen.about}
        </Typography>
      )}
    </Box>
  );
}
