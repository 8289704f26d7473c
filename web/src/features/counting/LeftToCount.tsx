import { useLingui } from "@lingui/react/macro";
import { Box, ButtonBase, Typography } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { page } from "@/api";
import { Card, Code, EmptyState, Icon, Named, StatusChip } from "@/design";
import type { Count, SheetLine } from "./queries";

const most = 30;

function useLeft(key: string) {
  return useQuery({
    queryKey: ["count-lines", "left", key],
    queryFn: () =>
      page("/api/v1/counts/{key}/sheet", { "filter[done]": "false", sort: "place", limit: most }, { key }),
  });
}

/** What I have not counted, in the order of the shelf; a tap asks for its quantity. */
export function LeftToCount({ count, onChoose }: { count: Count; onChoose: (code: string) => void }) {
  const { t } = useLingui();
  const { data: left } = useLeft(count.id);
  if (!left) return null;
  if (left.data.length === 0) {
    return (
      <EmptyState icon="check" title={t`Everything is counted`}>
        {t`Finish when nothing else lies there.`}
      </EmptyState>
    );
  }
  return (
    <Card title={t`Still to count`} lead={left.meta.next_cursor ? t`The first ${most}` : undefined} flush>
      <Box component="ul" sx={{ listStyle: "none", m: 0, p: 0 }}>
        {left.data.map((line) => (
          <Box component="li" key={line.id} sx={{ borderTop: 1, borderColor: "divider" }}>
            <Row line={line} onChoose={onChoose} />
          </Box>
        ))}
      </Box>
    </Card>
  );
}

function Row({ line, onChoose }: { line: SheetLine; onChoose: (code: string) => void }) {
  const { t } = useLingui();
  return (
    <ButtonBase
      onClick={() => onChoose(line.serial ?? line.sku)}
      sx={{ width: "100%", minHeight: 56, px: 2.5, py: 1, gap: 1.5, textAlign: "left" }}
    >
      <Box sx={{ flex: 1, minWidth: 0 }}>
        <Named name={line.name} code={<Code>{line.sku}</Code>} />
        {(line.bin ?? line.lot) && (
          <Typography variant="caption" color="textSecondary">
            {[line.bin, line.lot].filter(Boolean).join(" · ")}
          </Typography>
        )}
      </Box>
      {line.status === "recount" && <StatusChip label={t`Again`} tone="warn" />}
      <Icon name="chevronRight" sx={{ color: "text.secondary" }} />
    </ButtonBase>
  );
}
