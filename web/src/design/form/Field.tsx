import { Box, Typography } from "@mui/material";
import { type ReactNode, useId } from "react";
import { Icon } from "../Icon";
import { tones } from "../tokens";

export interface FieldAria {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
  "aria-required": true | undefined;
}

interface FieldProps {
  label: string;
  error?: string;
  help?: ReactNode;
  required?: boolean;
  /** The label is read but not seen, in tables of inputs. */
  hideLabel?: boolean;
  children: (aria: FieldAria) => ReactNode;
}

const hidden = {
  position: "absolute",
  width: "1px",
  height: "1px",
  overflow: "hidden",
  clip: "rect(0 0 0 0)",
} as const;

const shown = { display: "block", mb: 0.5, fontSize: "0.875rem", fontWeight: 600 } as const;

/** A label over its input, and under it the help or what is wrong. */
export function Field({ label, error, help, required, hideLabel, children }: FieldProps) {
  const id = useId();
  const noteId = `${id}-note`;
  const note = error ?? help;
  return (
    <Box sx={{ minWidth: 0, position: "relative" }}>
      <Box component="label" htmlFor={id} sx={hideLabel ? hidden : shown}>
        {label}
        {required && <Star />}
      </Box>
      {children({
        id,
        "aria-describedby": note ? noteId : undefined,
        "aria-invalid": error ? true : undefined,
        "aria-required": required || undefined,
      })}
      {note && <Note id={noteId} text={note} wrong={Boolean(error)} />}
    </Box>
  );
}

function Star() {
  return (
    <Box component="span" aria-hidden sx={{ color: tones.bad.text, ml: 0.25 }}>
      *
    </Box>
  );
}

function Note({ id, text, wrong }: { id: string; text: ReactNode; wrong: boolean }) {
  return (
    <Typography
      id={id}
      variant="caption"
      component="p"
      sx={{ mt: 0.5, display: "flex", gap: 0.5, color: wrong ? tones.bad.text : "text.secondary" }}
    >
      {wrong && <Icon name="alert" sx={{ fontSize: 16, mt: "2px" }} />}
      <span>{text}</span>
    </Typography>
  );
}
