import { useLingui } from "@lingui/react/macro";
import { Box, Button, InputBase, Menu, MenuItem, Popover } from "@mui/material";
import { useState } from "react";
import { date } from "@/lib/format";
import { Icon } from "../Icon";
import { light, tones } from "../tokens";
import type { Filter } from "./types";

interface FilterMenuProps {
  filter: Filter;
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}

/** One filter as a button that says what it is set to, and the choices behind it. */
export function FilterMenu({ filter, value, onChange }: FilterMenuProps) {
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const close = () => setAnchor(null);
  const choose = (next: string | undefined) => {
    onChange(next);
    close();
  };
  return (
    <>
      <Button
        variant="outlined"
        color="secondary"
        endIcon={<Icon name="chevronDown" sx={{ fontSize: "16px !important" }} />}
        aria-haspopup={filter.options ? "menu" : "dialog"}
        aria-expanded={anchor !== null}
        onClick={(event) => setAnchor(event.currentTarget)}
        sx={
          value
            ? { bgcolor: tones.info.tint, borderColor: tones.info.solid, color: tones.info.text }
            : { fontWeight: 500 }
        }
      >
        {value ? `${filter.label}: ${worded(filter, value)}` : filter.label}
      </Button>
      {filter.options ? (
        <Choices filter={filter} value={value} anchor={anchor} onClose={close} onChoose={choose} />
      ) : (
        <DateChoice filter={filter} value={value} anchor={anchor} onClose={close} onChoose={choose} />
      )}
    </>
  );
}

function worded(filter: Filter, value: string): string {
  if (!filter.options) return date(value);
  return filter.options.find((option) => option.value === value)?.label ?? value;
}

interface ChoiceProps {
  filter: Filter;
  value: string | undefined;
  anchor: HTMLElement | null;
  onClose: () => void;
  onChoose: (value: string | undefined) => void;
}

function Choices({ filter, value, anchor, onClose, onChoose }: ChoiceProps) {
  const { t } = useLingui();
  const all = { value: "", label: t`Any` };
  return (
    <Menu
      open={anchor !== null}
      anchorEl={anchor}
      onClose={onClose}
      slotProps={{ list: { "aria-label": filter.label }, paper: { sx: { maxHeight: 400, minWidth: 180 } } }}
    >
      {[all, ...(filter.options ?? [])].map((option) => {
        const chosen = (value ?? "") === option.value;
        return (
          <MenuItem
            key={option.value}
            role="menuitemradio"
            aria-checked={chosen}
            onClick={() => onChoose(option.value || undefined)}
          >
            <Box component="span" sx={{ width: 28, display: "inline-flex" }}>
              {chosen && <Icon name="check" sx={{ fontSize: 18 }} />}
            </Box>
            {option.label}
          </MenuItem>
        );
      })}
    </Menu>
  );
}

function DateChoice({ filter, value, anchor, onClose, onChoose }: ChoiceProps) {
  const { t } = useLingui();
  return (
    <Popover
      open={anchor !== null}
      anchorEl={anchor}
      onClose={onClose}
      anchorOrigin={{ vertical: "bottom", horizontal: "left" }}
      slotProps={{
        paper: { role: "dialog", "aria-label": filter.label, sx: { p: 2, display: "flex", gap: 1 } },
      }}
    >
      <InputBase
        type="date"
        autoFocus
        defaultValue={value ?? ""}
        inputProps={{ "aria-label": filter.label }}
        onChange={(event) => event.target.value && onChoose(event.target.value)}
        sx={{ border: `1px solid ${light.outline}`, borderRadius: "8px", px: 1.5, height: 38 }}
      />
      {value && (
        <Button color="secondary" onClick={() => onChoose(undefined)}>
          {t`Clear`}
        </Button>
      )}
    </Popover>
  );
}
