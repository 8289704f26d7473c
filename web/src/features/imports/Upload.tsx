import { useLingui } from "@lingui/react/macro";
import { Box, Button, Typography } from "@mui/material";
import { type DragEvent, useRef, useState } from "react";
import { useChange } from "@/api";
import { Card, Icon, light, ProgressBar, radius, tones, width } from "@/design";
import { useGo } from "@/lib/navigation";
import { upload } from "./queries";

const kinds = ".csv,.txt,.xlsx,.parquet";

/** Takes a file by choosing or dropping it, and goes to its preview. */
export function Upload() {
  const { t } = useLingui();
  const go = useGo();
  const input = useRef<HTMLInputElement>(null);
  const [over, setOver] = useState(false);
  const sent = useChange({ change: upload, touches: ["imports"] });
  const take = (file: File | undefined) =>
    file && sent.mutate(file, { onSuccess: (run) => go(`/import/${run.id}`) });
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take(event.dataTransfer.files[0]);
  };
  return (
    <Card>
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
            {t`Drop a file of sales here`}
          </Typography>
          <Typography variant="body2" color="textSecondary">
            {t`CSV, Excel or Parquet, up to 100 MB, one line per article sold. You see what it would do before anything is written.`}
          </Typography>
        </Box>
        <input
          ref={input}
          type="file"
          accept={kinds}
          hidden
          aria-label={t`File of sales`}
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
      {sent.isPending && (
        <Box sx={{ mt: 2 }}>
          <ProgressBar label={t`Uploading and reading the first lines`} />
        </Box>
      )}
    </Card>
  );
}
