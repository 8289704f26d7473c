import { useLingui } from "@lingui/react/macro";
import { Box, MenuItem } from "@mui/material";
import { Icon } from "@/design";
import { type Appearance, choose, useAppearance } from "@/lib/appearance";

interface Choice<Value> {
  value: Value;
  label: string;
}

/** Theme and contrast, as the account menu lists them: a choice is seen at once and leaves the menu open. */
export function useAppearanceItems() {
  const { t } = useLingui();
  const now = useAppearance();
  const modes: Choice<Appearance["mode"]>[] = [
    { value: "system", label: t`As the system` },
    { value: "light", label: t`Light` },
    { value: "dark", label: t`Dark` },
  ];
  const contrasts: Choice<Appearance["contrast"]>[] = [
    { value: "system", label: t`As the system` },
    { value: "normal", label: t`Normal contrast` },
    { value: "high", label: t`High contrast` },
  ];
  return [
    <Heading key="theme">{t`Theme`}</Heading>,
    ...modes.map(({ value, label }) => radio(`theme-${value}`, label, now.mode === value, { mode: value })),
    <Heading key="contrast">{t`Contrast`}</Heading>,
    ...contrasts.map(({ value, label }) =>
      radio(`contrast-${value}`, label, now.contrast === value, { contrast: value }),
    ),
  ];
}

/** Menus move focus over their direct items, so these are elements and not components. */
function radio(key: string, label: string, chosen: boolean, change: Partial<Appearance>) {
  return (
    <MenuItem key={key} role="menuitemradio" aria-checked={chosen} onClick={() => choose(change)}>
      <Box component="span" sx={{ width: 28, display: "inline-flex" }}>
        {chosen && <Icon name="check" sx={{ fontSize: 18 }} />}
      </Box>
      {label}
    </MenuItem>
  );
}

function Heading({ children }: { children: string }) {
  return (
    <Box
      role="presentation"
      sx={{ px: 2, pt: 1, pb: 0.5, fontSize: "0.75rem", fontWeight: 650, color: "text.secondary" }}
    >
      {children}
    </Box>
  );
}
