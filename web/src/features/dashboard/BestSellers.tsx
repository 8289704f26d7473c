import { useLingui } from "@lingui/react/macro";
import { Box, Typography } from "@mui/material";
import { Card, Code, EmptyState, Explain, LinesSkeleton, light } from "@/design";
import { Anchor } from "@/lib/Anchor";
import { money, quantity } from "@/lib/format";
import type { Figures } from "./queries";

type Row = Figures["best_sellers"]["rows"][number];

const shown = 6;

/** What sold for most in the period. */
export function BestSellers({ figures }: { figures: Figures | undefined }) {
  const { t } = useLingui();
  const found = figures?.best_sellers;
  const explain = found && <Explain label={t`Top sellers`} formula={found.explain.formula} />;
  return (
    <Card flush title={t`Top sellers`} actions={explain}>
      {!found && (
        <Box sx={{ px: 2.5, pb: 2.5 }}>
          <LinesSkeleton lines={6} />
        </Box>
      )}
      {found?.rows.length === 0 && (
        <EmptyState icon="tag" title={t`Nothing sold in these days`}>
          {t`What sells best is listed here.`}
        </EmptyState>
      )}
      <Box component="ol" sx={{ m: 0, p: 0, listStyle: "none" }}>
        {found?.rows.slice(0, shown).map((row) => (
          <Seller key={row.sku_id} row={row} currency={figures?.currency} />
        ))}
      </Box>
    </Card>
  );
}

function Seller({ row, currency }: { row: Row; currency: string | undefined }) {
  const { t } = useLingui();
  const units = quantity(row.units);
  return (
    <Box
      component="li"
      sx={{
        display: "flex",
        alignItems: "center",
        gap: 2,
        px: 2.5,
        py: 1.25,
        borderTop: `1px solid ${light.lineSoft}`,
      }}
    >
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Typography
          component={Anchor}
          href={`/products/${encodeURIComponent(row.sku)}`}
          variant="body2"
          noWrap
          sx={{
            display: "block",
            fontWeight: 600,
            textDecoration: "none",
            "&:hover": { textDecoration: "underline" },
          }}
        >
          {row.name}
        </Typography>
        <Typography variant="caption" component="div" noWrap color="textSecondary">
          <Code>{row.sku}</Code>
        </Typography>
      </Box>
      <Box sx={{ textAlign: "right", fontVariantNumeric: "tabular-nums" }}>
        <Typography variant="body2" sx={{ fontWeight: 600 }}>
          {money(row.amount, currency)}
        </Typography>
        <Typography variant="caption" color="textSecondary">
          {t`${units} pieces`}
        </Typography>
      </Box>
    </Box>
  );
}
