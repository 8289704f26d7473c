import { useLingui } from "@lingui/react/macro";
import { Button } from "@mui/material";
import { useQuery } from "@tanstack/react-query";
import { useChange, useMay } from "@/api";
import {
  BackLink,
  Card,
  Code,
  ErrorState,
  Facts,
  Icon,
  Missing,
  Page,
  PageHeader,
  PageSkeleton,
  RemoveButton,
} from "@/design";
import { useGo, usePanel, useParam } from "@/lib/navigation";
import { OpenChip } from "./OpenChip";
import { removeSupplier, type Supplier, supplierQuery } from "./queries";
import { SupplierItems } from "./SupplierItems";

export function SupplierPage() {
  const { data: found, error, refetch } = useQuery(supplierQuery(useParam("id")));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return found ? <Detail supplier={found.data} /> : <PageSkeleton />;
}

function Detail({ supplier }: { supplier: Supplier }) {
  const { t } = useLingui();
  const go = useGo();
  const panel = usePanel();
  const mayWrite = useMay("partners.write");
  const remove = useChange({
    change: () => removeSupplier(supplier.id),
    touches: ["suppliers"],
    said: () => t`${supplier.name} is removed.`,
  });
  const text = (value: string | null) => value ?? <Missing />;
  return (
    <Page>
      <PageHeader
        back={<BackLink href="/suppliers">{t`Suppliers`}</BackLink>}
        title={supplier.name}
        lead={<Code>{supplier.code}</Code>}
        actions={
          mayWrite && (
            <>
              <RemoveButton
                name={supplier.name}
                busy={remove.isPending}
                onRemove={() => remove.mutate(undefined, { onSuccess: () => go("/suppliers") })}
              >
                {t`If anything was bought here, it is archived instead: nothing recorded is lost.`}
              </RemoveButton>
              <Button
                variant="outlined"
                color="secondary"
                startIcon={<Icon name="edit" />}
                onClick={() => panel.open("supplier", { id: supplier.id })}
              >
                {t`Edit`}
              </Button>
            </>
          )
        }
      />
      <Card>
        <Facts
          items={[
            { label: t`State`, value: <OpenChip open={supplier.active} /> },
            { label: t`Lead time`, value: t`${supplier.lead_time_days} days` },
            { label: t`Currency`, value: text(supplier.currency) },
            { label: t`Contact`, value: text(supplier.contact_name) },
            { label: t`E-mail`, value: text(supplier.contact_email) },
            { label: t`Phone`, value: text(supplier.contact_phone) },
            { label: t`Payment`, value: text(supplier.payment_terms) },
            { label: t`Tax number`, value: text(supplier.tax_id) },
            { label: t`Address`, value: text(supplier.address) },
            ...(supplier.notes ? [{ label: t`Notes`, value: supplier.notes, wide: true }] : []),
          ]}
        />
      </Card>
      <SupplierItems supplier={supplier} />
    </Page>
  );
}
