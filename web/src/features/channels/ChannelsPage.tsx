import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useList, useMay } from "@/api";
import { EmptyState, Icon, Page, PageHeader } from "@/design";
import { DataTable } from "@/design/table";
import { usePanel } from "@/lib/navigation";
import { useUrlView } from "@/lib/view";
import { channelColumns } from "./columns";
import type { Channel } from "./queries";
import { useTypes } from "./words";

const rowId = (row: Channel) => row.id;
const rowName = (row: Channel) => row.name;
const rowHref = (row: Channel) => `/channels/${row.code}`;

export function ChannelsPage() {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("channels.write");
  const [view, setView] = useUrlView();
  const list = useList({ path: "/api/v1/channels", resource: "channels", view, setView });
  const connect = mayWrite && (
    <Button variant="contained" startIcon={<Icon name="plus" />} onClick={() => panel.open("channel")}>
      {t`Connect a channel`}
    </Button>
  );
  return (
    <Page fill>
      <PageHeader
        title={t`Channels`}
        lead={t`Where you sell. Each shows what is available, and its orders take from the same shelf.`}
        actions={connect}
      />
      <DataTable
        id="channels"
        label={t`Channels`}
        list={list}
        columns={channelColumns}
        rowId={rowId}
        rowName={rowName}
        rowHref={rowHref}
        searchLabel={t`Search name or code`}
        filters={[{ name: "filter[type]", label: t`Type`, options: useTypes() }]}
        empty={
          <EmptyState icon="link" title={t`No channels yet`} action={connect}>
            {t`Connect a marketplace or a store. From then on it never sells what is not there.`}
          </EmptyState>
        }
      />
    </Page>
  );
}
