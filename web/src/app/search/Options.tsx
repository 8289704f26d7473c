import { useLingui } from "@lingui/react/macro";
import { Box, IconButton } from "@mui/material";
import { Code, Icon, radius, tint } from "@/design";
import type { Option, Section } from "./useSections";

interface OptionsProps {
  id: string;
  sections: Section[];
  /** The key of the option that Enter takes. */
  active: string | undefined;
  onPoint: (key: string) => void;
  onChoose: (option: Option) => void;
  onForget: (option: Option) => void;
}

/** What the box offers: a list box whose groups are named. */
export function Options({ id, sections, active, ...deeds }: OptionsProps) {
  const { t } = useLingui();
  return (
    <Box id={`${id}-list`} role="listbox" aria-label={t`Found`} sx={{ p: 0.75 }}>
      {sections.map((section) => (
        <Box key={section.key} role="group" aria-labelledby={`${id}-${section.key}`}>
          <Box
            id={`${id}-${section.key}`}
            sx={{
              px: 1.25,
              pt: 0.75,
              pb: 0.25,
              fontSize: "0.75rem",
              fontWeight: 650,
              color: "text.secondary",
            }}
          >
            {section.label}
          </Box>
          {section.options.map((option) => (
            <OptionRow
              key={option.key}
              id={`${id}-${option.key}`}
              option={option}
              active={option.key === active}
              {...deeds}
            />
          ))}
        </Box>
      ))}
    </Box>
  );
}

interface OptionRowProps extends Pick<OptionsProps, "onPoint" | "onChoose" | "onForget"> {
  id: string;
  option: Option;
  active: boolean;
}

const oneLine = { overflow: "hidden", textOverflow: "ellipsis", whiteSpace: "nowrap" } as const;

function OptionRow({ id, option, active, onPoint, onChoose, onForget }: OptionRowProps) {
  const { t } = useLingui();
  const name = option.label;
  return (
    <Box
      id={id}
      role="option"
      aria-selected={active}
      onMouseDown={(event) => {
        event.preventDefault();
        onChoose(option);
      }}
      onMouseEnter={() => onPoint(option.key)}
      sx={{
        display: "flex",
        alignItems: "center",
        gap: 1.25,
        minHeight: { xs: 44, md: 36 },
        px: 1.25,
        borderRadius: radius.control,
        cursor: "pointer",
        fontSize: "0.875rem",
        bgcolor: active ? tint.chosen : undefined,
        outline: active ? "1px solid var(--chip-line)" : undefined,
      }}
    >
      <Icon name={option.icon} sx={{ fontSize: 17, color: "text.secondary" }} />
      <Box component="span" sx={{ ...oneLine, fontWeight: 600 }}>
        {name}
      </Box>
      {option.code && (
        <Box component="span" sx={{ color: "text.secondary", whiteSpace: "nowrap" }}>
          <Code>{option.code}</Code>
        </Box>
      )}
      <Box component="span" sx={{ ...oneLine, flex: 1, color: "text.secondary", fontSize: "0.8125rem" }}>
        {option.hint}
      </Box>
      {option.savedId && active && (
        <IconButton
          size="small"
          tabIndex={-1}
          aria-label={t`Forget ${name}`}
          onMouseDown={(event) => {
            event.preventDefault();
            event.stopPropagation();
            onForget(option);
          }}
        >
          <Icon name="close" sx={{ fontSize: 16 }} />
        </IconButton>
      )}
    </Box>
  );
}
