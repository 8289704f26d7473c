import { IconButton, Menu, MenuItem } from "@mui/material";
import { useState } from "react";
import { Icon, type IconName } from "./Icon";
import { tones } from "./tokens";

export interface Verb {
  label: string;
  icon: IconName;
  danger?: boolean;
  run: () => void;
}

/** What can be done with one row, behind three dots. */
export function RowMenu({ label, verbs }: { label: string; verbs: Verb[] }) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  return (
    <>
      <IconButton
        size="small"
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
      >
        <Icon name="more" sx={{ fontSize: 20, strokeWidth: 3 }} />
      </IconButton>
      <Menu
        open={anchor !== null}
        anchorEl={anchor}
        onClose={() => setAnchor(null)}
        anchorOrigin={{ vertical: "bottom", horizontal: "right" }}
        transformOrigin={{ vertical: "top", horizontal: "right" }}
      >
        {verbs.map((verb) => (
          <MenuItem
            key={verb.label}
            onClick={() => {
              setAnchor(null);
              verb.run();
            }}
            sx={verb.danger ? { color: tones.bad.text } : undefined}
          >
            <Icon
              name={verb.icon}
              sx={{ fontSize: 19, mr: 1.25, color: verb.danger ? "inherit" : "text.secondary" }}
            />
            {verb.label}
          </MenuItem>
        ))}
      </Menu>
    </>
  );
}
