import { useLingui } from "@lingui/react/macro";
import { Box, Skeleton } from "@mui/material";
import { ScreenReaderOnly } from "../cells";
import { light, size } from "../tokens";

const lines = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j"];

/** Rows in outline while the first page loads: the same height as real ones, so nothing jumps. */
export function SkeletonRows({ columns }: { columns: number }) {
  const { t } = useLingui();
  const cells = Array.from({ length: Math.max(1, columns) }, (_, index) => `c${index}`);
  return (
    <Box role="status" sx={{ flex: 1, overflow: "hidden" }}>
      <ScreenReaderOnly>{t`Loading`}</ScreenReaderOnly>
      {lines.map((line) => (
        <Box
          key={line}
          sx={{
            display: "grid",
            gridTemplateColumns: `repeat(${cells.length}, 1fr)`,
            alignItems: "center",
            gap: 3,
            px: 2,
            height: size.row,
            borderBottom: `1px solid ${light.lineSoft}`,
          }}
        >
          {cells.map((cell, index) => (
            <Skeleton key={cell} width={index === 0 ? "80%" : "55%"} height={20} />
          ))}
        </Box>
      ))}
    </Box>
  );
}
