import { useLingui } from "@lingui/react/macro";
import { Box, Button } from "@mui/material";
import { Icon, light, QueryMark, queryFault, radius, ScreenReaderOnly, shadow, width } from "@/design";
import { Options } from "./Options";
import { useSearchDeeds } from "./queries";
import type { Option, Section } from "./useSections";

interface PopupProps {
  id: string;
  text: string;
  sections: Section[];
  error: Error | null;
  settled: boolean;
  active: string | undefined;
  onPoint: (key: string) => void;
  onChoose: (option: Option) => void;
  onSave: () => void;
}

/** Below the box: what was found, what is wrong with the query, and the language in one line. */
export function Popup({ id, text, sections, error, settled, active, onPoint, onChoose, onSave }: PopupProps) {
  const { t } = useLingui();
  const { forget, remove } = useSearchDeeds();
  const fault = queryFault(error);
  const count = sections.reduce((sum, section) => sum + section.options.length, 0);
  const nothing =
    settled && !error && text.trim() !== "" && !sections.some((section) => section.key !== "lists");
  const hasRecent = sections.some((section) => section.key === "recent");
  return (
    <Box
      sx={{
        position: { xs: "fixed", md: "absolute" },
        top: { xs: 60, md: width.belowField },
        insetInline: { xs: 0, md: 0 },
        minWidth: { md: 560 },
        maxHeight: "75dvh",
        overflowY: "auto",
        zIndex: 1400,
        bgcolor: "background.paper",
        border: `1px solid ${light.line}`,
        borderRadius: { xs: 0, md: radius.box },
        boxShadow: shadow.raised,
      }}
    >
      {fault && <QueryMark fault={fault} />}
      {error && !fault && (
        <Box role="alert" sx={{ px: 2, py: 1.5, fontSize: "0.875rem" }}>
          {error.message}
        </Box>
      )}
      <Options
        id={id}
        sections={fault ? sections.filter((section) => section.key === "go-on") : sections}
        active={active}
        onPoint={onPoint}
        onChoose={onChoose}
        onForget={(option) => option.savedId && void remove(option.savedId)}
      />
      {nothing && (
        <Box sx={{ px: 2, pb: 1.5, fontSize: "0.875rem", color: "text.secondary" }}>{t`Nothing fits.`}</Box>
      )}
      <ScreenReaderOnly>
        <span role="status">{settled ? t`${count} to choose from` : ""}</span>
      </ScreenReaderOnly>
      <Box
        onMouseDown={(event) => event.preventDefault()}
        sx={{
          display: "flex",
          alignItems: "center",
          gap: 1,
          px: 2,
          py: 0.75,
          borderTop: `1px solid ${light.lineSoft}`,
          fontSize: "0.8125rem",
          color: "text.secondary",
        }}
      >
        <Box sx={{ flex: 1 }}>{t`Try stock:low, price:<5, tag:foil, -archived or "exact words"`}</Box>
        {hasRecent && (
          <Button size="small" color="secondary" tabIndex={-1} onMouseDown={() => void forget()}>
            {t`Forget these`}
          </Button>
        )}
        {text.trim() !== "" && !fault && (
          <Button
            size="small"
            color="secondary"
            tabIndex={-1}
            startIcon={<Icon name="plus" />}
            onMouseDown={onSave}
          >
            {t`Save`}
          </Button>
        )}
      </Box>
    </Box>
  );
}
