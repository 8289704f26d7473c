import { useLingui } from "@lingui/react/macro";
import { Box, ButtonBase, IconButton, Popover, Typography } from "@mui/material";
import { type MouseEvent, type ReactNode, useId, useState } from "react";
import { Icon } from "./Icon";
import { light, mono } from "./tokens";

interface ExplainProps {
  /** The figure's name: "Available". */
  label: string;
  /** How it is made: "on hand − reserved − unavailable". */
  formula: ReactNode;
  /** What went in: each part with its value. */
  rows?: { label: string; value: ReactNode; strong?: boolean }[];
  /** Where the rows behind it are, or what to keep in mind. */
  note?: ReactNode;
  /** The figure itself as what is pressed, where a button beside it would be in the way. */
  children?: ReactNode;
}

/** A small button beside a figure that opens its formula and the rows behind it. */
export function Explain({ label, formula, rows, note, children }: ExplainProps) {
  const { t } = useLingui();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const id = useId();
  return (
    <>
      <Trigger label={t`How is ${label} made?`} open={anchor !== null} onOpen={setAnchor}>
        {children}
      </Trigger>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: "bottom", horizontal: "left" }}
        slotProps={{
          paper: {
            role: "dialog",
            "aria-labelledby": id,
            sx: { p: 2.5, width: 340, maxWidth: "calc(100vw - 32px)" },
          },
        }}
      >
        <Typography id={id} variant="h3" component="h2" sx={{ mb: 1 }}>
          {label}
        </Typography>
        <Box
          sx={{
            bgcolor: light.page,
            borderRadius: "8px",
            px: 1.5,
            py: 1,
            fontFamily: mono,
            fontSize: "0.8125rem",
          }}
        >
          {formula}
        </Box>
        {rows && (
          <Box component="dl" sx={{ m: 0, mt: 1.5, display: "grid", gap: 0.75 }}>
            {rows.map((row) => (
              <Box
                key={row.label}
                sx={{ display: "flex", gap: 2, fontSize: "0.875rem", fontWeight: row.strong ? 700 : 400 }}
              >
                <Box component="dt" sx={{ flex: 1 }}>
                  {row.label}
                </Box>
                <Box component="dd" sx={{ m: 0, fontVariantNumeric: "tabular-nums" }}>
                  {row.value}
                </Box>
              </Box>
            ))}
          </Box>
        )}
        {note && (
          <Typography variant="caption" component="div" color="textSecondary" sx={{ mt: 1.5 }}>
            {note}
          </Typography>
        )}
      </Popover>
    </>
  );
}

interface TriggerProps {
  label: string;
  open: boolean;
  onOpen: (anchor: HTMLElement) => void;
  children?: ReactNode;
}

function Trigger({ label, open, onOpen, children }: TriggerProps) {
  const shared = {
    title: label,
    "aria-haspopup": "dialog",
    "aria-expanded": open,
    onClick: (event: MouseEvent<HTMLElement>) => onOpen(event.currentTarget),
  } as const;
  if (!children) {
    return (
      <IconButton size="small" aria-label={label} {...shared} sx={{ p: 0.5, color: "text.secondary" }}>
        <Icon name="info" sx={{ fontSize: 17 }} />
      </IconButton>
    );
  }
  return (
    <ButtonBase
      {...shared}
      sx={{
        font: "inherit",
        color: "inherit",
        borderRadius: "4px",
        textDecoration: "underline dotted",
        textDecorationColor: light.outline,
        textUnderlineOffset: "4px",
      }}
    >
      {children}
    </ButtonBase>
  );
}
