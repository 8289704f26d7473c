import { useLingui } from "@lingui/react/macro";
import { IconButton, InputBase } from "@mui/material";
import { useEffect, useState } from "react";
import { Icon } from "./Icon";
import { light } from "./tokens";

interface SearchBoxProps {
  label: string;
  value: string;
  onChange: (value: string) => void;
}

const pause = 220;

/** Searches as you type, after a short pause. */
export function SearchBox({ label, value, onChange }: SearchBoxProps) {
  const { t } = useLingui();
  const [text, setText] = useState(value);
  useEffect(() => setText(value), [value]);
  useEffect(() => {
    if (text === value) return;
    const timer = setTimeout(() => onChange(text.trim()), pause);
    return () => clearTimeout(timer);
  }, [text, value, onChange]);

  return (
    <InputBase
      type="text"
      value={text}
      onChange={(event) => setText(event.target.value)}
      onKeyDown={(event) => event.key === "Escape" && setText("")}
      placeholder={label}
      inputProps={{ "aria-label": label, role: "searchbox", autoComplete: "off", spellCheck: false }}
      startAdornment={<Icon name="search" sx={{ fontSize: 19, mr: 1, color: "text.secondary" }} />}
      endAdornment={
        text && (
          <IconButton size="small" aria-label={t`Clear search`} onClick={() => setText("")} edge="end">
            <Icon name="close" sx={{ fontSize: 17 }} />
          </IconButton>
        )
      }
      sx={{
        flex: { xs: "1 1 100%", md: "0 1 320px" },
        height: 38,
        px: 1.5,
        borderRadius: "8px",
        bgcolor: "background.paper",
        border: `1px solid ${light.outline}`,
        "&.Mui-focused": { outline: "2px solid", outlineColor: "primary.main", outlineOffset: -1 },
        "& input:focus-visible": { outline: "none" },
      }}
    />
  );
}
