import { useLingui } from "@lingui/react/macro";
import { useList } from "@/api";
import { EmptyState } from "@/design";
import { DataTable } from "@/design/table";
import { useUrlView } from "@/lib/view";
import { listingColumns } from "./columns";
import type { ChannelDetail, Listing } from "./queries";

const rowId = (row: Listing) => row.sku_id;
const rowName = (row: Listing) => row.name;
const height = 520;

/** What the channel should show and what it last said it shows. */
export function ListingsPart({ channel }: { channel: ChannelDetail }) {
  const { t } = useLingui();
  const [view, setView] = useUrlView();
  const list = useList({
    path: "/api/v1/channels/{key}/listings",
    at: { key: channel.id },
    resource: "listings",
    view,
    setView,
  });
  const steps = [
    { value: "true", label: t`In step` },
    { value: "false", label: t`On its way` },
  ];
  return (
    <DataTable
      id="listings"
      label={t`Listings`}
      list={list}
      columns={listingColumns}
      rowId={rowId}
      rowName={rowName}
      searchLabel={t`Search name or SKU`}
      filters={[{ name: "filter[in_step]", label: t`State`, options: steps }]}
      height={height}
      empty={
        <EmptyState icon="tag" title={t`Nothing is listed yet`}>
          {t`Every active SKU with a selling price is listed within moments.`}
        </EmptyState>
      }
    />
  );
}
