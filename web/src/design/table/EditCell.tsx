import { useLingui } from "@lingui/react/macro";
import { Box, InputBase, Tooltip } from "@mui/material";
import { type KeyboardEvent, useRef, useState } from "react";
import { light, tones } from "../tokens";
import type { CellEdit } from "./types";

interface EditCellProps {
  edit: CellEdit;
  /** Leaves the cell, to the one below or to itself. */
  onLeave: (down: boolean) => void;
}

const said = (error: unknown) => (error instanceof Error ? error.message : String(error));

/** A cell while it is edited: Enter saves and goes down, Escape leaves it as it was. A refusal stays until mended. */
export function EditCell({ edit, onLeave }: EditCellProps) {
  const { t } = useLingui();
  const [text, setText] = useState(edit.value);
  const [problem, setProblem] = useState("");
  const [busy, setBusy] = useState(false);
  const gone = useRef(false);

  async function save(): Promise<void> {
    if (text.trim() === edit.value) return leave(true);
    setBusy(true);
    try {
      await edit.save(text.trim());
      leave(true);
    } catch (error) {
      setProblem(said(error));
      setBusy(false);
    }
  }
  function leave(down: boolean): void {
    gone.current = true;
    onLeave(down);
  }
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.key === "Enter" && !busy) void save();
    if (event.key === "Escape") leave(false);
  };

  return (
    <Tooltip open={problem !== ""} title={problem} placement="bottom-end">
      <Box sx={{ width: "100%" }}>
        <InputBase
          value={text}
          autoFocus
          fullWidth
          onFocus={(event) => event.target.select()}
          onChange={(event) => {
            setText(event.target.value);
            setProblem("");
          }}
          onKeyDown={onKeyDown}
          onBlur={() => !gone.current && !problem && leave(false)}
          inputProps={{ "aria-label": edit.label, "aria-invalid": problem !== "", inputMode: "decimal" }}
          sx={{
            height: 32,
            px: 0.75,
            borderRadius: "6px",
            bgcolor: "background.paper",
            border: `1px solid ${problem ? tones.bad.solid : light.outline}`,
            fontSize: "0.875rem",
            "& input": { textAlign: "right", fontVariantNumeric: "tabular-nums" },
          }}
        />
        {problem && (
          <Box
            role="alert"
            sx={{ position: "absolute", width: 1, height: 1, overflow: "hidden", clip: "rect(0 0 0 0)" }}
          >
            {t`Not saved: ${problem}`}
          </Box>
        )}
      </Box>
    </Tooltip>
  );
}
