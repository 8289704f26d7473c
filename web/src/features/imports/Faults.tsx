import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { useChange } from "@/api";
import { Card, Code, Icon, type SimpleColumn, SimpleTable } from "@/design";
import { downloadErrors, type Fault, faultsQuery, isSales, type Run } from "./queries";

const rowId = (fault: Fault) => `${fault.line} ${fault.field}`;

/** Lines that are left out, with the reason; all of them are in the result file. */
export function Faults({ run }: { run: Run }) {
  const { t } = useLingui();
  const { data: found } = useQuery(faultsQuery(run.id));
  if (!found?.data.length) return null;
  const more = Boolean(found.meta.next_cursor);
  const columns: SimpleColumn<Fault>[] = [
    { id: "line", header: t`Line`, align: "right", width: 90, cell: (fault) => fault.line },
    { id: "field", header: t`Field`, width: 150, cell: (fault) => fault.field },
    { id: "value", header: t`Value`, width: 220, cell: (fault) => <Code>{fault.value}</Code> },
    {
      id: "reason",
      header: t`Reason`,
      cell: (fault) => [fault.reason, fault.fix].filter(Boolean).join(" "),
    },
  ];
  return (
    <Card
      flush
      title={t`Lines left out`}
      actions={isSales(run) ? undefined : <ErrorsButton run={run} />}
      lead={
        more
          ? t`The first hundred; all are in the result file.`
          : t`Mend them in the file and import it again: the others stay as they are.`
      }
    >
      <SimpleTable label={t`Lines left out`} columns={columns} rows={found.data} rowId={rowId} />
    </Card>
  );
}

/** The refused rows as they stand in the file, with what is wrong and what to do: mended, it is the next import. */
function ErrorsButton({ run }: { run: Run }) {
  const { t } = useLingui();
  const fetched = useChange({ change: () => downloadErrors(run), touches: [] });
  return (
    <Button
      variant="outlined"
      color="secondary"
      startIcon={<Icon name="download" />}
      loading={fetched.isPending}
      onClick={() => fetched.mutate(undefined)}
    >
      {t`Errors as a file`}
    </Button>
  );
}
