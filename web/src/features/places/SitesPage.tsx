import { useLingui } from "@lingui/react/macro";
import { Box } from "@mui/material";
import { useState } from "react";
import {
  BackLink,
  Card,
  Code,
  EmptyState,
  ErrorState,
  Missing,
  Money,
  Page,
  PageHeader,
  PageSkeleton,
  Quantity,
  Segments,
  SimpleTable,
} from "@/design";
import { Anchor } from "@/lib/Anchor";
import { type Site, useSites } from "./binQueries";
import { SiteMap } from "./SiteMap";

/** Every warehouse on a map, with what lies there; the same as a table below. */
export function SitesPage() {
  const { t } = useLingui();
  const { data: sites, error, refetch } = useSites();
  const [part, setPart] = useState("near");
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!sites) return <PageSkeleton />;
  const known = sites.filter((site) => site.latitude !== null && site.longitude !== null);
  return (
    <Page>
      <PageHeader
        back={<BackLink href="/warehouses">{t`Warehouses`}</BackLink>}
        title={t`Map of sites`}
        lead={t`Where stock lies in the world, its units and its value.`}
        actions={
          <Segments
            label={t`Part of the map`}
            value={part}
            onChange={setPart}
            options={[
              { value: "near", label: t`Around the sites` },
              { value: "world", label: t`World` },
            ]}
          />
        }
      />
      <Card>
        {known.length ? (
          <SiteMap sites={known} whole={part === "world"} />
        ) : (
          <EmptyState icon="warehouse" title={t`No site has a position yet`}>
            {t`Give a warehouse its latitude and longitude, and it appears here.`}
          </EmptyState>
        )}
      </Card>
      <Card title={t`Sites`} flush>
        <SiteTable sites={sites} />
      </Card>
    </Page>
  );
}

function SiteTable({ sites }: { sites: Site[] }) {
  const { t } = useLingui();
  return (
    <SimpleTable
      label={t`Sites`}
      rows={sites}
      rowId={(site) => site.id}
      columns={[
        {
          id: "site",
          header: t`Warehouse`,
          cell: (site) => (
            <Box component={Anchor} href={`/warehouses/${site.code}`} sx={{ color: "primary.main" }}>
              {site.name} <Code>{site.code}</Code>
            </Box>
          ),
        },
        { id: "city", header: t`City`, cell: (site) => site.city ?? <Missing /> },
        { id: "units", header: t`Units`, align: "right", cell: (site) => <Quantity value={site.units} /> },
        {
          id: "value",
          header: t`Value`,
          align: "right",
          cell: (site) => <Money value={site.value} currency={site.currency} />,
        },
        {
          id: "uncosted",
          header: t`Uncosted units`,
          align: "right",
          cell: (site) => <Quantity value={site.uncosted} />,
        },
      ]}
    />
  );
}
