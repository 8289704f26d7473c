import { useLingui } from "@lingui/react/macro";
import { Box, Button, Menu, MenuItem } from "@mui/material";
import { useState } from "react";
import { Icon } from "../Icon";

interface ColumnMenuProps {
  columns: { id: string; label: string; shown: boolean }[];
  onToggle: (id: string, shown: boolean) => void;
}

export function ColumnMenu({ columns, onToggle }: ColumnMenuProps) {
  const { t } = useLingui();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <Button
        variant="outlined"
        color="secondary"
        startIcon={<Icon name="columns" />}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        {t`Columns`}
      </Button>
      <Menu open={anchor !== null} anchorEl={anchor} onClose={() => setAnchor(null)}>
        {columns.map((column) => (
          <MenuItem
            key={column.id}
            role="menuitemcheckbox"
            aria-checked={column.shown}
            onClick={() => onToggle(column.id, !column.shown)}
          >
            <Box component="span" sx={{ width: 28, display: "inline-flex" }}>
              {column.shown && <Icon name="check" sx={{ fontSize: 18 }} />}
            </Box>
            {column.label}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
