import { msg } from "@lingui/core/macro";
import { Code, DateTime, Missing, Money, Named, Quantity } from "@/design";
import type { Column } from "@/design/table";
import { Photo } from "@/features/attachments";
import { ProductStatus } from "./ProductStatus";
import type { ProductRow } from "./queries";

export type StockedProduct = ProductRow & { available: string | undefined; photo: string | undefined };

export const productColumns: Column<StockedProduct>[] = [
  {
    id: "photo",
    header: msg`Photo`,
    hideHeader: true,
    width: 56,
    grow: 0,
    cell: (row) => (row.photo ? <Photo id={row.photo} size="small" alt="" side={4} /> : null),
  },
  {
    id: "name",
    header: msg`Product`,
    sort: "name",
    width: 250,
    grow: 3,
    card: "title",
    cell: (row) => <Named name={row.name} />,
  },
  {
    id: "sku",
    header: msg`SKU`,
    sort: "sku",
    width: 130,
    card: "lead",
    cell: (row) => <Code>{row.sku}</Code>,
  },
  {
    id: "category",
    header: msg`Category`,
    sort: "category",
    width: 150,
    cell: (row) => (row.category ? <span>{row.category}</span> : <Missing />),
  },
  {
    id: "available",
    header: msg`Available`,
    align: "right",
    width: 100,
    cell: (row) => <Quantity value={row.available} low="0" />,
  },
  {
    id: "cost_price",
    header: msg`Cost`,
    sort: "cost_price",
    width: 100,
    align: "right",
    cell: (row) => <Money value={row.cost_price} currency={row.currency} />,
  },
  {
    id: "selling_price",
    header: msg`Price`,
    sort: "selling_price",
    width: 100,
    align: "right",
    cell: (row) => <Money value={row.selling_price} currency={row.currency} />,
  },
  {
    id: "status",
    header: msg`Status`,
    sort: "status",
    width: 120,
    card: "trail",
    cell: (row) => <ProductStatus status={row.status} />,
  },
  {
    id: "barcodes",
    header: msg`Barcodes`,
    optional: true,
    width: 160,
    cell: (row) => (row.barcodes.length ? <Code>{row.barcodes.join(", ")}</Code> : <Missing />),
  },
  {
    id: "tags",
    header: msg`Tags`,
    optional: true,
    width: 160,
    cell: (row) => (row.tags.length ? <span>{row.tags.join(", ")}</span> : <Missing />),
  },
  {
    id: "updated_at",
    header: msg`Changed`,
    sort: "updated_at",
    width: 140,
    optional: true,
    cell: (row) => <DateTime value={row.updated_at} relative />,
  },
];
