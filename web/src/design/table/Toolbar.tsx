import { useLingui } from "@lingui/react/macro";
import { Box, Button } from "@mui/material";
import type { ReactNode } from "react";
import { Icon } from "../Icon";
import { SearchBox } from "../SearchBox";
import { light, tint } from "../tokens";
import { FilterMenu } from "./FilterMenu";
import type { BulkAction, Filter, View } from "./types";

interface ToolbarProps {
  view: View;
  setView: (change: Partial<View>) => void;
  searchLabel?: string;
  filters: Filter[];
  children?: ReactNode;
}

export function Toolbar({ view, setView, searchLabel, filters, children }: ToolbarProps) {
  const { t } = useLingui();
  const isSet = view.q !== "" || Object.keys(view.filters).length > 0;
  const setFilter = (name: string, value: string | undefined) => {
    const { [name]: _, ...rest } = view.filters;
    setView({ filters: value ? { ...rest, [name]: value } : rest });
  };
  return (
    <Box
      sx={{ display: "flex", flexWrap: "wrap", gap: 1, p: 1.5, borderBottom: `1px solid ${light.lineSoft}` }}
    >
      {searchLabel && <SearchBox label={searchLabel} value={view.q} onChange={(q) => setView({ q })} />}
      {filters.map((filter) => (
        <FilterMenu
          key={filter.name}
          filter={filter}
          value={view.filters[filter.name]}
          onChange={(value) => setFilter(filter.name, value)}
        />
      ))}
      {isSet && (
        <Button color="secondary" onClick={() => setView({ q: "", filters: {} })}>
          {t`Clear all`}
        </Button>
      )}
      <Box sx={{ display: "flex", gap: 1, ml: { md: "auto" }, "&:empty": { display: "none" } }}>
        {children}
      </Box>
    </Box>
  );
}

interface BulkBarProps<Row> {
  rows: Row[];
  actions: BulkAction<Row>[];
  onClear: () => void;
}

/** Stands over the toolbar while rows are ticked. */
export function BulkBar<Row>({ rows, actions, onClear }: BulkBarProps<Row>) {
  const { t } = useLingui();
  const count = rows.length;
  return (
    <Box
      role="region"
      aria-label={t`Selected rows`}
      sx={{
        display: "flex",
        alignItems: "center",
        flexWrap: "wrap",
        gap: 1,
        px: 2,
        py: 1,
        bgcolor: tint.chosen,
        borderBottom: `1px solid ${light.line}`,
      }}
    >
      <Box component="span" role="status" sx={{ fontWeight: 600, mr: 1 }}>
        {t`${count} selected`}
      </Box>
      {actions.map((action) => (
        <Button
          key={action.label}
          size="small"
          variant="outlined"
          color={action.danger ? "error" : "secondary"}
          startIcon={action.icon && <Icon name={action.icon} />}
          onClick={() => action.run(rows)}
          sx={{ bgcolor: "background.paper" }}
        >
          {action.label}
        </Button>
      ))}
      <Box sx={{ flex: 1 }} />
      <Button size="small" color="secondary" onClick={onClear}>
        {t`Clear selection`}
      </Button>
    </Box>
  );
}
