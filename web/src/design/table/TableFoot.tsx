import { Plural, Trans, useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { quantity } from "@/lib/format";
import { Bar } from "../Bar";
import type { ListModel } from "./types";

/** Says how much of the list is here, and that more is on its way. */
export function TableFoot<Row>({ list }: { list: ListModel<Row> }) {
  const { t } = useLingui();
  const count = list.rows.length;
  const shown = quantity(count);
  const all = list.total === undefined ? undefined : quantity(list.total);
  return (
    <Box sx={{ position: "relative", px: 2, py: 1, fontSize: "0.8125rem", color: "text.secondary" }}>
      {list.loadingMore && (
        <Box sx={{ position: "absolute", insetInline: 0, top: -1 }}>
          <Bar label={t`Loading more rows`} height={2} />
        </Box>
      )}
      {list.hasMore ? (
        all ? (
          <Trans>
            {shown} of {all} rows; scroll for more
          </Trans>
        ) : (
          <Trans>{shown} rows so far; scroll for more</Trans>
        )
      ) : (
        <Plural value={count} one="# row" other="# rows" />
      )}
    </Box>
  );
}
