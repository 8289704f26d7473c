import { Box, Card as MuiCard, Stack, type SxProps, Typography } from "@mui/material";
import { type ReactNode, useEffect, useRef } from "react";
import { light, shadow, size } from "./tokens";

interface PageProps {
  children: ReactNode;
  /** A list page fills the window and scrolls inside its table; others scroll as a whole. */
  fill?: boolean;
}

export function Page({ children, fill }: PageProps) {
  return (
    <Box
      sx={{
        px: { xs: 2, md: 4 },
        pt: { xs: 2, md: 3.5 },
        pb: { xs: 3, md: 4 },
        mx: "auto",
        width: "100%",
        maxWidth: size.page,
        display: "flex",
        flexDirection: "column",
        gap: { xs: 2, md: 2.5 },
        ...(fill && { height: { md: `calc(100dvh - ${size.topbar}px)` }, minHeight: { md: 520 } }),
      }}
    >
      {children}
    </Box>
  );
}

/** The lead has a line of its own, so that many actions never squeeze it; on a phone the actions come last. */
const headerGrid = {
  display: "grid",
  alignItems: "center",
  columnGap: 3,
  gridTemplateColumns: { xs: "minmax(0, 1fr)", md: "minmax(200px, 1fr) auto" },
  gridTemplateAreas: { xs: '"title" "lead" "actions"', md: '"title actions" "lead lead"' },
  "& > div": { mt: 0.5 },
  "& > .MuiStack-root": { mt: { xs: 1.5, md: 0 } },
} as const;

interface PageHeaderProps {
  title: ReactNode;
  /** One line under the title that says what the page is for, or the state of what it shows. */
  lead?: ReactNode;
  /** Where the page hangs: a link back to its list. */
  back?: ReactNode;
  actions?: ReactNode;
}

export function PageHeader({ title, lead, back, actions }: PageHeaderProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${heading.current?.textContent ?? ""} · onhand`;
  });
  return (
    <Box component="header">
      {back && <Box sx={{ mb: 0.5 }}>{back}</Box>}
      <Box sx={headerGrid}>
        <Typography variant="h1" ref={heading} sx={{ gridArea: "title", overflowWrap: "anywhere" }}>
          {title}
        </Typography>
        {lead && (
          <Typography variant="body2" component="div" color="textSecondary" sx={{ gridArea: "lead" }}>
            {lead}
          </Typography>
        )}
        {actions && (
          <Stack direction="row" useFlexGap spacing={1} sx={{ gridArea: "actions", flexWrap: "wrap" }}>
            {actions}
          </Stack>
        )}
      </Box>
    </Box>
  );
}

interface CardProps {
  title?: ReactNode;
  lead?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** Without padding, for tables and lists that reach the edge. */
  flush?: boolean;
  sx?: SxProps;
}

/** A white sheet with a heading of its own: the unit a page is composed of. */
export function Card({ title, lead, actions, children, flush, sx }: CardProps) {
  const head = title || actions;
  return (
    <MuiCard
      component="section"
      elevation={0}
      sx={
        {
          border: `1px solid ${light.line}`,
          borderRadius: "12px",
          boxShadow: shadow.card,
          minWidth: 0,
          ...sx,
        } as SxProps
      }
    >
      {head && (
        <Box
          sx={{
            display: "flex",
            flexWrap: { xs: "wrap", sm: "nowrap" },
            alignItems: "flex-start",
            gap: { xs: 1, sm: 2 },
            px: 2.5,
            pt: 2,
            pb: flush ? 1.5 : 0,
          }}
        >
          <Box sx={{ flex: { xs: "1 1 180px", sm: 1 }, minWidth: 0 }}>
            {title && <Typography variant="h2">{title}</Typography>}
            {lead && (
              <Typography variant="caption" component="p" color="textSecondary">
                {lead}
              </Typography>
            )}
          </Box>
          {actions}
        </Box>
      )}
      {flush ? children : <Box sx={{ px: 2.5, pt: head ? 1.5 : 2.5, pb: 2.5 }}>{children}</Box>}
    </MuiCard>
  );
}

interface FactsProps {
  items: { label: string; value: ReactNode; wide?: boolean }[];
}

/** Named facts of one thing, in columns as the width allows. */
export function Facts({ items }: FactsProps) {
  return (
    <Box
      component="dl"
      sx={{
        m: 0,
        display: "grid",
        gap: 2.5,
        gridTemplateColumns: "repeat(auto-fill, minmax(min(190px, 45%), 1fr))",
      }}
    >
      {items.map((item) => (
        <Box key={item.label} sx={{ minWidth: 0, gridColumn: item.wide ? "1 / -1" : undefined }}>
          <Typography component="dt" variant="caption" color="textSecondary">
            {item.label}
          </Typography>
          <Typography component="dd" variant="body2" sx={{ m: 0, mt: 0.25, overflowWrap: "anywhere" }}>
            {item.value}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
