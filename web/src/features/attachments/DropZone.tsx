import { useLingui } from "@lingui/react/macro";
import { Box, Button, Typography } from "@mui/material";
import { type DragEvent, useRef, useState } from "react";
import { Icon, light, radius, tint } from "@/design";

interface DropZoneProps {
  busy: boolean;
  onFiles: (files: File[]) => void;
}

/** Files by drag and drop, from the folder, or straight from a phone's camera. */
export function DropZone({ busy, onFiles }: DropZoneProps) {
  const { t } = useLingui();
  const [over, setOver] = useState(false);
  const files = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    onFiles([...event.dataTransfer.files]);
  };
  const input = (label: string, ref: typeof files, props: object) => (
    <input
      ref={ref}
      type="file"
      hidden
      aria-label={label}
      onChange={(event) => {
        onFiles([...(event.target.files ?? [])]);
        event.target.value = "";
      }}
      {...props}
    />
  );
  return (
    <Box
      onDragOver={(event: DragEvent) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
      sx={{
        p: 2,
        display: "flex",
        flexWrap: "wrap",
        alignItems: "center",
        gap: 1.5,
        borderRadius: radius.box,
        border: `1px dashed ${light.outline}`,
        bgcolor: over ? tint.hover : "transparent",
      }}
    >
      <Typography variant="body2" color="textSecondary" sx={{ flex: "1 1 12rem" }}>
        {t`Drop photos or documents here: JPEG, PNG, WebP, GIF, AVIF, PDF, Word, Excel or text, up to 20 MB each.`}
      </Typography>
      <Button
        variant="outlined"
        color="secondary"
        loading={busy}
        startIcon={<Icon name="import" />}
        onClick={() => files.current?.click()}
      >
        {t`Choose files`}
      </Button>
      <Button
        variant="outlined"
        color="secondary"
        disabled={busy}
        startIcon={<Icon name="scan" />}
        onClick={() => camera.current?.click()}
        sx={{ display: { md: "none" } }}
      >
        {t`Take a photo`}
      </Button>
      {input(t`Files to attach`, files, { multiple: true })}
      {input(t`Photo from the camera`, camera, { accept: "image/jpeg,image/png", capture: "environment" })}
    </Box>
  );
}
