import { useLingui } from "@lingui/react/macro";
import { useList } from "@/api";
import { EmptyState } from "@/design";
import { DataTable } from "@/design/table";
import { useUrlView } from "@/lib/view";
import { logColumns } from "./columns";
import type { ChannelDetail, Log } from "./queries";
import { useLogKinds, useOutcomes } from "./words";

const rowId = (row: Log) => String(row.id);
const height = 520;

/** What we sent, what they answered, and how long it took. */
export function LogPart({ channel }: { channel: ChannelDetail }) {
  const { t } = useLingui();
  const [view, setView] = useUrlView();
  const list = useList({
    path: "/api/v1/channels/{key}/logs",
    at: { key: channel.id },
    resource: "channels",
    view,
    setView,
  });
  return (
    <DataTable
      id="channel-log"
      label={t`What was said`}
      list={list}
      columns={logColumns}
      rowId={rowId}
      filters={[
        { name: "filter[kind]", label: t`What`, options: useLogKinds() },
        { name: "filter[outcome]", label: t`Answer`, options: useOutcomes() },
      ]}
      height={height}
      empty={
        <EmptyState icon="activity" title={t`Nothing has been said yet`}>
          {t`Every number sent and every order heard is written down here, with its answer and lag.`}
        </EmptyState>
      }
    />
  );
}
