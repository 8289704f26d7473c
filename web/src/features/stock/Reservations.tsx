import { msg } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useChange, useList, useMay } from "@/api";
import { DateTime, EmptyState, Quantity, RowMenu } from "@/design";
import { type Column, DataTable } from "@/design/table";
import { usePanel } from "@/lib/navigation";
import { useOwnView } from "@/lib/view";
import { type Reservation, releaseReservation, touches } from "./queries";
import { HolderName, ReservationStatus, useReservationStatuses } from "./words";

const columns: Column<Reservation>[] = [
  {
    id: "holder",
    header: msg`For`,
    width: 160,
    grow: 1.5,
    card: "title",
    cell: (row) => <HolderName reservation={row} />,
  },
  {
    id: "warehouse",
    header: msg`Warehouse`,
    sort: "warehouse",
    width: 120,
    cell: (row) => <span>{row.warehouse}</span>,
  },
  {
    id: "open",
    header: msg`Held`,
    sort: "open",
    width: 90,
    align: "right",
    cell: (row) => <Quantity value={row.open} />,
  },
  {
    id: "taken",
    header: msg`Shipped`,
    sort: "taken",
    width: 90,
    align: "right",
    cell: (row) => <Quantity value={row.taken} quietZero />,
  },
  {
    id: "priority",
    header: msg`Priority`,
    sort: "priority",
    width: 90,
    align: "right",
    optional: true,
    cell: (row) => <span>{row.priority}</span>,
  },
  {
    id: "created_at",
    header: msg`Since`,
    sort: "created_at",
    width: 150,
    card: "lead",
    cell: (row) => <DateTime value={row.created_at} />,
  },
  {
    id: "expires_at",
    header: msg`Until`,
    sort: "expires_at",
    width: 150,
    cell: (row) => <DateTime value={row.expires_at} />,
  },
  {
    id: "status",
    header: msg`State`,
    sort: "status",
    width: 120,
    card: "trail",
    cell: (row) => <ReservationStatus status={row.status} />,
  },
  {
    id: "verbs",
    header: msg`Actions`,
    hideHeader: true,
    width: 56,
    grow: 0,
    align: "right",
    card: "trail",
    cell: (row) => <Verbs reservation={row} />,
  },
];

const rowId = (row: Reservation) => row.id;

/** Who holds how much of one SKU, and until when. */
export function Reservations({ sku }: { sku: string }) {
  const { t } = useLingui();
  const panel = usePanel();
  const mayWrite = useMay("stock.write");
  const [view, setView] = useOwnView();
  const list = useList({
    path: "/api/v1/reservations",
    resource: "reservations",
    view,
    setView,
    fixed: { "filter[sku]": sku },
  });
  const add = mayWrite && (
    <Button variant="contained" onClick={() => panel.open("reserve", { sku })}>
      {t`Reserve`}
    </Button>
  );
  return (
    <DataTable
      id="reservations"
      label={t`Reservations`}
      list={list}
      columns={columns}
      rowId={rowId}
      filters={[{ name: "filter[status]", label: t`State`, options: useReservationStatuses() }]}
      actions={list.rows.length > 0 && add}
      height={460}
      empty={
        <EmptyState icon="bell" title={t`Nothing is promised`} action={add}>
          {t`Orders reserve their stock by themselves; you can also keep some for somebody by hand.`}
        </EmptyState>
      }
    />
  );
}

function Verbs({ reservation }: { reservation: Reservation }) {
  const { t } = useLingui();
  const mayWrite = useMay("stock.write");
  const release = useChange({
    change: () => releaseReservation(reservation.id),
    touches,
    said: () => t`The stock is free again.`,
  });
  const byHand = reservation.holder_kind === "manual" && reservation.status === "open";
  if (!mayWrite || !byHand) return null;
  return (
    <RowMenu
      label={t`Actions for this reservation`}
      verbs={[{ label: t`Release`, icon: "undo", run: () => release.mutate(undefined) }]}
    />
  );
}
