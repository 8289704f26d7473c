import { useLingui } from "@lingui/react/macro";
import { Alert, Box } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { BackLink, ErrorState, Page, PageHeader, PageSkeleton, ProgressBar } from "@/design";
import { quantity } from "@/lib/format";
import { useGo, useParam } from "@/lib/navigation";
import { FinishButton } from "./FinishButton";
import { LastScan } from "./LastScan";
import { LeftToCount } from "./LeftToCount";
import { type Count, countQuery } from "./queries";
import { ScanField } from "./ScanField";
import { useShelf } from "./useShelf";

/** Counting at the shelf: scan or type, large enough for a thumb, and everything by a scanner that types. */
export function ShelfPage() {
  const { data: count, error, refetch } = useQuery(countQuery(useParam("id")));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return count ? <Shelf count={count} /> : <PageSkeleton />;
}

function Shelf({ count }: { count: Count }) {
  const { t } = useLingui();
  const go = useGo();
  const counting = count.status === "counting";
  return (
    <Page>
      <PageHeader
        back={<BackLink href={`/counts/${count.number}`}>{count.document}</BackLink>}
        title={count.name ?? t`Count ${count.document}`}
        lead={count.warehouse_name}
        actions={counting && <FinishButton count={count} onDone={() => go(`/counts/${count.number}`)} />}
      />
      {counting ? (
        <Counting count={count} />
      ) : (
        <Alert severity="info">{t`Quantities are taken only while it is being counted.`}</Alert>
      )}
    </Page>
  );
}

function Counting({ count }: { count: Count }) {
  const { t } = useLingui();
  const shelf = useShelf(count.id);
  const [chosen, setChosen] = useState("");
  const { lines, mine } = count.progress;
  return (
    <Box sx={{ display: "grid", gap: 2, maxWidth: 640, width: "100%", mx: "auto" }}>
      <ProgressBar
        label={t`${quantity(mine)} of ${quantity(lines)} lines counted`}
        value={lines ? mine / lines : 0}
        note={count.progress.recounts ? t`${count.progress.recounts} to be counted again` : undefined}
      />
      <ScanField key={chosen} chosen={chosen} onChosen={setChosen} onScan={shelf.say} />
      {shelf.problem && <Alert severity="error">{shelf.problem}</Alert>}
      <LastScan noted={shelf.last} busy={shelf.waiting > 0} onScan={shelf.say} />
      <LeftToCount count={count} onChoose={setChosen} />
    </Box>
  );
}
