import { useLingui } from "@lingui/react/macro";
import { Box, Button, Checkbox, IconButton, Popover } from "@mui/material";
import { useState } from "react";
import { Icon } from "../Icon";
import { Segments } from "../Segments";
import type { Density } from "./useColumns";

interface ColumnMenuProps {
  columns: { id: string; label: string; shown: boolean }[];
  density: Density;
  onToggle: (id: string, shown: boolean) => void;
  /** The ids in their new order. */
  onOrder: (ids: string[]) => void;
  onDensity: (density: Density) => void;
}

/** Which columns are shown, in which order, and how close the rows stand. */
export function ColumnMenu({ columns, density, onToggle, onOrder, onDensity }: ColumnMenuProps) {
  const { t } = useLingui();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const move = (index: number, step: number) => {
    const ids = columns.map((column) => column.id);
    const [moved] = ids.splice(index, 1);
    if (moved) ids.splice(index + step, 0, moved);
    onOrder(ids);
  };
  return (
    <>
      <Button
        variant="outlined"
        color="secondary"
        startIcon={<Icon name="columns" />}
        aria-haspopup="dialog"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {t`Columns`}
      </Button>
      <Popover
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: "bottom", horizontal: "right" }}
        transformOrigin={{ vertical: "top", horizontal: "right" }}
        slotProps={{ paper: { role: "dialog", "aria-label": t`Columns`, sx: { p: 1.5, minWidth: 300 } } }}
      >
        <Segments
          label={t`Rows`}
          value={density}
          options={[
            { value: "compact", label: t`Compact` },
            { value: "normal", label: t`Normal` },
            { value: "roomy", label: t`Roomy` },
          ]}
          onChange={(value) => onDensity(value as Density)}
        />
        <Box component="ul" sx={{ listStyle: "none", m: 0, mt: 1, p: 0 }}>
          {columns.map((column, index) => (
            <Box component="li" key={column.id} sx={{ display: "flex", alignItems: "center" }}>
              <Box component="label" sx={{ flex: 1, fontSize: "0.875rem", cursor: "pointer" }}>
                <Checkbox
                  size="small"
                  checked={column.shown}
                  onChange={(event) => onToggle(column.id, event.target.checked)}
                />
                {column.label}
              </Box>
              <IconButton
                size="small"
                aria-label={t`Move ${column.label} forward`}
                disabled={index === 0}
                onClick={() => move(index, -1)}
              >
                <Icon name="arrowUp" sx={{ fontSize: 17 }} />
              </IconButton>
              <IconButton
                size="small"
                aria-label={t`Move ${column.label} back`}
                disabled={index === columns.length - 1}
                onClick={() => move(index, 1)}
              >
                <Icon name="arrowDown" sx={{ fontSize: 17 }} />
              </IconButton>
            </Box>
          ))}
        </Box>
      </Popover>
    </>
  );
}
