import { useLingui } from "@lingui/react/macro";
import { Button, Menu, MenuItem } from "@mui/material";
import { useState } from "react";
import { notify } from "@/lib/notices";
import { Icon } from "../Icon";
import type { FileKind } from "./types";

/** All rows of the list, as they are filtered and sorted now, as a file to save. */
export function ExportMenu({ saveAs }: { saveAs: (kind: FileKind) => Promise<void> }) {
  const { t } = useLingui();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const [busy, setBusy] = useState(false);
  const kinds: { kind: FileKind; label: string }[] = [
    { kind: "csv", label: t`CSV` },
    { kind: "xlsx", label: t`Excel` },
    { kind: "parquet", label: t`Parquet` },
    { kind: "ndjson", label: t`JSON, a line per row` },
  ];
  const choose = async (kind: FileKind) => {
    setAnchor(null);
    setBusy(true);
    try {
      await saveAs(kind);
    } catch (problem) {
      notify((problem as Error).message, { kind: "bad" });
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <Button
        variant="outlined"
        color="secondary"
        startIcon={<Icon name="download" />}
        loading={busy}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {t`Export`}
      </Button>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
        {kinds.map(({ kind, label }) => (
          <MenuItem key={kind} onClick={() => void choose(kind)}>
            {label}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
